"""Quotas handed down the tree of units, the candidates put forward against them, and how both are decided."""

"""Delegations and their seats: who sees them, the pages, the hall's plan, the tickets."""

"""Workbooks: read from any format that people send, written as they expect them."""

"""Pages of viewing sites and of reach."""

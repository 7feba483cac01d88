"""What happens to rules and plans."""

"""What organisers, hosts and speakers type."""

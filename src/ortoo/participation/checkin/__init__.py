"""Check-in at the doors: the signed list for a telephone, its page that works without a line, the host's page."""

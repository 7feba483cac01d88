"""The calendar to which participants, hosts and speakers subscribe by a secret link."""

"""Pages of messages and reflections."""

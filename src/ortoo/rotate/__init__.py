"""The one-shot command: returns and rules in, a plan out, without a server or a database."""

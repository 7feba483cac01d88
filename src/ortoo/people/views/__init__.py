"""Pages about people: they translate, the verbs are in domain."""

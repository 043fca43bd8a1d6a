"""Ways to a person: one module a way."""

"""Looks at what was heard in public."""

"""Pages for the customers."""

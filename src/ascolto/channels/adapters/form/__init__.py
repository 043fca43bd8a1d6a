"""The contact form a company puts on its site."""

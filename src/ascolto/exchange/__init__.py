"""Customers and cases taken in from files, and given out as files."""

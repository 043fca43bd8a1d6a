"""Signed JSON posts from any other system."""

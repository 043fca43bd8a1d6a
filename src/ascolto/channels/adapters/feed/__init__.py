"""Feeds and blogs: RSS, Atom and JSON Feed, asked every few minutes."""

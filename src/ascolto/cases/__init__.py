"""Matters: one case a matter, with its conversations, messages and notes."""

"""Deeds of alerts."""

"""Deeds on how the house is run. Each checks who may, and stands in the history."""

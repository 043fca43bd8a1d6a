"""How often we may speak without being asked to, and when two questions are one. Pure."""

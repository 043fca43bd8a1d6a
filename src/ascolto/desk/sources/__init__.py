"""Places where customers speak, connected and tried by those who lead."""

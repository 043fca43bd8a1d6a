"""How the house is run: deeds on colleagues, teams, hours and customers, each in the history."""

"""Who works here: colleagues, teams, competences, hours."""

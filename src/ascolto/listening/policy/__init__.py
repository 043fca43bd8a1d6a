"""Rules of listening. Values in, verdicts out: no database, no clock."""

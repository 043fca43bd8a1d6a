"""What people correct teaches the reading: corrections, what was learnt, which model reads."""

"""Clocks of promise: started, paused, kept, broken or waived."""

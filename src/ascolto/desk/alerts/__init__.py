"""Alerts: those that stand, the way one wants to be told, and the rules."""

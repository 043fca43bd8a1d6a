"""Figures read across domains: how long people wait, and where care fails. It changes nothing."""

"""Ascolto: care for customers that listens."""

__version__ = "0.1.0"

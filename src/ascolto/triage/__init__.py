"""Whose is it, and which case does it belong to?"""

"""Two records that may be one person: what speaks for it, and what a person answered. No guess
joins anybody: only a colleague's yes does.
"""

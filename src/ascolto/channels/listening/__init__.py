"""Listening to sources: what each of them asks of us, and who minds that each is listened to."""

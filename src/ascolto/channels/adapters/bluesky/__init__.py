"""Bluesky: what is said to us and of us by AT Protocol, and our answers there."""

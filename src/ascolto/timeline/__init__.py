"""The one history, and the live stream that follows it."""

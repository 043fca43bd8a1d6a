"""X: posts that name us, direct messages, and a filtered stream."""

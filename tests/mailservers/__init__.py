"""Real mail servers for tests, on loopback and in folders of their own."""

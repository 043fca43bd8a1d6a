"""What a text says. Pure: text in, a `Reading` with its reasons out."""

"""What we say again and again: macros, and the texts that leave by themselves."""

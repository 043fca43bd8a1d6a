"""The processes an installation is made of."""

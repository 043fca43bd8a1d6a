"""A case on paper: to be filed, or to be given to its customer."""

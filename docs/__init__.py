"""Pages about Ascolto, and the pictures in them."""

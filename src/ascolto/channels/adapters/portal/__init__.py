"""What a customer writes on the page of his own matter."""

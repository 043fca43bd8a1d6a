"""Programs of others: their tokens into Ascolto, and the webhooks that tell them what happened."""

"""Ways in and out: what arrived, what was heard, what leaves, and the evidence that it came."""

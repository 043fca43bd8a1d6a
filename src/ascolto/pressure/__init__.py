"""May we touch him? Holds, and the decision every outgoing message carries."""

"""One folder a channel, with everything that channel needs."""

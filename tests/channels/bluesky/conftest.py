from tests.channels.bluesky.fixtures import network

__all__ = ["network"]

"""The AT Protocol server as a fixture: `from tests.channels.bluesky.fixtures import network`."""

from collections.abc import Iterator

import pytest

from tests.channels.bluesky.network import Network


@pytest.fixture(scope="session")
def network() -> Iterator[Network]:
    """One server for all tests of a run."""
    made = Network()
    made.start()
    try:
        yield made
    finally:
        made.stop()

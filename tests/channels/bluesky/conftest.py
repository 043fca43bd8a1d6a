from collections.abc import Iterator

import pytest

from tests.channels.bluesky.fixtures import network

__all__ = ["network"]


@pytest.fixture(autouse=True)
def _quick_to_look() -> Iterator[None]:
    """A stream of one person is silent most of the time: nobody needs to wait half a second."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("ascolto.channels.adapters.bluesky.source.LOOK", 0.1)
        patch.setattr("ascolto.channels.adapters.bluesky.source.KEEP_EVERY", 0.2)
        yield

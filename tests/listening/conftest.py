"""Listening is tested apart from what reading makes of words, but where a test asks for it."""

from collections.abc import Sequence

import pytest

from ascolto.listening.services import said
from ascolto.listening.services.understanding import Understood
from ascolto.reading.reading import Text


@pytest.fixture
def really_read() -> None:
    """Texts are read, as in life."""


@pytest.fixture(autouse=True)
def _everything_is_a_question(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unread(several: Sequence[Text]) -> list[Understood]:
        return [Understood()] * len(several)

    if "really_read" not in request.fixturenames:
        monkeypatch.setattr(said, "understand", unread)

from collections.abc import Iterator

import pytest

from ascolto.staff.models import Colleague
from tests import make
from tests.integrations.receiver import Receiver, receiver


@pytest.fixture
def anna(db: None) -> Colleague:
    make.company()
    return make.colleague("Anna Berti", role=Colleague.Role.OWNER)


@pytest.fixture
def shop() -> Iterator[Receiver]:
    """A program that hears everything and says thank you."""
    with receiver() as opened:
        yield opened

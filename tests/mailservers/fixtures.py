"""The world of mail as a fixture: `from tests.mailservers.fixtures import mail_world`.

One world a test run: choose addresses of your own, and leave the servers running.
"""

import os
from collections.abc import Iterator

import pytest

from tests.mailservers.world import MailWorld, why_not


@pytest.fixture(scope="session")
def mail_world() -> Iterator[MailWorld]:
    reason = why_not()
    if reason and ("CI" in os.environ or "ASCOLTO_CORPORA" in os.environ):
        pytest.fail(f"real mail servers are demanded here: {reason}")
    if reason:
        pytest.skip(reason)
    with MailWorld() as world:
        yield world

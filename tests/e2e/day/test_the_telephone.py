"""The whole loop of an agent with a thumb."""

import pytest

from tests.e2e.browser import chromium
from tests.e2e.day import phone
from tests.e2e.day.agents import at_work
from tests.e2e.day.day import blind, lost
from tests.e2e.house import open_house

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.browser,
]


def test_a_day_on_the_telephone() -> None:
    colleague = phone.an_agent()
    with open_house(("web",)) as house, chromium() as browser:
        elena = at_work(browser, house.url, colleague, "thumb")
        for part in phone.PARTS:
            part(elena)

        assert elena.watcher.harm == []
        assert lost(elena) == []
        assert blind(elena) == []

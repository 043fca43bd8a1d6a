"""The day itself: who works, with which hand, and what must be true in the evening."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser

from ascolto.cases.models import Case, Draft, Message, Note
from tests.e2e.browser import chromium
from tests.e2e.day.agents import Agent, at_work
from tests.e2e.day.world import Company, a_company
from tests.e2e.house import House, open_house


@dataclass
class Day:
    company: Company
    house: House
    browser: Browser
    hand: str
    giulia: Agent
    marta: Agent

    def case(self, name: str) -> Case:
        return self.company.case(name)

    @property
    def by_keyboard(self) -> bool:
        return self.hand == "keyboard"

    def is_over(self) -> None:
        """Nothing was said by a page that should not be; no word is lost; no answer was blind."""
        for agent in (self.giulia, self.marta):
            assert not agent.watcher.harm, "\n".join(agent.watcher.harm)
            assert not lost(agent), lost(agent)
            assert not blind(agent), blind(agent)


def lost(agent: Agent) -> list[str]:
    """What was typed and stands nowhere: not said, not noted, not kept as a draft."""
    kept = [
        text
        for model in (Message, Note, Draft)
        for text in model.objects.values_list("text", flat=True)
    ]
    return [text for text in agent.typed if not any(text.strip() in one for one in kept)]


def blind(agent: Agent) -> list[str]:
    """Answers before which somebody had said something that was not on the screen."""
    found = []
    for sent in agent.answers:
        said = Message.objects.filter(case=sent.case_id, author=agent.colleague, text=sent.text)
        mine = said.order_by("-pk").first()
        newer = Message.objects.filter(case=sent.case_id, pk__gt=sent.seen)
        spoken = newer.exclude(outgoing__automatic=True)  # a receipt of ours says nothing new
        if mine is not None and spoken.filter(pk__lt=mine.pk).exists():
            found.append(sent.text)
    return found


@contextmanager
def a_day(hand: str) -> Iterator[Day]:
    company = a_company()
    with open_house(("web", "worker")) as house, chromium() as browser:
        giulia = at_work(browser, house.url, company.giulia, hand)
        marta = at_work(browser, house.url, company.marta, hand)
        yield Day(company, house, browser, hand, giulia, marta)

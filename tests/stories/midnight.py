"""The night of story 1 with real parts: an office of the race, its mailbox and its Bluesky account,
the man who asks, the page that is open, and the telephone that is told by web push."""

import json
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler

from playwright.sync_api import Browser, BrowserContext, Page

from ascolto.administration.services.identities import add_identity
from ascolto.alerts.models import Alert, Notice, Rule
from ascolto.channels.models import Channel, Health
from ascolto.kit.secrets import seal
from ascolto.listening.models import Monitor
from ascolto.people.policy import Sender
from ascolto.staff.models import Calendar, Colleague, Team
from tests import make
from tests.alerts.telephone import Telephone
from tests.channels.bluesky.network import PASSWORD, Network, Person
from tests.e2e.browser import DESKTOP, sign_in
from tests.e2e.house import House, real_mailbox
from tests.integrations.receiver import Receiver, receiver, status
from tests.mailservers.world import MailWorld, UserBox, until

OFFICE = "iscrizioni@azienda.example"
HIS_ADDRESS = "maurizio@casa.example"
# Says when words appear in the part of the page where alerts stand, by the browser's own clock.
WATCH = """() => {
  window.appeared = {};
  new MutationObserver(() => {
    for (const one of document.querySelectorAll("#allarmi b")) {
      window.appeared[one.textContent] ??= Date.now();
    }
  }).observe(document.body, { childList: true, subtree: true });
}"""
# A browser asks the push service of its maker for an address, which is not in this house. Ours
# answers instead; all else on the page is as it is.
PUSH_SERVICE = """
PushManager.prototype.getSubscription = async () => null;
PushManager.prototype.subscribe = async () => ({ toJSON: () => (%s) });
"""


@dataclass
class Pushed:
    """What the push service was given, each with the second in which it came."""

    service: Receiver
    telephone: Telephone
    at: list[float] = field(default_factory=list)

    def moment(self, title: str) -> float:
        """When the telephone could show a notice of this title."""
        for told, at in zip(self.service.told, self.at, strict=False):
            if self.telephone.read(told.body)["title"] == title:
                return at
        raise LookupError(title)


@contextmanager
def push_service() -> Iterator[Pushed]:
    def note(handler: BaseHTTPRequestHandler) -> None:
        pushed.at.append(time.time())
        status(201)(handler)

    with receiver(note) as service:
        pushed = Pushed(service, Telephone())
        yield pushed


@dataclass
class Night:
    """Who is there at midnight."""

    team: Team
    anna: Colleague
    office: Channel
    bluesky: Channel
    box: UserBox
    maurizio: UserBox
    his_account: Person
    ours: Person


def prepare(mail: MailWorld, network: Network) -> Night:
    """The office, its two channels, a rule that wakes Anna, and a customer who is known."""
    make.company(name="Granfondo delle Cime")
    always = Calendar.objects.create(name="Sempre", round_the_clock=True)
    team = Team.objects.create(
        name="Iscrizioni", calendar=always, first_answer_minutes=15, next_answer_minutes=15
    )
    anna = make.colleague("Anna Zardini", teams=(team,))
    anna.undo_seconds = 1
    anna.save()
    make.mailbox("iscrizioni", of=team)
    office, box = real_mailbox(mail, OFFICE)
    ours, his_account = network.person("granfondo"), network.person("maurizio")
    bluesky = Channel.objects.create(
        kind="BLUESKY", name="bluesky", title="Bluesky", team=team, opened_at=make.LONG_AGO,
        settings={"handle": ours.handle, "service": network.url, "stream": "REPOS"},
        secret=seal(json.dumps({"app_password": PASSWORD})),
    )  # fmt: skip
    Monitor.objects.create(
        name="Noi", rule={"any": ["granfondo delle cime"]}, team=team,
        made_at=make.LONG_AGO, changed_at=make.LONG_AGO,
    )  # fmt: skip
    Rule.objects.create(
        kind=Rule.Kind.NEEDS_CARE, ways=[Notice.Way.SCREEN, Notice.Way.PUSH], team=team,
        urgent=True, made_at=make.LONG_AGO,
    )  # fmt: skip
    known = make.identity(HIS_ADDRESS, "Maurizio Conti").customer
    typed = Sender("HANDLE", f"@{his_account.handle}", known.name)
    add_identity(known, typed, by=anna, now=make.NOON)
    maurizio = mail.add_user(HIS_ADDRESS)
    return Night(team, anna, office, bluesky, box, maurizio, his_account, ours)


def wait_until_all_listen(night: Night) -> None:
    heard = Health.objects.filter(way=Health.Way.IN, well_at__isnull=False)
    channels = {night.office.pk, night.bluesky.pk}
    until(lambda: channels <= set(heard.values_list("channel", flat=True)), seconds=60)


def open_desk(browser: Browser, house: House, night: Night) -> Page:
    """Anna's inbox, in which every alert is noted in the millisecond in which it appears."""
    context = browser.new_context(viewport=DESKTOP, locale="it-IT")
    page = sign_in(context, house.url, night.anna)
    page.goto(f"{house.url}/casella/tutti/")
    page.evaluate(WATCH)
    return page


def let_it_notify(context: BrowserContext, house: House, pushed: Pushed) -> None:
    """On her own page she says "tell me here", and the browser brings us its address."""
    context.grant_permissions(["notifications"], origin=house.url)
    page = context.new_page()
    told = pushed.telephone.subscription(pushed.service.url)
    page.add_init_script(PUSH_SERVICE % json.dumps(told))
    page.goto(f"{house.url}/impostazioni/avvisi/")
    page.get_by_role("button", name="Avvisami qui").click()
    page.get_by_role("button", name="Manda una prova").wait_for()
    page.close()


@dataclass(frozen=True, slots=True)
class Hops:
    """Seconds from the match of a mention to what people and browsers saw of it."""

    raised: float
    on_the_screen: float
    on_the_telephone: float


def hops_of(alert: Alert, page: Page, pushed: Pushed) -> Hops:
    """Wait for the alert on the page and on the telephone, and say how long each took."""
    assert alert.matched_at is not None
    there = "title => window.appeared[title]"
    page.wait_for_function(there, arg=alert.title, timeout=60_000)
    until(lambda: _came(pushed, alert.title))
    matched = alert.matched_at.timestamp()
    return Hops(
        alert.raised_at.timestamp() - matched,
        page.evaluate(there, alert.title) / 1000 - matched,
        pushed.moment(alert.title) - matched,
    )


def _came(pushed: Pushed, title: str) -> bool:
    try:
        pushed.moment(title)
    except LookupError:
        return False
    return True


def choose_where(page: Page, address: str) -> None:
    """Choose at which of his addresses the answer goes."""
    option = page.locator("select[name=via] option", has_text=re.compile(re.escape(address)))
    value = option.first.get_attribute("value")
    page.locator("select[name=via]").select_option(value)

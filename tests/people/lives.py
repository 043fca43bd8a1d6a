"""Random lives of some customers: they write, are merged and read apart again, in any order."""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ascolto.administration.services.merging import merge_customers
from ascolto.cases.models import Case, Conversation, Message
from ascolto.people.models import Customer, Identity, Merge
from ascolto.people.queries import records_of
from ascolto.people.services import AlreadyMerged
from ascolto.staff.models import Colleague
from ascolto.triage.apart import separate
from ascolto.triage.services import place_many
from tests import make
from tests.triage.public import hear, network, writer

NAMES = ("giulia", "luca", "ada", "piero")
ASKED = (
    "La fibra non funziona, il modem ha la luce rossa.",
    "Dov'è il mio ordine AB-11111? Il pacco non arriva.",
)
KINDS = ("BLUESKY", "TELEGRAM", "MASTODON")


@dataclass
class Life:
    """Some customers, what each of them said, and who is merged with whom."""

    dice: random.Random
    by: Colleague
    now: datetime = make.NOON
    people: dict[str, Identity] = field(default_factory=dict)
    said: dict[str, list[int]] = field(default_factory=dict)  # items, by who wrote them
    links: list[Merge] = field(default_factory=list)

    def begin(self) -> None:
        for name in NAMES:
            handle = f"{name}-{self.dice.getrandbits(48):x}.example"
            self.people[name] = self._writes(name, handle)

    def step(self) -> None:
        self.now += timedelta(minutes=self.dice.randint(1, 60))
        deed = self.dice.choices((self.receive, self.merge, self.unmerge), (6, 4, 1))[0]
        deed()
        self.check()

    def receive(self) -> None:
        name = self.dice.choice(NAMES)
        self._writes(name, self.people[name].value.lstrip("@"))

    def _writes(self, name: str, handle: str) -> Identity:
        item = hear(
            self.dice.choice(ASKED),
            sender=writer(handle, handle, name=name),
            channel=network(self.dice.choice(KINDS)),
            kind="MESSAGE",
            now=self.now,
        )
        place_many([item.pk], now=self.now)
        self.said.setdefault(name, []).append(item.pk)
        assert item.identity is not None
        return item.identity

    def merge(self) -> None:
        one, other = self.dice.sample(NAMES, 2)
        absorbed, into = (self.people[name].customer for name in (one, other))
        try:
            made = merge_customers(absorbed, into=into, reason="caso", by=self.by, now=self.now)
        except AlreadyMerged:
            return
        self.links.append(made)

    def unmerge(self) -> None:
        if self.links:
            link = self.links.pop(self.dice.randrange(len(self.links)))
            assert separate(link, by=self.by, now=self.now)

    def end(self) -> None:
        """Everything is read apart again, in any order."""
        while self.links:
            self.unmerge()
            self.check()

    def together(self, name: str) -> set[int]:
        """Who is this person, told by the links alone."""
        found = {self.people[name].customer_id}
        grown = True
        while grown:
            pairs = [{link.absorbed_id, link.into_id} for link in self.links]
            more = set().union(*(pair for pair in pairs if pair & found), found)
            grown = more != found
            found = more
        return found

    def check(self) -> None:
        """Each reads as those he is linked with, and his cases hold their words alone."""
        owner = {name: self.people[name].customer_id for name in NAMES}
        shown = list(
            Message.objects.filter(case__customer__in=owner.values(), item__isnull=False)
            .order_by("item")
            .values_list("case__customer", "item")
        )
        assert len(shown) == sum(map(len, self.said.values()))  # each word stands in one case
        for name in NAMES:
            records = set(records_of(owner[name]))
            assert records == self.together(name)
            theirs = {
                item for other in NAMES if owner[other] in records for item in self.said[other]
            }
            assert {item for customer, item in shown if customer in records} == theirs

    def history(self) -> dict[str, list[int]]:
        """What stands on each record by itself: the items in his cases, oldest first."""
        return {
            name: list(
                Message.objects.filter(case__customer=identity.customer_id, item__isnull=False)
                .order_by("at", "item")
                .values_list("item", flat=True)
            )
            for name, identity in self.people.items()
        }


def lived(seed: int, *, steps: int, by: Colleague) -> Life:
    life = Life(random.Random(seed), by)  # noqa: S311 # the same life again, by its number
    life.begin()
    for _ in range(steps):
        life.step()
    return life


def assert_as_if_never_merged(life: Life) -> None:
    """Every record has the words its own person said, in cases and threads of his own."""
    assert life.history() == life.said
    for name, identity in life.people.items():
        cases = Case.objects.filter(customer=identity.customer_id)
        threads = Conversation.objects.filter(case__in=cases, messages__isnull=False)
        assert set(threads.values_list("identity", flat=True)) == {identity.pk}, name
        assert Customer.objects.filter(pk=identity.customer_id, name=name).exists()
        assert identity.customer_id == Identity.objects.get(pk=identity.pk).customer_id

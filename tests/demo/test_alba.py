"""The fictional company moves in by the real doors, lives on, and moves out. One file, because it
is moved in once for all of these looks at it."""

import random
import stat
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from ascolto.cases.models import Case, CaseLink, Message, Note, OtherMatter, Transfer
from ascolto.cases.services import answer, answer_left
from ascolto.channels.models import Arrival, Attachment, Channel, Evidence, Item, Outgoing
from ascolto.channels.services import deliver, read_arrival
from ascolto.config.demo import load
from ascolto.config.demo.trickle import READS_FOR, trickle
from ascolto.people.models import Customer
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague, Company, Team
from ascolto.triage.services import place
from tests import make

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("alba"),
    pytest.mark.xdist_group("alba"),  # moved in by one worker: it takes ten seconds
]
CHANCE = random.Random(1)  # noqa: S311 # a test's own


@dataclass(frozen=True)
class MovedIn:
    processor_seconds: float


@pytest.fixture(scope="module")
def alba(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[MovedIn]:
    with django_db_blocker.unblock():
        began = time.process_time()
        load.load(now=timezone.now())
        took = time.process_time() - began
    yield MovedIn(took)
    with django_db_blocker.unblock():
        load.empty(now=timezone.now())


def test_the_house_is_full() -> None:
    assert Company.objects.get().is_demo
    assert Colleague.objects.count() >= 8
    assert sorted(Team.objects.values_list("name", flat=True)) == [
        "Assistenza", "Fatture", "Reclami", "Tecnici",
    ]  # fmt: skip
    assert Customer.objects.count() >= 60
    assert Case.objects.count() >= 145
    assert Transfer.objects.count() > 10
    assert Note.objects.count() > 10


def test_elenas_desk_shows_the_nearest_clock_first() -> None:
    mine = Case.objects.filter(assignee__name="Elena Sala", waiting_since__isnull=False)

    names = list(mine.order_by("due_at").values_list("customer__name", flat=True))

    assert names[:2] == ["Giulia Ferraris", "Studio Bianchi"]
    assert {"Luca Moretti", "Anna Colombo"} <= set(names)


def test_giulias_two_letters_are_one_matter() -> None:
    case = Case.objects.get(subject="Fibra giù da ieri sera, studio fermo")

    heard = Message.objects.filter(case=case, item__isnull=False)

    assert sorted(heard.values_list("proof", flat=True)) == ["OPENED", "TOKEN"]
    assert Attachment.objects.filter(item__message__case=case).exists()


def test_a_letter_that_asks_for_two_things_became_two_cases_that_are_linked() -> None:
    first = Case.objects.get(subject="Fibra ferma, e una fattura doppia")

    second = OtherMatter.objects.get(message__case=first).case

    assert second is not None
    assert CaseLink.objects.filter(first=first, second=second).exists()
    assert {first.due_at, second.due_at}.isdisjoint({None})


def test_most_promises_were_kept_and_some_were_not() -> None:
    ended = Promise.objects.filter(ended_at__isnull=False)

    kept = ended.filter(ending="KEPT").count()

    assert kept > 100
    assert 0 < ended.filter(ending="BROKEN").count() < kept / 4


def test_there_is_one_of_every_trouble() -> None:
    assert Evidence.objects.filter(kind=Evidence.Kind.BOUNCED_HARD).exists()
    assert Arrival.objects.filter(quarantined_at__isnull=False).count() == 1
    assert Item.objects.filter(kind=Item.Kind.AUTO, message=None).count() == 3
    assert Item.objects.filter(html__contains="<img src=").exists()


def test_no_work_is_left_and_nothing_is_read_later() -> None:
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from procrastinate_jobs where status = 'todo'")
        assert cursor.fetchone() == (0,)
    assert not Arrival.objects.filter(read_at=None, quarantined_at=None).exists()
    assert not Outgoing.objects.filter(sent_at=None).exists()


def test_nothing_in_it_happens_tomorrow() -> None:
    now = timezone.now()

    assert not Message.objects.filter(at__gt=now).exists()
    assert not Outgoing.objects.filter(sent_at__gt=now).exists()


def test_a_visitor_signs_in_with_a_password_of_this_installation(client: Client) -> None:
    entry = load.sign_in()
    assert entry is not None
    file = Path(settings.HOME) / "demo-password"

    response = client.post("/accesso/login/", {"login": entry.email, "password": entry.password})

    assert response["Location"] == "/"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_it_moves_into_an_empty_house_only() -> None:
    assert not load.is_fresh()
    with pytest.raises(load.NotFresh):
        load.load(now=timezone.now())


def test_moving_in_takes_seconds(alba: MovedIn) -> None:
    """Processor time, because a test machine is shared."""
    assert alba.processor_seconds < 30


@pytest.fixture
def elena(alba: object) -> Colleague:
    return Colleague.objects.get(name="Elena Sala")


def _heard(arrival_id: int | None) -> Item:
    now = timezone.now()
    item = read_arrival(arrival_id or 0, now=now)
    assert item is not None
    place(item.pk, now=now)
    return item


def test_a_letter_comes_in_by_the_front_door(elena: Colleague) -> None:
    before = Case.objects.count()

    item = _heard(trickle(now=timezone.now(), chance=CHANCE))

    assert item.channel.kind == Channel.Kind.EMAIL
    assert Case.objects.count() == before + 1


def test_who_is_answered_answers_back_once_in_the_same_matter(elena: Colleague) -> None:
    case = Case.objects.get(subject="Fibra giù da ieri sera, studio fermo")
    now = timezone.now()
    said = answer(case, author=elena, text="Siamo sul posto.", now=now)
    deliver(said.outgoing_id or 0, now=now + timedelta(seconds=60))
    answer_left(said.outgoing_id or 0)
    later = now + timedelta(seconds=61) + READS_FOR

    reply = _heard(trickle(now=later, chance=CHANCE))
    after = _heard(trickle(now=later + timedelta(minutes=1), chance=CHANCE))

    message = Message.objects.get(item=reply)
    assert (message.case_id, message.proof) == (case.pk, Message.Proof.TOKEN)
    assert "Siamo sul posto." not in message.text
    assert Message.objects.get(item=after).case_id != case.pk


def test_what_left_lies_in_the_post_that_never_leaves(client: Client, elena: Colleague) -> None:
    client.force_login(elena)

    html = client.get("/demo/posta/").content.decode()

    assert "Posta finta" in html
    assert "/p/" in html  # the customer's page can be opened from it
    assert Outgoing.objects.filter(evidence__detail__contains="non è uscito").exists()


def test_one_word_empties_it_and_opens_the_first_day(client: Client, elena: Colleague) -> None:
    client.force_login(elena)
    assert client.post("/demo/svuota/", {"parola": "sì"}).status_code == 422
    assert Case.objects.exists()

    response = client.post("/demo/svuota/", {"parola": " Svuota "})

    assert response["Location"] == "/avvio/"
    for kind in (Case, Customer, Colleague, Company, Arrival, Message):
        assert not kind.objects.exists()
    assert Session.objects.count() == 1
    page = client.get("/avvio/")
    assert "Nome dell’azienda" in page.content.decode()  # no code is asked for


def test_real_mail_stops_the_emptying(client: Client, elena: Colleague) -> None:
    team = Channel.objects.earliest("pk").team
    real = make.mailbox("vera", of=team)
    Channel.objects.filter(pk=real.pk).update(settings={})
    make.receive(make.mail(), channel=real, now=timezone.now())
    client.force_login(elena)

    response = client.post("/demo/svuota/", {"parola": "svuota"})

    assert response.status_code == 409
    assert Case.objects.exists()

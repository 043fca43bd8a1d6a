"""What was taken away comes back by a click and not by typing; half days; finding a setting."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.administration.services.hours import close_on
from ascolto.cases.models import Tag
from ascolto.cases.services import labelling
from ascolto.cases.services.vocabulary import retire_tag
from ascolto.desk.settings.finding import found_among
from ascolto.desk.settings.places import places_of
from ascolto.kit.businesstime import Interval
from ascolto.knowledge.models import Macro
from ascolto.staff.hours import work_calendar
from ascolto.staff.models import Closure, Colleague
from tests import make
from tests.desk.builders import page
from tests.desk.conftest import browser_of

pytestmark = pytest.mark.django_db
PLACE = "/impostazioni/"


@pytest.fixture
def office(marta: Colleague) -> Client:
    make.team()
    return browser_of(marta)


def test_a_tag_that_was_taken_away_does_not_come_back_by_being_typed(marta: Colleague) -> None:
    case, now = make.case(), timezone.now()
    tag = Tag.objects.create(name="fibra", made_at=now)
    retire_tag(tag, by=marta, now=now)

    with pytest.raises(labelling.RetiredTag):
        labelling.tag(case, ["Fibra"], by=marta, now=now)
    answer = browser_of(marta).post(
        f"/casi/C-{case.pk}/etichette/", {"nuove": "fibra", "priorita": "0"}
    )

    assert answer.status_code == 422
    assert "«fibra» è stata tolta" in answer.content.decode()
    assert not case.tags.exists()


def test_a_case_that_has_it_keeps_it(marta: Colleague) -> None:
    case, now = make.case(), timezone.now()
    labelling.tag(case, ["fibra"], by=marta, now=now)
    retire_tag(Tag.objects.get(), by=marta, now=now)

    labelling.label(case, tags=["fibra", "rete"], priority=0, by=marta, now=now)

    assert {tag.name for tag in case.tags.all()} == {"fibra", "rete"}


def test_a_tag_taken_away_is_put_back(office: Client) -> None:
    tag = Tag.objects.create(name="fibra", made_at=make.NOON)

    office.post(f"{PLACE}etichette/{tag.pk}/togli/")
    gone = page(office, f"{PLACE}etichette/")
    office.post(f"{PLACE}etichette/{tag.pk}/rimetti/")
    tag.refresh_from_db()

    assert "Rimetti" in gone
    assert tag.retired_at is None
    assert "Rimetti" not in page(office, f"{PLACE}etichette/")


def test_a_macro_taken_away_is_put_back(office: Client) -> None:
    macro = Macro.objects.create(title="Saluto", text="Buongiorno", changed_at=make.NOON)

    office.post(f"{PLACE}risposte/{macro.pk}/togli/")
    gone = page(office, f"{PLACE}risposte/")
    office.post(f"{PLACE}risposte/{macro.pk}/rimetti/")
    macro.refresh_from_db()

    assert "Rimetti" in gone
    assert macro.retired_at is None


def test_an_eve_closes_at_noon_and_counts_until_then(office: Client, marta: Colleague) -> None:
    calendar = make.calendar()
    eve = date(2026, 12, 23)  # a Wednesday

    office.post(
        f"{PLACE}orari/{calendar.pk}/chiudi/",
        {"day": eve.isoformat(), "begins": "12:00", "reason": "Brindisi"},
    )
    drawn = page(office, f"{PLACE}orari/{calendar.pk}/")

    closure = Closure.objects.get()
    assert (closure.closed_from, closure.closed_to) == (720, 1440)
    assert "12:00–24:00" in drawn
    begin = datetime(2026, 12, 22, 23, tzinfo=UTC)
    counted = work_calendar(calendar).between(begin, begin + timedelta(days=1))
    assert counted == timedelta(hours=3)


def test_a_closure_ends_after_it_began(office: Client) -> None:
    calendar = make.calendar()

    answer = office.post(
        f"{PLACE}orari/{calendar.pk}/chiudi/",
        {"day": "2026-12-23", "begins": "12:00", "ends": "11:00"},
    )

    assert answer.status_code == 422
    assert "finisce dopo che è cominciata" in answer.content.decode()


def test_a_whole_day_is_as_before(marta: Colleague) -> None:
    calendar = make.calendar()
    close_on(calendar, day=date(2026, 12, 23), reason="", by=marta, now=make.NOON)
    other = make.calendar(name="Sportello")
    close_on(
        other, day=date(2026, 12, 23), reason="", part=Interval(0, 600), by=marta, now=make.NOON
    )

    noon = datetime(2026, 12, 23, 11, tzinfo=UTC)
    assert not work_calendar(calendar).is_open(noon)
    assert work_calendar(other).is_open(noon)


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("orari", "hours"),
        ("SANTO patrono", "hours"),
        ("password", "access"),
        ("passkey", "security"),
        ("colore", "company"),
        ("csv", "exchange"),
        ("etichètte", "tags"),
        ("tema scuro", "preferences"),
        ("imap", "channels"),
    ],
)
def test_a_setting_is_found_by_its_words(marta: Colleague, said: str, first: str) -> None:
    places = [one for group in places_of(marta) for one in group.places]

    assert found_among(places, said)[0].place.key == first


def test_only_what_he_may_open_is_found(desk: Client, office: Client) -> None:
    agents, leads = (page(browser, f"{PLACE}trova/?q=squadre") for browser in (desk, office))

    assert "Squadre e orologi" in leads
    assert "Niente con queste parole" in agents


@pytest.mark.parametrize("key", ["SIGN_IN", "SECURITY"])
def test_every_text_that_leaves_by_itself_can_be_changed(office: Client, key: str) -> None:
    before = page(office, f"{PLACE}testi/{key}/it/")
    office.post(
        f"{PLACE}testi/{key}/it/salva/", {"subject": "Da {azienda}", "text": "Le nostre parole."}
    )
    after = page(office, f"{PLACE}testi/{key}/it/")

    assert "Le nostre parole." not in before
    assert "Le nostre parole." in after
    assert "Torna alle parole di Ascolto" in after

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from ascolto.administration.services.merging import merge_customers
from ascolto.cases.queries.customer_page import customer_page
from ascolto.cases.services import add_note, resolve
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import answered, case_of, page, part, reserved_case, sent
from tests.desk.conftest import browser_of

pytestmark = pytest.mark.django_db


def test_one_history_over_all_his_cases_newest_first(desk: Client, elena: Colleague) -> None:
    fibra = case_of("Giulia Ferraris", subject="Fibra giù", text="Non va.", minutes_ago=300)
    bolletta = case_of("Giulia Ferraris", subject="Bolletta", text="Doppia?", minutes_ago=200)
    sent(answered(fibra, elena, "Arriva giovedì."))
    add_note(bolletta, author=elena, text="Da stornare.", now=timezone.now())

    shown = page(desk, f"/clienti/{fibra.customer_id}/")

    places = [shown.index(words) for words in ("Da stornare.", "Arriva giovedì.", "Doppia?")]
    assert places == sorted(places)
    assert shown.index("Doppia?") < shown.index("Non va.")
    assert f"/casi/C-{bolletta.pk}/" in shown


@pytest.mark.parametrize(
    ("voice", "there", "gone"),
    [
        ("ascoltato", "Non va.", "Arriva giovedì."),
        ("detto", "Arriva giovedì.", "Non va."),
        ("promesso", "Promessa:", "Arriva giovedì."),
        ("fatto", "Risolto:", "Non va."),
    ],
)
def test_each_voice_can_be_read_alone(
    desk: Client, elena: Colleague, voice: str, there: str, gone: str
) -> None:
    case = case_of("Giulia Ferraris", text="Non va.")
    sent(answered(case, elena))
    resolve(case, by=elena, now=timezone.now(), reason="Sistemato.")

    shown = part(desk, f"/clienti/{case.customer_id}/", voce=voice)

    assert there in shown
    assert gone not in shown


def test_an_older_page_begins_where_the_last_ended(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    for number in range(70):
        add_note(case, author=elena, text=f"Nota numero {number:03}.", now=timezone.now())
    address = f"/clienti/{case.customer_id}/"
    told: list[str] = []
    older = ""

    while True:
        shown = part(desk, address, voce="tutto", **({"prima": older} if older else {}))
        told += [f"{n:03}" for n in range(70) if f"Nota numero {n:03}." in shown][::-1]
        if "prima=" not in shown:
            break
        older = shown.split("prima=")[1].split('"')[0]

    assert told == [f"{n:03}" for n in reversed(range(70))]


def test_how_long_he_waits_and_by_when_he_hears(desk: Client) -> None:
    case = case_of("Giulia Ferraris", minutes_ago=185)

    shown = page(desk, f"/clienti/{case.customer_id}/")

    assert "aspetta da 3 ore e 5 minuti" in shown
    assert 'class="wait"' in shown
    assert "0 di" not in shown


def test_promises_kept_are_counted(desk: Client) -> None:
    case = case_of("Giulia Ferraris", minutes_ago=1)
    clocks = Promise.objects.filter(subject=case.reference)
    clocks.update(ended_at=timezone.now(), ending=Promise.Ending.KEPT)

    assert "1 di 1 mantenute" in page(desk, f"/clienti/{case.customer_id}/")


def test_nothing_of_a_reserved_team_is_shown_or_counted(desk: Client, marta: Colleague) -> None:
    legal = make.team("Legale", is_reserved=True)
    secret = reserved_case(legal)
    raw = make.mail(
        "Un modem nuovo?", sender="Avvocata Neri <neri@example.org>", message_id="<m@example.org>"
    )
    make.case(raw, now=timezone.now())
    address = f"/clienti/{secret.customer_id}/"

    seen, all_of_it = page(desk, address), page(browser_of(marta), address)

    assert "Un modem nuovo?" in seen
    assert "Diffida" not in seen
    assert "1 aperti di 1" in seen
    assert "Diffida formale." in all_of_it
    assert "2 aperti di 2" in all_of_it


def test_who_has_only_reserved_cases_does_not_exist(desk: Client) -> None:
    secret = reserved_case(make.team("Legale", is_reserved=True))

    assert desk.get(f"/clienti/{secret.customer_id}/").status_code == 404


def test_a_merged_record_leads_to_the_one_it_is_read_as(desk: Client, elena: Colleague) -> None:
    giulia = case_of("Giulia Ferraris", text="Non va.").customer
    studio = case_of("Studio Ferraris", text="La fattura?").customer
    now = timezone.now()
    merge_customers(studio, into=giulia, reason="Stessa firma", by=elena, now=now)

    answer = desk.get(f"/clienti/{studio.pk}/")
    shown = page(desk, f"/clienti/{giulia.pk}/")

    assert answer.headers["Location"] == f"/clienti/{giulia.pk}/"
    assert "Non va." in shown
    assert "La fattura?" in shown
    assert "Stessa firma" in shown


@pytest.mark.parametrize("number", [1, 9])
def test_a_page_costs_a_fixed_number_of_queries(
    elena: Colleague, number: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for position in range(number):
        case = case_of("Giulia Ferraris", subject=f"Caso {position}", minutes_ago=position + 1)
        answered(case, elena)
    customer = make.customer("Giulia Ferraris")

    with django_assert_num_queries(20):
        customer_page(customer.pk, elena, now=timezone.now() + timedelta(minutes=1))


def test_a_silence_stands_in_the_history_and_the_page_is_drawn_anew(
    desk: Client, elena: Colleague
) -> None:
    case = case_of("Giulia Ferraris", minutes_ago=300)
    one = f"/clienti/{case.customer_id}/"

    html = page(desk, one)

    assert "senza risposta, finora." in html
    assert f"Cosa vede di {case.number}" in html
    assert f'data-customers="{case.customer_id}"' in html
    live = part(desk, one, vivo="1")
    assert "<html" not in live
    assert "Silenzio nostro verso" in live
    assert "senza risposta" not in page(desk, one, voce="detto")


def test_news_show_the_voice_that_was_chosen_since_the_page_was_opened(desk: Client) -> None:
    case = case_of("Giulia Ferraris", text="Da ieri non va.")
    answered(case, make.colleague("Elena Sala"), "Arriva giovedì.")
    his = f"/clienti/{case.customer_id}/"

    on_screen = {"HX-Request": "true", "HX-Current-URL": f"http://testserver{his}?voce=ascoltato"}
    news = desk.get(his, {"voce": "tutto", "vivo": "1"}, headers=on_screen).content.decode()

    assert "Da ieri non va." in news
    assert "Arriva giovedì." not in news

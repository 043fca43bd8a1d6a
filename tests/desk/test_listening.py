"""What is said in public, at the desk: opened beside the stream, answered, shown to a colleague."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.alerts.models import Call
from ascolto.cases.models import Case, Message
from ascolto.channels import registry
from ascolto.channels.models import Outgoing
from ascolto.channels.ports import Manners
from ascolto.listening.models import Mention
from ascolto.listening.services import hear_posts
from ascolto.people.policy import Sender
from ascolto.people.services import recognise
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import page
from tests.desk.conftest import browser_of
from tests.listening.network import Network
from tests.listening.public import GIULIA, HELP, bring, monitor

pytestmark = pytest.mark.django_db
BESIDE = {"HX-Request": "true", "HX-Target": "pannello"}


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    one = Network()
    manners = Manners(longest=60, public=True, private=False)
    monkeypatch.setitem(registry._carriers, "BLUESKY", lambda _: one)  # noqa: SLF001 # put back after
    monkeypatch.setitem(registry._manners, "BLUESKY", manners)  # noqa: SLF001 # put back after
    return one


@pytest.fixture
def mention(network: Network) -> Mention:
    monitor()
    return said(HELP, reach=1200)


def said(text: str = HELP, **post: object) -> Mention:
    now = timezone.now() - timedelta(minutes=2)
    item = bring(text, now=now, **{"answerable": {"uri": "at://giulia/1"}, **post})  # type: ignore[arg-type] # the test names the parts
    return hear_posts([item.pk], now=now)[0]


def at(mention: Mention, deed: str = "") -> str:
    return f"/ascolto/{mention.pk}/{deed}"


def test_the_row_offers_what_can_be_done_and_opens_beside_the_stream(
    mention: Mention, desk: Client
) -> None:
    stream = page(desk, "/ascolto/?di=aiuto")

    assert "Rispondi in pubblico" in stream
    assert "Chiedi a un collega" in stream
    assert f'href="{at(mention)}?fai=rispondi&amp;da=di%3Daiuto"' in stream
    beside = desk.get(f"{at(mention)}?fai=rispondi&da=di%3Daiuto", headers=BESIDE)
    shown = beside.content.decode()
    assert "<html" not in shown
    assert 'id="pannello"' in shown
    assert 'href="/ascolto/?di=aiuto"' in shown  # back to the stream as it was


def test_where_nothing_can_be_written_no_answer_is_offered(desk: Client) -> None:
    monitor()
    mention = said(answerable={})

    assert "Rispondi in pubblico" not in page(desk, "/ascolto/")
    assert "Apri il caso e rispondi" not in page(desk, at(mention))


def test_before_an_answer_leaves_one_sees_who_will_read_it_and_how_much_fits(
    mention: Mention, desk: Client
) -> None:
    shown = page(desk, f"{at(mention)}?fai=rispondi")

    assert "in pubblico: lo legge chiunque" in shown
    assert 'data-longest="60"' in shown
    too_long = desk.post(at(mention, "rispondi/"), {"text": "x" * 61})
    assert too_long.status_code == 422
    assert "ci stanno 60 caratteri e questi sono 61" in too_long.content.decode()
    assert not Outgoing.objects.exists()


def test_an_answer_is_undone_and_its_words_stand_in_the_box_again(
    mention: Mention, desk: Client
) -> None:
    sent = desk.post(
        at(mention, "rispondi/"),
        {"text": "Ci pensiamo subito.", "visto": "0", "torna": "/ascolto/?di=aiuto"},
    )
    outgoing = Outgoing.objects.get()
    stream = page(desk, sent["Location"])
    assert f"/ascolto/risposte/{outgoing.pk}/annulla/" in stream
    assert Mention.objects.get().standing == "ANSWERED"

    back = desk.post(f"/ascolto/risposte/{outgoing.pk}/annulla/")

    shown = page(desk, back["Location"])
    assert "richiamata, non è partita" in shown
    assert ">\nCi pensiamo subito.</textarea>" in shown
    assert Mention.objects.get().standing == "WAITING"


def test_who_answers_second_sees_the_first_answer(
    mention: Mention, desk: Client, marta: Colleague
) -> None:
    desk.post(at(mention, "rispondi/"), {"text": "Ci siamo.", "visto": "0"})

    second = browser_of(marta).post(at(mention, "rispondi/"), {"text": "Noi!", "visto": "0"})

    assert second.status_code == 422
    shown = second.content.decode()
    assert "Intanto ha risposto un collega" in shown
    assert "Ci siamo." in shown
    assert Outgoing.objects.count() == 1


def test_case_and_first_answer_in_one_go(mention: Mention, desk: Client) -> None:
    wanted = {"subject": "Fibra", "team": mention.team_id, "text": "Le scriviamo in privato."}

    made = desk.post(at(mention, "caso/"), {**wanted, "rispondi": "1"})

    case = Case.objects.get()
    assert made["Location"] == f"/casi/{case.number}/"
    ours = Message.objects.get(outgoing__isnull=False).outgoing
    assert ours is not None
    assert (ours.text, ours.public) == ("Le scriviamo in privato.", True)


def test_no_case_is_opened_by_an_answer_that_cannot_leave(mention: Mention, desk: Client) -> None:
    wanted = {"subject": "Fibra", "team": mention.team_id, "text": " "}

    refused = desk.post(at(mention, "caso/"), {**wanted, "rispondi": "1"})

    assert refused.status_code == 422
    assert not Case.objects.exists()
    desk.post(at(mention, "caso/"), {**wanted, "solo": "1"})
    assert Case.objects.count() == 1


def test_a_colleague_is_asked_and_has_seen_it_when_he_opened_it(
    mention: Mention, desk: Client, marta: Colleague
) -> None:
    desk.post(at(mention, "chiedi/"), {"to": marta.pk, "text": "È la cabina di Torino?"})

    hers = browser_of(marta)
    waits = page(hers, "/menzioni/")
    assert "Elena Sala ti chiede:" in waits
    assert f'href="{at(mention)}"' in waits
    assert f'hx-post="{at(mention, "aperta/")}"' in page(hers, at(mention))
    hers.post(at(mention, "aperta/"))
    assert Call.objects.get().seen_at is not None
    assert "Elena Sala a Marta Riva:" in page(desk, at(mention))


def test_of_the_author_one_sees_who_he_is_what_else_he_said_and_his_cases(
    mention: Mention, desk: Client
) -> None:
    recognise(GIULIA, now=make.NOON)
    second = said("Alba Telefonia, ancora niente", key="at://due")
    said("Alba Telefonia, e adesso?", key="at://tre")
    desk.post(at(second, "caso/"), {"subject": "Ancora niente", "team": second.team_id})

    shown = page(desk, at(second))

    assert "Profilo riconosciuto." in shown
    assert "Alba Telefonia, e adesso?" in shown
    assert "C-" in shown
    assert "1.200" in page(desk, at(mention))


def test_a_stranger_who_seems_to_be_somebody_is_shown_with_what_speaks_for_it(
    network: Network, desk: Client
) -> None:
    make.identity("giulia.ferraris@example.org", "Giulia Ferraris")
    monitor()
    handle = Sender(
        "HANDLE", "bluesky:did:plc:f", "Giulia Ferraris", shown="@giulia.ferraris.example"
    )

    shown = page(desk, at(said(HELP, by=handle)))

    assert "Sembra la stessa persona:" in shown
    assert "su 100" in shown


def test_praise_stands_on_his_page_with_its_reach_and_what_we_did(
    mention: Mention, desk: Client
) -> None:
    recognise(GIULIA, now=make.NOON)
    thanked = said("Grazie Alba Telefonia, tecnico gentile", key="at://elogio", reach=1200)
    Mention.objects.filter(pk=thanked.pk).update(kind="PRAISE")
    desk.post(at(thanked, "ringrazia/"), {"text": "Grazie a lei!"})
    his = f"/clienti/{Mention.objects.get(pk=thanked.pk).identity.customer_id}/"  # type: ignore[union-attr] # recognised

    shown = page(desk, his)

    assert "Ha parlato di noi in pubblico:" in shown
    assert "tecnico gentile" in shown
    assert "Ringraziato in pubblico:" in shown
    assert "1 elogio in pubblico" in shown
    assert "davanti a 1.200 che lo seguono" in shown
    assert "Ringraziato" not in page(desk, f"{his}?voce=ascoltato")
    hear_posts(
        [bring("", key="via", change="DELETE", changes="at://elogio").pk], now=timezone.now()
    )
    assert "tecnico gentile" not in page(desk, his)


def test_what_a_reserved_team_heard_of_him_is_not_on_his_page(
    mention: Mention, desk: Client, marta: Colleague
) -> None:
    customer = recognise(GIULIA, now=make.NOON).customer
    make.case(make.mail(sender="Giulia Ferraris <g@example.org>"))
    said("Alba Telefonia, un segreto", key="at://due")
    legal = make.team("Legale", is_reserved=True)
    Mention.objects.update(team=legal)

    assert "un segreto" not in page(desk, f"/clienti/{customer.pk}/")
    assert "un segreto" in page(browser_of(marta), f"/clienti/{customer.pk}/")

"""A post at the desk: closed and opened again, one line in public, and what leads to it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.alerts.models import Alert
from ascolto.alerts.services import first_rules
from ascolto.cases.models import Case, Message
from ascolto.channels import registry
from ascolto.channels.ports import Manners
from ascolto.listening.models import Board, Mention
from ascolto.staff.models import Colleague
from tests.desk.builders import page
from tests.listening.boards import spoken_under
from tests.listening.comments import CAUSES
from tests.listening.network import Network

pytestmark = pytest.mark.django_db
MOVES, BILLS = CAUSES["trasloco"][:4], CAUSES["doppia fattura"][:4]
INSULT = "Siete dei ladri e degli idioti"
PART = {"HX-Request": "true"}


@pytest.fixture
def board(elena: Colleague) -> Board:
    return spoken_under(*MOVES, *BILLS, INSULT, now=timezone.now() - timedelta(minutes=20))


@pytest.fixture
def network(monkeypatch: pytest.MonkeyPatch) -> Network:
    """In public alone: what is said there cannot be answered in private."""
    one = Network()
    manners = Manners(longest=8000, public=True, private=False)
    monkeypatch.setitem(registry._carriers, "FACEBOOK", lambda _: one)  # noqa: SLF001 # put back after
    monkeypatch.setitem(registry._manners, "FACEBOOK", manners)  # noqa: SLF001 # put back after
    return one


def at(board: Board, deed: str = "") -> str:
    return f"/ascolto/post/{board.pk}/{deed}"


def said(text: str) -> Mention:
    return Mention.objects.get(text=text)


def test_on_its_own_page_the_alert_of_a_post_is_one_line(
    desk: Client, elena: Colleague, marta: Colleague
) -> None:
    now = timezone.now()
    first_rules(now=now)
    calls = [text for texts in CAUSES.values() for text in texts][:30]
    board = spoken_under(*calls, now=now - timedelta(minutes=20))
    alarm = Alert.objects.get(kind="BOARD")

    here, elsewhere = page(desk, at(board)), page(desk, "/ascolto/post/")

    assert "Allarme su questa pagina" in here
    assert alarm.title not in here.replace("&quot;", '"')
    assert f">{alarm.title}</a>" in elsewhere
    refreshed = {**PART, "HX-Current-URL": f"http://testserver{at(board)}?cause=tutte"}
    again = desk.get("/ascolto/allarmi/adesso/", headers=refreshed).content.decode()
    assert "Allarme su questa pagina" in again


def test_the_stream_leads_to_the_post_that_something_was_said_under(
    board: Board, desk: Client
) -> None:
    comment_of = said(MOVES[0])

    assert f'href="{at(board)}#commento-{comment_of.pk}"' in page(desk, "/ascolto/")


def test_a_post_is_closed_and_stands_among_the_closed_ones(board: Board, desk: Client) -> None:
    answer = desk.post(at(board, "chiudi/"), follow=True)

    shown, listed = answer.content.decode(), page(desk, "/ascolto/post/")
    assert "Elena Sala ha chiuso questo post" in shown
    assert "Nessun post aperto." in listed
    assert f'href="{at(board)}"' in listed.partition('id="chiusi"')[2]

    desk.post(at(board, "riapri/"))

    assert "ha chiuso questo post" not in page(desk, at(board))
    assert f'href="{at(board)}"' in page(desk, "/ascolto/post/").partition('id="chiusi"')[0]


def test_further_down_the_closed_ones_only_that_part_is_drawn(board: Board, desk: Client) -> None:
    desk.post(at(board, "chiudi/"))
    newest = "2999-01-01T00:00:00+00:00_1"

    part = desk.get("/ascolto/post/", {"chiusi": newest}, headers=PART).content.decode()

    assert f'href="{at(board)}"' in part
    assert "<html" not in part


def test_who_chose_to_see_insults_sees_them_on_posts_too(
    board: Board, desk: Client, elena: Colleague
) -> None:
    Colleague.objects.filter(pk=elena.pk).update(shows_abuse=True)

    for place in (at(board), f"/ascolto/{said(INSULT).pk}/", "/ascolto/"):
        shown = page(desk, place)
        assert "idioti" in shown, place
        assert "/mostra/" not in shown, place


def test_one_click_under_a_call_for_help_and_one_writes_in_private(
    network: Network, board: Board, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = Manners(longest=8000, public=True, private=True, aside=True)
    monkeypatch.setitem(registry._manners, "FACEBOOK", aside)  # noqa: SLF001 # put back after
    where = f"/ascolto/{said(BILLS[-1]).pk}/"
    assert f'action="{where}letto/"' in page(desk, at(board))
    assert "abbiamo letto il suo messaggio" in page(desk, where)

    written = desk.post(f"{where}letto/", follow=True)

    shown = written.content.decode()
    assert written.redirect_chain[-1][0] == f"/casi/{Case.objects.get().number}/?scrivi=risposta"
    assert "riscontro: non è ancora la risposta" in shown
    assert "Annulla" in shown
    here = page(desk, at(board))
    assert "letto: detto in pubblico" in here
    assert f'action="{where}letto/"' not in here
    assert "abbiamo letto il suo messaggio" not in page(desk, where)


def test_what_was_begun_in_private_is_refused_where_one_speaks_in_public_again(
    network: Network, board: Board, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    aside = Manners(longest=8000, public=True, private=True, aside=True)
    monkeypatch.setitem(registry._manners, "FACEBOOK", aside)  # noqa: SLF001 # put back after
    desk.post(f"/ascolto/{said(BILLS[-1]).pk}/letto/")
    case, ours = Case.objects.get(), Message.objects.get(outgoing__isnull=False)
    where = f"/casi/{case.number}/"
    alone = f't{ours.conversation_id}"'
    assert f'name="privati" form="rispondi" value="{alone}' in page(desk, where)

    desk.post(f"/messaggi/{ours.pk}/annulla/")
    refused = desk.post(f"{where}rispondi/", {"text": "Il suo IBAN", "privati": alone[:-1]})

    assert refused.status_code == 422
    assert "adesso si parla in pubblico" in refused.content.decode()
    assert 'name="privati"' not in refused.content.decode()
    assert "ha richiamato il riscontro in pubblico" in page(desk, where)


def test_where_nothing_can_follow_in_private_no_such_word_is_offered(
    network: Network, board: Board, desk: Client
) -> None:
    where = f"/ascolto/{said(BILLS[-1]).pk}/"

    assert "/letto/" not in page(desk, at(board))
    refused = desk.post(f"{where}letto/", follow=True).content.decode()

    assert "Qui non si può" in refused
    assert not Case.objects.exists()

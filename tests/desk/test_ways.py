"""A customer with several ways: one is chosen, and none is taken that does not reach him."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case, Draft, Message
from ascolto.cases.services import NotHis, answer, undo_answer
from ascolto.channels.models import Outgoing
from ascolto.desk.writing.difference import only_new
from ascolto.people.models import Identity
from ascolto.pressure.models import Unreachable
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import history_of
from tests import make
from tests.desk.builders import answered, case_of, page
from tests.desk.conftest import browser_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def second_address(case: Case, value: str = "giulia@lavoro.example") -> Identity:
    return Identity.objects.create(
        customer=case.customer, kind="EMAIL", value=value, normal=value, first_seen_at=make.NOON
    )


def test_an_answer_leaves_by_the_chosen_address(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    other = second_address(case)
    assert 'name="via"' in page(desk, f"/casi/C-{case.pk}/")

    desk.post(f"/casi/C-{case.pk}/rispondi/", {"text": "Ci siamo.", "via": f"i{other.pk}"})

    assert Outgoing.objects.get(text="Ci siamo.").identity == other


def test_with_one_way_nothing_has_to_be_chosen(desk: Client) -> None:
    assert 'name="via"' not in page(desk, f"/casi/C-{case_of('Giulia Ferraris').pk}/")


def test_a_way_that_does_not_reach_him_is_refused_and_the_text_stays(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    other = second_address(case)
    Unreachable.objects.create(identity=other, since=timezone.now(), reason="550")

    response = desk.post(
        f"/casi/C-{case.pk}/rispondi/", {"text": "Ci siamo.", "via": f"i{other.pk}"}, headers=HTMX
    )

    html = response.content.decode()
    assert response.status_code == 422
    assert "La posta a giulia@lavoro.example torna indietro" in html
    assert "Ci siamo.</textarea>" in html
    assert not Outgoing.objects.filter(text="Ci siamo.").exists()


def test_a_way_of_somebody_else_is_none(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    stranger = make.identity("paolo@example.org", "Paolo Rinaldi")
    thread = case_of("Paolo Rinaldi").conversations.get()

    for way in (f"i{stranger.pk}", f"t{thread.pk}", "x", "t²"):
        response = desk.post(
            f"/casi/C-{case.pk}/rispondi/", {"text": "Segreto.", "via": way}, headers=HTMX
        )
        assert response.status_code == 422

    assert not Outgoing.objects.filter(text="Segreto.").exists()


def test_an_answer_called_back_goes_where_it_was_going(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    other = second_address(case)
    desk.post(f"/casi/C-{case.pk}/rispondi/", {"text": "Ci siamo.", "via": f"i{other.pk}"})
    message = Message.objects.get(text="Ci siamo.")

    desk.post(f"/messaggi/{message.pk}/annulla/")

    html = page(desk, f"/casi/C-{case.pk}/")
    assert f'<option value="t{message.conversation_id}" selected>giulia@lavoro.example' in html


def test_only_the_new_part_leaves_when_a_colleague_said_the_rest(
    desk: Client, marta: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    seen = Message.objects.latest("pk").pk
    answered(case, marta, text="Il tecnico è già sul posto.")
    ours = "Il tecnico è già sul posto. Le telefona appena finisce."
    stopped = desk.post(
        f"/casi/C-{case.pk}/rispondi/", {"text": ours, "visto": seen}, headers=HTMX
    ).content.decode()
    assert "Invia solo la parte nuova" in stopped
    assert f'name="letto" value="{seen}"' in stopped

    now_seen = Message.objects.latest("pk").pk
    said = {"text": ours, "visto": now_seen, "letto": seen, "solo": "nuova"}
    desk.post(f"/casi/C-{case.pk}/rispondi/", said)

    assert Outgoing.objects.latest("pk").text == "Le telefona appena finisce"


@pytest.mark.parametrize(
    ("ours", "theirs", "new"),
    [
        ("Uno due tre.", [], "Uno due tre"),
        ("Uno due tre.", ["Uno due tre."], ""),
        (
            "Prima riga nuova.\n\nUno due tre.\n\nUltima.",
            ["uno due tre"],
            "Prima riga nuova.\n\nUltima",
        ),
    ],
)
def test_what_is_new_is_a_text_of_its_own(ours: str, theirs: list[str], new: str) -> None:
    assert only_new(ours, theirs) == new


def scheduled(case: Case, by: Colleague) -> Message:
    now = timezone.now()
    return answer(case, author=by, text="A lunedì.", now=now, leaves_at=now + timedelta(days=2))


def test_who_leads_stops_a_scheduled_answer_and_the_history_says_so(
    elena: Colleague, marta: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    message = scheduled(case, elena)
    lead = browser_of(marta)
    assert "Ferma la risposta di Elena Sala" in page(lead, f"/casi/C-{case.pk}/")

    lead.post(f"/messaggi/{message.pk}/annulla/")

    draft = Draft.objects.get(case=case)
    assert (draft.author, draft.text) == (elena, "A lunedì.")
    assert history_of(case.reference)[-1].kind == "cases.answer_stopped"
    assert "Marta Riva ha fermato la risposta programmata da Elena Sala" in page(
        lead, f"/casi/C-{case.pk}/"
    )


def test_nobody_else_stops_an_answer_nor_a_lead_one_that_is_leaving(
    elena: Colleague, marta: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    sara = make.colleague("Sara Conti", teams=(make.team(),))
    waits = scheduled(case, elena)
    leaving = answer(case, author=elena, text="Ora.", now=timezone.now())

    for message, who in ((waits, sara), (leaving, marta)):
        with pytest.raises(NotHis):
            undo_answer(message.pk, by=who, now=timezone.now())

    assert browser_of(sara).post(f"/messaggi/{waits.pk}/annulla/").status_code == 404


def test_a_case_is_put_away_until_he_answers_with_a_latest_day(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    until = (timezone.now() + timedelta(days=7)).isoformat()
    assert "Finché risponde, al più tardi" in page(desk, f"/casi/C-{case.pk}/fogli/rimanda/")

    html = desk.post(
        f"/casi/C-{case.pk}/rimanda/", {"quando": f"risposta:{until}", "anche": "1"}, headers=HTMX
    ).content.decode()

    away = Case.objects.get(pk=case.pk)
    assert away.snoozed_until is not None
    assert not away.sleeps_through
    assert "Rimandato finché risponde: torna al più tardi" in html

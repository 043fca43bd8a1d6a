import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import Case, Follower
from ascolto.cases.services import resolve
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import case_of, page

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def test_taking_a_case_makes_it_mine(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")

    desk.post(f"/casi/C-{case.pk}/assegna/")

    assert Case.objects.get(pk=case.pk).assignee == elena
    assert case.subject in page(desk, "/casella/")


def test_a_case_can_be_left_to_whoever_is_free(desk: Client, elena: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    Case.objects.filter(pk=case.pk).update(assignee=elena)

    desk.post(f"/casi/C-{case.pk}/assegna/", {"lascia": "1"})

    assert Case.objects.get(pk=case.pk).assignee is None


def test_a_case_is_handed_to_a_person_of_another_team(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    billing = make.team("Fatture")
    sara = make.colleague("Sara Conti", teams=(billing,))

    desk.post(
        f"/casi/C-{case.pk}/passa/", {"a": f"{billing.pk}:{sara.pk}", "reason": "È una fattura."}
    )

    moved = Case.objects.get(pk=case.pk)
    assert (moved.team, moved.assignee) == (billing, sara)


@pytest.mark.parametrize(
    ("to", "reason", "said", "wrong"),
    [
        ("", "È una fattura.", "Scegli a chi passarlo.", "passa-a"),
        ("team", "  ", "Scrivi perché: chi lo riceve comincia da lì.", "passa-perche"),
        ("team:stranger", "È una fattura.", "Quella persona non è in quella squadra.", "passa-a"),
    ],
)
def test_a_hand_over_that_cannot_be_is_explained_and_keeps_the_reason(
    desk: Client, to: str, reason: str, said: str, wrong: str
) -> None:
    case = case_of("Giulia Ferraris")
    stranger = make.colleague("Ugo Riva")
    to = to.replace("team", str(make.team("Fatture").pk)).replace("stranger", str(stranger.pk))

    response = desk.post(f"/casi/C-{case.pk}/passa/", {"a": to, "reason": reason}, headers=HTMX)

    text = response.content.decode()
    assert response.status_code == 422
    assert said in text
    assert f">{reason}</textarea>" in text
    assert re.findall(r'<\w+ id="([\w-]+)"[^>]*aria-invalid="true"', text) == [wrong]
    assert Case.objects.get(pk=case.pk).team == make.team()


def test_handing_a_case_out_of_ones_own_sight_leads_back_to_the_list(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    closed = make.team("Legale", is_reserved=True)
    form = {"a": str(closed.pk), "reason": "Diffida."}

    response = desk.post(f"/casi/C-{case.pk}/passa/", form, follow=True)

    assert f"C-{case.pk} è passato a Legale." in response.content.decode()


def test_the_same_by_htmx_moves_the_whole_page(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    closed = make.team("Legale", is_reserved=True)
    form = {"a": str(closed.pk), "reason": "Diffida."}

    response = desk.post(f"/casi/C-{case.pk}/passa/", form, headers=HTMX)

    assert (response.status_code, response["HX-Redirect"]) == (204, "/casella/")


def test_the_dialog_is_a_section_of_the_page_without_script(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    shown = page(desk, f"/casi/C-{case.pk}/", apri="passa")

    dialog = shown.partition('<dialog id="passa"')[2].partition(">")[0]
    assert dialog.split()[-1] == "open"


def test_asking_a_colleague_lets_him_see_the_case(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    piero = make.colleague("Piero Lupi", role=Colleague.Role.HELPER)

    desk.post(f"/casi/C-{case.pk}/aiuto/", {"chi": piero.pk})

    assert Follower.objects.get(case=case).colleague == piero
    assert "Piero Lupi" in page(desk, f"/casi/C-{case.pk}/")


def test_asking_nobody_is_refused_in_words(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    response = desk.post(f"/casi/C-{case.pk}/aiuto/", {"chi": ""}, headers=HTMX)

    assert response.status_code == 422
    assert "Scegli a chi chiedere." in response.content.decode()


def test_closing_while_the_customer_waits_takes_a_reason(desk: Client) -> None:
    case = case_of("Giulia Ferraris")

    refused = desk.post(f"/casi/C-{case.pk}/risolvi/", {"reason": " "}, headers=HTMX)
    assert refused.status_code == 422
    assert "scrivi perché lo chiudi lo stesso" in refused.content.decode()

    desk.post(f"/casi/C-{case.pk}/risolvi/", {"reason": "Pubblicità."})
    assert Case.objects.get(pk=case.pk).resolved_at is not None


def test_a_resolved_case_is_among_the_resolved_and_opens_again(
    desk: Client, elena: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    resolve(case, by=elena, now=timezone.now(), reason="Parlato al telefono.")
    assert case.subject in page(desk, "/casella/risolti/")

    desk.post(f"/casi/C-{case.pk}/riapri/")

    assert Case.objects.get(pk=case.pk).resolved_at is None


def test_a_resolution_is_undone_from_its_notice_and_said_in_the_history(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    due = Case.objects.get(pk=case.pk).due_at
    html = desk.post(
        f"/casi/C-{case.pk}/risolvi/", {"reason": "Sbaglio."}, headers=HTMX
    ).content.decode()
    address = re.findall(r'action="([^"]+risolvi/annulla/[^"]+)"', html)[0]

    desk.post(unescape(address))

    undone = Case.objects.get(pk=case.pk)
    assert (undone.resolved_at, undone.due_at) == (None, due)
    assert "ha annullato la chiusura" in page(desk, f"/casi/C-{case.pk}/")
    assert desk.post(f"/casi/C-{case.pk}/risolvi/annulla/?ora=mai").status_code == 302


def test_whom_it_can_go_to_is_asked_for_when_the_dialog_opens(desk: Client) -> None:
    case = case_of("Giulia Ferraris")
    make.colleague("Piero Lupi")
    address, over = f"/casi/C-{case.pk}/", {**HTMX, "HX-Target": "foglio"}

    assert "Piero Lupi" not in page(desk, address)
    for dialog in ("passa", "aiuto"):
        shown = desk.get(address, {"apri": dialog}, headers=over).content.decode()
        assert shown.count("<dialog") == shown.count(f'<dialog id="{dialog}"') == 1
        assert "Piero Lupi" in shown or dialog == "passa"
        assert 'data-case="' not in shown
    assert desk.get(address, {"apri": "altro"}, headers=over).status_code == 404
    assert desk.get("/casi/C-999999/", {"apri": "passa"}, headers=over).status_code == 404

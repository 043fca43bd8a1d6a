"""A case of a reserved team does not exist for the others, by whatever address it is asked for."""

import pytest
from django.test import Client
from django.utils import timezone

from ascolto.cases.access import visible_cases, visible_team_ids
from ascolto.cases.models import Case, Draft
from ascolto.cases.services import ask_help, assign, attach_file
from ascolto.channels.models import Attachment, Enclosure
from ascolto.kit import blobs
from ascolto.staff.models import Colleague
from tests import make
from tests.desk.builders import answered, case_of, heard_in, reserved_case
from tests.desk.conftest import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def closed(elena: Colleague) -> Case:
    return reserved_case(make.team("Legale", is_reserved=True))


@pytest.mark.parametrize("parameters", [{}, {"vivo": "1"}])
@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_the_page_and_its_parts_are_not_found(
    desk: Client, closed: Case, parameters: dict[str, str], htmx: dict[str, str]
) -> None:
    address = f"/casi/C-{closed.pk}/"

    assert desk.get(address, parameters, headers=htmx).status_code == 404


@pytest.mark.parametrize(
    "deed",
    [
        *("rispondi", "nota", "bozza", "allegati", "allegati/togli", "assegna"),
        *("passa", "aiuto", "risolvi", "riapri"),
    ],
)
def test_no_deed_reaches_it(desk: Client, closed: Case, deed: str) -> None:
    response = desk.post(f"/casi/C-{closed.pk}/{deed}/", {"text": "x", "reason": "x"})

    assert response.status_code == 404
    assert not Draft.objects.exists()


def test_its_files_raw_bytes_and_html_are_not_found(desk: Client, closed: Case) -> None:
    message = heard_in(closed)
    item = message.item
    assert item is not None
    item.html = "<p>Diffida</p>"
    item.save()
    digest = blobs.store(b"segreto")
    heard = Attachment.objects.create(item=item, blob_id=digest, name="atto.pdf", size=7)
    said = answered(closed, make.colleague("Marta Riva", role=Colleague.Role.OWNER))
    assert said.outgoing is not None
    left = Enclosure.objects.create(outgoing=said.outgoing, blob_id=digest, name="r.pdf")

    addresses = [
        f"/allegati/{heard.pk}/",
        f"/allegati/usciti/{left.pk}/",
        f"/messaggi/{message.pk}/html/",
        f"/messaggi/{message.pk}/grezzo/",
    ]

    assert [desk.get(address).status_code for address in addresses] == [404] * 4
    marta = browser_of(make.colleague("Marta Riva"))
    assert [marta.get(address).status_code for address in addresses] == [200] * 4


def test_a_file_of_somebody_elses_draft_is_not_found(desk: Client, marta: Colleague) -> None:
    case = case_of("Giulia Ferraris")
    file = attach_file(
        case,
        author=marta,
        kind=Draft.Kind.REPLY,
        name="piano.txt",
        content_type="text/plain",
        data=b"piano",
        now=timezone.now(),
    )

    assert desk.get(f"/allegati/bozze/{file.token}/").status_code == 404
    assert browser_of(marta).get(f"/allegati/bozze/{file.token}/").status_code == 200


def test_a_colleagues_answer_cannot_be_called_back(desk: Client, marta: Colleague) -> None:
    message = answered(case_of("Giulia Ferraris"), marta)

    assert desk.post(f"/messaggi/{message.pk}/annulla/").status_code == 404


def test_it_is_in_no_list_no_count_and_no_search(desk: Client, closed: Case) -> None:
    for address in ("/casella/tutti/", "/cerca/?q=diffida", "/cerca/?q=neri", "/cerca/?q=C-"):
        shown = desk.get(f"{address}{closed.pk}" if address.endswith("C-") else address)
        assert closed.subject not in shown.content.decode().replace("?q=diffida", "")


def test_members_leads_and_those_asked_in_see_it(closed: Case, elena: Colleague) -> None:
    member = make.colleague("Sara Conti", teams=(closed.team,))
    lead = make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR)
    assert all(closed in visible_cases(one) for one in (member, lead))
    assert closed not in visible_cases(elena)

    ask_help(closed, colleague=elena, by=member, now=timezone.now())

    assert closed in visible_cases(elena)


def test_a_light_helper_sees_what_he_was_given_and_nothing_else(elena: Colleague) -> None:
    helper = make.colleague("Piero Lupi", role=Colleague.Role.HELPER, teams=(make.team(),))
    given, asked, other = (case_of(name) for name in ("Giulia F", "Luca M", "Anna C"))
    assign(given, to=helper, by=elena, now=timezone.now())
    ask_help(asked, colleague=helper, by=elena, now=timezone.now())

    assert set(visible_cases(helper)) == {given, asked}
    assert other not in visible_cases(helper)
    assert visible_team_ids(helper) == frozenset()


def test_the_teams_of_the_live_stream_are_the_same(closed: Case, elena: Colleague) -> None:
    assert visible_team_ids(elena) == frozenset({make.team().pk})
    assert visible_team_ids(make.colleague("Ugo", role=Colleague.Role.OWNER)) is None

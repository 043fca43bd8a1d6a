"""Who may give which role, and what becomes of somebody who leaves. T16, T34."""

import pytest
from django.test import Client

from ascolto.administration.policy import Refusal
from ascolto.administration.services import colleagues
from ascolto.administration.services.changing import NotAllowed
from ascolto.cases.services import assign
from ascolto.cases.services.parting import part_with
from ascolto.integrations.models import Token
from ascolto.integrations.services import create_token
from ascolto.staff.models import Colleague, Invitation
from ascolto.staff.services import AlreadyHere, NoSuchInvitation
from ascolto.timeline.queries import history_of
from tests import make

pytestmark = pytest.mark.django_db
OWNER, SUPERVISOR, AGENT = Colleague.Role.OWNER, Colleague.Role.SUPERVISOR, Colleague.Role.AGENT


@pytest.fixture
def paola() -> Colleague:
    make.company()
    return make.colleague("Paola Ferri", role=OWNER)


@pytest.fixture
def marta() -> Colleague:
    return make.colleague("Marta Riva", role=SUPERVISOR)


@pytest.fixture
def elena() -> Colleague:
    return make.colleague("Elena Sala", teams=(make.team(),))


def test_a_change_of_role_stands_in_the_history_with_what_it_was(
    marta: Colleague, elena: Colleague
) -> None:
    colleagues.change_colleague(elena, role=SUPERVISOR, teams=[], by=marta, now=make.NOON)

    deed = history_of(f"colleague:{elena.pk}")[-1]
    assert deed.by_name == "Marta Riva"
    assert deed.facts["fields"] == ["role", "teams"]
    assert deed.facts["before"] == ["AGENT", "Assistenza"]
    assert deed.facts["after"] == ["SUPERVISOR", ""]


def test_a_supervisor_makes_no_owner(marta: Colleague, elena: Colleague, paola: Colleague) -> None:
    for somebody in (marta, elena):
        with pytest.raises(NotAllowed) as refused:
            colleagues.change_colleague(somebody, role=OWNER, teams=[], by=marta, now=make.NOON)
        assert refused.value.refusals == {Refusal.OWNERS_ALONE}

    with pytest.raises(NotAllowed):
        colleagues.invite("x@alba.example", role=OWNER, teams=[], by=marta, now=make.NOON)
    assert not Invitation.objects.exists()


def test_a_supervisor_neither_demotes_nor_dismisses_an_owner(
    marta: Colleague, paola: Colleague
) -> None:
    make.colleague("Ugo Bassi", role=OWNER)

    with pytest.raises(NotAllowed):
        colleagues.change_colleague(paola, role=AGENT, teams=[], by=marta, now=make.NOON)
    with pytest.raises(NotAllowed):
        part_with(paola, by=marta, now=make.NOON)

    paola.refresh_from_db()
    assert (paola.role, paola.left_at) == (OWNER, None)


def test_the_last_owner_stays_an_owner(paola: Colleague) -> None:
    with pytest.raises(NotAllowed) as refused:
        colleagues.change_colleague(paola, role=AGENT, teams=[], by=paola, now=make.NOON)
    assert refused.value.refusals == {Refusal.LAST_OWNER}

    with pytest.raises(NotAllowed):
        part_with(paola, by=paola, now=make.NOON)

    make.colleague("Ugo Bassi", role=OWNER)
    colleagues.change_colleague(paola, role=AGENT, teams=[], by=paola, now=make.NOON)
    paola.refresh_from_db()
    assert paola.role == AGENT


def test_a_role_that_was_taken_away_counts_at_once(
    marta: Colleague, elena: Colleague, paola: Colleague
) -> None:
    """The browser of the former supervisor still holds him as he was."""
    Colleague.objects.filter(pk=marta.pk).update(role=AGENT)

    with pytest.raises(NotAllowed):
        colleagues.change_colleague(elena, role=SUPERVISOR, teams=[], by=marta, now=make.NOON)


def test_who_leaves_is_out_at_once_and_his_cases_are_free(
    marta: Colleague, elena: Colleague
) -> None:
    case = make.case()
    assign(case, to=elena, by=marta, now=make.NOON)
    create_token("Cassa", elena, ["read"], now=make.NOON)
    browser = Client()
    browser.force_login(elena)
    assert browser.get("/casella/").status_code == 200

    parted = part_with(elena, by=marta, now=make.NOON)

    assert (parted.freed, parted.revoked) == (1, 1)
    case.refresh_from_db()
    assert case.assignee is None
    assert "/accesso/login/" in browser.get("/casella/")["Location"]
    assert not Token.objects.filter(revoked_at=None).exists()
    assert history_of(case.reference)[-1].facts == {"to": ""}


def test_who_comes_back_is_the_same_person_but_no_old_session_wakes_up(
    marta: Colleague, elena: Colleague
) -> None:
    browser = Client()
    browser.force_login(elena)
    part_with(elena, by=marta, now=make.NOON)

    token = colleagues.invite(elena.email, role=AGENT, teams=[], by=marta, now=make.NOON)
    back = colleagues.take_seat(
        token,
        name="Elena Sala",
        password="tre parole nuove",  # noqa: S106 # hers
        now=make.NOON,
    )

    assert (back.pk, back.left_at) == (elena.pk, None)
    assert "/accesso/login/" in browser.get("/casella/")["Location"]
    kinds = [deed.kind for deed in history_of(f"colleague:{elena.pk}")]
    assert kinds == ["administration.left", "administration.joined"]


def test_who_works_here_is_not_invited(marta: Colleague, elena: Colleague) -> None:
    with pytest.raises(AlreadyHere):
        colleagues.invite(elena.email, role=AGENT, teams=[], by=marta, now=make.NOON)


def test_an_invitation_of_somebody_who_leaves_is_no_way_back(
    marta: Colleague, elena: Colleague
) -> None:
    part_with(elena, by=marta, now=make.NOON)
    token = colleagues.invite(elena.email, role=AGENT, teams=[], by=marta, now=make.NOON)
    colleagues.withdraw_invitation(Invitation.objects.get(), by=marta, now=make.NOON)

    with pytest.raises(NoSuchInvitation):
        colleagues.take_seat(token, name="Elena", password="x", now=make.NOON)  # noqa: S106 # no password at all

"""A seat is kept for a day, taken once, by a deed."""

from datetime import timedelta

import pytest
from django.test import Client

from ascolto.staff import services
from ascolto.staff.models import Colleague, Invitation
from tests import make

pytestmark = pytest.mark.django_db
SEAT = {"your_name": "Sara Conti", "password": "tre parole a caso"}


@pytest.fixture
def owner() -> Colleague:
    make.company()
    return make.colleague("Paola Ferri", role=Colleague.Role.OWNER)


def _link(client: Client, owner: Colleague) -> str:
    """The link as the owner's page shows it, once."""
    client.force_login(owner)
    data = {
        "invito-email": "sara@alba.example",
        "invito-role": "AGENT",
        "invito-teams": [make.team().pk],
    }
    html = client.post("/avvio/squadre/", data).content.decode()
    client.logout()
    return "/invito/" + html.partition("/invito/")[2].partition("<")[0]


def test_the_link_is_shown_once_and_stored_nowhere(client: Client, owner: Colleague) -> None:
    link = _link(client, owner)
    client.force_login(owner)

    again = client.get("/avvio/squadre/").content.decode()

    assert link not in again
    token = link.split("/")[2]
    assert token.encode() not in bytes(Invitation.objects.get().token_hash)


def test_opening_it_uses_nothing_up_and_taking_it_works_once(
    client: Client, owner: Colleague
) -> None:
    link = _link(client, owner)
    for _ in range(3):
        assert client.get(link).status_code == 200

    assert client.post(link, SEAT)["Location"] == "/casella/"

    sara = Colleague.objects.get(email="sara@alba.example")
    assert (sara.role, [team.name for team in sara.teams.all()]) == ("AGENT", ["Assistenza"])
    assert Client().get(link).status_code == 404
    assert Client().post(link, SEAT).status_code == 404


def test_after_a_day_it_is_over(owner: Colleague) -> None:
    token = services.invite("sara@alba.example", role="AGENT", teams=[], by=owner, now=make.NOON)
    just_before = make.NOON + timedelta(hours=24) - timedelta(seconds=1)

    assert services.invitation_for(token, now=just_before) is not None
    assert services.invitation_for(token, now=make.NOON + timedelta(hours=24)) is None
    with pytest.raises(services.NoSuchInvitation):
        services.accept_invitation(
            token, name="Sara", password=SEAT["password"], now=make.NOON + timedelta(days=2)
        )


def test_a_second_invitation_ends_the_first(owner: Colleague) -> None:
    first = services.invite("sara@alba.example", role="AGENT", teams=[], by=owner, now=make.NOON)
    services.invite("Sara@alba.example", role="AGENT", teams=[], by=owner, now=make.NOON)

    assert services.invitation_for(first, now=make.NOON) is None


def test_who_works_here_is_not_invited_again(client: Client, owner: Colleague) -> None:
    client.force_login(owner)

    response = client.post(
        "/avvio/squadre/", {"invito-email": owner.email.upper(), "invito-role": "AGENT"}
    )

    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_nobody_is_invited_as_an_owner(client: Client, owner: Colleague) -> None:
    client.force_login(owner)

    client.post("/avvio/squadre/", {"invito-email": "x@alba.example", "invito-role": "OWNER"})

    assert not Invitation.objects.exists()

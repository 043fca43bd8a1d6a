import pytest

from ascolto.channels.models import Arrival
from ascolto.channels.services import accept, read_arrival
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague
from ascolto.timeline.queries import history_of
from tests import make
from tests.api.callers import caller, refusal, said
from tests.api.webhooks import webhook

pytestmark = pytest.mark.django_db


def test_a_customer_is_made_once_for_an_identity() -> None:
    program = caller()
    giulia = {"name": "Giulia Ferraris", "identity": {"value": "giulia@example.org"}}

    made = program.post("/customers", giulia)
    known = program.post("/customers", {**giulia, "name": "G."})

    assert (made.status_code, known.status_code) == (201, 200)
    assert said(known) == said(made)
    assert said(made)["identities"][0]["value"] == "giulia@example.org"


def test_what_is_no_identity_makes_no_customer() -> None:
    response = caller().post("/customers", {"name": "Giulia", "identity": {"value": "chissà"}})

    assert refusal(response) == (422, "not_an_identity")
    assert Customer.objects.count() == 0


@pytest.mark.parametrize("name", ["", "   ", "a\x00b", "x" * 201])
def test_a_name_is_a_name(name: str) -> None:
    giulia = make.customer()

    assert refusal(caller().patch(f"/customers/{giulia.pk}", {"name": name})) == (422, "invalid")


def test_a_new_name_is_found_and_the_old_one_is_in_the_history() -> None:
    giulia = make.customer()
    program = caller()

    program.patch(f"/customers/{giulia.pk}", {"name": "Giulia Rossi"})

    found = said(program.get("/customers", q="rossi"))
    assert [one["id"] for one in found["items"]] == [giulia.pk]
    changes = history_of(f"customer:{giulia.pk}")[0].facts
    assert changes["name"] == ["Giulia Ferraris", "Giulia Rossi"]


def test_pages_of_customers_bring_each_once() -> None:
    for name in ("Giulia Uno", "Marta Due", "Sara Tre"):
        make.customer(name)
    program = caller()

    first = said(program.get("/customers", limit=2))
    rest = said(program.get("/customers", limit=2, after=first["next"]))

    assert [one["name"] for one in first["items"] + rest["items"]] == [
        "Giulia Uno",
        "Marta Due",
        "Sara Tre",
    ]
    assert rest["next"] is None


def test_a_helper_sees_the_people_of_his_cases_alone_and_changes_none() -> None:
    case = make.case()
    marta = make.customer("Marta Riva")
    helper = caller("Paolo Costa", role=Colleague.Role.HELPER)
    case.assignee = helper.colleague
    case.save(update_fields=["assignee"])

    assert [one["id"] for one in said(helper.get("/customers"))["items"]] == [case.customer_id]
    assert helper.get(f"/customers/{marta.pk}").status_code == 404
    assert helper.patch(f"/customers/{case.customer_id}", {"name": "X"}).status_code == 403


def quarantined() -> Arrival:
    accepted = accept(webhook().pk, b"{<b>oops", external_id="1", envelope={}, now=make.NOON)
    read_arrival(accepted.arrival_id, now=make.NOON)
    return Arrival.objects.get()


def test_what_could_not_be_read_is_listed_with_its_reason() -> None:
    arrival = quarantined()

    page = said(caller().get("/quarantine"))

    assert page["total"] == 1
    assert page["items"][0]["id"] == arrival.pk
    assert page["items"][0]["reason"].startswith("non è JSON")


def test_its_bytes_can_be_fetched_but_never_run() -> None:
    arrival = quarantined()

    response = caller().get(f"/quarantine/{arrival.pk}/raw")

    assert response.getvalue() == b"{<b>oops"
    assert response["Content-Type"] == "application/octet-stream"
    assert "attachment" in response["Content-Disposition"]
    assert "sandbox" in response["Content-Security-Policy"]


def test_it_is_tried_again_or_set_aside() -> None:
    arrival = quarantined()
    program = caller()

    again = program.post(f"/quarantine/{arrival.pk}/try_again")
    read_arrival(arrival.pk, now=make.NOON)
    aside = program.post(f"/quarantine/{arrival.pk}/set_aside")

    assert (again.status_code, aside.status_code) == (202, 200)
    assert said(program.get("/quarantine"))["total"] == 0
    assert Arrival.objects.get().set_aside_by == program.colleague


def test_an_arrival_that_was_read_is_no_business_of_the_quarantine() -> None:
    case = make.case()
    arrival = Arrival.objects.get()

    assert caller().get(f"/quarantine/{arrival.pk}/raw").status_code == 404
    assert case.pk


def test_channels_are_listed_without_their_secrets() -> None:
    webhook()

    listed = said(caller().get("/channels"))

    assert [one["name"] for one in listed] == ["negozio"]
    assert not {"secret", "settings", "cursor"} & set(listed[0])


def test_teams_and_colleagues_are_listed_so_that_a_case_can_be_given() -> None:
    program = caller(teams=(make.team(),))

    assert [one["name"] for one in said(program.get("/teams"))] == ["Assistenza"]
    assert said(program.get("/colleagues"))[0]["teams"] == [make.team().pk]

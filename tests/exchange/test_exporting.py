import csv
import io
import json

import pytest

from ascolto.exchange.export import exported, neutral
from ascolto.exchange.queries import refused_csv
from ascolto.people.models import Customer
from ascolto.staff.models import Colleague
from tests import make
from tests.exchange.files import counts, imported

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> Colleague:
    return make.colleague("Anna Riva", role=Colleague.Role.OWNER)


@pytest.mark.parametrize("file_format", ["CSV", "JSON"])
def test_what_goes_out_comes_in_again_as_it_was(owner: Colleague, file_format: str) -> None:
    imported(
        "codice,nome,email,telefono,tipo\nA-7,Giulia,g@example.org,+39 347 1234567,azienda\n"
        "A-8,=HYPERLINK(1),h@example.org,,\n"
    )
    before = _people()

    again = imported("".join(exported("CUSTOMERS", file_format, by=owner)))

    assert counts(again) == (0, 0, 2, 0)
    assert _people() == before


def _people() -> list[tuple[object, ...]]:
    found = Customer.objects.order_by("pk", "identities__pk")
    return list(found.values_list("name", "kind", "identities__value"))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_begins_a_formula(start: str) -> None:
    assert neutral(f"{start}1+1") == f"'{start}1+1"


def test_refused_rows_come_back_to_be_mended() -> None:
    run = imported("nome,email\n=1+1,nessuno\nMarta,m@example.org\n")

    rows = list(csv.reader(io.StringIO("".join(refused_csv(run)))))

    assert rows[0] == ["riga", "motivo", "nome", "email"]
    assert rows[1] == ["2", "«nessuno» non è un indirizzo e-mail.", "'=1+1", "nessuno"]
    mended = "".join(refused_csv(run)).replace(",nessuno\r\n", ",n@example.org\r\n")
    assert counts(imported(mended)) == (1, 0, 0, 0)


def test_only_cases_that_he_may_see_go_out(owner: Colleague) -> None:
    legal = make.team("Legale", is_reserved=True)
    make.case(make.mail("Diffida.", subject="Diffida"), channel=make.mailbox("legale", of=legal))
    make.case(make.mail("Non va.", subject="Fibra", message_id="<due@example.org>"))
    elena = make.colleague(teams=(make.team(),))

    seen = [json.loads(line)["subject"] for line in exported("CASES", "JSON", by=elena)]
    everything = [json.loads(line) for line in exported("CASES", "JSON", by=owner)]

    assert seen == ["Fibra"]
    assert [case["subject"] for case in everything] == ["Diffida", "Fibra"]
    assert everything[0]["messages"][0]["text"] == "Diffida."

from datetime import date

import pytest

from ascolto.exchange import services
from ascolto.exchange.models import Run
from ascolto.people.models import Customer, Identity
from ascolto.timeline.queries import history_of
from tests import make
from tests.exchange.files import counts, file_of, imported, reasons

pytestmark = pytest.mark.django_db

GIULIA = (
    "Codice cliente;Nome;Cognome;E-mail;Cellulare;Cliente dal;Lingua;Tipo\n"
    "A-7;Giulia;Ferraris;giulia@example.org;347 123 4567;4/3/2019;italiano;privato\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_spreadsheet_is_read_in_whatever_way_it_was_saved(encoding: str, delimiter: str) -> None:
    content = "Nome;Email\r\nNiccolò È;niccolo@example.org\r\n".replace(";", delimiter)

    run = imported(content, encoding=encoding)

    assert counts(run) == (1, 0, 0, 0)
    assert Customer.objects.get().name == "Niccolò È"


def test_a_customer_comes_in_with_all_that_is_said_of_him() -> None:
    imported(GIULIA)

    giulia = Customer.objects.get()
    assert (giulia.name, giulia.since, giulia.kind) == (
        "Giulia Ferraris",
        date(2019, 3, 4),
        "PERSON",
    )
    known = {(one.kind, one.normal) for one in Identity.objects.all()}
    assert known == {
        ("REFERENCE", "a-7"),
        ("EMAIL", "giulia@example.org"),
        ("PHONE", "+393471234567"),
    }


def test_english_names_and_json_lines_are_understood_as_well() -> None:
    run = imported(
        '{"name": "Marta Riva", "email": ["marta@example.org", "m@example.org"]}\n'
        '{"full_name": "Paolo", "customer_id": 12}\n'
    )

    assert counts(run) == (2, 0, 0, 0)
    assert Identity.objects.filter(customer__name="Marta Riva").count() == 2
    assert Identity.objects.get(customer__name="Paolo").normal == "12"


def test_a_list_of_json_is_read_object_by_object() -> None:
    rows = ", ".join(f'{{"name": "N {n}", "reference": "{n}"}}' for n in range(1200))

    run = imported(f" [{rows}]\n")

    assert (run.total, run.made, run.format) == (1200, 1200, "JSON")


def test_a_second_time_changes_nothing() -> None:
    imported(GIULIA)
    before = list(Customer.objects.values()), list(Identity.objects.values())

    again = imported(GIULIA)

    assert counts(again) == (0, 0, 1, 0)
    assert (list(Customer.objects.values()), list(Identity.objects.values())) == before


def test_what_is_new_in_a_row_is_added_and_what_is_empty_is_left() -> None:
    imported(GIULIA)

    again = imported("codice,nome,lingua,email\nA-7,Giulia F.,,g@example.org\n")

    giulia = Customer.objects.get()
    assert (giulia.name, giulia.language) == ("Giulia F.", "it")
    assert counts(again) == (0, 1, 0, 0)
    kinds = [deed.kind for deed in history_of(f"customer:{giulia.pk}")]
    assert sorted(kinds) == ["exchange.customer_changed", "exchange.customer_made"]


def test_two_rows_of_one_person_are_one_customer() -> None:
    run = imported("nome,email,telefono\nGiulia,g@example.org,\n,g@example.org,+39 02 1234567\n")

    assert counts(run) == (1, 1, 0, 0)
    assert Customer.objects.get().identities.count() == 2


def test_who_wrote_before_is_recognised() -> None:
    giulia = make.customer("Giulia Ferraris")

    run = imported("nome,email,chi è\nGiulia Ferraris,GIULIA@example.org,Fibra dal 2019\n")

    giulia.refresh_from_db()
    assert (counts(run), giulia.about) == ((0, 1, 0, 0), "Fibra dal 2019")


def test_an_address_of_somebody_else_is_refused_by_name() -> None:
    imported("codice,nome,email\nA-1,Giulia,g@example.org\nA-2,Marta,m@example.org\n")

    run = imported("codice,nome,email\nA-2,Marta,g@example.org\n")

    assert reasons(run) == {
        2: "«g@example.org» è già di Giulia, mentre il resto della riga è di Marta."
    }
    assert Identity.objects.get(normal="g@example.org").customer.name == "Giulia"


def test_bad_rows_are_refused_with_their_line_and_the_others_are_taken() -> None:
    run = imported(
        "nome,email,telefono,cliente dal\n"
        "Giulia,non un indirizzo,,\n"
        "Marta,marta@example.org,,ieri\n"
        "Nessuno,,,\n"
        "Paolo,,12,\n"
        "Sara,sara@example.org,,2020-01-31\n"
    )

    assert counts(run) == (1, 0, 0, 4)
    assert reasons(run) == {
        2: "«non un indirizzo» non è un indirizzo e-mail.",
        3: "«ieri» non è una data: scrivila come 2026-03-04 12:00 o 4/3/2026 12:00.",
        4: "Manca un indirizzo, un numero o un codice: senza, non lo ritroveremmo.",
        5: "«12» non è un numero di telefono.",
    }


def test_after_a_kill_it_goes_on_with_the_next_batch() -> None:
    rows = "".join(f"Cliente {n},c{n}@example.org\n" for n in range(1300))
    file = file_of(f"nome,email\n{rows}")
    run = services.begin(kind="CUSTOMERS", name="a", by=None, arguments={}, now=make.NOON)

    def killed(after: Run) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        services.go_on(run.pk, now=make.NOON, file=file, told=killed)
    run.refresh_from_db()
    assert (run.read, run.total, Customer.objects.count()) == (500, 1300, 500)

    run = services.go_on(run.pk, now=make.NOON, file=file)

    assert (run.read, run.made, Customer.objects.count()) == (1300, 1300, 1300)
    assert run.finished_at == make.NOON


def test_stopped_it_goes_no_further_and_keeps_what_it_took() -> None:
    marta = make.colleague("Marta Riva")
    rows = "".join(f"Cliente {n},c{n}@example.org\n" for n in range(1300))
    run = services.begin(kind="CUSTOMERS", name="a", by=marta, arguments={}, now=make.NOON)

    run = services.go_on(
        run.pk,
        now=make.NOON,
        file=file_of(f"nome,email\n{rows}"),
        told=lambda run: services.stop(run, by=marta, now=make.NOON),
    )

    assert (run.read, Customer.objects.count()) == (500, 500)
    assert run.finished_at is None

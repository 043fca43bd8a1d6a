"""Files that were made to hurt, and those that nobody looked at: refused, never a crash."""

import tracemalloc

import pytest

from ascolto.people.models import Customer
from tests.exchange.files import counts, file_of, imported, reasons

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "Il file è vuoto."),
        (" \n\n", "Il file è vuoto."),
        ("colore,peso\nrosso,3\n", "Nessuna colonna che conosciamo"),
        (",".join(f"c{n}" for n in range(10_000)) + "\n1\n", "più di 200 colonne"),
        ('[{"name": "a", ', "Il JSON si interrompe"),
        ("[" * 200_000, "Il JSON si interrompe"),
        ("email\n" + '"x""\n' * 1500, "virgolette fuori posto"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "Nessuna colonna che conosciamo"),
    ],
)
def test_a_file_that_is_none_is_refused_whole(content: str | bytes, why: str) -> None:
    run = imported(content)

    assert why in run.failed
    assert (Customer.objects.count(), run.finished_at is not None) == (0, True)


def test_a_quote_that_is_never_closed_does_not_swallow_the_rows_below() -> None:
    run = imported('nome,email\n"Giulia,g@example.org\nMarta,m@example.org\n')

    assert reasons(run) == {2: "Le virgolette sono fuori posto o non si chiudono."}
    assert Customer.objects.get().name == "Marta"


def test_a_cell_of_a_megabyte_is_refused_alone() -> None:
    huge = "x" * 1_100_000

    run = imported(f"nome,email\n{huge},g@example.org\nMarta,m@example.org\n")

    assert "troppo lunga" in reasons(run)[2]
    assert counts(run) == (1, 0, 0, 1)


def test_nulls_and_half_characters_are_no_reason_to_break() -> None:
    run = imported(b"nome,email\nGiu\0lia,g@example.org\n\0,\0\n" + b"Marta,m@example.org\n")
    lines = imported('{"name": "a\\ud800", "email": "a@example.org"}\n{"email": "\\u0000"}\n')

    assert counts(run) == (1, 0, 0, 2)
    assert "carattere nullo" in reasons(run)[2]
    assert counts(lines) == (1, 0, 0, 1)


def test_more_cells_than_names_is_a_torn_row() -> None:
    run = imported("nome,email\nRossi, Giulia,g@example.org\n")

    assert "più celle" in reasons(run)[2]


def test_what_is_no_object_is_refused() -> None:
    run = imported('{"email": "g@example.org"}\n3\n{"a"\n')

    assert counts(run) == (1, 0, 0, 2)


def test_memory_stays_small_however_long_the_file() -> None:
    line = b"Nome Cognome,qualcuno@example.org,una riga come tante\n"

    def peak(rows: int) -> int:
        file = file_of(b"nome,email,note\n" + line * rows)
        tracemalloc.start()
        assert sum(1 for _row in file.rows()) == rows
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    assert peak(60_000) < peak(3_000) + 2_000_000

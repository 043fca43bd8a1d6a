import pytest

from ascolto.people.policy import guessed_kind, normal_form


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("giulia@example.org", "EMAIL"),
        ("  giulia@example.org ", "EMAIL"),
        ("+39 333 1234567", "PHONE"),
        ("011/5551234", "PHONE"),
        ("@giuferra_arch", "HANDLE"),
        ("giuferra", "HANDLE"),
        ("12", "HANDLE"),
    ],
)
def test_what_was_typed_tells_what_it_is(typed: str, kind: str) -> None:
    assert guessed_kind(typed) == kind


@pytest.mark.parametrize(
    ("kind", "written", "normal"),
    [
        ("EMAIL", "Giulia@Example.ORG", "giulia@example.org"),
        ("EMAIL", "giulia", None),
        ("PHONE", "333 123 45 67", "+393331234567"),
        ("PHONE", "dodici", None),
        ("HANDLE", " GiuFerra ", "giuferra"),
    ],
)
def test_an_identity_has_one_form(kind: str, written: str, normal: str | None) -> None:
    assert normal_form(kind, written) == normal

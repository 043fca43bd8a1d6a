"""T16: the name of an upload cannot be guessed, and known it opens nothing to somebody else."""

import secrets

import pytest
from django.test import Client

from ascolto.cases.models import Draft, DraftFile
from ascolto.cases.services import attach_file
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
GUESSES = 500


@pytest.fixture
def file() -> DraftFile:
    elena = make.colleague(teams=(make.team(),))
    return attach_file(
        make.case(),
        author=elena,
        kind=Draft.Kind.REPLY,
        name="contratto.txt",
        content_type="text/plain",
        data=b"riservato",
        now=make.NOON,
    )


def browser(name: str, role: str) -> Client:
    client = Client()
    client.force_login(make.colleague(name, role=role, teams=(make.team(),)))
    return client


def test_its_name_has_at_least_128_bits_and_no_two_are_alike(file: DraftFile) -> None:
    assert len(file.token) * 6 >= 128  # base 64: six bits a letter
    names = {
        attach_file(
            file.draft.case,
            author=file.draft.author,
            kind=Draft.Kind.REPLY,
            name="contratto.txt",
            content_type="text/plain",
            data=b"riservato",
            now=make.NOON,
        ).token
        for _ in range(20)
    }
    assert len(names) == 20
    assert len({name[:6] for name in names}) == 20  # nothing of it is a count or a clock


def test_guesses_open_nothing(file: DraftFile) -> None:
    client = browser("Elena Sala", Colleague.Role.AGENT)
    near = [file.token[:-1] + letter for letter in "abcdefABCDEF0123" if letter != file.token[-1]]
    guesses = [*near, *(secrets.token_urlsafe(24) for _ in range(GUESSES))]

    answers = {client.get(f"/allegati/bozze/{guess}/").status_code for guess in guesses}

    assert answers == {404}
    assert client.get(f"/allegati/bozze/{file.token}/").status_code == 200


@pytest.mark.parametrize("role", [Colleague.Role.AGENT, Colleague.Role.OWNER])
def test_even_known_it_is_its_authors_alone(file: DraftFile, role: str) -> None:
    other = browser("Marta Riva", role)
    case = file.draft.case_id

    read = other.get(f"/allegati/bozze/{file.token}/")
    other.post(f"/casi/C-{case}/allegati/togli/", {"token": file.token})

    assert read.status_code == 404
    assert DraftFile.objects.filter(pk=file.pk).exists()

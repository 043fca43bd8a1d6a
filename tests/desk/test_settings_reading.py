"""The page of the model that reads: what people taught it, and the way back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from ascolto.learning.models import Learnt
from ascolto.reading import shelf
from ascolto.reading.model import shipped
from ascolto.reading.training.packing import save
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
PAGE = "/impostazioni/lettura/"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[str]:
    """A model that this house has learnt, and that reads now."""
    before = shelf._SHELF.folder  # noqa: SLF001 - put back after
    shelf.look_in(tmp_path)
    version = f"{shipped().version}+1"
    save(replace(shipped(), version=version), shelf.file_of(version))
    shelf.put_in_use(version)
    found = {"corrections": 14, "won": 9, "lost": 2, "own_before": 0.9, "own_after": 0.9}
    Learnt.objects.create(
        version=version, learnt_at=make.NOON, corrections=14, found=found, adopted=True
    )
    yield version
    shelf.look_in(before)


@pytest.fixture
def marta(client: Client) -> Client:
    client.force_login(make.colleague("Marta Rossi", role=Colleague.Role.SUPERVISOR))
    return client


def test_the_page_says_which_model_reads_and_what_it_learnt(marta: Client, house: str) -> None:
    page = marta.get(PAGE).content.decode()

    assert house in page
    assert "legge ora" in page
    assert shipped().version in page  # what it would go back to


def test_one_click_leads_back(marta: Client, house: str) -> None:
    page = marta.post(f"{PAGE}torna/", follow=True).content.decode()

    assert shelf.in_use() is shipped()
    assert "ha letto" in page


def test_without_a_model_of_its_own_there_is_nothing_to_go_back_from(marta: Client) -> None:
    page = marta.get(PAGE).content.decode()

    assert "Torna al modello di prima" not in page
    answer = marta.post(f"{PAGE}torna/", follow=True).content.decode()
    assert "Legge già il modello" in answer

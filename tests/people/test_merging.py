from datetime import timedelta

import pytest

from ascolto.people.models import Customer
from ascolto.people.queries import heads_of, records_of, with_merged
from ascolto.people.services import AlreadyMerged, merge, unmerge
from tests import make

pytestmark = pytest.mark.django_db


def _three() -> tuple[Customer, Customer, Customer]:
    return (
        make.customer("Giulia Ferraris"),
        make.customer("Luca Moretti"),
        make.customer("Ada Neri"),
    )


def test_merged_records_are_read_as_one_from_either_side() -> None:
    giulia, luca, _ = _three()

    merge(luca, into=giulia, by=None, evidence=["stesso telefono"], now=make.NOON)

    assert records_of(giulia.pk) == records_of(luca.pk) == [giulia.pk, luca.pk]
    assert heads_of([giulia.pk, luca.pk]) == {luca.pk: giulia.pk}


def test_all_that_are_read_together_are_found_from_any_of_them() -> None:
    giulia, luca, ada = _three()
    merge(luca, into=giulia, by=None, evidence=["telefono"], now=make.NOON)
    merge(ada, into=giulia, by=None, evidence=["telefono"], now=make.NOON)

    assert with_merged([luca.pk]) == sorted([giulia.pk, luca.pk, ada.pk])


def test_nobody_is_merged_twice() -> None:
    giulia, luca, ada = _three()
    merge(luca, into=giulia, by=None, evidence=["telefono"], now=make.NOON)

    with pytest.raises(AlreadyMerged):
        merge(luca, into=ada, by=None, evidence=["nome"], now=make.NOON)


def test_who_has_taken_somebody_in_can_be_merged_further() -> None:
    giulia, luca, ada = _three()
    merge(luca, into=giulia, by=None, evidence=["telefono"], now=make.NOON)

    merge(giulia, into=ada, by=None, evidence=["nome"], now=make.NOON)

    assert records_of(luca.pk) == [ada.pk, giulia.pk, luca.pk]
    assert heads_of([luca.pk, giulia.pk, ada.pk]) == {luca.pk: ada.pk, giulia.pk: ada.pk}
    assert with_merged([luca.pk]) == [giulia.pk, luca.pk, ada.pk]


def test_each_of_several_merges_is_undone_for_itself() -> None:
    giulia, luca, ada = _three()
    first = merge(luca, into=giulia, by=None, evidence=["telefono"], now=make.NOON)
    merge(ada, into=luca, by=None, evidence=["nome"], now=make.NOON)

    unmerge(first.pk, by=None, now=make.NOON)

    assert records_of(giulia.pk) == [giulia.pk]
    assert records_of(ada.pk) == [luca.pk, ada.pk]


def test_links_never_form_a_ring() -> None:
    giulia, luca, ada = _three()
    merge(luca, into=giulia, by=None, evidence=["telefono"], now=make.NOON)
    merge(ada, into=luca, by=None, evidence=["nome"], now=make.NOON)

    with pytest.raises(AlreadyMerged):
        merge(giulia, into=ada, by=None, evidence=["al contrario"], now=make.NOON)


def test_a_merge_that_was_undone_can_be_made_again() -> None:
    giulia, luca, _ = _three()
    first = merge(luca, into=giulia, by=None, evidence=["telefono"], now=make.NOON)

    undone = unmerge(first.pk, by=None, now=make.NOON + timedelta(hours=1))

    assert undone
    assert not unmerge(first.pk, by=None, now=make.NOON + timedelta(hours=2))
    assert records_of(luca.pk) == [luca.pk]
    merge(giulia, into=luca, by=None, evidence=["al contrario"], now=make.NOON)
    assert records_of(giulia.pk) == [luca.pk, giulia.pk]

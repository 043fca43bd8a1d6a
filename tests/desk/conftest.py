import pytest
from django.test import Client

from ascolto.staff.models import Colleague
from tests import make


@pytest.fixture
def elena(db: None) -> Colleague:
    """An agent of the team that gets the mail."""
    return make.colleague("Elena Sala", teams=(make.team(),))


@pytest.fixture
def marta(db: None) -> Colleague:
    return make.colleague("Marta Riva", role=Colleague.Role.SUPERVISOR)


@pytest.fixture
def desk(elena: Colleague) -> Client:
    """Elena's browser."""
    return browser_of(elena)


def browser_of(colleague: Colleague) -> Client:
    client = Client(enforce_csrf_checks=False)
    client.force_login(colleague)
    return client

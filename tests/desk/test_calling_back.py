"""An answer is offered to be called back only as long as nobody has tried to send it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from ascolto.cases.services import answer
from ascolto.channels.models import Outgoing
from ascolto.staff.models import Colleague
from tests.desk.builders import case_of, page

pytestmark = pytest.mark.django_db


def test_an_answer_in_its_seconds_of_grace_can_be_called_back_and_later_not(
    desk: Client, elena: Colleague
) -> None:
    case = case_of("Giulia Ferraris")
    message = answer(case, author=elena, text="Ci siamo, Giulia.", now=timezone.now())
    way_back = reverse("desk:call_back", args=[message.pk])

    in_grace = page(desk, f"/casi/C-{case.pk}/")
    Outgoing.objects.update(
        attempts=1, not_before=timezone.now() + timedelta(hours=1), maybe_twice=True
    )
    tried = page(desk, f"/casi/C-{case.pk}/")

    assert way_back in in_grace
    assert way_back not in tried
    assert "ancora in coda" in tried

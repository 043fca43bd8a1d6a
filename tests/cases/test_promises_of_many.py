"""Many customers who write at once let their clocks go on with a fixed number of statements."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ascolto.cases.models import Case
from ascolto.cases.services.ticking import clocks_for
from ascolto.promises.models import Promise
from ascolto.promises.policy.resting import HIS_TURN
from tests import make

pytestmark = pytest.mark.django_db
LATER = make.NOON + timedelta(hours=2)


def resting_cases(number: int) -> list[Case]:
    team = make.team()
    team.update_minutes, team.resolution_minutes = 6 * 60, 16 * 60
    team.save()
    for one in range(number):
        raw = make.mail(sender=f"Giulia <g{one}@example.org>", message_id=f"<{one}@example.org>")
        make.case(raw)
    Promise.objects.filter(kind="FIRST_ANSWER").delete()
    Promise.objects.update(paused_at=make.NOON, pause_reason=HIS_TURN)
    return list(Case.objects.select_related("team").order_by("pk"))


@pytest.mark.parametrize("number", [1, 5])
def test_the_clocks_of_many_cases_go_on_with_as_many_statements_as_those_of_one(
    number: int,
) -> None:
    cases = resting_cases(number)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        started = clocks_for([(case, LATER) for case in cases], cases)

    assert len(asked) <= 8
    assert len(started) == number
    assert not Promise.objects.filter(paused_at__isnull=False).exists()

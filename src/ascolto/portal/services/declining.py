""" "This isn't me": the reader of an address says that the matters are not his."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ascolto.cases.models import Case, MatterLink
from ascolto.cases.services import issue_link, revoke_link
from ascolto.people.models import Identity
from ascolto.portal.models import SignInLink, Visit
from ascolto.portal.queries.mine import cases_of
from ascolto.timeline.services import record


@transaction.atomic
def not_me(link: MatterLink, *, now: datetime) -> None:
    """One matter is not his: his links to it stop, and the people on the case know."""
    _decline([link.case], link.identity, now=now)


@transaction.atomic
def not_me_at_all(identity: Identity, *, now: datetime) -> None:
    """Nothing of it is his: every sign-in and every link of this address ends."""
    Visit.objects.filter(identity=identity, ended_at=None).update(ended_at=now)
    SignInLink.objects.filter(identity=identity, used_at=None).update(used_at=now)
    _decline(list(cases_of(identity)), identity, now=now)


def _decline(cases: Sequence[Case], identity: Identity, *, now: datetime) -> None:
    """Also where no link was ever made: the revoked one is what remembers that he said so."""
    known = set(
        MatterLink.objects.filter(case__in=cases, identity=identity).values_list("case", flat=True)
    )
    for case in cases:
        if case.pk not in known:
            issue_link(case, identity, now=now)
        revoke_link(MatterLink(case=case, identity=identity), now=now)
        record(
            "portal.not_me",
            at=now,
            subject=case.reference,
            customer_id=case.customer_id,
            team_id=case.team_id,
            address=identity.value,
        )

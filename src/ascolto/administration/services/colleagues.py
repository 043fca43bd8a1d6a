"""Who works here: invited, given a role, gone, and back."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ascolto.administration import policy
from ascolto.administration.services.changing import (
    Change,
    NotAllowed,
    State,
    leads_alone,
    record_change,
)
from ascolto.staff import services as staff
from ascolto.staff.models import Colleague, Invitation, Membership, Team
from ascolto.timeline.references import reference
from ascolto.timeline.services import record


def colleague_state(colleague: Colleague) -> State:
    teams = Team.objects.filter(members=colleague).order_by("name")
    return {"role": colleague.role, "teams": ", ".join(team.name for team in teams)}


@transaction.atomic
def invite(
    email: str, *, role: str, teams: Sequence[Team], by: Colleague, now: datetime, name: str = ""
) -> str:
    """Keep a seat and return its token, shown once. Raises `NotAllowed` and `AlreadyHere`.

    Whoever left and is invited again comes back as himself, with his history.
    """
    _allowed(by, role_now=role, role_wanted=role)
    token = staff.invite(email, role=role, teams=teams, by=by, now=now, name=name)
    names = [team.name for team in teams]
    record("administration.invited", at=now, by=by, name=email, role=role, teams=names)
    return token


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, by: Colleague, now: datetime) -> None:
    """The seat is kept no longer: its link opens nothing from now on."""
    leads_alone(by)
    open_still = Invitation.objects.filter(pk=invitation.pk, used_at=None, withdrawn_at=None)
    if open_still.update(withdrawn_at=now):
        record("administration.invitation_withdrawn", at=now, by=by, name=invitation.email)


@transaction.atomic
def take_seat(token: str, *, name: str, password: str, now: datetime) -> Colleague:
    """Accept an invitation. Raises `NoSuchInvitation`."""
    colleague = staff.accept_invitation(token, name=name, password=password, now=now)
    record(
        "administration.joined",
        at=now,
        subject=reference("colleague", colleague.pk),
        by=colleague,
        name=colleague.name,
        role=colleague.role,
    )
    return colleague


@transaction.atomic
def change_colleague(
    colleague: Colleague, *, role: str, teams: Sequence[Team], by: Colleague, now: datetime
) -> list[Change]:
    """Give a role and teams. Raises `NotAllowed`: a lead makes no owner, the last one stays."""
    known = _locked(colleague)
    _allowed(by, role_now=known.role, role_wanted=role, of=known)
    before = colleague_state(known)
    known.role = role
    known.save(update_fields=["role"])
    Membership.objects.filter(colleague=known).exclude(team__in=teams).delete()
    for team in teams:
        staff.join_team(team, known, now=now)
    return record_change(
        "administration.colleague_changed",
        known.name,
        subject=reference("colleague", known.pk),
        states=(before, colleague_state(known)),
        by=by,
        now=now,
    )


@transaction.atomic
def part(colleague: Colleague, *, by: Colleague, now: datetime) -> None:
    """He leaves: from now on no session, no password and no escalation is his.

    The password is thrown away and not only barred: every session is bound to it, so none of
    them wakes up again if he comes back. Raises `NotAllowed`.
    """
    known = _locked(colleague)
    _allowed(by, role_now=known.role, role_wanted=None, of=known)
    if known.left_at is not None:
        return
    known.left_at = now
    known.set_unusable_password()
    known.save(update_fields=["left_at", "password"])
    Team.objects.filter(escalates_to=known).update(escalates_to=None)
    Invitation.objects.filter(email__iexact=known.email, used_at=None, withdrawn_at=None).update(
        withdrawn_at=now
    )
    record(
        "administration.left",
        at=now,
        subject=reference("colleague", known.pk),
        by=by,
        name=known.name,
    )


def _locked(colleague: Colleague) -> Colleague:
    """With every owner locked before him: of two who unmake each other the second is told."""
    owners = Colleague.objects.select_for_update().filter(role=Colleague.Role.OWNER)
    list(owners.order_by("pk"))
    return Colleague.objects.select_for_update().get(pk=colleague.pk)


def _allowed(
    by: Colleague, *, role_now: str, role_wanted: str | None, of: Colleague | None = None
) -> None:
    leads_alone(by)
    owners = Colleague.objects.filter(role=Colleague.Role.OWNER, left_at=None)
    found = policy.refusals(
        by=Colleague.objects.values_list("role", flat=True).get(pk=by.pk),
        role_now=role_now,
        role_wanted=role_wanted,
        other_owners=owners.exclude(pk=of.pk if of else 0).count(),
    )
    if found:
        raise NotAllowed(*found)

"""Macros are changed where the history can tell of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from ascolto.administration.policy import Refusal
from ascolto.administration.services.changing import NotAllowed
from ascolto.knowledge.models import Macro
from ascolto.knowledge.policy import unknown_fields
from ascolto.staff.models import Colleague, Membership, Team
from ascolto.timeline.references import reference
from ascolto.timeline.services import record

DEEDS = frozenset({"tags", "resolve", "snooze"})


class UnknownField(Exception):
    """The text asks for fields that nothing fills. `args` are their names."""


class UnknownDeed(Exception):
    """Something is to happen that Ascolto does not know. `args` are the names."""


class EmptyMacro(Exception):
    """A macro has a title, and words or something to do."""


@transaction.atomic
def save_macro(  # noqa: PLR0913 # a macro is its words, its deeds, and whose it is
    *,
    macro: Macro | None,
    title: str,
    text: str,
    language: str,
    deeds: Mapping[str, Any],
    owner: Colleague | None,
    team: Team | None,
    by: Colleague,
    now: datetime,
) -> Macro:
    """Make a macro, or change `macro`. Personal (`owner`), of a `team`, or everybody's.

    `deeds` is what happens once the answer is sent: {"tags": ["fibra"], "resolve": true,
    "snooze": "domani"}. Everybody may keep his own; what others use belongs to a team's members
    (their team's) and to who leads. Raises `NotAllowed`.
    """
    _allowed(by, owner=owner, team=team)
    if macro is not None:
        _allowed(by, owner=macro.owner, team=macro.team)
    title, text = title.strip(), text.strip()
    if not title or not (text or deeds):
        raise EmptyMacro(title)
    if unknown := unknown_fields(text):
        raise UnknownField(*unknown)
    if strange := sorted(set(deeds) - DEEDS):
        raise UnknownDeed(*strange)
    kind = "knowledge.macro_changed" if macro else "knowledge.macro_made"
    macro = macro or Macro()
    macro.title, macro.text, macro.language = title[:80], text, language
    macro.deeds, macro.owner, macro.team = dict(deeds), owner, team
    macro.changed_at = now
    macro.save()
    _tell(kind, macro, by=by, now=now)
    return macro


@transaction.atomic
def retire_macro(macro: Macro, *, by: Colleague, now: datetime) -> None:
    """Nobody is offered it any more. What was said with it stays said."""
    _allowed(by, owner=macro.owner, team=macro.team)
    changed = Macro.objects.filter(pk=macro.pk, retired_at=None).update(retired_at=now)
    if changed:
        _tell("knowledge.macro_retired", macro, by=by, now=now)


@transaction.atomic
def restore_macro(macro: Macro, *, by: Colleague, now: datetime) -> None:
    """Offered again, as it was."""
    _allowed(by, owner=macro.owner, team=macro.team)
    if Macro.objects.filter(pk=macro.pk, retired_at__isnull=False).update(retired_at=None):
        _tell("knowledge.macro_restored", macro, by=by, now=now)


def _allowed(by: Colleague, *, owner: Colleague | None, team: Team | None) -> None:
    if by.leads or (owner is not None and owner.pk == by.pk):
        return
    if team is None or not Membership.objects.filter(team=team, colleague=by).exists():
        raise NotAllowed(Refusal.NOT_A_LEAD)


def _tell(kind: str, macro: Macro, *, by: Colleague, now: datetime) -> None:
    record(
        kind,
        at=now,
        subject=reference("macro", macro.pk),
        by=by,
        team_id=macro.team_id,
        title=macro.title,
    )

"""Whoever is on duty is told of a mention that somebody must see now."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext as _

from ascolto.alerts.models import Rule
from ascolto.alerts.services import Cause, raise_many
from ascolto.listening.models import Match, Mention
from ascolto.listening.services.holding import hold
from ascolto.reading.abuse import covered, is_abusive
from ascolto.staff.queries import company
from ascolto.timeline.references import referred

LONGEST_QUOTATION = 280
CUT = 2 * LONGEST_QUOTATION  # before it is covered: no insult stands half before the end
UNSEEN = Q(standing=Mention.Standing.WAITING) | Q(standing=Mention.Standing.CASE, settled_by=None)


@transaction.atomic
def alert(mention_ids: Sequence[int], *, now: datetime) -> int:
    """Raise what the rules ask for; how many alerts that made. Safe to run twice.

    A mention is one alert, for the gravest of its reasons that a rule asks for. Also one that was
    put into a case by itself, be that before or after: its writer waits all the same. The number
    of queries does not depend on how many they are.
    """
    mentions = Mention.objects.select_related("team", "board").filter(
        UNSEEN, pk__in=mention_ids, alerted_at=None, answered_at=None
    )
    reasons = {mention: kinds for mention in mentions if (kinds := _reasons(mention))}
    if not reasons:
        return 0
    monitors = _monitors(list(reasons))
    with translation.override(company().language):
        causes = [
            [_cause(mention, kind, monitors) for kind in kinds]
            for mention, kinds in reasons.items()
        ]
    alerts = raise_many(causes, now=now)
    told = [referred(one.subject, kind="mention") for one in alerts]
    hold(told)
    Mention.objects.filter(pk__in=told, alerted_at=None).update(alerted_at=now)
    return len(told)


def _reasons(mention: Mention) -> list[str]:
    """The gravest first. Insults that ask for nothing are folded away: they ring for nobody."""
    if mention.lane == Mention.Lane.ABUSE:
        return []
    said = {
        Rule.Kind.GOING_PUBLIC: mention.reading.get("escalation_threat"),
        Rule.Kind.LEAVING: mention.reading.get("churn_threat"),
        Rule.Kind.ANGRY: mention.angry,
        Rule.Kind.NEEDS_CARE: mention.needs_care and not _is_told_of(mention),
        Rule.Kind.REACH: mention.reach is not None and mention.kind != Mention.Kind.NOISE,
    }
    return [kind for kind, holds in said.items() if holds]


def _is_told_of(mention: Mention) -> bool:
    """Under a post of ours a question of the offer rings for nobody; and once its owner knows that
    it has become a help desk, nor does each call for help: they are counted, and wait in a list."""
    board = mention.board
    if board is None:
        return False
    return mention.lane != Mention.Lane.HELP or board.warned_at is not None


def _monitors(mentions: Sequence[Mention]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows = Match.objects.filter(mention__in=mentions).values_list("mention_id", "monitor_id")
    for mention_id, monitor_id in rows:
        found.setdefault(mention_id, []).append(monitor_id)
    return found


def _cause(mention: Mention, kind: str, monitors: dict[int, list[int]]) -> Cause:
    who = covered(mention.author_name) or _("qualcuno")
    titles = {
        Rule.Kind.GOING_PUBLIC: _("%(who)s minaccia stampa, avvocati o autorità"),
        Rule.Kind.LEAVING: _("%(who)s minaccia di andarsene"),
        Rule.Kind.ANGRY: _("%(who)s è molto arrabbiato"),
        Rule.Kind.NEEDS_CARE: _("%(who)s chiede aiuto"),
        Rule.Kind.REACH: _("%(who)s parla di noi, e molti lo seguono"),
    }
    why = mention.reading.get("why") or {}
    words = [str(word) for some in why.values() if isinstance(some, list) for word in some]
    return Cause(
        kind=kind,
        key=mention.reference,
        subject=mention.reference,
        path=mention_path(mention.pk),
        title=titles[Rule.Kind(kind)] % {"who": who},
        words=covered(mention.text[:CUT])[:LONGEST_QUOTATION],
        why=[one for one in dict.fromkeys(words) if not is_abusive(one)],
        team=mention.team,
        reach=mention.reach,
        monitors=monitors.get(mention.pk, []),
        heard_at=mention.heard_at,
        matched_at=mention.matched_at,
    )


def mention_path(mention_id: int) -> str:
    """The page of the desk that shows it."""
    return f"/ascolto/{mention_id}/"

"""What was said in public, brought into the case it belongs to, or made one."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from ascolto.cases.models import Case, Message
from ascolto.cases.services import assign
from ascolto.cases.services.hearing import hear, locked_cases
from ascolto.channels.models import Outgoing
from ascolto.listening import services as listening
from ascolto.listening.models import Board, Match, Mention
from ascolto.people.models import Identity
from ascolto.people.queries import with_merged
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.references import NotAReference, referred
from ascolto.triage.authors import recognise_again
from ascolto.triage.joining import Joining
from ascolto.triage.opening import open_cases

STANDING = Mention.Standing


@transaction.atomic
def consider_mentions(mention_ids: Collection[int], *, now: datetime) -> list[Case]:
    """Bring these mentions to the cases they belong to. Safe to run twice.

    Only what is certain: an answer of the person himself under words of his case or ours, or the
    same question of a recognised person on another channel. A call for help opens a case where
    its monitor was told to, or the post of ours that it stands under. Everything else goes on
    waiting for somebody.
    """
    mentions = _waiting(mention_ids)
    if not mentions:
        return []
    recognise_again(mentions)
    above = _cases_above(mentions)
    joining = Joining([mention.item for mention in mentions])
    told_to = _monitors_told_to(mentions)
    known = _cases_known(mentions)
    found: dict[int, Case] = {}
    calling = []
    for mention in mentions:
        case = known.get(mention.item_id) or _brought(mention, above, joining)
        if case is not None:
            found[mention.pk] = case
        elif _opens(mention, told_to):
            calling.append(mention)
    found |= open_cases(calling, now=now)
    for mention in mentions:
        if mention.pk in found:
            _settle(mention, by=None, now=now)
    return [found[mention.pk] for mention in mentions if mention.pk in found]


@transaction.atomic
def case_from_mention(
    mention: Mention,
    *,
    team: Team | None,
    assignee: Colleague | None = None,
    subject: str = "",
    by: Colleague | None,
    now: datetime,
) -> Case:
    """Make a case of what somebody said in public. Asked twice, it is the same case.

    Its author becomes a customer by this, if he is none yet. Without `team` it goes to the one
    that can do it.
    """
    mention = _held(Mention.objects.filter(pk=mention.pk)).get()
    known = Message.objects.select_related("case").filter(item=mention.item_id).first()
    if known is not None:
        case = known.case
    else:
        case = open_cases([mention], team=team, subject=subject, now=now)[mention.pk]
    if assignee is not None and by is not None:
        assign(case, to=assignee, by=by, now=now)
        case.assignee = assignee
    _settle(mention, by=by, now=now)
    return case


def seen_to(case_ids: Collection[int], *, now: datetime) -> int:
    """Somebody has these cases, or they are over: what was alerted of them is too. How many."""
    ended = Q(case__assignee__isnull=False) | Q(case__resolved_at__isnull=False)
    items = Message.objects.filter(ended, case__in=case_ids, item__isnull=False).values("item")
    said = Mention.objects.filter(item__in=items, standing=STANDING.CASE)
    return listening.seen_to(list(said.values_list("pk", flat=True)), now=now)


def _opens(mention: Mention, told_to: Collection[int]) -> bool:
    """Whether a case is made of it by itself. Under a post of ours, only of a call for help."""
    board = mention.board
    if board is None:
        return mention.needs_care and mention.pk in told_to
    if mention.lane != Mention.Lane.HELP:
        return False
    known = board.opens_for == Board.Opens.KNOWN and mention.identity is not None
    return known or board.opens_for == Board.Opens.EVERYBODY or mention.pk in told_to


def _brought(mention: Mention, above: dict[str, int], joining: Joining) -> Case | None:
    """The case it is put into because it certainly belongs there."""
    item = mention.item
    if item.identity is None:
        return None
    for key in _keys_above(mention):
        case = locked_cases([above[key]]).get(above[key]) if key in above else None
        # Others talk under his words and ours too: theirs are not his.
        if case is not None and _is_his(case, item.identity):
            return hear(case, item, proof=Message.Proof.SAME_THREAD).case
    found = joining.find(item)
    return hear(found[0], item, proof=Message.Proof.SAME_PERSON).case if found else None


def _cases_known(mentions: Sequence[Mention]) -> dict[int, Case]:
    """By item, the cases that these words are in already."""
    items = [mention.item_id for mention in mentions]
    messages = Message.objects.select_related("case").filter(item__in=items)
    return {message.item_id: message.case for message in messages if message.item_id}


def _is_his(case: Case, identity: Identity) -> bool:
    return identity.customer_id in with_merged([case.customer_id])


def _waiting(mention_ids: Collection[int]) -> list[Mention]:
    waiting = Mention.objects.filter(pk__in=mention_ids, standing=STANDING.WAITING, gone_at=None)
    return list(_held(waiting))


def _held(mentions: QuerySet[Mention]) -> QuerySet[Mention]:
    """With all that is needed of them, in the order of their ids, held until we commit."""
    whole = mentions.select_for_update(of=("self",)).select_related(
        "team", "board", "item__channel__team", "item__identity__customer", "identity__customer"
    )
    return whole.order_by("pk")


def _keys_above(mention: Mention) -> list[str]:
    post = mention.item.post
    keys = (mention.parent_key, post.get("parent"), post.get("root"))
    return list(dict.fromkeys(str(key) for key in keys if key))


def _cases_above(mentions: Sequence[Mention]) -> dict[str, int]:
    """The cases of the words that these were written under: ours, and those of customers."""
    keys = {key for mention in mentions for key in _keys_above(mention)}
    if not keys:
        return {}
    found: dict[str, int] = {}
    above = dict(Mention.objects.filter(key__in=keys).values_list("item_id", "key"))
    for item_id, case_id in Message.objects.filter(item__in=above).values_list("item", "case"):
        found[above[item_id]] = case_id
    ours = Outgoing.objects.filter(Q(carried_as__in=keys) | Q(url__in=keys))
    rows = ours.values_list("carried_as", "url", "subject_ref", "message__case")
    for carried_as, url, subject, case_id in rows:
        try:
            case = case_id or referred(subject, kind="case")
        except NotAReference:
            continue
        found |= dict.fromkeys({carried_as, url} & keys, case)
    return found


def _monitors_told_to(mentions: Sequence[Mention]) -> set[int]:
    """Those that a monitor found which opens cases by itself."""
    matches = Match.objects.filter(
        mention__in=mentions, monitor__opens_cases=True, monitor__retired_at=None
    )
    return set(matches.values_list("mention_id", flat=True))


def _settle(mention: Mention, *, by: Colleague | None, now: datetime) -> None:
    listening.settle(mention, standing=STANDING.CASE, by=by, now=now)

"""What is said in one lane under a post of ours: a page at a time, the newest first."""

from collections.abc import Collection

from django.db.models import Count, Exists, OuterRef, Q

from ascolto.channels.registry import can_carry, manners_of
from ascolto.listening.models import Mention
from ascolto.listening.queries.boards import BoardComment, LanePage
from ascolto.listening.queries.stream import cursor_of, written_cursor
from ascolto.reading.abuse import covered

PAGE = 20


def lane(  # noqa: PLR0913 # where, which of it, from where on, and for whose eyes
    board_id: int,
    lane: str,
    *,
    after: str = "",
    cause_id: int | None = None,
    one_of_each: bool = False,
    hidden_teams: Collection[int] = (),
    limit: int = PAGE,
) -> LanePage:
    """The next comments after `after` (as `LanePage.after` said). Two queries.

    With `one_of_each`, of those that ask the same only the newest; with `cause_id`, only its own.
    """
    seen = Mention.objects.exclude(team__in=hidden_teams).filter(board=board_id, lane=lane)
    several = seen if cause_id is None else seen.filter(cause=cause_id)
    if one_of_each:
        newer = seen.filter(cause=OuterRef("cause")).filter(
            Q(heard_at__gt=OuterRef("heard_at"))
            | Q(heard_at=OuterRef("heard_at"), pk__gt=OuterRef("pk"))
        )
        several = several.filter(Q(cause=None) | ~Exists(newer))
    place = cursor_of(after)
    if place is not None:
        at, pk = place
        several = several.filter(heard_at__lte=at)
        several = several.filter(Q(heard_at__lt=at) | Q(heard_at=at, pk__lt=pk))
    whole = several.select_related("channel", "assignee", "identity__customer", "item", "cause")
    ordered = whole.defer("item__html", "item__quoted", "channel__secret", "channel__cursor")
    found = list(ordered.order_by("-heard_at", "-pk")[: limit + 1])
    shown, last = found[:limit], found[limit - 1] if len(found) > limit else None
    causes = {one.cause_id for one in shown if one.cause_id}
    same = seen.filter(cause__in=causes).order_by().values_list("cause").annotate(Count("pk"))
    counts = dict(same) if causes else {}
    rows = [_comment(one, counts.get(one.cause_id, 1)) for one in shown]
    return LanePage(rows, written_cursor(last.heard_at, last.pk) if last else "")


def _comment(mention: Mention, same: int) -> BoardComment:
    customer = mention.identity.customer if mention.identity else None
    gone = mention.gone_at is not None
    waits = (
        mention.lane == Mention.Lane.HELP
        and mention.answered_at is None
        and mention.standing in {Mention.Standing.WAITING, Mention.Standing.CASE}
    )
    answerable = bool(mention.item.post.get("answerable"))
    can_answer = answerable and not gone and can_carry(mention.channel)
    return BoardComment(
        id=mention.pk,
        author=mention.author_name,
        handle=str(mention.item.post.get("handle") or ""),
        customer_id=customer.pk if customer else None,
        customer=customer.name if customer else "",
        at=mention.heard_at,
        text=mention.text,
        cleaned=covered(mention.text),
        url=mention.url,
        lane=mention.lane,
        lane_by_person=mention.lane_by_id is not None,
        abusive=mention.abusive,
        doubtful=mention.doubtful and mention.lane_by_id is None,
        angry=mention.angry,
        standing=mention.standing,
        assignee=mention.assignee.name if mention.assignee else "",
        cause_id=mention.cause_id,
        cause=mention.cause.name if mention.cause else "",
        same_question_count=same,
        answered_at=mention.answered_at,
        waits_since=mention.heard_at if waits and not gone else None,
        can_answer=can_answer,
        can_go_aside=can_answer
        and waits
        and mention.item.public
        and manners_of(mention.channel.kind).aside,
        gone_at=mention.gone_at,
    )

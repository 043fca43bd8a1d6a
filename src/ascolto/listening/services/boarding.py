"""What is said under something of ours: under what, and what it has to do with that."""

from collections.abc import Sequence

from ascolto.channels.models import Outgoing
from ascolto.kit.work import once
from ascolto.listening.models import Board, Mention
from ascolto.listening.policy.boards import may_be_ours
from ascolto.listening.policy.lanes import HELP, Comment, is_echo, lane_of
from ascolto.listening.services.understanding import understand
from ascolto.reading.abuse import is_abusive, rest
from ascolto.reading.reading import Text

SURE = 0.6  # probability of its kind from which a reading is no doubt


def put_on_boards(mentions: Sequence[Mention], *, beside: Sequence[Mention] = ()) -> None:
    """Find the board of each of these, which are not written yet; make those that are new.

    `beside` are mentions known already: under them others may speak. Five queries at the most,
    and none where nobody speaks under something.
    """
    roots = {_root(one): one for one in reversed(mentions) if _root(one)}
    if not roots:
        return
    boards = _known(roots)
    missing = _ours({key: one for key, one in roots.items() if key not in boards}, beside)
    if missing:
        first = [_made(key, missing[key]) for key in sorted(missing)]  # in one order: no deadlock
        Board.objects.bulk_create(first, ignore_conflicts=True)
        boards |= _known(missing)
    for mention in mentions:
        mention.board = boards.get(_root(mention))
    under = [one for one in mentions if one.board is not None]
    give_lanes(under)
    _let_echoes_ask(under)


def give_lanes(mentions: Sequence[Mention]) -> None:
    """The lane of each by its words, unless a person gave it. Asks nothing of the database."""
    open_ones = [one for one in mentions if one.board_id and one.lane_by_id is None]
    insults = [one for one in open_ones if is_abusive(one.text)]
    left = {id(one): rest(one.text) for one in insults}
    texts = [Text(left[id(one)], one.channel.kind.lower(), one.under) for one in insults]
    about = {
        id(one): str(read.whole.get("topic", "other"))
        for one, read in zip(insults, understand(texts), strict=True)
    }
    for mention in open_ones:
        mention.abusive = id(mention) in left
        mention.lane = lane_of(
            _comment(mention, left.get(id(mention), ""), about.get(id(mention), "other"))
        )
        kind_share = mention.reading.get("probabilities", {}).get("kind", 1.0)
        mention.doubtful = not mention.kind_by_id and kind_share < SURE


def _let_echoes_ask(mentions: Sequence[Mention]) -> None:
    """Who only says "me too" under a call for help calls for it. One query, and none for none."""
    echoes = [one for one in mentions if one.lane != HELP and is_echo(one.text)]
    if not echoes:
        return
    keys = {one.parent_key for one in echoes}
    asking = {one.key for one in mentions if one.lane == HELP}
    known = Mention.objects.filter(key__in=keys - asking, lane=HELP)
    asking |= set(known.values_list("key", flat=True))
    for one in echoes:
        if one.parent_key in asking:
            one.lane = HELP


def sort_later(mentions: Sequence[Mention]) -> None:
    """Have their boards sorted soon; once a board, however many come until then."""
    for board_id in sorted({one.board_id for one in mentions if one.board_id}):
        once("listening.sort_board", f"board:{board_id}", board_id=board_id)


def _root(mention: Mention) -> str:
    root = str(mention.item.post.get("root") or "")[:500]
    return root if mention.to_us and root != mention.key else ""


def _known(roots: dict[str, Mention]) -> dict[str, Board]:
    return {board.key: board for board in Board.objects.filter(key__in=roots)}


def _ours(roots: dict[str, Mention], beside: Sequence[Mention]) -> dict[str, Mention]:
    """Those that we published. What somebody else said, and we heard, is his."""
    if not roots:
        return {}
    others = {one.key for one in beside} | set(
        Mention.objects.filter(key__in=roots).values_list("key", flat=True)
    )
    told = {key: one for key, one in roots.items() if key not in others and _tells(key, one)}
    unknown = roots.keys() - others - told.keys()
    if unknown:
        sent = Outgoing.objects.filter(carried_as__in=unknown)
        told |= {key: roots[key] for key in sent.values_list("carried_as", flat=True)}
    return told


def _tells(root: str, mention: Mention) -> bool:
    return may_be_ours(
        network=mention.channel.kind,
        root=root,
        key=mention.key,
        to_us=mention.to_us,
        under=mention.under,
    )


def _made(key: str, mention: Mention) -> Board:
    return Board(
        key=key,
        channel=mention.channel,
        title=mention.under,
        url=str(mention.item.post.get("under_url") or "")[:500],
        team=mention.channel.team,
        first_heard_at=mention.heard_at,
        last_heard_at=mention.heard_at,
    )


def _comment(mention: Mention, left: str, about: str) -> Comment:
    reading = mention.reading
    return Comment(
        kind=mention.kind,
        topic=reading.get("topic", "other"),
        topic_share=reading.get("probabilities", {}).get("topic", 0.0),
        needs_care=mention.needs_care,
        unrelated=bool(reading.get("unrelated_to_post")),
        abusive=mention.abusive,
        rest=left,
        rest_topic=about,
    )

"""Comments under a post of ours, as Meta's adapter brings them."""

from datetime import datetime, timedelta

from ascolto.channels.models import Channel, Item
from ascolto.listening.models import Board, Mention
from ascolto.listening.services import sort_board
from ascolto.people.policy import Sender
from tests import make
from tests.listening.public import bring, hear, numbers, source

POST = "facebook:1001_2002"
OFFER = "Autunno a 19,90: fibra senza limiti per i nuovi clienti"


def page() -> Channel:
    return source("pagina", kind=Channel.Kind.FACEBOOK)


def reader(name: str = "") -> Sender:
    number = next(numbers)
    return Sender("HANDLE", f"facebook:{number}", name or f"Lettrice {number}")


def comment(  # noqa: PLR0913 # a test names the part of a comment that it is about
    text: str,
    *,
    by: str = "",
    sender: Sender | None = None,
    now: datetime = make.NOON,
    root: str = POST,
    parent: str = "",
    under: str = OFFER,
) -> Item:
    number = next(numbers)
    return bring(
        text,
        key=f"facebook:1001_{number}",
        by=sender or reader(by),
        channel=page(),
        now=now,
        to_us=True,
        root=root,
        parent=parent or root,
        under=under,
        under_url="https://social.example/promo" if under else "",
        answerable={"comment": f"1001_{number}"},
    )


def spoken_under(*texts: str, now: datetime = make.NOON) -> Board:
    """The board, with these comments a second apart, sorted."""
    items = [
        comment(text, now=now + timedelta(seconds=number)) for number, text in enumerate(texts)
    ]
    hear(*items, now=now + timedelta(seconds=len(texts)))
    board = Board.objects.get(key=POST)
    sort_board(board.pk, now=now + timedelta(seconds=len(texts)))
    board.refresh_from_db()
    return board


def lanes(board: Board) -> dict[str, str]:
    """By what they say, in the order they came."""
    said = Mention.objects.filter(board=board).order_by("heard_at", "pk")
    return dict(said.values_list("text", "lane"))

"""Five hundred people under one advertisement: what they write, as Meta signs and brings it.

Some of it comes twice, some in the wrong order; some deletions before what they delete.
"""

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ascolto.channels.adapters.webhook.fake import SignedPost
from ascolto.people.policy import Sender
from ascolto.people.services import recognise
from ascolto.staff.models import Competence, Skill, Team
from tests import make
from tests.channels.networks.shapes import PAGE, from_meta
from tests.listening.comments import CAUSES, SINGLES

COMMENTS = 500
A_BATCH = 20
TWICE = 5  # one batch in so many comes a second time
KNOWN = 9  # one person in so many is a customer
DELETED = 97  # one comment in so many is deleted, and we hear of that first
POST, ANOTHER = f"{PAGE}_9", f"{PAGE}_8"
TITLE = "Autunno a 19,90: fibra senza limiti per i nuovi clienti, modem compreso"
TEAMS = {"billing": "Fatture", "contract": "Traslochi e disdette", "connectivity": "Guasti"}
OFFER = (
    "Vale anche per chi è già cliente?",
    "Prezzo bloccato o solo per sei mesi?",
    "Quanto costa l’attivazione?",
    "C’è copertura a Cuneo?",
    "Il prezzo è per sempre?",
)
PRAISE = (
    "Con voi da 6 anni, mai un problema. Bravissimi!",
    "Elena è stata gentilissima, complimenti",
    "Ottimo servizio, grazie a tutti!",
)
ABUSE = ("Siete degli stronzi", "Idioti e incapaci", "Ladri! Vergognatevi", "Buffoni")
NOISE = ("@marco guarda qui", "😂😂😂", "Primo!")


@dataclass(frozen=True, slots=True)
class Said:
    """One comment. `cause` is what was sorted by hand; empty for what asks for nothing."""

    number: int
    text: str
    cause: str

    @property
    def key(self) -> str:
        return f"facebook:{POST}_{self.number}"

    @property
    def is_known(self) -> bool:
        return self.number % KNOWN == 0

    @property
    def is_deleted(self) -> bool:
        return self.number % DELETED == DELETED - 1


def said(comments: int = COMMENTS) -> list[Said]:
    """Six in ten ask for help, in eight causes of unlike size."""
    chance = random.Random(3)  # noqa: S311 # the same crowd each time
    calls = [(text, cause) for cause, texts in CAUSES.items() for text in texts]
    calls += [(text, "") for text in SINGLES]
    others = [(text, "") for text in (*OFFER * 3, *PRAISE * 2, *ABUSE, *NOISE)]
    several = []
    for number in range(comments):
        text, cause = chance.choice(calls if number % 10 < 6 else others)
        several.append(Said(number, text, cause))
    return several


def brought(several: Sequence[Said], *, post: str = POST) -> Iterator[SignedPost]:
    """The batches, in the order in which the network brings them."""
    chance = random.Random(5)  # noqa: S311 # as above
    batches = [several[at : at + A_BATCH] for at in range(0, len(several), A_BATCH)]
    posts = [from_meta(*[_comment(one, post) for one in batch]) for batch in batches]
    gone = [from_meta(_comment(one, post, verb="remove")) for one in several if one.is_deleted]
    posts += [again for number, again in enumerate(posts) if number % TWICE == 0]
    chance.shuffle(posts)
    yield from [*gone, *posts]  # nothing of what is deleted is here yet


def furnish() -> None:
    """A house with teams by what they can do, and customers among those who will write."""
    make.company()
    for topic, name in TEAMS.items():
        team = make.team(name)
        able = make.colleague(f"Chi sa di {name}", teams=(team,))
        skill = Competence.objects.create(name=name, topics=[topic])
        Skill.objects.create(competence=skill, colleague=able)
    for one in said():
        if one.is_known:
            sender = Sender("HANDLE", f"facebook:70{one.number}", _name(one))
            recognise(sender, now=make.LONG_AGO, language="it")


def team_of(topic: str) -> Team:
    return Team.objects.get(name=TEAMS[topic])


def _name(one: Said) -> str:
    return f"Lettrice {one.number}"


def _comment(one: Said, post: str, *, verb: str = "add") -> dict[str, Any]:
    value = {
        "item": "comment",
        "verb": verb,
        "comment_id": f"{post}_{one.number}",
        "post_id": post,
        "parent_id": post,
        "from": {"id": f"70{one.number}", "name": _name(one)},
        "created_time": int(time.time()),
        "message": one.text if verb == "add" else "",
        "post": {"permalink_url": f"https://www.facebook.com/{PAGE}/posts/9", "message": TITLE},
    }
    return {"id": PAGE, "time": int(time.time()), "changes": [{"field": "feed", "value": value}]}

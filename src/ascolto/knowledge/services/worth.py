"""What an article was good for: a reader's click, and an answer that was made of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ascolto.knowledge.models import Article, Macro, Use, Usefulness
from ascolto.staff.models import Colleague

MOST_CLICKS_AN_HOUR = 300  # on one article: beyond, it is no reader who presses


class TooMany(Exception):
    """This article was judged so often within the hour that nobody believes it."""


@dataclass(frozen=True, slots=True)
class Source:
    """What an answer began with. `kind` is "article", "macro" or "answer" (a message's id)."""

    kind: str
    pk: int
    edited: bool
    drafted: bool = False


@transaction.atomic
def judge(article: Article, *, useful: bool, mark: str, now: datetime) -> Usefulness:
    """Keep what a reader clicked, once for a visit (`mark`); clicking again changes his mind.

    Raises `TooMany`.
    """
    hour = now.replace(minute=0, second=0, microsecond=0)
    clicks = Usefulness.objects.filter(article=article)
    known = clicks.filter(mark=mark).exists()
    if not known and clicks.filter(at__gte=hour).count() >= MOST_CLICKS_AN_HOUR:
        raise TooMany(article.pk)
    said = {"version_id": article.published_id, "useful": useful, "at": now}
    kept, _ = Usefulness.objects.update_or_create(article=article, mark=mark, defaults=said)
    return kept


@transaction.atomic
def record_uses(
    sources: Sequence[Source], *, case_id: int, message_id: int, by: Colleague, now: datetime
) -> list[Use]:
    """An answer was sent that was made of these. What does not exist (any more) is left out."""
    alive = {
        "article": set(_ids(Article, sources, "article")),
        "macro": set(_ids(Macro, sources, "macro")),
        "answer": {one.pk for one in sources if one.kind == "answer"},
    }
    known = [one for one in sources if one.pk in alive.get(one.kind, set())]
    return Use.objects.bulk_create(
        Use(
            article_id=one.pk if one.kind == "article" else None,
            macro_id=one.pk if one.kind == "macro" else None,
            answer_id=one.pk if one.kind == "answer" else None,
            case_id=case_id,
            message_id=message_id,
            edited=one.edited,
            drafted=one.drafted,
            by=by,
            at=now,
        )
        for one in dict.fromkeys(known)
    )


def _ids(model: type[Article | Macro], sources: Sequence[Source], kind: str) -> list[int]:
    wanted = [one.pk for one in sources if one.kind == kind]
    rows = model._default_manager.filter(pk__in=wanted)  # noqa: SLF001 # Django's public name
    return list(rows.values_list("pk", flat=True)) if wanted else []

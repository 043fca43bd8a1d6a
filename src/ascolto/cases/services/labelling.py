from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower

from ascolto.cases.models import Case, CaseTag, Tag
from ascolto.cases.services.telling import held, tell
from ascolto.staff.models import Colleague

LONGEST = 60
MOST = 50  # tags of one case: more are no words to find it by


class NoTag(Exception):
    """Not a word that cases can be found by: too long, or one too many."""


class RetiredTag(NoTag):
    """Who leads has taken this word away: it does not come back by being typed. `args` name it."""


@transaction.atomic
def label(case: Case, *, tags: Iterable[str], priority: int, by: Colleague, now: datetime) -> None:
    """Have the case carry these tags and no others, and this priority."""
    case = held(case)
    wanted = {_key(name): name for name in _clean(tags)}
    present = {_key(tag.name): tag for tag in case.tags.all()}
    _add(case, [name for key, name in wanted.items() if key not in present], by=by, now=now)
    _remove(case, [tag for key, tag in present.items() if key not in wanted], by=by, now=now)
    _prioritise(case, priority, by=by, now=now)


@transaction.atomic
def tag(case: Case, names: Iterable[str], *, by: Colleague, now: datetime) -> list[str]:
    """Put tags on the case. Those that were not there before."""
    case = held(case)
    present = {_key(one.name) for one in case.tags.all()}
    new = [name for name in _clean(names) if _key(name) not in present]
    if len(present) + len(new) > MOST:
        raise NoTag(new[-1])
    return _add(case, new, by=by, now=now)


@transaction.atomic
def untag(case: Case, names: Iterable[str], *, by: Colleague, now: datetime) -> list[str]:
    """Take tags off the case. Those that were there."""
    case = held(case)
    unwanted = {_key(name) for name in names}
    return _remove(
        case, [one for one in case.tags.all() if _key(one.name) in unwanted], by=by, now=now
    )


@transaction.atomic
def prioritise(case: Case, to: int, *, by: Colleague, now: datetime) -> None:
    """Say how pressing the case is. It moves no clock: those are what was promised."""
    _prioritise(held(case), to, by=by, now=now)


def _prioritise(case: Case, to: int, *, by: Colleague, now: datetime) -> None:
    if case.priority == to:
        return
    before, case.priority = case.priority, Case.Priority(to)
    case.save(update_fields=["priority"])
    tell("cases.prioritised", case, at=now, by=by, to=int(to), before=before)


def _add(case: Case, names: Collection[str], *, by: Colleague, now: datetime) -> list[str]:
    if not names:
        return []
    tags = _tags(names, now=now)
    if retired := [one.name for one in tags if one.retired_at is not None]:
        raise RetiredTag(*retired)
    CaseTag.objects.bulk_create(
        [CaseTag(case=case, tag=one, by=by, at=now) for one in tags], ignore_conflicts=True
    )
    said = [one.name for one in tags]
    tell("cases.tagged", case, at=now, by=by, tags=said)
    return said


def _remove(case: Case, tags: Collection[Tag], *, by: Colleague, now: datetime) -> list[str]:
    if not tags:
        return []
    CaseTag.objects.filter(case=case, tag__in=tags).delete()
    said = [one.name for one in tags]
    tell("cases.untagged", case, at=now, by=by, tags=said)
    return said


def _tags(names: Collection[str], *, now: datetime) -> list[Tag]:
    """The tags of these names. Case does not matter: «Fibra» and «fibra» are one word."""
    lowered = Tag.objects.annotate(lowered=Lower("name"))
    known: dict[str, Tag] = {
        _key(one.name): one for one in lowered.filter(lowered__in=[*map(_key, names)])
    }
    missing = [name for name in names if _key(name) not in known]
    Tag.objects.bulk_create(
        [Tag(name=name, made_at=now) for name in missing], ignore_conflicts=True
    )
    # Read again: somebody may have made the same word a moment ago.
    known |= {_key(one.name): one for one in Tag.objects.filter(name__in=missing)}
    return [known[_key(name)] for name in names]


def _clean(names: Iterable[str]) -> list[str]:
    clean: dict[str, str] = {}
    for name in names:
        word = " ".join(name.replace("\0", "").split())
        if len(word) > LONGEST:
            raise NoTag(word)
        if word:
            clean.setdefault(_key(word), word)
    if len(clean) > MOST:
        raise NoTag(next(reversed(clean.values())))
    return list(clean.values())


def _key(name: str) -> str:
    return " ".join(name.split()).lower()

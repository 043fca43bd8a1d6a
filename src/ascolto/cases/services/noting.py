import re
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction

from ascolto.cases.access import visible_cases
from ascolto.cases.models import Case, Draft, Follower, Mention, Note
from ascolto.cases.services.answering import NothingToSay
from ascolto.staff.models import Colleague
from ascolto.staff.queries import colleagues
from ascolto.timeline.services import record


@transaction.atomic
def add_note(case: Case, *, author: Colleague, text: str, now: datetime) -> Note:
    """Write an internal note. It never leaves the company; the draft of it is used up.

    Who is called in it ("@Marco Vitali") finds it among what waits for him. Calling somebody who
    may not see the case asks him to help: from then on he sees it.
    """
    if not text.strip():
        raise NothingToSay(case.number)
    note = Note.objects.create(case=case, author=author, at=now, text=text.strip())
    Draft.objects.filter(case=case, author=author, kind=Draft.Kind.NOTE).delete()
    called = [one for one in mentioned_in(text, colleagues()) if one.pk != author.pk]
    Mention.objects.bulk_create(Mention(note=note, colleague=one) for one in called)
    record(
        "cases.noted",
        at=now,
        subject=case.reference,
        customer_id=case.customer_id,
        by=author,
        team_id=case.team_id,
        note=note.pk,
        mentioned=[one.name for one in called],
    )
    for one in called:
        _let_in(case, one, by=author, now=now)
    return note


def mentioned_in(text: str, known: Iterable[Colleague]) -> list[Colleague]:
    """Who is called by name after an "@": the whole name, or a first name that only one has."""
    if "@" not in text:
        return []
    several = list(known)
    names: dict[str, list[Colleague]] = {}
    for one in several:
        for name in {one.name.casefold(), one.name.split(maxsplit=1)[0].casefold()}:
            names.setdefault(name, []).append(one)
    called = re.findall(_any_of(names), text.casefold())
    found = [names[name][0] for name in called if len(names[name]) == 1]
    return list({one.pk: one for one in found}.values())


def _any_of(names: Collection[str]) -> str:
    """The longest first, so that a whole name is not read as the first name in it."""
    longest = sorted(names, key=len, reverse=True)
    return rf"(?<!\w)@({'|'.join(map(re.escape, longest))})(?!\w)"


def _let_in(case: Case, colleague: Colleague, *, by: Colleague, now: datetime) -> None:
    if visible_cases(colleague).filter(pk=case.pk).exists():
        return
    Follower.objects.create(case=case, colleague=colleague, why=Follower.Why.ASKED, since=now)
    record(
        "cases.help_asked",
        at=now,
        subject=case.reference,
        customer_id=case.customer_id,
        by=by,
        team_id=case.team_id,
        colleague=colleague.name,
    )

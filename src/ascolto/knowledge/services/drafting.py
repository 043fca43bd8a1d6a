"""A draft is asked for, and what left is written down as it left."""

import time
from collections.abc import Collection, Sequence
from datetime import datetime
from urllib.parse import urlsplit

from ascolto.kit.secrets import WrongKey, unseal
from ascolto.knowledge.drafting import Door, Draft, DraftFailed, Ground, composed, drafted
from ascolto.knowledge.masking import Mask
from ascolto.knowledge.models import DraftAsked, Drafter
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company


def door(*, private_ok_for: Collection[str] = ()) -> Door:
    """Where drafts are asked for. Raises `DraftFailed` where none are."""
    known = Drafter.objects.filter(pk=1, is_on=True).first()
    if known is None:
        raise DraftFailed("off")
    try:
        key = unseal(bytes(known.secret)) if known.secret else ""
    except WrongKey as problem:
        raise DraftFailed("key") from problem
    return Door(known.url, known.model, key, private_ok_for)


def ask_for_draft(  # noqa: PLR0913 # a draft is what, of what, whose names, in which case, by whom
    question: str,
    sources: Sequence[Ground],
    *,
    names: Sequence[str],
    language: str,
    case_id: int,
    through: Door,
    by: Colleague,
    now: datetime,
) -> Draft:
    """Ask once for a draft out of these sources alone; `names` of people leave as signs.

    Not in a transaction: nothing is locked while somebody far away thinks, and what left is kept
    whatever comes back. Raises `DraftFailed`.
    """
    mask = Mask(names)
    request = composed(question, sources, company=company().name, language=language, mask=mask)
    asked = DraftAsked(
        case_id=case_id,
        by=by,
        at=now,
        host=(urlsplit(through.url).hostname or "")[:255],
        model=through.model,
        sources=[one.name for one in sources],
        sent=request.whole,
        seconds=0.0,
    )
    began = time.monotonic()
    try:
        draft = drafted(request, sources, door=through, mask=mask)
    except DraftFailed as problem:
        asked.problem = f"{problem.why} {problem.told}".strip()[:300]
        raise
    else:
        asked.answered = draft.answered
        return draft
    finally:
        asked.seconds = round(time.monotonic() - began, 2)
        asked.save()

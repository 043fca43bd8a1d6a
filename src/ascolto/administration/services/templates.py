"""The company's own words for what leaves by itself."""

from datetime import datetime

from django.db import transaction

from ascolto.administration.services.changing import Change, State, leads_alone, record_change
from ascolto.administration.services.macros import UnknownField
from ascolto.knowledge.automatic import strange_fields
from ascolto.knowledge.models import Template
from ascolto.staff.models import Colleague


class NoWords(Exception):
    """A text that leaves by itself says something."""


def template_subject(key: str, language: str) -> str:
    return f"template:{key}-{language}"


def template_state(key: str, language: str) -> State:
    known = Template.objects.filter(key=key, language=language).first()
    return {"subject": known.subject, "text": known.text} if known else {"subject": "", "text": ""}


@transaction.atomic
def save_template(  # a text has a place, a head and words
    key: str, language: str, *, subject: str, text: str, by: Colleague, now: datetime
) -> list[Change]:
    """Say it in these words from now on. Raises `NotAllowed`, `NoWords`, `UnknownField`."""
    leads_alone(by)
    if not text.strip():
        raise NoWords(key)
    if unknown := strange_fields(key, f"{subject} {text}"):
        raise UnknownField(*unknown)
    before = template_state(key, language)
    Template.objects.update_or_create(
        key=key,
        language=language,
        defaults={
            "subject": " ".join(subject.split())[:200],
            "text": text.strip(),
            "changed_at": now,
            "changed_by": by,
        },
    )
    return _record("administration.template_saved", key, language, before=before, by=by, now=now)


@transaction.atomic
def drop_template(key: str, language: str, *, by: Colleague, now: datetime) -> list[Change]:
    """Back to the words of Ascolto. Raises `NotAllowed`."""
    leads_alone(by)
    before = template_state(key, language)
    Template.objects.filter(key=key, language=language).delete()
    return _record("administration.template_dropped", key, language, before=before, by=by, now=now)


def _record(  # a change, signed
    kind: str, key: str, language: str, *, before: State, by: Colleague, now: datetime
) -> list[Change]:
    return record_change(
        kind,
        f"{Template.Key(key).label} ({language})",
        subject=template_subject(key, language),
        states=(before, template_state(key, language)),
        by=by,
        now=now,
    )

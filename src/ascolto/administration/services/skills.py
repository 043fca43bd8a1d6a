"""What each colleague can do, is learning, speaks, and how much he can carry at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from ascolto.administration.services.changing import Change, State, leads_alone, record_change
from ascolto.staff.models import Colleague, Competence, Skill
from ascolto.staff.services import NameTaken
from ascolto.timeline.references import reference
from ascolto.timeline.services import record


@dataclass(frozen=True, slots=True)
class Ability:
    """`skills` says of each competence, by its id, whether he is still learning it."""

    skills: Mapping[int, bool] = field(default_factory=dict)
    languages: Sequence[str] = ()
    most_cases: int | None = None  # open at once; None: no limit


def ability_state(colleague: Colleague) -> State:
    skills = Skill.objects.filter(colleague=colleague).select_related("competence")
    return {
        "skills": ", ".join(
            f"{one.competence.name}{' (…)' if one.is_learning else ''}"
            for one in skills.order_by("competence__name")
        ),
        "languages": ", ".join(colleague.languages),
        "most_cases": str(colleague.most_cases or ""),
    }


@transaction.atomic
def set_ability(
    colleague: Colleague, ability: Ability, *, by: Colleague, now: datetime
) -> list[Change]:
    """Raises `NotAllowed`."""
    leads_alone(by)
    known = Colleague.objects.select_for_update().get(pk=colleague.pk)
    before = ability_state(known)
    known.languages, known.most_cases = list(ability.languages), ability.most_cases
    known.save(update_fields=["languages", "most_cases"])
    Skill.objects.filter(colleague=known).exclude(competence__in=ability.skills).delete()
    for competence_id, is_learning in ability.skills.items():
        Skill.objects.update_or_create(
            colleague=known, competence_id=competence_id, defaults={"is_learning": is_learning}
        )
    return record_change(
        "administration.skills_changed",
        known.name,
        subject=reference("colleague", known.pk),
        states=(before, ability_state(known)),
        by=by,
        now=now,
    )


@transaction.atomic
def add_competence(name: str, *, by: Colleague, now: datetime) -> Competence:
    """Raises `NotAllowed` and `NameTaken`."""
    leads_alone(by)
    if Competence.objects.filter(name__iexact=name.strip()).exists():
        raise NameTaken(name)
    competence = Competence.objects.create(name=name.strip())
    record("administration.competence_added", at=now, by=by, name=competence.name)
    return competence


@transaction.atomic
def set_topics(
    competence: Competence, topics: Sequence[str], *, by: Colleague, now: datetime
) -> list[Change]:
    """Which topics of the reading it covers: by them a new case finds its team. Raises
    `NotAllowed`."""
    leads_alone(by)
    known = Competence.objects.select_for_update().get(pk=competence.pk)
    before = {"topics": ", ".join(known.topics)}
    known.topics = list(dict.fromkeys(topics))
    known.save(update_fields=["topics"])
    return record_change(
        "administration.topics_changed",
        known.name,
        subject=reference("competence", known.pk),
        states=(before, {"topics": ", ".join(known.topics)}),
        by=by,
        now=now,
    )


@transaction.atomic
def remove_competence(competence: Competence, *, by: Colleague, now: datetime) -> None:
    """Who had it is written down with it. Raises `NotAllowed`."""
    leads_alone(by)
    holders = [one.name for one in competence.holders.order_by("name")]
    record(
        "administration.competence_removed", at=now, by=by, name=competence.name, holders=holders
    )
    competence.delete()

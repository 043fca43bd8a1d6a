"""The operators of a search as what they narrow: cases, and the messages in them."""

from datetime import date, datetime, time

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet, Value
from django.utils import timezone

from ascolto.cases.models import Case, CaseTag, Conversation
from ascolto.cases.queries.search_words import CHANNELS, MYSELF, NOBODY, Wanted
from ascolto.channels.models import Channel
from ascolto.people.queries import find_customers, with_merged
from ascolto.staff.models import Colleague, Team

NAMESAKES = 200  # of a person who is only named


def narrowed(cases: QuerySet[Case], wanted: Wanted, colleague: Colleague) -> QuerySet[Case]:
    """Those of `cases` that fit every operator but the period. Two queries at most for `da:`, and
    one for `squadra:` and for `canale:`.

    Teams and channels are few and looked for beforehand: the database knows how many cases each of
    them has, and does not read a million of them to find out that none is on the telephone.
    """
    if wanted.person:
        people = with_merged(find_customers(wanted.person, limit=NAMESAKES))
        # One value, and not one each: the text of the query is read at every look.
        his = Value(people, output_field=ArrayField(BigIntegerField()))
        cases = cases.filter(customer__any_of=his)
    if wanted.team:
        teams = Team.objects.filter(name__icontains=wanted.team)
        cases = cases.filter(team__in=list(teams.values_list("pk", flat=True)))
    if wanted.assignee:
        cases = cases.filter(_followed_by(wanted.assignee, colleague))
    if wanted.tag:
        tagged = CaseTag.objects.filter(tag__name__istartswith=wanted.tag)
        cases = cases.filter(pk__in=tagged.values("case_id"))
    if wanted.state:
        cases = cases.filter(_in_state(wanted.state))
    if wanted.channel:
        channels = list(Channel.objects.filter(_on(wanted.channel)).values_list("pk", flat=True))
        talks = Conversation.objects.filter(channel__in=channels, case=OuterRef("pk"))
        cases = cases.filter(Exists(talks))
    return cases


def period(wanted: Wanted, moment: str = "at") -> Q:
    """From the first moment of `after` to just before `before`, in the company's days."""
    found = Q()
    if wanted.after:
        found &= Q(**{f"{moment}__gte": _midnight(wanted.after)})
    if wanted.before:
        found &= Q(**{f"{moment}__lt": _midnight(wanted.before)})
    return found


def _followed_by(who: str, colleague: Colleague) -> Q:
    if who.casefold() in MYSELF:
        return Q(assignee=colleague)
    if who.casefold() in NOBODY:
        return Q(assignee=None)
    return Q(assignee__name__icontains=who)


def _in_state(state: str) -> Q:
    if state == "resolved":
        return Q(resolved_at__isnull=False)
    if state == "snoozed":
        return Q(resolved_at=None, snoozed_until__isnull=False)
    return Q(resolved_at=None)


def _on(channel: str) -> Q:
    kind = CHANNELS.get(channel.casefold())
    if kind is not None:
        return Q(kind=kind)
    return Q(title__icontains=channel) | Q(name__iexact=channel)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))

"""Rows become cases with their past: nothing is sent, no clock starts that nobody asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ascolto.cases.models import Case, CaseTag, Conversation, Tag
from ascolto.cases.services.standing import show_promise, show_words
from ascolto.channels.models import Arrival, Channel
from ascolto.exchange.case_rows import WantedCase, wanted_case
from ascolto.exchange.columns import BadRow
from ascolto.exchange.customers import Book, Wanted, book_of, save, write_in
from ascolto.exchange.models import Run
from ascolto.exchange.outcome import Outcome
from ascolto.exchange.past import Past, keep_past
from ascolto.exchange.reading import Row
from ascolto.people.models import Identity
from ascolto.promises.models import Promise
from ascolto.promises.services import About, Clock, clocks_of, start_many
from ascolto.staff.hours import work_calendars
from ascolto.staff.models import Team
from ascolto.timeline.services import Happened, record_many

CHANNEL = "importazione"


@dataclass(frozen=True, slots=True)
class _Placed:
    wanted: WantedCase
    team: Team
    row: Row


@transaction.atomic
def take_cases(rows: Sequence[Row], *, run: Run, zone: tzinfo, now: datetime) -> Outcome:
    """Make the cases of these rows. One that was imported before is left as it is by now."""
    outcome = Outcome()
    teams = _Teams(run.arguments)
    placed: dict[str, _Placed] = {}
    for row in rows:
        with outcome.refusing(row):
            wanted = wanted_case(row, zone=zone, now=now)
            one = _Placed(wanted, teams.named(wanted.team), row)
            if placed.setdefault(wanted.external, one) is not one:
                raise BadRow(_("È la stessa di una riga più sopra: ha lo stesso codice."))
    channel = _channel(teams, now=now)
    ids = [external_id(name) for name in placed]
    known = set(
        Arrival.objects.filter(channel=channel, external_id__in=ids).values_list(
            "external_id", flat=True
        )
    )
    fresh = [one for name, one in placed.items() if external_id(name) not in known]
    outcome.unchanged = len(placed) - len(fresh)
    book = book_of({key for one in fresh for key in one.wanted.keys})
    taken = []
    for one in fresh:
        with outcome.refusing(one.row):
            # Whoever is known keeps his name: a case is no place to rename people.
            named = "" if any(key in book.known for key in one.wanted.keys) else one.wanted.name
            write_in(book, Wanted(one.wanted.keys, named), now=now)
            taken.append(one)
    save(book, run=run, now=now)
    if taken:
        _make(taken, _identities(taken, book), run=run, channel=channel, now=now)
    outcome.made = len(taken)
    return outcome


def external_id(name: str) -> str:
    """Under which the first message of a case is known, once and for ever."""
    return f"caso:{name}"


class _Teams:
    """The teams by name, and the one for rows that name none."""

    def __init__(self, arguments: Mapping[str, Any]) -> None:
        self.all = list(Team.objects.select_related("calendar").order_by("pk"))
        self._named = {team.name.casefold(): team for team in self.all}
        wanted = arguments.get("team")
        self.usual = next((team for team in self.all if team.pk == wanted), None)
        if self.usual is None and len(self.all) == 1:
            self.usual = self.all[0]

    def named(self, name: str) -> Team:
        if name:
            team = self._named.get(name.casefold())
            if team is None:
                raise BadRow(_("Non c’è nessuna squadra che si chiama «%s».") % name)
            return team
        if self.usual is None:
            raise BadRow(_("Manca la squadra."))
        return self.usual


def _channel(teams: _Teams, *, now: datetime) -> Channel:
    """Where imported words came by: a door that was never open."""
    known = Channel.objects.filter(name=CHANNEL).first()
    if known is not None or not teams.all:
        return known or Channel(name=CHANNEL)
    return Channel.objects.get_or_create(
        name=CHANNEL,
        defaults={
            "kind": Channel.Kind.WEBHOOK,
            "title": _("Importazione"),
            "team": teams.all[0],
            "opened_at": now,
            "closed_at": now,
            "acknowledges": False,
        },
    )[0]


def _make(
    several: Sequence[_Placed],
    identities: Sequence[Identity],
    *,
    run: Run,
    channel: Channel,
    now: datetime,
) -> None:
    cases = [_case(one, identity) for one, identity in zip(several, identities, strict=True)]
    clocks = _clocks(cases, now=now) if run.arguments.get("clocks") else []
    Case.objects.bulk_create(cases)
    threads = _threads(cases, identities, channel)
    keep_past(
        [
            Past(case, thread, one.wanted.messages, external_id(one.wanted.external))
            for case, thread, one in zip(cases, threads, several, strict=True)
        ],
        channel=channel,
        now=now,
    )
    start_many([(About(case.reference, case.customer_id), clock) for case, clock in clocks])
    _tag(cases, several, run=run, now=now)
    record_many(
        [
            Happened(
                "cases.imported", now, case.reference, case.customer_id, run.by, case.team_id,
                {"run": run.pk, "reference": one.wanted.external},
            )
            for case, one in zip(cases, several, strict=True)
        ]
    )  # fmt: skip


def _identities(several: Sequence[_Placed], book: Book) -> list[Identity]:
    """The one he would be answered at, where there is one."""
    found = []
    for one in several:
        keys = sorted(one.wanted.keys, key=lambda key: key[0] != Identity.Kind.EMAIL)
        found.append(book.known[keys[0]])
    return found


def _case(one: _Placed, identity: Identity) -> Case:
    wanted = one.wanted
    case = Case(
        customer=identity.customer,
        subject=wanted.subject or " ".join(wanted.messages[0].text.split())[:80],
        team=one.team,
        opened_at=wanted.opened_at,
        resolved_at=wanted.resolved_at,
        last_at=wanted.opened_at,
    )
    last = next((said for said in reversed(wanted.messages) if said.text), wanted.messages[-1])
    kind = Channel.Kind.EMAIL if identity.kind == Identity.Kind.EMAIL else Channel.Kind.WEBHOOK
    show_words(case, last.text or case.subject, channel_kind=kind, at=wanted.messages[-1].at)
    if wanted.resolved_at is None:
        case.waiting_since = _waiting_since(wanted)
    return case


def _waiting_since(wanted: WantedCase) -> datetime | None:
    """The first words of his that no words of ours follow."""
    since = None
    for said in wanted.messages:
        since = None if said.by_us else since or said.at
    return since


def _clocks(cases: Sequence[Case], *, now: datetime) -> list[tuple[Case, Clock]]:
    """From now: nobody could keep a promise that would have run out years ago."""
    waiting = [case for case in cases if case.waiting_since is not None]
    hours = work_calendars(case.team.calendar_id for case in waiting) if waiting else {}
    clocks = []
    for case in waiting:
        calendar = hours[case.team.calendar_id]
        started = clocks_of([Promise.Kind.NEXT_ANSWER], team=case.team, hours=calendar, at=now)
        for clock in started:
            show_promise(case, clock)
            clocks.append((case, clock))
    return clocks


def _threads(
    cases: Sequence[Case], identities: Sequence[Identity], channel: Channel
) -> list[Conversation]:
    """By the mailbox of the team, where there is one: so that an open case can be answered."""
    boxes = {
        box.team_id: box
        for box in Channel.objects.filter(kind=Channel.Kind.EMAIL, closed_at=None).order_by("-pk")
    }
    usual = next(reversed(boxes.values()), channel)
    return Conversation.objects.bulk_create(
        Conversation(
            case=case,
            channel=boxes.get(case.team_id, usual)
            if identity.kind == Identity.Kind.EMAIL
            else channel,
            identity=identity,
            opened_at=case.opened_at,
        )
        for case, identity in zip(cases, identities, strict=True)
    )


def _tag(cases: Sequence[Case], several: Sequence[_Placed], *, run: Run, now: datetime) -> None:
    names = {tag for one in several for tag in one.wanted.tags}
    if not names:
        return
    tags = [Tag(name=name, made_at=now) for name in sorted(names)]
    Tag.objects.bulk_create(tags, ignore_conflicts=True)
    known = {tag.name: tag for tag in Tag.objects.filter(name__in=names)}
    CaseTag.objects.bulk_create(
        CaseTag(case=case, tag=known[name], by=run.by, at=now)
        for case, one in zip(cases, several, strict=True)
        for name in one.wanted.tags
    )

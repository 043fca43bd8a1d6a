"""How the people of the fiction act: through the same doors and services as everybody."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from ascolto.cases import services as cases
from ascolto.cases.models import Case, Draft, DraftFile, Message
from ascolto.channels.adapters.email.keys import external_id
from ascolto.channels.models import Channel, Item, Outgoing
from ascolto.channels.services import accept, deliver, read_arrival
from ascolto.config.demo.cast import Person
from ascolto.config.demo.letters import Enclosed, Letter, bounce, quoting, raw_mail
from ascolto.kit.work import running_inline
from ascolto.people.models import Customer, Identity
from ascolto.people.policy import Sender, normal_form
from ascolto.people.services import recognise
from ascolto.staff.models import Colleague, Team
from ascolto.triage.services import place

LEAVING = timedelta(seconds=30)  # undo time and the way to the carrier
_LEFTOVERS = """
delete from procrastinate_jobs job using channels_outgoing outgoing
where job.task_name = 'channels.deliver'
  and (job.args->>'outgoing_id')::bigint = outgoing.id
  and outgoing.sent_at is not null
"""


# Who of the fiction might be whom is nobody's question.
_QUESTIONS = "delete from procrastinate_jobs where task_name = 'triage.propose_likenesses'"


@dataclass(slots=True)
class Matter:
    """One matter as it unfolds: its case, once it exists, and the last words of each side."""

    key: str
    person: Person
    subject: str
    channel: Channel
    case: Case | None = None
    heard: int = 0
    ours: Message | None = None

    @property
    def of_case(self) -> Case:
        if self.case is None:
            raise LookupError(f"{self.key} has no case yet")
        self.case.refresh_from_db()
        return self.case


@contextmanager
def in_one_go() -> Iterator[None]:
    """All or nothing, for thousands of deeds in a row by nobody but us.

    Half of all statements would be savepoints, which protect what may be tried in vain. Here
    nothing may: one error, and the whole fiction does not move in.
    """
    features = connection.features
    with transaction.atomic():
        features.uses_savepoints = False
        try:
            yield
        finally:
            features.uses_savepoints = True


@contextmanager
def at_once() -> Iterator[None]:
    """In one transaction, with none of its jobs left for a worker: the acting does their work."""
    with transaction.atomic(), running_inline() as jobs:
        yield
        jobs.waiting.clear()


def meet(person: Person, *, since: datetime) -> None:
    """What Alba knows of a customer before he writes today."""
    identity = recognise(
        Sender("EMAIL", person.address, person.name), now=since, language=person.language
    )
    if person.phone:
        Identity.objects.get_or_create(
            kind=Identity.Kind.PHONE,
            normal=normal_form("PHONE", person.phone),
            defaults={
                "customer": identity.customer,
                "value": person.phone,
                "first_seen_at": since,
            },
        )
    Customer.objects.filter(pk=identity.customer_id).update(
        about=person.about,
        since=since.date(),
        kind=Customer.Kind.ORGANISATION if person.firm else Customer.Kind.PERSON,
    )


def says(
    matter: Matter,
    text: str,
    *,
    at: datetime,
    html: str = "",
    files: Sequence[Enclosed] = (),
) -> Message | None:
    """The customer writes: a new matter, or an answer to our last words in it."""
    matter.heard += 1
    subject, answers, body = matter.subject, "", text
    if matter.ours is not None and matter.ours.outgoing is not None:
        subject, answers = f"Re: {matter.subject}", matter.ours.outgoing.message_id
        body = quoting(
            text,
            said=matter.ours.text,
            who=matter.ours.author.name if matter.ours.author else "Alba Telefonia",
            address=matter.channel.address,
            at=matter.ours.at,
        )
    elif matter.case is not None:
        subject, answers = f"Re: {matter.subject}", _receipt_of(matter.case)
    letter = Letter(
        name=matter.person.name,
        address=matter.person.address,
        to=matter.channel.address,
        subject=subject,
        text=body,
        at=at,
        key=f"{matter.key}.{matter.heard}",
        answers=answers,
        html=html,
        files=files,
    )
    with at_once():
        message = _hears(matter.channel, raw_mail(letter), at=at)
        if message is not None and matter.case is None:
            matter.case = message.case
    return message


def answers(
    matter: Matter, text: str, *, by: Colleague, at: datetime, files: Sequence[Enclosed] = ()
) -> None:
    """A colleague answers, and the answer leaves half a minute later."""
    with at_once():
        case = matter.of_case
        enclosed = [_draft_file(case, by, file, at) for file in files]
        matter.ours = cases.answer(case, author=by, text=text, now=at, files=enclosed)
        deliver(matter.ours.outgoing_id or 0, now=at + LEAVING)
        cases.answer_left(matter.ours.outgoing_id or 0)


def comes_back(matter: Matter, *, at: datetime) -> None:
    """What we wrote last comes back: the mailbox does not exist."""
    outgoing = matter.ours.outgoing if matter.ours else None
    if outgoing is None:
        return
    with at_once():
        raw = bounce(
            message_id=outgoing.message_id,
            sent_to=matter.person.address,
            our_address=matter.channel.address,
            at=at,
            key=f"{matter.key}.bounce",
        )
        _hears(matter.channel, raw, at=at)
        cases.answer_failed(outgoing.pk)


def notes(matter: Matter, text: str, *, by: Colleague, at: datetime) -> None:
    with at_once():
        cases.add_note(matter.of_case, author=by, text=text, now=at)


def takes(matter: Matter, *, by: Colleague, at: datetime) -> None:
    with at_once():
        cases.assign(matter.of_case, to=by, by=by, now=at)


def hands_over(
    matter: Matter, to: Team, *, reason: str, by: Colleague, at: datetime, person: Colleague | None
) -> None:
    with at_once():
        cases.transfer(
            matter.of_case, to_team=to, to_colleague=person, by=by, reason=reason, now=at
        )


def asks_help(matter: Matter, colleague: Colleague, *, by: Colleague, at: datetime) -> None:
    with at_once():
        cases.ask_help(matter.of_case, colleague=colleague, by=by, now=at)


def drafts(matter: Matter, text: str, *, by: Colleague, at: datetime) -> None:
    """A colleague has begun to write and was called away."""
    with at_once():
        cases.save_draft(matter.of_case, author=by, kind=Draft.Kind.REPLY, text=text, now=at)


def resolves(matter: Matter, *, by: Colleague, at: datetime, reason: str = "") -> None:
    with at_once():
        cases.resolve(matter.of_case, by=by, now=at, reason=reason)


def arrives(channel: Channel, raw: bytes, *, at: datetime) -> None:
    """Raw bytes at the door, read as a worker would; placed if anything was heard in them."""
    with at_once():
        _hears(channel, raw, at=at)


def sweep_up() -> None:
    """Take back the deliveries that were deferred for later: the acting has made them."""
    with connection.cursor() as cursor:
        cursor.execute(_LEFTOVERS)
        cursor.execute(_QUESTIONS)


def _hears(channel: Channel, raw: bytes, *, at: datetime) -> Message | None:
    key = external_id(raw)
    accepted = accept(channel.pk, raw, external_id=key, envelope={}, now=at)
    item = read_arrival(accepted.arrival_id, now=at)
    if item is None:
        return None
    message = place(item.pk, now=at)
    receipts = Outgoing.objects.filter(
        automatic=True, sent_at=None, identity=item.identity, queued_at=at
    )
    for receipt in receipts if item.kind == Item.Kind.MESSAGE else ():
        deliver(receipt.pk, now=at + timedelta(seconds=2))
    return message


def _receipt_of(case: Case) -> str:
    """The Message-ID of the automatic answer he had: the only thing of ours he can answer."""
    ids = Outgoing.objects.filter(subject_ref=case.reference, sent_at__isnull=False)
    return ids.order_by("-pk").values_list("message_id", flat=True).first() or ""


def _draft_file(case: Case, author: Colleague, file: Enclosed, at: datetime) -> DraftFile:
    return cases.attach_file(
        case,
        author=author,
        kind=Draft.Kind.REPLY,
        name=file.name,
        content_type=file.kind,
        data=file.data,
        now=at,
    )

"""By which of his conversations a customer can be answered."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from ascolto.cases.models import Case, Conversation, Message, OtherMatter
from ascolto.cases.policy import FORWARD_KEY, goes_on_aside
from ascolto.channels.models import Channel
from ascolto.channels.policy import NETWORKS
from ascolto.channels.ports import Manners
from ascolto.channels.queries import mailbox_for
from ascolto.channels.registry import can_carry, manners_of
from ascolto.kit.kept import Kept, number
from ascolto.people.models import Identity

# Words that stand in another case: nobody has said anything in this one yet.
_BEGAN = Q(case__began_as__isnull=False, case__merged_into=None)
LOOKED_AT = 20  # conversations of one case: more are not a matter, but an attack


def way_to_answer(case: Case) -> Conversation | None:
    """Where he is listening: the conversation he last wrote in, if answers can leave by it.

    In a case that we began, and he has said nothing yet: the one we wrote in.
    """
    known = (
        Conversation.objects.select_related("channel", "identity__customer", "case")
        .filter(case=case)
        .exclude(messages__proof=Message.Proof.OTHER_ADDRESS)
        .exclude(pk__in=outside_threads(case.pk))
        .order_by("-messages__at")
    )
    ours = known.filter(messages__outgoing__automatic=False)
    for threads in (known.filter(messages__item__isnull=False), ours):
        found = next((thread for thread in threads[:LOOKED_AT] if _carries(thread)), None)
        if found is not None:
            return found
    return next((one for one in known.filter(_BEGAN)[:1] if _carries(one)), None)


def is_way_to_answer(thread: Conversation, case: Case) -> bool:
    """Whether an answer in this case may leave by this conversation.

    Never to an address that only quoted a message of ours: an answer carries the customer's link.
    """
    strangers = Message.objects.filter(conversation=thread, proof=Message.Proof.OTHER_ADDRESS)
    outside = outside_threads(case.pk).filter(conversation=thread)
    can = thread.case_id == case.pk and case.merged_into_id is None and _carries(thread)
    return can and not strangers.exists() and not outside.exists()


def listening_in(case: Case, threads: Sequence[Conversation]) -> Conversation | None:
    """The same as `way_to_answer`, out of what `threads_of` has found already. No query."""
    if len(threads) == LOOKED_AT:
        return way_to_answer(case)  # there may be more of them than were looked at
    may = [one for one in threads if is_his(one) and _carries(one)]
    for moment in ("heard_at", "begun_at"):
        spoken = [one for one in may if getattr(one, moment)]
        if spoken:
            return max(spoken, key=lambda one: getattr(one, moment))
    began = [one for one in may if one.began]  # type: ignore[attr-defined] # annotated
    return began[0] if began else None


@dataclass(frozen=True, slots=True)
class Way:
    """One way an answer may take. `value` names it in a form: a conversation, or an address that
    no conversation of this case has yet."""

    value: str
    channel: Channel
    identity: Identity
    is_reached: bool  # false: mail to it comes back
    public: bool = False  # anybody will read it there

    @property
    def manners(self) -> Manners:
        return manners_of(self.channel.kind)

    @property
    def is_network(self) -> bool:
        return self.channel.kind in NETWORKS

    @property
    def named(self) -> str:
        """The name that is put before the words there, if they do not say it."""
        name = self.identity.value
        return name if self.public and self.manners.names_him and name.startswith("@") else ""


def threads_of(case: Case) -> list[Conversation]:
    """The conversations of a case, the newest first, and of each whether somebody `strange` wrote
    in it, whether it is with an `outside`, and when he and we last spoke there. One query."""
    return _THREADS.rows(case=case.pk)


def _threads() -> QuerySet[Conversation]:
    said = Message.objects.filter(conversation=OuterRef("pk"))
    strangers = said.filter(proof=Message.Proof.OTHER_ADDRESS)
    outside = said.filter(outgoing__key__startswith=FORWARD_KEY)
    newest = said.order_by("-at", "-pk").values("at")
    known = (
        Conversation.objects.select_related("channel", "identity")
        .filter(case=number("case"))
        .annotate(strange=Exists(strangers), outside=Exists(outside), public=last_public())
        .annotate(
            heard_at=Subquery(newest.filter(item__isnull=False)[:1]),
            begun_at=Subquery(newest.filter(outgoing__automatic=False)[:1]),
            began=Exists(OtherMatter.objects.filter(case=OuterRef("case"))),
        )
        .order_by("-opened_at", "-pk")
    )
    return known[:LOOKED_AT]


_THREADS = Kept(_threads)


def is_his(thread: Conversation) -> bool:
    """Of one of `threads_of`: whether it is the customer who reads it."""
    return not (thread.strange or thread.outside)  # type: ignore[attr-defined] # annotated


def ways_to_answer(
    case: Case,
    identities: Sequence[Identity],
    unreachable: Collection[int],
    *,
    threads: Sequence[Conversation] | None = None,
) -> list[Way]:
    """Every way an answer in this case may take: his conversations first, then his other
    addresses, from the mailbox he knows. One query, none where the `threads` of the case are
    known; one more where no mailbox is among them."""
    threads = threads_of(case) if threads is None else threads
    found = [
        Way(
            f"t{one.pk}",
            one.channel,
            one.identity,
            one.identity_id not in unreachable,
            _is_public(one),
        )
        for one in threads
        if _carries(one) and is_his(one)
    ]
    taken = {one.identity_id for one in threads}
    others = [one for one in identities if one.kind == Identity.Kind.EMAIL and one.pk not in taken]
    mailbox = _mailbox_of(threads) if others else None
    if mailbox is not None:
        found += [Way(f"i{one.pk}", mailbox, one, one.pk not in unreachable) for one in others]
    return found


def _mailbox_of(threads: Sequence[Conversation]) -> Channel | None:
    mailboxes = (one.channel for one in threads if one.channel.kind == Channel.Kind.EMAIL)
    known = next(mailboxes, None)
    if known is not None and known.closed_at is None:
        return known
    return mailbox_for(threads[0].channel) if threads else None


def all_readers(case: Case) -> list[str]:
    """Whom the customer wrote to in his newest mail besides us, and himself: for "reply to all"."""
    newest = (
        Message.objects.filter(case=case, item__isnull=False)
        .exclude(conversation__in=outside_threads(case.pk))
        .exclude(proof=Message.Proof.OTHER_ADDRESS)
        .select_related("item__identity")
        .order_by("-at", "-pk")
        .first()
    )
    if newest is None or newest.item is None:
        return []
    ours = Channel.objects.exclude(address="").values_list("address", flat=True)
    known = {address.casefold() for address in ours}
    if newest.item.identity is not None:
        known.add(newest.item.identity.value.casefold())
    others = dict.fromkeys(str(one) for one in [*newest.item.to, *newest.item.cc])
    return [one for one in others if one.casefold() not in known]


def outside_threads(case_id: int) -> QuerySet[Message, int]:
    """The conversations with those whom a colleague forwarded something of this case to.

    They are not the customer: no answer goes there, and he never sees them.
    """
    forwarded = Message.objects.filter(case=case_id, outgoing__key__startswith=FORWARD_KEY)
    return forwarded.values_list("conversation", flat=True)


def with_somebody_else() -> Exists:
    """Of messages: that they went to, or came from, whom something of the case was forwarded to."""
    forwarded = Message.objects.filter(
        conversation=OuterRef("conversation"), outgoing__key__startswith=FORWARD_KEY
    )
    return Exists(forwarded)


def _is_public(thread: Conversation) -> bool:
    """Of one of `threads_of`: whether anybody reads what we write there now."""
    heard_at = thread.heard_at  # type: ignore[attr-defined] # annotated in `threads_of`
    said = bool(thread.public)  # type: ignore[attr-defined] # annotated in `threads_of`
    return said and not goes_on_aside(aside_at=thread.aside_at, heard_at=heard_at)


def _carries(thread: Conversation) -> bool:
    """By letter to an address; on a network to whoever spoke there, however he is known."""
    if not can_carry(thread.channel):
        return False
    if thread.channel.kind in NETWORKS:
        return thread.channel.closed_at is None
    return thread.identity.kind == Identity.Kind.EMAIL


def last_public() -> Subquery:
    """Of conversations: whether the last of his words there were said in public."""
    heard = Message.objects.filter(conversation=OuterRef("pk"), item__isnull=False)
    return Subquery(heard.order_by("-at", "-pk").values("item__public")[:1])

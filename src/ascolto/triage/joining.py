"""One question asked on two channels: the open case of the same person that it belongs to."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from ascolto.cases.models import Case
from ascolto.cases.services.hearing import locked_cases
from ascolto.channels.models import Item
from ascolto.channels.policy import NETWORKS
from ascolto.people.models import Customer
from ascolto.people.queries import heads_of
from ascolto.triage.policy.questions import WITHIN, Asked, Sameness, asked_in, same_question

MOST = 500  # of his messages that are looked at

# What these people said in their open cases, and those who are read as one with them.
SAID = """
with recursive near(writer, id) as (
  select r, r from unnest(%s::bigint[]) as r
  union
  select near.writer,
         case when m.absorbed_id = near.id then m.into_id else m.absorbed_id end
    from near join people_merge m
      on (m.absorbed_id = near.id or m.into_id = near.id) and m.undone_at is null
)
select near.writer, m.case_id, ch.kind, i.public, m.at, ch.id, i.identity_id, m.subject, m.text
  from near
  join cases_case c on c.customer_id = near.id and c.last_at >= %s
   and c.resolved_at is null and c.merged_into_id is null
  join cases_message m on m.case_id = c.id and m.at >= %s and m.proof <> 'OTHER_ADDRESS'
  join channels_item i on i.id = m.item_id
  join channels_channel ch on ch.id = i.channel_id
 order by m.at desc, m.id desc limit %s
"""


@dataclass(frozen=True, slots=True)
class Said:
    """Something a customer said in an open case of his."""

    case_id: int
    kind: str  # of the channel
    public: bool
    at: datetime
    channel_id: int
    identity_id: int | None
    asked: Asked


class Joining:
    """The open cases of the writers of some items, asked at once and only if somebody wants them.

    The writers are held until we commit: what one asks on two channels at once is placed in one
    row, and the second finds the case of the first.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._items = [item for item in items if item.identity is not None]
        self._said: defaultdict[int, list[Said]] = defaultdict(list)
        self._heads: dict[int, int] = {}
        self._fresh: defaultdict[int, list[tuple[Said, Case]]] = defaultdict(list)
        self._asked = False

    def find(self, item: Item) -> tuple[Case, Sameness] | None:
        """The case in which he asks the same on another channel, and why it is the same."""
        if item.identity is None:
            return None
        self._ask()
        writer, asked = item.identity.customer_id, asked_in(item.text, subject=item.subject)
        best: tuple[float, Said, Case | None, Sameness] | None = None
        fresh = self._fresh[self._head(writer)]
        for said, case in [*((one, None) for one in self._said[writer]), *fresh]:
            if _is_one_chat(item, said):
                found = Sameness(same=True, overlap=2.0, reasons=())  # before all likeness
            elif _may_join(item, said):
                found = same_question(asked, said.asked)
            else:
                continue
            if found.same and (best is None or found.overlap > best[0]):
                best = (found.overlap, said, case, found)
        if best is None:
            return None
        _, said, known, sameness = best
        case = known or locked_cases([said.case_id]).get(said.case_id)
        if case is None or case.resolved_at is not None:
            return None  # somebody closed it in this moment
        return case, sameness

    def opened(self, item: Item, case: Case) -> None:
        """A case that this item opens, not stored yet: those after it may belong there."""
        if item.identity is None:
            return
        asked = asked_in(item.text, subject=item.subject)
        said = Said(
            0,
            item.channel.kind,
            item.public,
            item.heard_at,
            item.channel_id,
            item.identity_id,
            asked,
        )
        self._fresh[self._head(item.identity.customer_id)].append((said, case))

    def _head(self, customer_id: int) -> int:
        return self._heads.get(customer_id, customer_id)

    def _ask(self) -> None:
        if self._asked:
            return
        self._asked = True
        writers = {item.identity.customer_id for item in self._items if item.identity}
        self._heads = hold(writers)
        since = min(item.heard_at for item in self._items) - WITHIN
        with connection.cursor() as cursor:
            cursor.execute(SAID, [sorted(writers), since, since, MOST * len(writers)])
            rows = cursor.fetchall()
        for writer, case_id, kind, public, at, channel_id, identity_id, subject, text in rows:
            asked = asked_in(text, subject=subject)
            said = Said(case_id, kind, public, at, channel_id, identity_id, asked)
            self._said[writer].append(said)


def hold(customer_ids: Collection[int]) -> dict[int, int]:
    """Hold these customers until we commit, in the order of their ids. Record -> head."""
    heads = heads_of(customer_ids)
    wanted = {heads.get(pk, pk) for pk in customer_ids}
    held = Customer.objects.select_for_update(no_key=True).filter(pk__in=wanted).order_by("pk")
    list(held.values_list("pk", flat=True))
    return heads


def _is_one_chat(item: Item, said: Said) -> bool:
    """In a private chat one thing follows the other, and nobody quotes what he goes on from."""
    chat = item.kind == Item.Kind.MESSAGE and item.channel.kind in NETWORKS and not item.public
    same = said.channel_id == item.channel_id and said.identity_id == item.identity_id
    return chat and same and not said.public and abs(item.heard_at - said.at) <= WITHIN


def _may_join(item: Item, said: Said) -> bool:
    """Another channel, one of the two a network, and not days apart.

    Two mails of one person stay two cases, as they always were: there the threads decide.
    """
    networks = item.channel.kind in NETWORKS or item.public or said.kind in NETWORKS or said.public
    return networks and item.channel.kind != said.kind and abs(item.heard_at - said.at) <= WITHIN

"""One holder at a time across all hosts, for what must not be done twice (listening to a source).

The holder renews; if its host dies, another takes over when the lease runs out. All times are the
database's. A holder that was asleep cannot know that it lost the lease: so each taking has a higher
`generation`, and what it writes is guarded by `guard()` in the same transaction.
"""

import time
import uuid
from dataclasses import dataclass, field

from django.db import connections

TAKE = """
    insert into kit_lease as kept (name, holder, generation, until_at)
    values (%(name)s, %(holder)s, 1, clock_timestamp() + %(seconds)s * interval '1 second')
    on conflict (name) do update
    set holder = excluded.holder,
        until_at = excluded.until_at,
        generation = kept.generation + (kept.holder <> excluded.holder)::int
    where kept.holder = excluded.holder or kept.until_at < clock_timestamp()
    returning generation
"""
RELEASE = """
    update kit_lease set until_at = 'epoch' where name = %(name)s and holder = %(holder)s
"""
GUARD = """
    select 1 from kit_lease
    where name = %(name)s and holder = %(holder)s and generation = %(generation)s
    for share
"""


class LeaseLost(Exception):
    """Another holder has taken over: stop at once, and write nothing more."""


@dataclass(slots=True)
class Lease:
    """The lease called `name`. Renew it at least every third of `seconds`.

    Call `take` outside of a transaction: others see it only when it is committed.
    """

    name: str
    seconds: float = 30
    using: str = "default"
    holder: str = field(default_factory=lambda: uuid.uuid4().hex)
    generation: int | None = field(default=None, init=False)
    _sure_until: float = field(default=0, init=False)

    def take(self) -> bool:
        """Take the lease or renew it; False if another holds it."""
        asked = time.monotonic()
        with connections[self.using].cursor() as cursor:
            cursor.execute(TAKE, {**self._who(), "seconds": self.seconds})
            row = cursor.fetchone()
        self.generation = None if row is None else int(row[0])
        # Counted from before the question, and short of the end: clocks differ in speed.
        self._sure_until = asked + self.seconds * 0.9 if row else 0
        return row is not None

    def held(self) -> bool:
        """Whether it is ours for certain, without asking the database."""
        return time.monotonic() < self._sure_until

    def guard(self) -> None:
        """Inside a transaction: nobody takes over until it ends. Raises `LeaseLost`."""
        if not connections[self.using].in_atomic_block:
            raise RuntimeError("guard() holds for a transaction, and there is none")
        with connections[self.using].cursor() as cursor:
            cursor.execute(GUARD, {**self._who(), "generation": self.generation})
            if cursor.fetchone() is None:
                raise LeaseLost(self.name)

    def release(self) -> None:
        """Give it up, so that another need not wait for its end."""
        self._sure_until = 0
        self.generation = None
        with connections[self.using].cursor() as cursor:
            cursor.execute(RELEASE, self._who())

    def _who(self) -> dict[str, str]:
        return {"name": self.name, "holder": self.holder}

"""E-mails a second through the whole way, beside what the database can insert at most.

The whole way: read in the guarded child, recognised, brought to a case, promised, acknowledged,
written down, committed. The limit: rows of 1 kB in a table of their own, committed as often.
"""

import random
import tempfile
import time
from collections.abc import Sequence
from io import BytesIO, StringIO
from pathlib import Path
from secrets import token_bytes

import psycopg
from bench.database import fresh_database
from bench.letters import Writer, letter, writer
from tests import make

from ascolto.cases.models import Message
from ascolto.channels.models import Item, Outgoing
from ascolto.config.processes.receive import AT_ONCE, receive_files, receive_one

NEW = 1_000
REPLIES = 1_000
ALONE = 200
MAILBOXES = 5  # so that none reaches its hourly limit of acknowledgements: all are written
LIMIT_ROWS = 5_000
CHANCE = random.Random(20260302)  # noqa: S311 # the same mails in every run

Letters = list[tuple[Writer, str, bytes]]  # who wrote it, its Message-ID, its bytes


def run() -> None:
    with fresh_database() as address, tempfile.TemporaryDirectory() as folder:
        boxes = [make.mailbox(f"casella{n}").name for n in range(MAILBOXES)]
        bring(Path(folder), boxes, first_mails(NEW * 10, 100))  # starts the reader, warms up
        before = limits(address)
        fresh = first_mails(0, NEW)
        new = bring(Path(folder), boxes, fresh)
        both = bring(Path(folder), boxes, [*replies(fresh), *first_mails(NEW * 2, REPLIES // 2)])
        alone = bring_alone(first_mails(NEW * 3, ALONE))
        after = limits(address)
        check(100 + NEW + REPLIES + ALONE)
        report(new, both, alone, [(one + two) / 2 for one, two in zip(before, after, strict=True)])


def first_mails(start: int, many: int) -> Letters:
    """Most from people nobody knows, one in ten from somebody who wrote before."""
    made = []
    for number in range(start, start + many):
        who = writer(number - 7 if number % 10 == 0 and number > start + 7 else number)
        message_id, raw = letter(number, who, chance=CHANCE)
        made.append((who, message_id, raw))
    return made


def replies(fresh: Letters) -> Letters:
    """Half of them answer our acknowledgement, half continue what they wrote themselves."""
    ours = dict(
        Outgoing.objects.filter(automatic=True).values_list("identity__normal", "message_id")
    )
    text = Outgoing.objects.filter(automatic=True).values_list("text", flat=True)[0]
    made = []
    for number, (who, message_id, _) in enumerate(fresh[: REPLIES // 2]):
        parent = ours[who.address] if number % 2 else message_id
        reply_id, raw = letter(10**6 + number, who, chance=CHANCE, answers=(parent, text))
        made.append((who, reply_id, raw))
    return made


def bring(folder: Path, boxes: Sequence[str], letters: Letters) -> tuple[float, float]:
    """Mails a second, and milliseconds of our own processor time for each."""
    paths = []
    for number, (_, _, raw) in enumerate(letters):
        path = folder / f"{number}.eml"
        path.write_bytes(raw)
        paths.append(str(path))
    share = -(-len(paths) // len(boxes))
    started, worked = time.perf_counter(), time.process_time()
    for number, box in enumerate(boxes):
        mine = paths[number * share : (number + 1) * share]
        receive_files(mine, channel_name=box, out=StringIO())
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    return len(letters) / seconds, work / len(letters) * 1000


def bring_alone(letters: Letters) -> tuple[float, float]:
    """Each with a commit of its own, as `ascolto receive` does for one."""
    started, worked = time.perf_counter(), time.process_time()
    for _, _, raw in letters:
        receive_one(BytesIO(raw), channel_name=None, out=StringIO())
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    return len(letters) / seconds, work / len(letters) * 1000


def limits(address: str) -> tuple[float, float]:
    """Rows of 1 kB a second: fifty to a statement and commit, and one to a commit."""
    with psycopg.connect(address) as limit:
        limit.execute("create table if not exists bench_row (id bigserial, body bytea)")
        limit.commit()
        return _rows(limit, AT_ONCE, LIMIT_ROWS), _rows(limit, 1, LIMIT_ROWS // 10)


def _rows(limit: psycopg.Connection, each: int, rows: int) -> float:
    bodies = [token_bytes(1024) for _ in range(each)]
    started = time.perf_counter()
    for _ in range(rows // each):
        limit.execute("insert into bench_row (body) select unnest(%s::bytea[])", [bodies])
        limit.commit()
    return rows / (time.perf_counter() - started)


def check(mails: int) -> None:
    """A figure counts only if nothing was lost on the way."""
    assert Item.objects.count() == mails
    assert Message.objects.filter(item__isnull=False).count() == mails


def report(
    new: tuple[float, float],
    both: tuple[float, float],
    alone: tuple[float, float],
    limit: Sequence[float],
) -> None:
    print(f"{'':44} {'a second':>9} {'our ms each':>12} {'of the limit':>13}")
    for name, (rate, work), most in (
        (f"{NEW:,} new mails, {AT_ONCE} a commit", new, limit[0]),
        (f"{REPLIES:,} mails, half of them replies, {AT_ONCE} a commit", both, limit[0]),
        (f"{ALONE} new mails, one a commit", alone, limit[1]),
    ):
        print(f"{name:44} {rate:9.0f} {work:12.1f} {rate / most:13.1%}")
    print(f"{f'limit: rows of 1 kB, {AT_ONCE} a commit':44} {limit[0]:9.0f}")
    print(f"{'limit: rows of 1 kB, one a commit':44} {limit[1]:9.0f}")

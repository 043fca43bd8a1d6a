"""The stream outlives a database that is stopped hard and started again."""

import asyncio
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from ascolto.desk import stream_source
from ascolto.desk.stream_events import Batch
from ascolto.desk.stream_source import Source
from ascolto.kit.postgres import EmbeddedPostgres

TABLE = """
create table timeline_entry (
  id bigserial primary key,
  transaction bigint not null default pg_current_xact_id()::text::bigint,
  kind text, subject text, team_id bigint, customer_id bigint
);
create function wake() returns trigger language plpgsql as
  $$ begin perform pg_notify('timeline', ''); return null; end $$;
create trigger wake after insert on timeline_entry for each statement execute function wake();
"""


def happens(dsn: str, *subjects: str) -> None:
    with psycopg.connect(dsn) as connection:
        for subject in subjects:
            connection.execute(
                "insert into timeline_entry (kind, subject, team_id) values ('x', %s, 1)", [subject]
            )
            connection.commit()


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that the database's account can enter: in root's own it would be kept elsewhere, and
    found there again by the next run."""
    folder = Path(tempfile.mkdtemp(prefix="live"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def test_nothing_is_skipped_when_the_database_restarts(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    postgres = EmbeddedPostgres(folder / "var", refuge=folder / "refuge")
    dsn = postgres.ensure().dsn()
    try:
        with psycopg.connect(dsn) as connection:
            connection.execute(TABLE)
        monkeypatch.setattr(stream_source, "address", lambda: conninfo_to_dict(dsn))
        heard: list[str] = []

        def keep(batch: Batch) -> None:
            heard.extend(row.subject for row in batch.rows)

        asyncio.run(_restart_in_the_middle(postgres, dsn, Source(keep), heard))
    finally:
        postgres.stop()

    assert heard == ["case:1", "case:2", "case:3", "case:4"]


async def _restart_in_the_middle(
    postgres: EmbeddedPostgres, dsn: str, source: Source, heard: list[str]
) -> None:
    following = asyncio.create_task(source.run())
    await asyncio.wait_for(source.listening.wait(), 60)
    await asyncio.to_thread(happens, dsn, "case:1")
    await _until(heard, 1)
    await asyncio.to_thread(postgres.stop, "immediate")
    await asyncio.to_thread(postgres.ensure)
    await asyncio.to_thread(happens, dsn, "case:2", "case:3")  # perhaps before we listen again
    await _until(heard, 3)
    await asyncio.to_thread(happens, dsn, "case:4")
    await _until(heard, 4)
    following.cancel()
    await asyncio.gather(following, return_exceptions=True)


async def _until(heard: list[str], number: int) -> None:
    async with asyncio.timeout(60):
        while len(heard) < number:  # noqa: ASYNC110 # filled by a plain function
            await asyncio.sleep(0.01)

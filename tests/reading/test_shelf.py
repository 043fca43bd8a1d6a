"""Which model reads: the shipped one, or one of the house."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from ascolto.reading import Text, read, shelf
from ascolto.reading.model import shipped
from ascolto.reading.training.packing import save


@pytest.fixture
def house(tmp_path: Path) -> Iterator[str]:
    """The version of a model that stands on the shelf, not in use yet."""
    before = shelf._SHELF.folder  # noqa: SLF001 - put back after
    shelf.look_in(tmp_path)
    version = f"{shipped().version}+1"
    save(replace(shipped(), version=version), shelf.file_of(version))
    yield version
    shelf.look_in(before)


def test_the_shipped_model_reads_where_there_is_no_other(house: str) -> None:
    assert shelf.in_use() is shipped()


def test_a_model_of_the_house_reads_from_the_moment_it_is_named(house: str) -> None:
    shelf.put_in_use(house)

    assert read(Text("ciao")).model == house


def test_the_shipped_model_reads_again_when_it_is_named(house: str) -> None:
    shelf.put_in_use(house)
    read(Text("ciao"))

    shelf.put_in_use(shipped().version)

    assert read(Text("ciao")).model == shipped().version


def test_a_damaged_model_is_not_used(house: str, caplog: pytest.LogCaptureFixture) -> None:
    shelf.file_of(house).write_bytes(b"no model")

    shelf.put_in_use(house)

    assert shelf.in_use() is shipped()
    assert "cannot be read" in caplog.text


def test_a_model_of_another_release_is_not_used(house: str) -> None:
    shelf.file_of(house).rename(shelf.file_of("ascolto-older+1"))

    shelf.put_in_use("ascolto-older+1")

    assert shelf.in_use() is shipped()


def test_without_a_shelf_nothing_is_put_there() -> None:
    before = shelf._SHELF.folder  # noqa: SLF001 - put back after
    shelf.look_in(None)

    with pytest.raises(shelf.NoShelf):
        shelf.put_in_use("any")

    shelf.look_in(before)

"""Every table of routes: the first ones by name, each area's own as it is found."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from tests.threats.probes import Probe
from tests.threats.table_api import API
from tests.threats.table_desk import DESK as FIRST_DESK
from tests.threats.table_public import ACCOUNTS, FIRST_DAY, PUBLIC
from tests.threats.world import World

AREAS = [
    import_module(f"tests.threats.{file.stem}")
    for file in sorted(Path(__file__).parent.glob("area_*.py"))
]


def _of_areas(name: str) -> dict[str, list[Probe]]:
    found: dict[str, list[Probe]] = {}
    for area in AREAS:
        found |= getattr(area, name, {})
    return found


DESK = {**FIRST_DESK, **_of_areas("DESK")}
TABLE = {**DESK, **PUBLIC, **FIRST_DAY, **ACCOUNTS, **API, **_of_areas("OTHERS")}
FURNISHERS: list[Callable[[World], None]] = [
    area.furnish for area in AREAS if hasattr(area, "furnish")
]

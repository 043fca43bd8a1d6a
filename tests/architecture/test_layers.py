"""Foreign keys obey the same direction as imports."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.db.models import ForeignKey, Model

ROOT = Path(__file__).resolve().parents[2]


def heights() -> dict[str, int]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    rows = reversed(config["tool"]["importlinter"]["contracts"][0]["layers"])
    return {name: height for height, row in enumerate(rows) for name in row.split(" | ")}


def domain_of(model: type[Model]) -> str:
    return model.__module__.split(".")[1]


@dataclass(frozen=True)
class Key:
    """A foreign key from one domain's table to another's."""

    name: str
    owner: str
    target: str
    back: str


def keys_between_domains() -> Iterator[Key]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("ascolto.")]
    for model in ours:
        for field in model._meta.fields:  # noqa: SLF001 # Django's own way to look at a model
            target = field.related_model if isinstance(field, ForeignKey) else None
            if isinstance(target, type) and target in ours:
                back = str(getattr(field.remote_field, "related_name", ""))
                key = Key(
                    f"{model.__name__}.{field.name}", domain_of(model), domain_of(target), back
                )
                if key.owner != key.target:
                    yield key


def test_no_foreign_key_points_up_or_across() -> None:
    height = heights()
    keys = list(keys_between_domains())

    wrong = [key.name for key in keys if height[key.target] >= height[key.owner]]

    assert keys
    assert wrong == []


def test_a_table_below_does_not_know_who_points_at_it() -> None:
    named = [key.name for key in keys_between_domains() if key.back not in {"+", "message"}]

    assert named == []

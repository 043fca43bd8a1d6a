"""Foreign keys obey the same direction as imports."""

import tomllib
from collections.abc import Iterator
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


def keys_between_domains() -> Iterator[tuple[str, str, str]]:
    ours = [model for model in apps.get_models() if model.__module__.startswith("ascolto.")]
    for model in ours:
        for field in model._meta.fields:  # noqa: SLF001 # Django's own way to look at a model
            target = field.related_model if isinstance(field, ForeignKey) else None
            if (
                isinstance(target, type)
                and target in ours
                and domain_of(target) != domain_of(model)
            ):
                yield domain_of(model), domain_of(target), f"{model.__name__}.{field.name}"


def test_no_foreign_key_points_up_or_across() -> None:
    height = heights()
    keys = list(keys_between_domains())

    wrong = [name for owner, target, name in keys if height[target] >= height[owner]]

    assert keys
    assert wrong == []


def test_foreign_keys_between_domains_leave_no_name_behind() -> None:
    ours = [model for model in apps.get_models() if model.__module__.startswith("ascolto.")]
    back = [
        f"{model.__name__}.{field.name}"
        for model in ours
        for field in model._meta.fields  # noqa: SLF001 # as above
        if isinstance(field, ForeignKey)
        and isinstance(field.related_model, type)
        and field.related_model in ours
        and domain_of(field.related_model) != domain_of(model)
        and field.remote_field.related_name not in {"+", "message", "item"}
    ]

    assert back == []

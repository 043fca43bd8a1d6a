"""Lists that somebody wants to come back to."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction

from ascolto.cases.models import SavedView
from ascolto.staff.models import Colleague, Team
from ascolto.timeline.services import record

MOST = 30  # views of one colleague: the navigation shows no more


class NoName(Exception):
    """A view is found by its name."""


class TooManyViews(Exception):
    """He has as many as a navigation can show."""


@transaction.atomic
def save_view(
    name: str,
    *,
    filters: Mapping[str, Sequence[str]],
    by: Colleague,
    now: datetime,
    is_shared: bool = False,
    team: Team | None = None,
) -> SavedView:
    """Keep a list under a name: for oneself, or shared with a team or with everybody."""
    held = Colleague.objects.select_for_update().get(pk=by.pk)
    if SavedView.objects.filter(owner=held).count() >= MOST:
        raise TooManyViews(MOST)
    view = SavedView.objects.create(
        name=_name(name),
        owner=by,
        is_shared=is_shared,
        team=team if is_shared else None,
        filters={key: list(values) for key, values in filters.items()},
        made_at=now,
    )
    _tell("cases.view_saved", view, by=by, now=now)
    return view


@transaction.atomic
def rename_view(
    view: SavedView,
    *,
    name: str,
    is_shared: bool,
    team: Team | None,
    by: Colleague,
    now: datetime,
) -> None:
    """Another name, or other readers."""
    view.name, view.is_shared, view.team = _name(name), is_shared, team if is_shared else None
    view.save(update_fields=["name", "is_shared", "team"])
    _tell("cases.view_changed", view, by=by, now=now)


@transaction.atomic
def delete_view(view: SavedView, *, by: Colleague, now: datetime) -> None:
    """Forget the list; the cases in it stay where they are."""
    _tell("cases.view_deleted", view, by=by, now=now)
    view.delete()


def _name(name: str) -> str:
    name = " ".join(name.replace("\0", "").split())[:60]
    if not name:
        raise NoName
    return name


def _tell(kind: str, view: SavedView, *, by: Colleague, now: datetime) -> None:
    record(kind, at=now, subject=f"view:{view.pk}", by=by, name=view.name, shared=view.is_shared)

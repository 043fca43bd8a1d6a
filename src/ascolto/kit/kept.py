"""Queries for whole rows that are made once a process, and asked with other values each time.

To make one of Django's parts, and its text of that, takes longer than the database takes to answer:
a page of twenty queries spends most of its time so.
"""

from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from threading import Lock
from typing import Any, Generic, TypeVar

from django.contrib.postgres.fields import ArrayField
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, CharField, Field, Lookup, Model, QuerySet
from django.db.models.fields.related import ForeignObject
from django.db.models.query import ModelIterable
from django.db.models.sql.compiler import SQLCompiler

from ascolto.kit.prepared import fetch
from ascolto.kit.written import Blank

M = TypeVar("M", bound=Model)


def number(name: str) -> Blank:
    """Stands in a kept query for one id."""
    return Blank(name, BigIntegerField())


def text(name: str) -> Blank:
    """Stands in a kept query for some words."""
    return Blank(name, CharField())


def numbers(name: str) -> Blank:
    """Stands behind `__any_of` of a kept query for a list of ids."""
    return Blank(name, ArrayField(BigIntegerField()))


@Field.register_lookup
@ForeignObject.register_lookup
class AnyOf(Lookup):
    """`__in`, of a list that is one value of the query: of ids, or of words where it is made by
    an `ArraySubquery`.

    As a subquery it would be one more table to join, and of more than eight the planner leaves
    some as they were written: it then reads all messages to find those of one customer.
    """

    lookup_name = "any_of"

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, of_column = self.process_lhs(compiler, connection)
        ids, of_ids = self.process_rhs(compiler, connection)
        of = "text" if isinstance(self.lhs.output_field, CharField) else "bigint"
        return f"{column} = any({ids}::{of}[])", (*of_column, *of_ids)


@dataclass(frozen=True, slots=True)
class _Ready:
    """What `ModelIterable` needs of a query set, when the text of its query is known."""

    compiler: SQLCompiler
    db: str = DEFAULT_DB_ALIAS
    _known_related_objects: dict[Any, Any] = field(default_factory=dict)

    @property
    def query(self) -> "_Ready":
        return self

    def get_compiler(self, using: str) -> SQLCompiler:  # noqa: ARG002 # Django's signature
        return self.compiler


class Kept(Generic[M]):
    """Made by `make`, in which a `Blank` stands for each value that is only known when it is asked:
    see `number`, `text` and `numbers`. It must not look at anything that changes. No prefetching.
    """

    def __init__(self, make: "Callable[[], QuerySet[M]]") -> None:
        self._make = make
        self._made: tuple[SQLCompiler, str, tuple[Any, ...]] | None = None
        self._alone = Lock()

    def rows(self, **blanks: Any) -> list[M]:
        """What it finds now. One query."""
        known, sql, params = self._made or self._write()
        given = tuple(blanks[one.name] if isinstance(one, Blank) else one for one in params)
        compiler: Any = copy(known)
        compiler.connection = connections[DEFAULT_DB_ALIAS]  # of this thread, not of its maker
        compiler.execute_sql = partial(_found, sql, given)  # of this one alone
        ready: Any = _Ready(compiler)
        return list(ModelIterable(ready))

    def _write(self) -> tuple[SQLCompiler, str, tuple[Any, ...]]:
        with self._alone:
            if self._made is None:
                compiler = self._make().query.get_compiler(DEFAULT_DB_ALIAS)
                sql, params = compiler.as_sql()
                self._made = compiler, sql, tuple(params)
            return self._made


def attach(rows: Sequence[Model], name: str, known: Kept[M]) -> None:
    """Give each row what its foreign key `name` points at, which `known` finds by their `ids`.

    To join everything in one query is dearer: the database tries the orders in which seven or
    eight tables can be joined, and that takes it longer than to find what is asked for.
    """
    ids = {getattr(row, f"{name}_id") for row in rows} - {None}
    found = {one.pk: one for one in known.rows(ids=list(ids))} if ids else {}
    for row in rows:
        setattr(row, name, found.get(getattr(row, f"{name}_id")))


def _found(sql: str, given: tuple[Any, ...], **_: Any) -> tuple[list[tuple[Any, ...]]]:
    return (fetch(sql, given),)  # in one piece, where Django's own come in several

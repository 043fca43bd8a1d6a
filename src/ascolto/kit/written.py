"""Queries whose text is written once a process, for those that every page asks.

To make such a query out of Django's parts takes longer than the database takes to answer it.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import Expression, Field, QuerySet, Value
from django.db.models.sql.compiler import SQLCompiler

from ascolto.kit.prepared import fetch


class Blank(Expression):
    """Stands in a query for what is only known when it is asked: the moment, for instance."""

    def __init__(self, name: str, output_field: "Field[Any, Any]") -> None:
        super().__init__(output_field=output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:  # noqa: ARG002 # Django's signature
        return "%s", [self]


@dataclass(frozen=True, slots=True)
class Written:
    """A query as text. It may be kept by whatever it was made of, and by nothing that changes."""

    sql: str
    params: tuple[Any, ...]

    def rows(self, **blanks: Any) -> list[tuple[Any, ...]]:
        """What it finds now, its `Blank`s filled in by name. One query."""
        given = [blanks[one.name] if isinstance(one, Blank) else one for one in self.params]
        return fetch(self.sql, given)


def written(query: "QuerySet[Any, Any]") -> Written:
    sql, params = query.query.sql_with_params()
    return Written(sql, tuple(params))


def figures(query: "QuerySet[Any, Any]", **aggregates: Expression) -> Written:
    """One row of these, in order, over all that a query finds; no row if it finds nothing."""
    over_all = query.order_by().annotate(over_all=Value(1)).values("over_all")
    return written(over_all.annotate(**aggregates).values_list(*aggregates))

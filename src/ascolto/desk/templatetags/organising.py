"""What the sheets and lines beside a message need: its words without the insults."""

from django import template

from ascolto.cases.queries.exposure import without_insults
from ascolto.reading.abuse import covered

register = template.Library()
register.filter("without_insults", without_insults)
register.filter("covered", covered)

"""How the facts behind the figures are kept: read from the history, set-wise, again and again."""

from ascolto.insight.services.keeping import FORMULAS, keep_up

__all__ = ["FORMULAS", "keep_up"]

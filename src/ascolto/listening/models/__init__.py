"""Monitors, mentions with all their places, waves, and what stands under posts of ours."""

from ascolto.listening.models.board import Board
from ascolto.listening.models.cause import AnswerToAll, Cause
from ascolto.listening.models.exposure import Exposure
from ascolto.listening.models.mention import Match, Mention, Place, Repost
from ascolto.listening.models.monitor import Monitor
from ascolto.listening.models.wave import Tally, Wave

__all__ = [
    "AnswerToAll",
    "Board",
    "Cause",
    "Exposure",
    "Match",
    "Mention",
    "Monitor",
    "Place",
    "Repost",
    "Tally",
    "Wave",
]

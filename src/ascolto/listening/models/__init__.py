"""Monitors, mentions with all their places, and waves."""

from ascolto.listening.models.mention import Match, Mention, Place, Repost
from ascolto.listening.models.monitor import Monitor
from ascolto.listening.models.wave import Tally, Wave

__all__ = ["Match", "Mention", "Monitor", "Place", "Repost", "Tally", "Wave"]

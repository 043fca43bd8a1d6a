"""Looks at what was heard in public."""

from ascolto.listening.queries.answers import OurAnswer, answers_leaving, answers_to
from ascolto.listening.queries.answers_to_all import answers_to_all, may_be_called_back
from ascolto.listening.queries.author import others_of
from ascolto.listening.queries.board_lane import lane
from ascolto.listening.queries.board_list import boards
from ascolto.listening.queries.board_page import board
from ascolto.listening.queries.figures import first_answer_times, word_of_mouth
from ascolto.listening.queries.mention import mention_page
from ascolto.listening.queries.praise import Praise, praise_of
from ascolto.listening.queries.sources import public_kinds, source_health, sources
from ascolto.listening.queries.stream import Filter, StreamRow, counts, stream
from ascolto.listening.queries.trying import try_out
from ascolto.listening.queries.waves import open_waves, wave

__all__ = [
    "Filter",
    "OurAnswer",
    "Praise",
    "StreamRow",
    "answers_leaving",
    "answers_to",
    "answers_to_all",
    "board",
    "boards",
    "counts",
    "first_answer_times",
    "lane",
    "may_be_called_back",
    "mention_page",
    "open_waves",
    "others_of",
    "praise_of",
    "public_kinds",
    "source_health",
    "sources",
    "stream",
    "try_out",
    "wave",
    "word_of_mouth",
]

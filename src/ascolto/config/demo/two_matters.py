"""A letter that asks for two things: each has its case, its team and its clock, and is linked."""

from collections.abc import Iterator
from datetime import datetime

from ascolto.config.demo import cast
from ascolto.config.demo.house import House
from ascolto.config.demo.inbox import Desk
from ascolto.config.demo.stage import Beat, Scene


def two_in_one(house: House, *, now: datetime) -> Iterator[Scene]:
    """She says herself that she comes to another thing: nobody has to be asked."""
    desk = Desk(house, now)
    yield Scene(
        desk.matter("laura", cast.LAURA, "Fibra ferma, e una fattura doppia"),
        (
            Beat(
                desk.ago(74),
                "says",
                "Buongiorno,\nda ieri la fibra non funziona e il modem ha la luce rossa.\n\n"
                "Inoltre la bolletta di ottobre è doppia: chiedo il rimborso della fattura pagata "
                "due volte.\n\nLaura Benedetti, Ivrea",
            ),
        ),
    )

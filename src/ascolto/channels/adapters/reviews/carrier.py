"""Answers to reviews: in public alone, one a review. A second takes the place of the first, so
trying again is harmless.
"""

from ascolto.channels import ports
from ascolto.channels.adapters.reviews.places import NoLongerLetIn, Place, place_of
from ascolto.channels.models import Channel
from ascolto.channels.ports import Manners, Parcel, Sent
from ascolto.channels.pretended import Nowhere, voice_of
from ascolto.channels.told import told

# Google Business Profile: replies of 4,096 bytes. We stay below it in characters.
MANNERS = Manners(longest=2000, public=True, private=False)


def carrier_of(channel: Channel) -> "ReviewCarrier | Nowhere":
    """What speaks for the channel; for the demo company, a voice that nobody hears."""
    return voice_of(channel, lambda: ReviewCarrier(place_of(told(channel))))


class ReviewCarrier:
    def __init__(self, place: Place) -> None:
        self._place = place

    def carry(self, parcel: Parcel) -> Sent:
        review = parcel.answers.get("review")
        if not parcel.public or not review:
            raise ports.Refused("a una recensione si risponde solo in pubblico, sotto di essa")
        try:
            self._place.reply(str(review), parcel.text.strip())
        except NoLongerLetIn as problem:
            raise ports.NotNow(str(problem)) from problem
        return Sent("POSTED", carried_as=f"review:{review}")

    def withdraw(self, carried_as: str) -> None:
        try:
            self._place.unreply(carried_as.partition(":")[2])
        except NoLongerLetIn as problem:
            raise ports.NotNow(str(problem)) from problem

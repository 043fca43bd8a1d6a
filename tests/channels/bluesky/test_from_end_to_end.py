"""A channel as it is stored, on a real server: heard, read, answered, and seen when it fails."""

import json
import threading
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import Settings

from ascolto.channels.adapters.bluesky.outside import carrier_of
from ascolto.channels.listening.runner import SourceListeners
from ascolto.channels.models import Arrival, Channel, Health, Item
from ascolto.channels.ports import Parcel
from ascolto.channels.services import read_arrivals
from ascolto.kit.secrets import seal
from ascolto.listening.matchers import Wants
from tests import make
from tests.channels.bluesky.network import PASSWORD, Network
from tests.mailservers.world import until

pytestmark = [pytest.mark.xdist_group("atproto"), pytest.mark.usefixtures("real_queue")]


@pytest.fixture
def listeners() -> Iterator[SourceListeners]:
    stop = threading.Event()
    made = SourceListeners(stop, wants=Wants, reload_seconds=0.5)
    yield made
    stop.set()
    made.join(60)
    assert not made.is_alive()


def test_what_giulia_writes_to_us_is_an_item_and_our_answer_stands_under_it(
    network: Network, settings: Settings, listeners: SourceListeners
) -> None:
    settings.SOURCE_PRIVATE_HOSTS = ["localhost"]
    alba, giulia = network.person("albatelefonia"), network.person("giulia")
    channel = Channel.objects.create(
        kind="BLUESKY", name="bluesky", title="Bluesky", team=make.team(), opened_at=make.LONG_AGO,
        settings={"handle": alba.handle, "service": network.url, "stream": "REPOS"},
        secret=seal(json.dumps({"app_password": PASSWORD})),
    )  # fmt: skip
    ours = alba.post("Buongiorno")
    listeners.start()
    until(lambda: Health.objects.filter(channel=channel, well_at__isnull=False).exists())
    asked = giulia.post("La rete è giù!", reply={"root": ours, "parent": ours})
    until(lambda: Arrival.objects.filter(channel=channel).exists())

    with transaction.atomic():
        (item,) = read_arrivals(
            list(Arrival.objects.filter(channel=channel).values_list("pk", flat=True)),
            now=make.NOON,
        )

    assert (item.kind, item.public, item.text) == (Item.Kind.POST, True, "La rete è giù!")
    assert item.post["to_us"]
    assert item.post["author"] == f"bluesky:{giulia.did}"
    assert item.identity is None, "nobody becomes a customer by speaking"
    answer = Parcel(
        message_id="<1@alba.example>", from_address="", from_name="", to_address="", to_name="",
        subject="", text="Ci lavoriamo", public=True, answers=item.post["answerable"],
        key="case:1:answer:1", written_at=make.NOON,
    )  # fmt: skip
    sent = carrier_of(channel).carry(answer)
    said = {one["uri"]: one["value"] for one in alba.records()}[sent.carried_as]
    assert said["reply"] == {"root": ours, "parent": asked}

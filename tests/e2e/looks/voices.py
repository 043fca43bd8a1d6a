"""What people say in public, of every kind: the table of the threats has but one such voice."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from ascolto.channels.models import Arrival, Channel, Item
from ascolto.kit import blobs
from ascolto.listening.models import Match, Mention, Monitor, Place
from tests.threats.world import World

Kind = Mention.Kind
LONG = "https://example.org/una/strada/che/non/finisce/mai/e/non/ha/nemmeno/uno/spazio/dentro"


@dataclass(frozen=True, slots=True)
class Voice:
    """`facts`: what else is known of the mention."""

    name: str
    author: str
    kind: Mention.Kind
    text: str
    facts: dict[str, Any] = field(default_factory=dict)


VOICES = (
    Voice(
        "call_for_help",
        "Paolo Rinaldi",
        Kind.PROBLEM,
        "Bella offerta, ma alba mi fa aspettare il trasloco della linea da tre settimane.",
        {
            "under": "Autunno a 19,90",
            "needs_care": True,
            "angry": True,
            "reactions": 23,
            "reach": 12000,
        },
    ),
    Voice("question", "", Kind.REQUEST, "Anche voi senza internet? Alba non risponde."),
    Voice("praise", "Marta C.", Kind.PRAISE, "Il tecnico è arrivato puntuale.", {"stars": 5}),
    Voice("thanked", "Ugo Lai", Kind.SUGGESTION, f"Guardate {LONG}", {"standing": "THANKED"}),
    Voice("noise", "Ada Poli", Kind.NOISE, "Alba bellissima sul mare.", {"standing": "NOISE"}),
)


def add_voices(world: World) -> None:
    """Each with its place, found by the monitor; their ids under their names."""
    channel = Channel.objects.get(pk=world.ids["network"])
    monitor = Monitor.objects.get(pk=world.ids["monitor"])
    for minutes, voice in enumerate(VOICES, start=1):
        mention = _said(voice, channel, minutes)
        Match.objects.create(
            mention=mention, monitor=monitor, words=["alba"], at=mention.matched_at
        )
        Place.objects.create(
            mention=mention,
            channel=channel,
            key=mention.key,
            item=mention.item,
            url=LONG,
            seen_at=mention.heard_at,
        )
        world.ids[voice.name] = mention.pk


def _said(voice: Voice, channel: Channel, minutes: int) -> Mention:
    heard_at = timezone.now() - timedelta(minutes=minutes)
    arrival = Arrival.objects.create(
        channel=channel,
        external_id=f"post:{voice.name}",
        raw_id=blobs.store(voice.text.encode()),
        received_at=heard_at,
        read_at=heard_at,
    )
    item = Item.objects.create(
        arrival=arrival,
        channel=channel,
        kind=Item.Kind.POST,
        heard_at=heard_at,
        text=voice.text,
        public=True,
        post={
            "author": f"x:{voice.name}",
            "handle": f"@{voice.name}",
            "answerable": {"post": voice.name},
        },
    )
    return Mention.objects.create(
        key=f"x:{voice.name}",
        item=item,
        channel=channel,
        author_name=voice.author,
        text=voice.text,
        kind=voice.kind,
        team=channel.team,
        heard_at=heard_at,
        matched_at=heard_at,
        **voice.facts,
    )

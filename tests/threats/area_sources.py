"""Places where customers speak: connected by those who lead, and nobody else."""

from django.utils import timezone

from ascolto.channels.models import Channel
from ascolto.kit.secrets import seal
from tests.threats.probes import Probe, leads
from tests.threats.world import World

PLACE = "/impostazioni/fonti/"
NOWHERE = {"title": "Un blog", "team": "{alert_team}", "url": "http://127.0.0.1:9/feed"}


def furnish(world: World) -> None:
    known = Channel.objects.get(name="negozio")
    world.ids["feed"] = Channel.objects.create(
        kind=Channel.Kind.FEED,
        name="un-blog",
        title="Un blog",
        team=known.team,
        settings={"url": "http://127.0.0.1:9/feed"},
        secret=seal("{}"),
        opened_at=timezone.now(),
    ).pk


DESK: dict[str, list[Probe]] = {
    "impostazioni/fonti/nuova/": [Probe(f"{PLACE}nuova/", leads("200"))],
    "impostazioni/fonti/<int:channel_id>/prova/": [
        Probe(f"{PLACE}{{feed}}/prova/", leads("302"), "POST"),
        Probe(f"{PLACE}999999999/prova/", leads("404"), "POST"),
    ],
}
# Pages whose form has their own address.
OTHERS: dict[str, list[Probe]] = {
    "impostazioni/fonti/nuova/<slug:kind>/": [
        Probe(f"{PLACE}nuova/feed/", leads("200")),
        Probe(f"{PLACE}nuova/fax/", leads("404")),
        Probe(f"{PLACE}nuova/feed/", leads("422"), "POST", NOWHERE),
    ],
    "impostazioni/fonti/<int:channel_id>/": [
        Probe(f"{PLACE}{{feed}}/", leads("200")),
        Probe(f"{PLACE}{{mailbox}}/", leads("404")),
        Probe(f"{PLACE}{{feed}}/", leads("422"), "POST", NOWHERE),
    ],
}

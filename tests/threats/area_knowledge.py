"""Articles: read by everybody who works here, written by all but light helpers, published by
those who lead; in the help centre, only what is published for everybody."""

import json
from datetime import timedelta

from django.utils import timezone

from ascolto.administration.services import articles as deeds
from ascolto.administration.services.articles import Place, Words
from ascolto.knowledge.models import Article
from ascolto.staff.models import Colleague
from tests.threats.probes import Probe, agents, anybody, api_leads, api_staff, closed, leads, staff
from tests.threats.world import World

ALL = "/conoscenza/"
ONE = "/conoscenza/{article}/"
WORDS = {"title": "Il router", "body": "Si riaccende.", "language": "it"}
PLACE = {"topic": "connectivity", "tags": "fibra"}
DRAFTER = {"url": "https://bozze.example/v1", "model": "piccolo"}
API = "/api/v1/articles"
API_AGENTS = ("401", "201", "403", "201", "201")
FILE = json.dumps([{"title": "Da fuori", "body": "Un testo."}]).encode()


def furnish(world: World) -> None:
    """An article for everybody, one for us alone, and a change that somebody suggests."""
    lead = Colleague.objects.get(pk=world.ids["lead"])
    member = Colleague.objects.get(pk=world.ids["member"])
    now = timezone.now() - timedelta(days=1)
    shown = deeds.begin_article(Words("Riavviare il router", "Così."), Place(), by=lead, now=now)
    first = shown.newest_id
    deeds.publish(shown, audience=Article.Audience.PUBLIC, by=lead, now=now)
    hidden = deeds.begin_article(Words("Sconti che si danno", "Mai."), Place(), by=lead, now=now)
    deeds.publish(hidden, audience=Article.Audience.INTERNAL, by=lead, now=now)
    words = Words("Riavviare il router", "Così, con calma.")
    proposal = deeds.write_version(shown, words, by=member, now=now)
    world.ids |= {"article": shown.pk, "proposal": proposal.pk, "first_version": first}


def _lead(deed: str, **fields: str) -> list[Probe]:
    return [Probe(f"{ONE}{deed}/", leads("302"), "POST", fields)]


DESK: dict[str, list[Probe]] = {
    "conoscenza/": [
        Probe(ALL, staff("200")),
        Probe(f"{ALL}?q=ruter&stato=pubblici&di=²&lingua=xx&pagina=99999999999", staff("200")),
        Probe(f"{ALL}?q=%00%27%28%26", staff("200")),
    ],
    "casi/C-<int:case_id>/proposte/bozza/": [
        Probe("/casi/C-{case}/proposte/bozza/", closed("200"), "POST")
    ],
    "impostazioni/bozze/prova/": [Probe("/impostazioni/bozze/prova/", leads("302"), "POST")],
    "conoscenza/anteprima/": [Probe(f"{ALL}anteprima/", agents("200"), "POST", WORDS)],
    "conoscenza/<int:article_id>/versioni/": [
        Probe(f"{ONE}versioni/", staff("200")),
        Probe(f"{ONE}versioni/?a={{proposal}}&da=²", staff("200")),
        Probe("/conoscenza/999999999/versioni/", staff("404")),
    ],
    "conoscenza/<int:article_id>/pubblica/": _lead("pubblica", per="PUBLIC"),
    "conoscenza/<int:article_id>/ritira/": _lead("ritira"),
    "conoscenza/versioni/<int:version_id>/accogli/": [
        Probe("/conoscenza/versioni/{proposal}/accogli/", leads("302"), "POST"),
        Probe("/conoscenza/versioni/999999999/accogli/", agents("404"), "POST"),
    ],
    "conoscenza/versioni/<int:version_id>/lascia/": [
        Probe("/conoscenza/versioni/{proposal}/lascia/", leads("302"), "POST")
    ],
    "conoscenza/versioni/<int:version_id>/riprendi/": [
        Probe("/conoscenza/versioni/{first_version}/riprendi/", agents("302"), "POST")
    ],
}
OTHERS: dict[str, list[Probe]] = {
    "impostazioni/bozze/": [
        Probe("/impostazioni/bozze/", leads("200")),
        Probe("/impostazioni/bozze/", leads("302"), "POST", DRAFTER),
        Probe("/impostazioni/bozze/", leads("422"), "POST", {"url": "qui"}),
    ],
    "casi/C-<int:case_id>/proposte/": [Probe("/casi/C-{case}/proposte/", closed("200"))],
    "casi/C-<int:case_id>/articolo/<int:article_id>/": [
        Probe("/casi/C-{case}/articolo/{article}/", closed("200")),
        Probe("/casi/C-{case}/articolo/{article}/?link=1", closed("200")),
        Probe("/casi/C-{case}/articolo/999999999/", closed("404")),
    ],
    "conoscenza/nuovo/": [
        Probe(f"{ALL}nuovo/", agents("200")),
        Probe(f"{ALL}nuovo/", agents("302"), "POST", WORDS),
        Probe(f"{ALL}nuovo/", agents("422"), "POST", {"title": "Vuoto"}),
    ],
    "conoscenza/nuovo/bozza/": [Probe(f"{ALL}nuovo/bozza/", agents("204"), "POST", WORDS)],
    "conoscenza/esporta/": [
        Probe(f"{ALL}esporta/", staff("200")),
        Probe(f"{ALL}esporta/?come=json", staff("200")),
    ],
    "conoscenza/importa/": [
        Probe(f"{ALL}importa/", leads("302"), "POST"),
        Probe(f"{ALL}importa/", leads("302"), "POST", {"file": FILE}),
    ],
    "conoscenza/<int:article_id>/": [
        Probe(ONE, staff("200")),
        Probe("/conoscenza/999999999/", staff("404")),
    ],
    "conoscenza/<int:article_id>/scrivi/": [
        Probe(f"{ONE}scrivi/", agents("200")),
        Probe(f"{ONE}scrivi/", agents("302"), "POST", WORDS),
    ],
    "conoscenza/<int:article_id>/scrivi/bozza/": [
        Probe(f"{ONE}scrivi/bozza/", agents("204"), "POST", WORDS)
    ],
    "conoscenza/<int:article_id>/posto/": [Probe(f"{ONE}posto/", leads("302"), "POST", PLACE)],
    "robots.txt": [Probe("/robots.txt", anybody("200"))],
    "aiuto/": [Probe("/aiuto/", anybody("302"))],
    "aiuto/<slug:language>/": [
        Probe("/aiuto/it/", anybody("200")),
        Probe("/aiuto/en/", anybody("200")),
        Probe("/aiuto/xx/", anybody("404")),
    ],
    "aiuto/<slug:language>/cerca/": [
        Probe("/aiuto/it/cerca/?q=router", anybody("200")),
        Probe("/aiuto/it/cerca/?q=%00%27%28%26", anybody("200")),
    ],
    "aiuto/<slug:language>/tema/<slug:topic>/": [
        Probe("/aiuto/it/tema/other/", anybody("200")),
        Probe("/aiuto/it/tema/niente/", anybody("404")),
    ],
    "aiuto/<slug:language>/<slug:slug>/": [
        Probe("/aiuto/it/riavviare-il-router/", anybody("200")),
        Probe("/aiuto/en/riavviare-il-router/", anybody("301")),
        Probe("/aiuto/it/sconti-che-si-danno/", anybody("404")),  # for us alone, also for us here
    ],
    "aiuto/<slug:language>/<slug:slug>/utile/": [
        Probe("/aiuto/it/riavviare-il-router/utile/", anybody("303"), "POST", {"utile": "si"}),
        Probe("/aiuto/it/sconti-che-si-danno/utile/", anybody("404"), "POST", {"utile": "si"}),
    ],
    "GET api/v1/articles": [Probe(f"{API}?q=ruter&state=public", api_staff("200"))],
    "GET api/v1/articles/{article}": [
        Probe(f"{API}/{{article}}", api_staff("200")),
        Probe(f"{API}/999999999", api_staff("404")),
    ],
    "POST api/v1/articles": [
        Probe(API, API_AGENTS, "POST", WORDS),
        Probe(API, api_staff("422"), "POST", {"title": "Vuoto"}),
    ],
    "POST api/v1/articles/{article}/versions": [
        Probe(f"{API}/{{article}}/versions", API_AGENTS, "POST", WORDS)
    ],
    "POST api/v1/articles/{article}/publish": [
        Probe(f"{API}/{{article}}/publish", api_leads("200"), "POST", {"audience": "PUBLIC"})
    ],
    "POST api/v1/articles/{article}/withdraw": [
        Probe(f"{API}/{{article}}/withdraw", api_leads("200"), "POST")
    ],
}

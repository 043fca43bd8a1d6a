"""Alerts: those of a reserved team are nobody else's; their rules are for those who lead."""

import json
from typing import Any

from django.utils import timezone

from ascolto.alerts.models import Alert, Hook, Rule, Subscription
from ascolto.kit.secrets import seal
from ascolto.staff.models import Colleague, Team
from tests.threats.probes import Answers, Probe, closed, leads, staff
from tests.threats.world import World

ALERT = "/ascolto/allarmi/{alert}/"
MINE = "/impostazioni/avvisi/"
RULE = "/impostazioni/allarmi/"
DUTY = "/impostazioni/turni/"
CHAT = "/impostazioni/chat/"
NO_CHAT = "https://127.0.0.1:9/nessuno"


def furnish(world: World) -> None:
    """An alert of the team that nobody else may see, and one of each thing that is set up."""
    now = timezone.now()
    member = Colleague.objects.get(pk=world.ids["member"])
    rule = Rule.objects.create(kind=Rule.Kind.NEEDS_CARE, ways=["SCREEN"], made_at=now)
    team = Team.objects.get(is_reserved=True)
    alert = Alert.objects.create(
        rule=rule,
        kind=rule.kind,
        key="mention:1",
        subject="mention:1",
        path="/ascolto/",
        title="Un segreto chiede aiuto",
        team=team,
        raised_at=now,
    )
    hook = Hook.objects.create(
        kind=Hook.Kind.SLACK,
        name="#assistenza",
        secret=seal(json.dumps({"url": NO_CHAT})),
        made_at=now,
    )
    browser = Subscription.objects.create(
        colleague=member, digest="0" * 64, secret=seal("{}"), device="Firefox", made_at=now
    )
    world.ids |= {
        "alert": alert.pk,
        "alert_rule": rule.pk,
        "hook": hook.pk,
        "browser": browser.pk,
        "alert_team": team.pk,
    }


def _alert(deed: str, answer: str = "302") -> list[Probe]:
    return [Probe(f"{ALERT}{deed}/", closed(answer), "POST")]


def _post(address: str, answers: Answers, /, **fields: Any) -> Probe:
    return Probe(address, answers, "POST", fields)


DESK: dict[str, list[Probe]] = {
    "ascolto/allarmi/": [
        Probe("/ascolto/allarmi/", staff("200")),
        Probe("/ascolto/allarmi/?prima=ieri,²", staff("200")),
        Probe("/ascolto/allarmi/?prima=2026-01-01T00:00:00%2B00:00,9", staff("200")),
    ],
    "impostazioni/avvisi/browser/": [_post(f"{MINE}browser/", staff("422"), endpoint="x")],
    "impostazioni/avvisi/prova/": [_post(f"{MINE}prova/", staff("302"))],
    "impostazioni/avvisi/<int:subscription_id>/togli/": [
        _post(f"{MINE}{{browser}}/togli/", staff("302"))
    ],
    "impostazioni/allarmi/<int:rule_id>/pausa/": [
        _post(f"{RULE}{{alert_rule}}/pausa/", leads("302"))
    ],
    "impostazioni/allarmi/<int:rule_id>/togli/": [
        _post(f"{RULE}{{alert_rule}}/togli/", leads("302"))
    ],
    "impostazioni/chat/<int:hook_id>/prova/": [_post(f"{CHAT}{{hook}}/prova/", leads("302"))],
    "impostazioni/chat/<int:hook_id>/togli/": [_post(f"{CHAT}{{hook}}/togli/", leads("302"))],
}
# Pages whose form has their own address.
OTHERS: dict[str, list[Probe]] = {
    "ascolto/allarmi/adesso/": [Probe("/ascolto/allarmi/adesso/", staff("200"))],
    "ascolto/allarmi/<int:alert_id>/": [Probe(ALERT, closed("200"))],
    "ascolto/allarmi/<int:alert_id>/aperto/": _alert("aperto", "204"),
    "ascolto/allarmi/<int:alert_id>/prendi/": _alert("prendi"),
    "ascolto/allarmi/<int:alert_id>/niente/": _alert("niente"),
    "ascolto/allarmi/<int:alert_id>/ridai/": _alert("ridai"),
    "impostazioni/avvisi/": [
        Probe(MINE, staff("200")),
        _post(MINE, staff("302"), push="on"),
        _post(MINE, staff("422"), quiet_from="22:00"),
    ],
    "impostazioni/allarmi/": [Probe(RULE, leads("200"))],
    "impostazioni/allarmi/nuova/": [
        Probe(f"{RULE}nuova/", leads("200")),
        _post(f"{RULE}nuova/", leads("302"), kind="WAVE", ways=["SCREEN"]),
        _post(f"{RULE}nuova/", leads("422"), kind="WAVE"),
    ],
    "impostazioni/allarmi/<int:rule_id>/": [
        Probe(f"{RULE}{{alert_rule}}/", leads("200")),
        Probe(f"{RULE}999999999/", leads("404")),
        _post(f"{RULE}{{alert_rule}}/", leads("302"), kind="WAVE", ways=["PUSH"]),
    ],
    "impostazioni/turni/": [Probe(DUTY, leads("200"))],
    "impostazioni/turni/<int:team_id>/": [
        Probe(f"{DUTY}{{alert_team}}/", leads("200")),
        _post(f"{DUTY}{{alert_team}}/", leads("302"), **{"g{member}_0": "09:00-13:00"}),
    ],
    "impostazioni/chat/": [
        Probe(CHAT, leads("200")),
        _post(CHAT, leads("422"), kind="SLACK", name="guasti", url="qui"),
    ],
}

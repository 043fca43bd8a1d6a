"""What puts the queue in order: who may, on which case."""

from datetime import UTC, datetime, timedelta

from tests.threats.probes import Probe, closed

TOMORROW = (datetime.now(UTC) + timedelta(days=1)).isoformat()
CASE = "/casi/C-{case}/"


def _deed(address: str, answer: str = "302", /, **fields: object) -> Probe:
    return Probe(address, closed(answer), "POST", fields)


DESK: dict[str, list[Probe]] = {
    "casi/C-<int:case_id>/fogli/rimanda/": [Probe(f"{CASE}fogli/rimanda/", closed("200"))],
    "casi/C-<int:case_id>/rimanda/": [
        _deed(f"{CASE}rimanda/", quando=TOMORROW),
        _deed(f"{CASE}rimanda/", "422", data="²"),
    ],
    "casi/C-<int:case_id>/riprendi/": [_deed(f"{CASE}riprendi/")],
}

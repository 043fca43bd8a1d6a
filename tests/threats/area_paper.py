"""A case on paper is guarded like the case on the screen."""

from tests.threats.probes import Probe, closed

DESK = {
    "casi/C-<int:case_id>/pdf/": [
        Probe("/casi/C-{case}/pdf/", closed("200")),
        Probe("/casi/C-{case}/pdf/?per=cliente", closed("200")),
    ],
}

"""What a telephone needs to keep the desk as an app: the same for everybody, and about nobody."""

from tests.threats.probes import Probe, anybody

OTHERS = {
    "app.webmanifest": [Probe("/app.webmanifest", anybody("200"))],
    "favicon.ico": [Probe("/favicon.ico", anybody("302"))],
    "sw.js": [Probe("/sw.js", anybody("200"))],
    "senza-rete/": [Probe("/senza-rete/", anybody("200"))],
}

"""What the pages for customers, strangers and new colleagues answer to each kind of person."""

from tests.threats.probes import SIGN_IN, Probe, anybody, staff

LETTER = {"indirizzo": "giulia@example.org", "testo": "Ciao"}
NOT_THE_OWNER = (SIGN_IN, *["403"] * 4)
SIGNED_OUT = ("200", *["302"] * 4)
MARTA = {"email": "marta.riva@alba.example"}
NOBODY = {"email": "nessuno@alba.example"}

PUBLIC: dict[str, list[Probe]] = {
    "p/<str:token>/": [
        # Whoever holds the link may read; that is what it is for.
        Probe("/p/{open_link}/", anybody("200")),
        Probe("/p/nessuno/", anybody("404")),
        Probe("/p/{draft_token}/", anybody("404")),
    ],
    "p/<str:token>/scrivi/": [
        Probe("/p/{open_link}/scrivi/", anybody("303"), "POST", {"testo": "Ancora niente."}),
        Probe("/p/nessuno/scrivi/", anybody("404"), "POST", {"testo": "Ancora niente."}),
    ],
    "p/<str:token>/non-sono-io/": [
        Probe("/p/{open_link}/non-sono-io/", anybody("200")),
        Probe("/p/{open_link}/non-sono-io/", anybody("200"), "POST"),
        Probe("/p/nessuno/non-sono-io/", anybody("404"), "POST"),
    ],
    "modulo/<slug:name>/": [
        Probe("/modulo/contatti/", anybody("200")),
        Probe("/modulo/negozio/", anybody("404")),
        Probe("/modulo/legale/", anybody("404")),
        Probe(
            "/modulo/contatti/",
            anybody("422"),
            "POST",
            {**LETTER, "case": "{case}"},
        ),
    ],
    "modulo/<slug:name>/ricevuto/": [
        Probe("/modulo/contatti/ricevuto/?numero={arrival}", anybody("302")),
    ],
    "healthz": [Probe("/healthz", anybody("200"))],
    "readyz": [Probe("/readyz", anybody("200"))],
    "metrics": [Probe("/metrics", anybody("200"))],  # asked from this machine
}
FIRST_DAY: dict[str, list[Probe]] = {
    # The company is set up: its code opens nothing any more, and the rest is the owner's.
    "avvio/": [
        Probe("/avvio/", anybody("302")),
        Probe("/avvio/", anybody("302"), "POST", {"codice": "AAAA-AAAA-AAAA"}),
    ],
    **{
        f"avvio/{step}/": [
            Probe(f"/avvio/{step}/", NOT_THE_OWNER),
            Probe(f"/avvio/{step}/", NOT_THE_OWNER, "POST", {"invito-email": "x@alba.example"}),
        ]
        for step in ("casella", "casella/prova", "casella/tieni", "squadre", "orari", "fatto")
    },
    "invito/<str:token>/": [
        Probe("/invito/{invitation}/", anybody("200")),
        Probe("/invito/{invitation}/", anybody("422"), "POST", {"password": ""}),
        Probe("/invito/nessuno/", anybody("404")),
        Probe("/invito/nessuno/", anybody("404"), "POST", {"password": "una frase lunga"}),
    ],
    # A real company lives here: of the fiction nothing is to be seen, or emptied.
    "demo/": [Probe("/demo/", staff("404"))],
    "demo/posta/": [Probe("/demo/posta/", staff("404"))],
    "demo/svuota/": [Probe("/demo/svuota/", staff("404"), "POST", {"parola": "svuota"})],
}
ACCOUNTS: dict[str, list[Probe]] = {
    "accesso/login/": [
        Probe("/accesso/login/", SIGNED_OUT),
        Probe("/accesso/login/?next=//evil.example/", SIGNED_OUT),
        Probe("/accesso/login/", SIGNED_OUT, "POST", {"login": "x", "password": "x"}),
    ],
    "accesso/logout/": [
        Probe("/accesso/logout/", staff("200")),  # asks; only its button signs out
        Probe("/accesso/logout/", anybody(SIGN_IN), "POST"),
    ],
    "accesso/signup/": [
        Probe("/accesso/signup/", ("200", *["302"] * 4)),  # says that nobody signs himself up
        Probe(
            "/accesso/signup/",
            ("200", *["302"] * 4),
            "POST",
            {**NOBODY, "password1": "frase lunga"},
        ),
    ],
    "accesso/inactive/": [Probe("/accesso/inactive/", anybody("200"))],
    "accesso/reauthenticate/": [Probe("/accesso/reauthenticate/", staff("200"))],
    "accesso/password/change/": [Probe("/accesso/password/change/", staff("200"))],
    "accesso/password/reset/": [
        Probe("/accesso/password/reset/", anybody("200")),
        # Who is known is not told apart from who is not.
        Probe("/accesso/password/reset/", anybody("302"), "POST", MARTA),
        Probe("/accesso/password/reset/", anybody("302"), "POST", NOBODY),
    ],
    "accesso/password/reset/done/": [Probe("/accesso/password/reset/done/", anybody("200"))],
    "accesso/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": [
        Probe("/accesso/password/reset/key/1-abc/", anybody("200")),
    ],
    "accesso/password/reset/key/done/": [
        Probe("/accesso/password/reset/key/done/", anybody("200")),
    ],
}

"""What each page of the desk answers to each kind of person."""

from tests.threats.probes import (
    SIGN_IN,
    Answers,
    Probe,
    agents,
    closed,
    leads,
    staff,
)

CASE = "/casi/C-{case}/"
OPEN = "/casi/C-{open_case}/"
AUTHOR_ALONE: Answers = closed("200", lead="404")


def _deed(address: str, answer: str = "302", /, **fields: object) -> Probe:
    return Probe(address, closed(answer), "POST", fields)


DESK: dict[str, list[Probe]] = {
    "": [Probe("/", ("302",) * 5)],
    "casella/": [Probe("/casella/", staff("200"))],
    "casella/prossimo/": [Probe("/casella/prossimo/", staff("302"), "POST")],
    "casella/<slug:queue>/": [
        *(
            Probe(f"/casella/{queue}/", staff("200"))
            for queue in ("miei", "squadra", "liberi", "tutti", "risolti")
        ),
        Probe("/casella/altrove/", staff("404")),
        Probe("/casella/tutti/?da=9999999999~{case}", staff("200")),
    ],
    "casi/C-<int:case_id>/": [
        Probe(CASE, closed("200")),
        Probe(f"{CASE}?vivo=1", closed("200")),
        Probe(f"{CASE}?coda=tutti&apri=passa&prima=1", closed("200")),
        Probe(OPEN, (SIGN_IN, "200", "404", "200", "200")),
        Probe("/casi/C-99999999999999999999999/", staff("404")),
    ],
    "casi/C-<int:case_id>/rispondi/": [
        _deed(f"{CASE}rispondi/", text="Ci siamo."),
        _deed(f"{CASE}rispondi/", text="Ecco.", files=b"allegato"),
        _deed(f"{CASE}rispondi/", text="Ci siamo.", visto="²"),
    ],
    "casi/C-<int:case_id>/nota/": [_deed(f"{CASE}nota/", text="Da richiamare.")],
    "casi/C-<int:case_id>/bozza/": [
        _deed(f"{CASE}bozza/", "204", text="Buongiorno"),
        _deed(f"{CASE}bozza/", "404", text="Buongiorno", kind="ALTRO"),
    ],
    "casi/C-<int:case_id>/allegati/": [_deed(f"{CASE}allegati/", files=b"allegato")],
    "casi/C-<int:case_id>/allegati/togli/": [
        _deed(f"{CASE}allegati/togli/", token="{draft_token}"),  # noqa: S106 # an id, to be guessed
    ],
    "casi/C-<int:case_id>/assegna/": [
        _deed(f"{CASE}assegna/"),
        _deed(f"{CASE}assegna/", lascia=""),
    ],
    "casi/C-<int:case_id>/passa/": [
        _deed(f"{CASE}passa/", a="{legal}:{member}", reason="Tocca a lei."),
        _deed(f"{CASE}passa/", "422", a="{legal}:{stranger}", reason="Non è dei loro."),
        _deed(f"{CASE}passa/", "422", a="²", reason="Non c’è."),
    ],
    "casi/C-<int:case_id>/aiuto/": [
        _deed(f"{CASE}aiuto/", chi="{stranger}"),
        _deed(f"{CASE}aiuto/", "422", chi="²"),
    ],
    "casi/C-<int:case_id>/risolvi/": [_deed(f"{CASE}risolvi/", reason="Fatto.")],
    "casi/C-<int:case_id>/risolvi/annulla/": [_deed(f"{CASE}risolvi/annulla/?ora=mai")],
    "casi/C-<int:case_id>/riapri/": [_deed(f"{CASE}riapri/")],
    "messaggi/<int:message_id>/annulla/": [
        Probe("/messaggi/{said}/annulla/", closed("302", lead="404"), "POST"),
        Probe("/messaggi/{heard}/annulla/", closed("404"), "POST"),
    ],
    "messaggi/<int:message_id>/html/": [Probe("/messaggi/{heard}/html/", closed("200"))],
    "messaggi/<int:message_id>/grezzo/": [Probe("/messaggi/{heard}/grezzo/", closed("200"))],
    "allegati/<int:attachment_id>/": [Probe("/allegati/{attachment}/", closed("200"))],
    "allegati/usciti/<int:enclosure_id>/": [
        Probe("/allegati/usciti/{enclosure}/", closed("200")),
    ],
    "allegati/bozze/<str:token>/": [Probe("/allegati/bozze/{draft_token}/", AUTHOR_ALONE)],
    "cerca/": [
        Probe("/cerca/", staff("200")),
        *(
            Probe(f"/cerca/?q={words}", staff("200"))
            for words in ("diffida", "neri", "formale+nota", "C-{case}", "riservat*")
        ),
    ],
    "impostazioni/": [Probe("/impostazioni/", staff("200"))],
    "quarantena/": [
        Probe("/quarantena/", agents("200")),
        Probe("/quarantena/?prima=99", agents("200")),
        Probe("/quarantena/?prima=²", agents("200")),
    ],
    "quarantena/<int:arrival_id>/grezzo/": [Probe("/quarantena/{arrival}/grezzo/", leads("200"))],
    "quarantena/<int:arrival_id>/riprova/": [
        Probe("/quarantena/{arrival}/riprova/", leads("302"), "POST"),
    ],
    "quarantena/<int:arrival_id>/da-parte/": [
        Probe("/quarantena/{arrival}/da-parte/", leads("302"), "POST"),
    ],
}

"""What each page of writing answers to each kind of person."""

from django.utils import timezone

from ascolto.cases.models import Draft, Mention
from ascolto.cases.services import add_note, be_present, save_draft
from ascolto.knowledge.models import Macro
from tests.threats.probes import SIGN_IN, Answers, Probe, closed, staff
from tests.threats.world import SECRET, World

CASE = "/casi/C-{case}/"
OPEN = "/casi/C-{open_case}/"
HUGE = "99999999999999999999999"
AGENTS_ALONE: Answers = (SIGN_IN, "200", "404", "200", "200")


def furnish(world: World) -> None:
    """A macro of the reserved team, one of everybody, and a colleague at work on the secret."""
    from ascolto.cases.models import Case

    now, sara = timezone.now(), world.people["member"]
    case = Case.objects.get(pk=world.ids["case"])
    mine = Macro.objects.create(
        title="Diffida tipo", text="Diffidiamo {cliente}.", team_id=world.ids["legal"],
        changed_at=now,
    )  # fmt: skip
    ours = Macro.objects.create(title="Saluto", text="Buongiorno {nome}.", changed_at=now)
    add_note(case, author=sara, text=f"@Marta Riva guarda {SECRET}.", now=now)
    be_present(case, colleague=sara, mode="WRITES", now=now)
    text = f"Bozza: {SECRET}."
    save_draft(case, author=world.people["lead"], kind=Draft.Kind.NOTE, text=text, now=now)
    world.ids |= {"macro": ours.pk, "legal_macro": mine.pk}
    world.ids["mention"] = Mention.objects.get(note__case=case).pk


def _deed(address: str, answer: str = "302", /, **fields: object) -> Probe:
    return Probe(address, closed(answer), "POST", fields)


DESK: dict[str, list[Probe]] = {
    "casi/C-<int:case_id>/presenza/": [
        _deed(f"{CASE}presenza/", "200", mode="READS"),
        _deed(f"{CASE}presenza/", "200", mode="WRITES"),
        _deed(f"{CASE}presenza/", "204", mode="LEAVES"),
        _deed(f"{CASE}presenza/", "404", mode="DREAMS"),
    ],
    "casi/C-<int:case_id>/telefonata/": [
        _deed(f"{CASE}telefonata/", text="Richiamare dopo le 18."),
        _deed(f"{CASE}telefonata/", text="Ha detto sì.", risposto="1"),
        _deed(f"{CASE}telefonata/", "422", text=" "),
    ],
    "casi/C-<int:case_id>/copie/": [
        Probe(f"{CASE}copie/", closed("200")),
    ],
    "casi/C-<int:case_id>/colleghi/": [
        Probe(f"{CASE}colleghi/?q=sara", closed("200")),
        Probe(f"{OPEN}colleghi/", AGENTS_ALONE),
    ],
    "casi/C-<int:case_id>/macro/<int:macro_id>/": [
        Probe(f"{CASE}macro/{{macro}}/", closed("200")),
        Probe(f"{CASE}macro/{{legal_macro}}/", closed("200", lead="404")),
        Probe(f"{OPEN}macro/{{macro}}/", AGENTS_ALONE),
        Probe(f"{OPEN}macro/{{legal_macro}}/", (SIGN_IN, "404", "404", "200", "404")),
        Probe(f"{CASE}macro/{HUGE}/", staff("404")),
    ],
    "messaggi/<int:message_id>/inoltra/": [
        Probe("/messaggi/{heard}/inoltra/", closed("200")),
        Probe(f"/messaggi/{HUGE}/inoltra/", staff("404")),
    ],
    "messaggi/<int:message_id>/inoltra/invia/": [
        _deed("/messaggi/{heard}/inoltra/invia/", to="perito@example.net", text="Che ne dice?"),
        _deed(
            "/messaggi/{heard}/inoltra/invia/", "422", to="non è un indirizzo", text="Che ne dice?"
        ),
        _deed(
            "/messaggi/{heard}/inoltra/invia/", "422", to="neri@example.org", text="È la cliente."
        ),
    ],
    "macro/": [
        Probe("/macro/", staff("200")),
        Probe("/macro/?q=saluto&lingua=it", staff("200")),
    ],
    "messaggi/<int:message_id>/conferma/": [
        Probe("/messaggi/{heard}/conferma/", (SIGN_IN, "404", "403", "302", "302"), "POST"),
    ],
    "casi/C-<int:case_id>/non-conferma/": [
        Probe(f"{CASE}non-conferma/", (SIGN_IN, "404", "403", "302", "302"), "POST"),
    ],
    "casi/C-<int:case_id>/ricollega/": [
        Probe(f"{CASE}ricollega/", (SIGN_IN, "404", "403", "302", "302"), "POST"),
    ],
    "conteggi/": [Probe("/conteggi/", staff("200"))],
    "menzioni/": [Probe("/menzioni/", staff("200"))],
    "menzioni/viste/": [Probe("/menzioni/viste/", staff("302"), "POST")],
}

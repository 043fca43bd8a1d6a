"""What the pages of customers answer to each kind of person."""

from django.utils import timezone

from ascolto.administration.services.identities import add_identity
from ascolto.administration.services.merging import merge_customers
from ascolto.administration.services.remembering import add_note, add_statement
from ascolto.people.likeness.policy import Evidence
from ascolto.people.models import Customer, Likeness
from ascolto.people.policy import Sender
from tests import make
from tests.threats.probes import SIGN_IN, Answers, Probe, agents, closed, staff
from tests.threats.world import SECRET, World

ONE = "/clienti/{customer}/"
# A light helper has no business with him, and he is nobody's who is in no case of theirs.
HIS: Answers = closed("200")
CHANGED: Answers = (SIGN_IN, "404", "403", "302", "302")
REFUSED: Answers = (SIGN_IN, "404", "403", "422", "422")
ABSENT: Answers = (SIGN_IN, "404", "403", "404", "404")


def furnish(world: World) -> None:
    """What stands on the page of the secret customer, and a merge that can be undone."""
    sara, now = world.people["member"], timezone.now()
    customer = Customer.objects.get(pk=world.ids["customer"])
    spare = Sender("EMAIL", f"{SECRET}@example.org")
    twin = make.customer(f"Gemella {SECRET}")
    other = Customer.objects.create(name=f"Cugina {SECRET}", created_at=now)
    said = add_statement(customer, f"Detto: {SECRET}.", where="telefono", by=sara, now=now)
    note = add_note(customer, f"Nota: {SECRET}.", by=sara, now=now)
    identity = add_identity(customer, spare, by=sara, now=now)
    merge = merge_customers(twin, into=customer, reason=SECRET, by=sara, now=now)
    likeness = Likeness.objects.create(
        left_id=min(customer.pk, other.pk),
        right_id=max(customer.pk, other.pk),
        score=50,
        evidence=[Evidence("SIGNATURE", SECRET, SECRET).stored()],
        proposed_at=now,
    )
    # Merged records count as known only with the one whose cases are closed to him.
    Customer.objects.filter(pk__in=[twin.pk, other.pk]).update(name="Gemella")
    world.ids |= {
        "statement": said.pk,
        "customer_note": note.pk,
        "identity": identity.pk,
        "merge": merge.pk,
        "cousin": other.pk,
        "likeness": likeness.pk,
    }


def _deed(address: str, answers: Answers = CHANGED, /, **fields: object) -> Probe:
    return Probe(f"{ONE}{address}", answers, "POST", fields)


DESK: dict[str, list[Probe]] = {
    "clienti/": [
        Probe("/clienti/", staff("200")),
        Probe("/clienti/?q=neri", staff("200")),
        Probe("/clienti/?prima=99999", staff("200")),
        Probe("/clienti/?prima=²", staff("200")),
    ],
    "clienti/nuovo/": [
        Probe("/clienti/nuovo/", agents("200")),
        Probe("/clienti/nuovo/?nome=Ada", agents("200")),
    ],
    "clienti/crea/": [
        Probe(
            "/clienti/crea/",
            agents("302"),
            "POST",
            {"name": "Ada", "kind": "PERSON", "language": "it", "phone": "333 1234567"},
        ),
        Probe(
            "/clienti/crea/",
            agents("422"),
            "POST",
            {"name": "Ada", "kind": "PERSON", "language": "it", "email": "neri@example.org"},
        ),
    ],
    "clienti/<int:customer_id>/": [
        Probe(ONE, HIS),
        Probe(f"{ONE}?voce=detto&prima=1.1.1", HIS),
        Probe(f"{ONE}?voce=altro&prima=²", HIS),
        Probe("/clienti/99999999999999999999999/", staff("404")),
    ],
    "clienti/<int:customer_id>/modifica/": [
        Probe(f"{ONE}modifica/", (SIGN_IN, "404", "403", "200", "200")),
    ],
    "clienti/<int:customer_id>/salva/": [
        _deed("salva/", name="Avvocata Neri", kind="PERSON", language="it"),
        _deed("salva/", REFUSED, name=" ", kind="PERSON", language="it"),
    ],
    "clienti/<int:customer_id>/modifiche/": [Probe(f"{ONE}modifiche/", HIS)],
    "clienti/<int:customer_id>/identita/": [
        _deed("identita/", value="+39 011 5551234"),
        _deed("identita/", REFUSED, value="giulia@example.org"),
    ],
    "clienti/<int:customer_id>/identita/<int:identity_id>/verifica/": [
        _deed("identita/{identity}/verifica/", reason="Visto il documento."),
        _deed("identita/{identity}/verifica/", REFUSED, reason=" "),
        _deed("identita/99999/verifica/", ABSENT, reason="Di un altro."),
    ],
    "clienti/<int:customer_id>/identita/<int:identity_id>/togli/": [
        _deed("identita/{identity}/togli/"),
    ],
    "clienti/<int:customer_id>/detto/": [
        _deed("detto/", text="Solo la mattina."),
        _deed("detto/", REFUSED, text=" "),
    ],
    "clienti/<int:customer_id>/detto/<int:statement_id>/ritira/": [
        _deed("detto/{statement}/ritira/"),
    ],
    "clienti/<int:customer_id>/note/": [
        _deed("note/", text="Chiede sempre di Sara."),
        _deed("note/", REFUSED, text=" "),
    ],
    "clienti/<int:customer_id>/note/<int:note_id>/ritira/": [
        _deed("note/{customer_note}/ritira/"),
    ],
    "clienti/<int:customer_id>/scrivi/": [
        Probe(f"{ONE}scrivi/", (SIGN_IN, "404", "403", "200", "200")),
    ],
    "clienti/<int:customer_id>/scrivi/invia/": [
        _deed("scrivi/invia/", REFUSED, a="²", da="²", subject="x", text="x"),
    ],
    "clienti/<int:customer_id>/unisci/": [
        Probe(f"{ONE}unisci/", (SIGN_IN, "404", "403", "200", "200")),
        Probe(f"{ONE}unisci/?q=giulia&con={{cousin}}", (SIGN_IN, "404", "403", "200", "200")),
        Probe(f"{ONE}unisci/?con=99999", ABSENT),
    ],
    "clienti/<int:customer_id>/unioni/": [
        _deed("unioni/", con="{cousin}", reason="Stesso telefono."),
        _deed("unioni/", REFUSED, con="{cousin}", reason=" "),
    ],
    "clienti/<int:customer_id>/unioni/<int:merge_id>/separa/": [
        _deed("unioni/{merge}/separa/"),
    ],
    "clienti/somiglianze/": [
        Probe("/clienti/somiglianze/", agents("200")),
        Probe("/clienti/somiglianze/?pagina=²", agents("200")),
    ],
    "clienti/somiglianze/cerca/": [
        Probe("/clienti/somiglianze/cerca/", (SIGN_IN, "404", "403", "404", "302"), "POST"),
    ],
    **{
        f"clienti/somiglianze/<int:likeness_id>/{deed}/": [
            Probe(f"/clienti/somiglianze/{{likeness}}/{deed}/", CHANGED, "POST"),
            Probe(f"/clienti/somiglianze/99999/{deed}/", ABSENT, "POST"),
        ]
        for deed in ("unisci", "rifiuta", "annulla")
    },
    "comandi/": [
        Probe("/comandi/", staff("200")),
        *(
            Probe(f"/comandi/?q={words}", staff("200"))
            for words in ("diffida", "neri", "C-{case}", "{case}", "%00", "a:*")
        ),
    ],
}

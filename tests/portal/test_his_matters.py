"""What one who signed in sees: what his address proves, and nothing else."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ascolto.cases.models import Case, MatterLink, Message
from ascolto.cases.services import moves, resolve
from ascolto.channels.models import Attachment, Outgoing
from ascolto.people.models import Identity
from ascolto.people.services import merge
from ascolto.portal.policy import MOST_MATTERS
from ascolto.portal.services.writing import PORTAL_CHANNEL
from ascolto.timeline.queries import history_of
from tests import make
from tests.portal.pages import ONCE, page_of, signed_in, we_answer

pytestmark = pytest.mark.django_db


def case_of(sender: str, subject: str) -> Case:
    raw = make.mail(sender=f"Qualcuno <{sender}>", subject=subject, message_id=f"<{subject}@x.it>")
    return make.case(raw, now=timezone.now())


def text_of(client: Client, path: str = "/p/miei/") -> str:
    return str(client.get(path).content.decode())


def test_he_sees_his_open_and_his_closed_matters() -> None:
    case_of("giulia@example.org", "Fibra")
    resolve(
        case_of("giulia@example.org", "Bolletta"),
        by=make.colleague(),
        now=timezone.now(),
        reason="Pagata.",
    )

    html = text_of(signed_in(make.identity()))

    assert html.index("Fibra") < html.index("Bolletta")
    assert "Chiusa oggi" in html


def test_a_joined_matter_stands_under_what_it_became_and_not_as_closed() -> None:
    fibra = case_of("giulia@example.org", "Fibra")
    modem = case_of("giulia@example.org", "Modem")
    moves.merge(modem, into=fibra, by=make.colleague(), now=timezone.now())
    giulia = signed_in(make.identity())

    html = text_of(giulia)

    assert f"prima era anche la {modem.number}" in html
    assert "Chiuse" not in html
    page = text_of(giulia, f"/p/miei/{modem.pk}/")
    assert f"La sua richiesta {modem.number} riguardava la stessa cosa" in page
    assert fibra.number in page


def test_nobody_elses_matter_is_listed_or_opens() -> None:
    marta = case_of("marta@example.org", "Segreto")
    giulia = signed_in(make.identity())

    assert "Segreto" not in text_of(giulia)
    assert giulia.get(f"/p/miei/{marta.pk}/").status_code == 404
    assert giulia.post(f"/p/miei/{marta.pk}/scrivi/", {"testo": "Ciao"}).status_code == 404


def test_another_address_of_his_shows_only_once_a_colleague_has_verified_this_one() -> None:
    """A merge by mistake must not open one person's matters to another."""
    work = case_of("giulia@lavoro.example", "Telefono aziendale")
    home = make.identity()
    merge(work.customer, into=home.customer, by=None, evidence=[], now=timezone.now())
    giulia = signed_in(home)
    assert "Telefono aziendale" not in text_of(giulia)

    Identity.objects.filter(pk=home.pk).update(verified_at=timezone.now())

    assert "Telefono aziendale" in text_of(giulia)


def test_who_only_quoted_a_message_of_ours_sees_nothing_of_the_case() -> None:
    case = case_of("giulia@example.org", "Fibra")
    we_answer(case, "Provi adesso.")
    ours = Outgoing.objects.filter(automatic=False).latest("pk").message_id
    raw = make.mail(
        "Interessante.",
        sender="Ladro <ladro@example.org>",
        message_id="<ladro@x.it>",
        in_reply_to=ours,
    )
    make.receive(raw, now=timezone.now())
    assert Message.objects.filter(case=case, proof=Message.Proof.OTHER_ADDRESS).exists()

    thief = signed_in(make.identity("ladro@example.org", "Ladro"))

    assert thief.get(f"/p/miei/{case.pk}/").status_code == 404
    assert "Fibra" not in text_of(thief)


def test_not_me_for_one_matter_hides_it_here_too(client: Client) -> None:
    case = case_of("giulia@example.org", "Fibra")
    giulia = signed_in(make.identity())

    giulia.post(f"/p/miei/{case.pk}/non-sono-io/")

    assert "Fibra" not in text_of(giulia)
    assert MatterLink.objects.filter(case=case, revoked_at__isnull=False).exists()


def test_not_me_at_all_ends_every_visit_and_every_link_and_is_told(client: Client) -> None:
    case = case_of("giulia@example.org", "Fibra")
    page = page_of(case)
    here, elsewhere = signed_in(make.identity()), signed_in(make.identity())
    assert here.get("/p/miei/non-sono-io/").status_code == 200
    assert elsewhere.get("/p/miei/").status_code == 200

    here.post("/p/miei/non-sono-io/")

    assert elsewhere.get("/p/miei/").status_code == 302
    assert client.get(page.path).status_code == 404
    assert "portal.not_me" in [deed.kind for deed in history_of(case.reference)]
    assert "Fibra" not in text_of(signed_in(make.identity()))


def test_he_writes_and_attaches_from_here_as_on_the_page_of_the_link() -> None:
    case = case_of("giulia@example.org", "Fibra")
    giulia = signed_in(make.identity())

    places = set()
    for _ in range(2):  # pressing twice is one message
        file = SimpleUploadedFile("foto.png", b"\x89PNG", "image/png")
        form = {"testo": "Ancora giù.", "una": ONCE, "file": file}
        places.add(giulia.post(f"/p/miei/{case.pk}/scrivi/", form).headers["Location"])

    assert places == {f"/p/miei/{case.pk}/?inviato#scritto"}
    assert Message.objects.get(case=case, proof=Message.Proof.PORTAL).text == "Ancora giù."
    kept = Attachment.objects.get(item__message__case=case)
    assert giulia.get(f"/p/miei/{case.pk}/file/heard/{kept.pk}/").status_code == 200


def test_a_new_matter_has_a_number_and_is_opened_once() -> None:
    make.mailbox()
    giulia = signed_in(make.identity())
    form = {"oggetto": "Trasloco", "testo": "Cambio casa a maggio.", "una": ONCE}

    places = {giulia.post("/p/miei/nuova/", form).headers["Location"] for _ in range(2)}

    case = Case.objects.get(subject="Trasloco")
    assert places == {f"/p/miei/{case.pk}/?inviato#scritto"}
    assert case.waiting_since is not None
    assert case.messages.get().conversation.channel.name == PORTAL_CHANNEL


def test_the_answer_to_a_matter_begun_here_leaves_by_mail() -> None:
    make.mailbox()
    giulia = signed_in(make.identity())
    giulia.post("/p/miei/nuova/", {"testo": "Cambio casa.", "una": ONCE})

    we_answer(Case.objects.get(), "Le mandiamo un tecnico.")

    sent = Outgoing.objects.get(automatic=False)
    assert (sent.sent_at is not None, sent.identity.value) == (True, "giulia@example.org")


def test_an_empty_form_comes_back_with_what_was_typed() -> None:
    giulia = signed_in(make.identity())

    response = giulia.post("/p/miei/nuova/", {"oggetto": "Trasloco", "testo": " "})

    assert response.status_code == 422
    assert 'value="Trasloco"' in response.content.decode()
    assert not Case.objects.exists()


def test_a_script_does_not_open_matters_without_end() -> None:
    make.mailbox()
    giulia = signed_in(make.identity())
    forms = [{"testo": "Ciao", "una": f"{n:032x}"} for n in range(MOST_MATTERS + 1)]

    answers = [giulia.post("/p/miei/nuova/", form).status_code for form in forms]

    assert answers == [303] * MOST_MATTERS + [429]


def test_the_list_asks_as_much_for_many_as_for_few() -> None:
    giulia = signed_in(make.identity())
    counts = []
    for known in (1, 6):
        for number in range(known):
            case_of("giulia@example.org", f"Caso {known} {number}")
        with CaptureQueriesContext(connection) as queries:
            text_of(giulia)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_who_has_nothing_is_told_so() -> None:
    assert "Ancora nessuna richiesta" in text_of(signed_in(make.identity()))

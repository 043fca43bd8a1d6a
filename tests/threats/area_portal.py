"""The customers' pages: by link, and signed in. A colleague's session opens none of them."""

from datetime import timedelta

from django.utils import timezone

from ascolto.cases.models import CallRequest, Message
from ascolto.kit.tokens import new_token, token_hash
from ascolto.portal.models import SignInLink
from tests.threats.probes import Probe, anybody, closed
from tests.threats.world import SECRET, World

GIULIA = {"indirizzo": "giulia@example.org"}
NOBODY = {"indirizzo": "nessuno@example.org"}
CALL = {"numero": "347 1234567", "quando": "dopo le 18"}
TO_THE_DOOR = anybody("302")  # to /p/entra/, whoever asks: nobody here has signed in as a customer


def furnish(world: World) -> None:
    """A living sign-in link, and a wish to be called in the secret case."""
    now = timezone.now()
    heard = Message.objects.get(pk=world.ids["heard"])
    token = new_token()
    SignInLink.objects.create(
        identity=heard.conversation.identity,
        token_hash=token_hash(token),
        made_at=now,
        ends_at=now + timedelta(hours=1),
    )
    asked = CallRequest.objects.create(
        case=heard.case,
        identity=heard.conversation.identity,
        number="+393471234567",
        wish=SECRET,
        at=now,
    )
    world.ids |= {"sign_in": token, "call_request": asked.pk}


DESK: dict[str, list[Probe]] = {
    "chiamate/<int:request_id>/fatta/": [
        Probe("/chiamate/{call_request}/fatta/", closed("302"), "POST", {"esito": "Tutto bene."}),
    ],
    "chiamate/<int:request_id>/lascia/": [
        Probe("/chiamate/{call_request}/lascia/", closed("302"), "POST", {"esito": "Non serve."}),
        Probe("/chiamate/{call_request}/lascia/", closed("422"), "POST"),
    ],
}
OTHERS: dict[str, list[Probe]] = {
    "come-lo-vede/C-<int:case_id>/": [Probe("/come-lo-vede/C-{case}/", closed("200"), "POST")],
    "p/colore.css": [Probe("/p/colore.css", anybody("200"))],
    "p/entra/": [
        Probe("/p/entra/", anybody("200")),
        # Who is known is not told apart from who is not.
        Probe("/p/entra/", anybody("303"), "POST", GIULIA),
        Probe("/p/entra/", anybody("303"), "POST", NOBODY),
        Probe("/p/entra/", anybody("422"), "POST", {"indirizzo": "niente"}),
    ],
    "p/entra/<str:token>/": [
        # Whoever holds the link may use it; looking at it uses nothing up.
        Probe("/p/entra/{sign_in}/", anybody("200")),
        Probe("/p/entra/{sign_in}/", anybody("303"), "POST"),
        Probe("/p/entra/{link}/", anybody("404"), "POST"),  # the link of a matter is no sign-in
        Probe("/p/{sign_in}/", anybody("404")),  # nor the other way round
    ],
    "p/esci/": [Probe("/p/esci/", TO_THE_DOOR, "POST")],
    "p/miei/": [Probe("/p/miei/", TO_THE_DOOR)],
    "p/miei/nuova/": [
        Probe("/p/miei/nuova/", TO_THE_DOOR),
        Probe("/p/miei/nuova/", TO_THE_DOOR, "POST", {"testo": "Ciao"}),
    ],
    "p/miei/non-sono-io/": [
        Probe("/p/miei/non-sono-io/", TO_THE_DOOR),
        Probe("/p/miei/non-sono-io/", TO_THE_DOOR, "POST"),
    ],
    "p/miei/<int:case_id>/": [Probe("/p/miei/{case}/", TO_THE_DOOR)],
    "p/miei/<int:case_id>/scrivi/": [
        Probe("/p/miei/{case}/scrivi/", TO_THE_DOOR, "POST", {"testo": "Ciao"}),
    ],
    "p/miei/<int:case_id>/chiamatemi/": [
        Probe("/p/miei/{case}/chiamatemi/", TO_THE_DOOR, "POST", CALL),
    ],
    "p/miei/<int:case_id>/sforzo/": [
        Probe("/p/miei/{case}/sforzo/", TO_THE_DOOR, "POST", {"facile": "7"}),
    ],
    "p/miei/<int:case_id>/giudizio/": [
        Probe("/p/miei/{case}/giudizio/", TO_THE_DOOR, "POST", {"risposta": "{said}", "voto": "1"}),
    ],
    "p/miei/<int:case_id>/non-sono-io/": [
        Probe("/p/miei/{case}/non-sono-io/", TO_THE_DOOR, "POST"),
    ],
    "p/miei/<int:case_id>/file/<str:kind>/<int:pk>/": [
        Probe("/p/miei/{case}/file/heard/{attachment}/", TO_THE_DOOR),
    ],
    "p/<str:token>/chiamatemi/": [
        Probe("/p/{open_link}/chiamatemi/", anybody("302")),
        Probe("/p/{open_link}/chiamatemi/", anybody("303"), "POST", CALL),
        Probe("/p/{open_link}/chiamatemi/", anybody("422"), "POST", {"numero": "pronto"}),
        Probe("/p/nessuno/chiamatemi/", anybody("404"), "POST", CALL),
    ],
    "p/<str:token>/sforzo/": [
        Probe("/p/{open_link}/sforzo/", anybody("302")),
        Probe("/p/{open_link}/sforzo/", anybody("404"), "POST", {"facile": "8"}),
        Probe("/p/{open_link}/sforzo/", anybody("404"), "POST", {"facile": "²"}),
        # It is not over yet.
        Probe("/p/{open_link}/sforzo/", anybody("409"), "POST", {"facile": "7"}),
        Probe("/p/nessuno/sforzo/", anybody("404"), "POST", {"facile": "7"}),
    ],
    "p/<str:token>/giudizio/": [
        Probe("/p/{open_link}/giudizio/", anybody("302")),
        # The link of one matter, the answer of another.
        Probe(
            "/p/{open_link}/giudizio/", anybody("404"), "POST", {"risposta": "{said}", "voto": "3"}
        ),
        Probe("/p/nessuno/giudizio/", anybody("404"), "POST", {"risposta": "{said}", "voto": "3"}),
    ],
    "p/<str:token>/file/<str:kind>/<int:pk>/": [
        # The link of one matter, the files of another.
        Probe("/p/{open_link}/file/heard/{attachment}/", anybody("404")),
        Probe("/p/{open_link}/file/said/{enclosure}/", anybody("404")),
        Probe("/p/{open_link}/file/altro/{attachment}/", anybody("404")),
    ],
}

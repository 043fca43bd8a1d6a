"""What each kind of place asks for, in words of those who connect it."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Shape = Literal["text", "url", "secret", "number", "flag", "words", "choice"]


@dataclass(frozen=True, slots=True)
class Knob:
    """One setting. `words` are several, one a line."""

    name: str
    label: Promise
    shape: Shape = "text"
    help: Promise | str = ""
    initial: object = None
    required: bool = True
    choices: tuple[tuple[str, Promise], ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """`verified` says whether the connector was tried against the real thing."""

    key: str
    name: Promise
    icon: str
    says: Promise
    knobs: tuple[Knob, ...]
    verified: Promise
    door: bool = False  # its network tells us: it needs our address
    names: str = ""


LIVE = _("Provato con il suo vero server.")
RECORDED = _(
    "Costruito sulla documentazione pubblica e provato con forme scritte da noi, non sul servizio "
    "vero: la prima settimana tienilo d’occhio."
)
META = (
    Knob("account", _("Numero della pagina, o del telefono di WhatsApp"), help=_("Solo cifre.")),
    Knob("app_secret", _("Segreto dell’app"), "secret"),
    Knob(
        "verify_token",
        _("Parola di verifica"),
        "secret",
        _("Una parola scelta da te, uguale a quella scritta nel pannello di Meta."),
    ),
    Knob("access_token", _("Chiave d’accesso"), "secret", _("Per rispondere.")),
)

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "FEED",
            _("Un blog o un feed"),
            "rss",
            _("RSS, Atom o JSON: articoli e commenti di un sito, guardati ogni pochi minuti."),
            (
                Knob("url", _("Indirizzo del feed"), "url"),
                Knob("minutes", _("Ogni quanti minuti"), "number", initial=10),
                Knob("days", _("La prima volta, indietro di quanti giorni"), "number", initial=7),
                Knob(
                    "keep",
                    _("Che cosa tenere"),
                    "choice",
                    initial="MATCHING",
                    choices=(
                        ("MATCHING", _("quello che un monitor cerca")),
                        ("ALL", _("tutto: è un posto nostro")),
                    ),
                ),
            ),
            LIVE,
        ),
        Kind(
            "BLUESKY",
            _("Bluesky"),
            "cloud",
            _("Chi ci nomina, chi ci risponde, e le parole dei monitor nel flusso di tutti."),
            (
                Knob("handle", _("Il nostro nome"), help=_("Come alba.bsky.social.")),
                Knob("app_password", _("Password per app"), "secret"),
                Knob("service", _("Server"), "url", initial="https://bsky.social"),
            ),
            LIVE,
        ),
        Kind(
            "MASTODON",
            _("Mastodon"),
            "message-square",
            _("Chi ci nomina, i nostri hashtag e, volendo, quello che si dice sul server."),
            (
                Knob("server", _("Server"), "url", _("Come https://mastodon.uno.")),
                Knob(
                    "token",
                    _("Chiave d’accesso"),
                    "secret",
                    _("Con read:statuses, read:notifications, read:accounts e write:statuses."),
                ),
                Knob("tags", _("Hashtag da seguire"), "words", _("Uno per riga."), required=False),
                Knob("local", _("Anche tutto quello che si dice sul server"), "flag"),
            ),
            RECORDED,
        ),
        Kind(
            "TELEGRAM",
            _("Telegram"),
            "send",
            _("Un bot a cui i clienti scrivono, e i gruppi in cui è nominato."),
            (Knob("token", _("Chiave del bot"), "secret", _("Quella data da BotFather.")),),
            RECORDED,
        ),
        Kind(
            "X",
            _("X"),
            "at-sign",
            _("Quello che corrisponde alle regole, chi ci nomina, i messaggi diretti."),
            (
                Knob("account", _("Numero del nostro profilo"), help=_("Solo cifre.")),
                Knob(
                    "rules",
                    _("Che cosa cercare"),
                    "words",
                    _("Una regola per riga, nella lingua di X: «alba telefonia» -is:retweet."),
                ),
                Knob("bearer_token", _("Chiave dell’app"), "secret"),
                Knob("user_token", _("Chiave del profilo"), "secret", _("Per rispondere.")),
                Knob("consumer_secret", _("Segreto dell’app"), "secret"),
            ),
            RECORDED,
            door=True,
        ),
        Kind(
            "FACEBOOK",
            _("Pagina Facebook"),
            "users-round",
            _("I commenti sotto i nostri post."),
            META,
            RECORDED,
            door=True,
        ),
        Kind(
            "INSTAGRAM",
            _("Instagram"),
            "camera",
            _("I commenti e i messaggi."),
            META,
            RECORDED,
            door=True,
        ),
        Kind(
            "MESSENGER",
            _("Messenger"),
            "message-circle",
            _("I messaggi alla pagina."),
            META,
            RECORDED,
            door=True,
        ),
        Kind(
            "WHATSAPP",
            _("WhatsApp"),
            "phone",
            _("I messaggi al numero dell’azienda."),
            META,
            RECORDED,
            door=True,
        ),
        Kind(
            "REVIEWS",
            _("Recensioni"),
            "star",
            _("Google Business Profile e Trustpilot, guardate ogni pochi minuti."),
            (
                Knob(
                    "place",
                    _("Dove"),
                    "choice",
                    choices=(("GOOGLE", _("Google")), ("TRUSTPILOT", _("Trustpilot"))),
                    initial="GOOGLE",
                ),
                Knob(
                    "location",
                    _("Sede, per Google"),
                    help=_("Come accounts/1/locations/2."),
                    required=False,
                ),
                Knob("client_id", _("Client ID, per Google"), "secret", required=False),
                Knob("client_secret", _("Client secret, per Google"), "secret", required=False),
                Knob("refresh_token", _("Refresh token, per Google"), "secret", required=False),
                Knob("unit", _("Business unit, per Trustpilot"), required=False),
                Knob("api_key", _("API key, per Trustpilot"), "secret", required=False),
                Knob("api_secret", _("API secret, per Trustpilot"), "secret", required=False),
                Knob("every", _("Ogni quanti secondi"), "number", initial=300),
            ),
            RECORDED,
        ),
    )
}

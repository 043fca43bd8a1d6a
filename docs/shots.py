"""Which pictures the README and the guide show: of what page, how wide, in which look."""

from dataclasses import dataclass
from typing import Literal

DESK, PHONE, TABLET = (1440, 900), (390, 844), (834, 900)
SETTINGS = (1180, 760)
Who = Literal["nobody", "colleague", "customer"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture. `{case}`, `{customer}` … in `path` are filled in when they are known.

    `does`: "press KEY" or "click SELECTOR", before it is taken.
    """

    name: str
    path: str
    size: tuple[int, int] = DESK
    scheme: Literal["light", "dark"] = "light"
    who: Who = "colleague"
    does: tuple[str, ...] = ()


def _settings(name: str, path: str, **more: object) -> Shot:
    return Shot(f"settings-{name}", f"/impostazioni/{path}", SETTINGS, **more)  # type: ignore[arg-type] # passed on


AT_THE_DOOR = (Shot("sign-in", "/accesso/login/", (834, 640), who="nobody"),)
WORK = (
    Shot("inbox", "/casella/squadra/"),
    Shot("inbox-phone", "/casella/squadra/", PHONE),
    Shot("sections-phone", "/casella/squadra/#sezioni", PHONE),
    Shot("inbox-tablet", "/casella/squadra/", TABLET),
    Shot("snoozed", "/casella/rimandati/"),
    Shot("case", "{case}"),
    Shot("case-dark", "{case}", scheme="dark"),
    Shot("case-phone", "{case}", PHONE),
    Shot("case-snooze", "{case}fogli/rimanda/", (900, 560)),
    Shot("case-tags", "{case}fogli/etichette/", (900, 560)),
    Shot("case-merge", "{case}fogli/unisci/", (900, 560)),
    Shot("case-split", "{case}fogli/dividi/", (900, 640)),
    Shot("case-promise", "{case}fogli/prometti/", (900, 560)),
    Shot("palette", "/casella/squadra/", (1180, 640), does=("press Control+k",)),
    Shot("keys", "/casella/squadra/", (1180, 760), does=("press Shift+?",)),
    Shot("bulk", "/insieme/?{chosen}", (1180, 640)),
    Shot("promises", "/promesse/", SETTINGS),
    Shot("mentions", "/menzioni/", (1180, 480)),
    Shot("search", "/cerca/?q=appuntamento", SETTINGS),
    Shot("quarantine", "/quarantena/", SETTINGS),
    Shot("customers", "/clienti/", SETTINGS),
    Shot("customer", "{customer}"),
    Shot("customer-dark-phone", "{customer}", PHONE, scheme="dark"),
    Shot("customer-edit", "{customer}modifica/", SETTINGS),
    Shot("customer-changes", "{customer}modifiche/", (1180, 480)),
    _settings("mine", ""),
    _settings("company", "azienda/"),
    _settings("channels", "canali/"),
    _settings("mailbox", "caselle/nuova/"),
    _settings("hours", "orari/"),
    _settings("teams", "squadre/"),
    _settings("people", "persone/"),
    _settings("skills", "competenze/"),
    _settings("tags", "etichette/"),
    _settings("fields", "campi/"),
    _settings("macros", "risposte/"),
    _settings("texts", "testi/RECEIPT/it/"),
    _settings("exchange", "importa/"),
    _settings("register", "registro/"),
    _settings("access", "accesso/"),
    _settings("tokens", "chiavi/"),
    _settings("webhooks", "webhook/"),
    _settings("security", "sicurezza/"),
    _settings("alerts", "allarmi/"),
    _settings("shifts", "turni/"),
    _settings("chats", "chat/"),
    _settings("wishes", "avvisi/"),
    _settings("place", "fonti/nuova/bluesky/"),
    Shot("form-phone", "/modulo/{form}/", PHONE, who="nobody"),
)
HEARD = (
    Shot("listening", "/ascolto/"),
    Shot("listening-dark-phone", "/ascolto/", PHONE, scheme="dark"),
    Shot("mention", "/ascolto/?di=elogi", does=("click .said .words a",)),
    Shot("wave", "/ascolto/", SETTINGS, does=("click .wave h2 a",)),
    Shot("post", "/ascolto/post/", does=("click .posts h2 a",)),
    Shot("post-phone", "/ascolto/post/", PHONE, does=("click .posts h2 a",)),
    Shot("monitors", "/ascolto/monitor/", (1180, 480)),
    Shot("monitor", "/ascolto/monitor/nuovo/", SETTINGS),
    Shot("sources", "/ascolto/fonti/", SETTINGS),
    Shot("alerts", "/ascolto/allarmi/", (1180, 560)),
    Shot("alert-phone", "/ascolto/allarmi/", PHONE, does=("click .alarms a",)),
    Shot("likenesses", "/clienti/somiglianze/", (1180, 560)),
)
KNOWN = (
    Shot("team", "/squadra/", (1180, 560)),
    Shot("levelling", "/squadra/pareggia/", (1180, 560)),
    Shot("insight", "/analisi/"),
    Shot("insight-dark-phone", "/analisi/", PHONE, scheme="dark"),
    Shot("knowledge", "/conoscenza/", SETTINGS),
    Shot("article", "/conoscenza/", SETTINGS, does=("click .arts a",)),
    Shot("help-phone", "/aiuto/", PHONE, who="nobody"),
    Shot("help-article-phone", "/aiuto/", PHONE, who="nobody", does=("click .shelf a",)),
)
ANSWERED = (
    Shot("customer-phone", "{link}", PHONE, who="nobody"),
    Shot("customer-phone-dark", "{link}", PHONE, scheme="dark", who="nobody"),
    Shot("customer-enter-phone", "/p/entra/", PHONE, who="nobody"),
    Shot("customer-all-phone", "/p/miei/", PHONE, who="customer"),
    Shot("customer-new-phone", "/p/miei/nuova/", PHONE, who="customer"),
)
IN_ENGLISH = (
    Shot("inbox-en", "/casella/squadra/"),
    Shot("case-en", "{case}"),
    Shot("settings-channels-en", "/impostazioni/canali/", SETTINGS),
    Shot("settings-teams-en", "/impostazioni/squadre/", SETTINGS),
    Shot("customer-phone-en", "{link}?lingua=en", PHONE, who="nobody"),
)

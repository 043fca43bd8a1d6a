"""A letter to whoever's way in changed: if it was not he, he must know at once."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from ascolto.channels.services.house_mail import Letter
from ascolto.desk.letters import send_later
from ascolto.knowledge.automatic import Words, own_words
from ascolto.knowledge.models import Template
from ascolto.staff.models import Colleague
from ascolto.staff.queries import company


def our_words(language: str) -> Words:
    """What is said where the company has no words of its own."""
    with override(language):
        return Words(
            _("Il tuo accesso ad Ascolto: {fatto}"),
            _(
                "Buongiorno {collega},\n\n{fatto}.\n\nQuando: {quando}\nDa dove: {dispositivo}\n\n"
                "Se sei stato tu non serve altro. Se no, cambia subito la parola d’ordine qui: "
                "{indirizzo}\ne avvisa chi dirige.\n\n{azienda}"
            ),
        )


def warn(colleague: Colleague, what: str, *, where: str = "") -> None:
    """Have it sent, in his language. `what` is one of `DEEDS`. A demo company writes to nobody."""
    house = company()
    if house.is_demo or not colleague.is_active:
        return
    language = colleague.language
    words = own_words(Template.Key.SECURITY, {language}).get(language) or our_words(language)
    with override(language), timezone.override(house.zone):
        values = {
            "collega": colleague.name,
            "fatto": deeds()[what],
            "quando": date_format(timezone.localtime(), "j F Y, H:i"),
            "dispositivo": where or "–",
            "indirizzo": f"{settings.PUBLIC_URL}/impostazioni/accesso/",
            "azienda": house.name,
        }
    letter = words.filled(values)
    send_later(Letter(colleague.email, " ".join(letter.subject.split()), letter.text))


def an_example() -> dict[str, str]:
    """What would be filled in, to look at the words with."""
    return {
        "fatto": deeds()["new_device"],
        "quando": date_format(timezone.localtime(), "j F Y, H:i"),
        "dispositivo": "Firefox, Linux",
        "indirizzo": f"{settings.PUBLIC_URL}/impostazioni/accesso/",
    }


def deeds() -> dict[str, str]:
    """What can have happened, in the language of the moment."""
    return {
        "new_device": _("Sei entrato da un dispositivo nuovo"),
        "factor_removed": _("È stato tolto un secondo passo"),
        "password_changed": _("La parola d’ordine è cambiata"),
        "recovered": _("L’accesso è stato ripreso dalla console del server"),
    }

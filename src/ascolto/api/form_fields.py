"""What somebody typed into the form: read, bounded, and what is wrong with it in words."""

from dataclasses import dataclass, field

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ascolto.channels.adapters.email.filenames import safe_name
from ascolto.channels.adapters.form.reader import Filled, enclosed, written
from ascolto.people.policy import normal_form

LONGEST_TEXT = 20_000  # characters
MOST_FILES = 10
AROUND_FILES = 256 * 1024  # what a form adds to the files in it
TRAP = "sito_web"  # people do not see it; programs fill it in


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they came. `errors` has a sentence under the name of each that is wrong."""

    name: str = ""
    address: str = ""
    subject: str = ""
    text: str = ""
    mark: str = ""
    trapped: bool = False
    errors: dict[str, str] = field(default_factory=dict)


def read(request: HttpRequest) -> Typed:
    def said(name: str, most: int) -> str:
        return str(request.POST.get(name, "")).replace("\0", "").strip()[:most]

    typed = Typed(
        name=said("nome", 120),
        address=said("indirizzo", 320),
        subject=said("oggetto", 200),
        text=said("testo", LONGEST_TEXT + 1),
        mark=said("segno", 200),
        trapped=bool(request.POST.get(TRAP)),
    )
    typed.errors.update(_what_is_wrong(typed, request.FILES.getlist("file")))
    return typed


def raw_of(request: HttpRequest, typed: Typed, *, language: str) -> bytes:
    """The bytes under which it is kept."""
    files = [
        enclosed(safe_name(one.name or ""), one.content_type or "", one.read())
        for one in request.FILES.getlist("file")
    ]
    return written(Filled(typed.address, typed.text, typed.name, typed.subject, language, files))


def is_too_heavy(request: HttpRequest) -> bool:
    """Said by its own length, before a byte of it is read."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return not length.isdigit() or int(length) > settings.LARGEST_UPLOAD + AROUND_FILES


def heavy_words() -> str:
    megabytes = settings.LARGEST_UPLOAD // 1024**2
    return _("I file pesano troppo: insieme possono arrivare a %(mb)d MB.") % {"mb": megabytes}


def _what_is_wrong(typed: Typed, uploads: "list[UploadedFile[bytes]]") -> dict[str, str]:
    errors = {}
    if not typed.address:
        errors["indirizzo"] = _("Manca l’indirizzo e-mail: le rispondiamo lì.")
    elif normal_form("EMAIL", typed.address) is None:
        errors["indirizzo"] = _("Questo non è un indirizzo e-mail: lo controlli, per favore.")
    if not typed.text:
        errors["testo"] = _("Manca il messaggio: bastano due righe.")
    elif len(typed.text) > LONGEST_TEXT:
        errors["testo"] = _("Il messaggio è troppo lungo: al massimo %(most)d caratteri.") % {
            "most": LONGEST_TEXT
        }
    if len(uploads) > MOST_FILES:
        errors["file"] = _("Sono troppi file: al massimo %(most)d per volta.") % {
            "most": MOST_FILES
        }
    elif sum(upload.size or 0 for upload in uploads) > settings.LARGEST_UPLOAD:
        errors["file"] = heavy_words()
    return errors

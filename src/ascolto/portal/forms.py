"""What a customer typed on his page, read and bounded."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from ascolto.channels.adapters.email.filenames import safe_name
from ascolto.channels.ports import HeardFile
from ascolto.portal.policy import LONGEST_TEXT, MOST_FILES
from ascolto.portal.services import Words

_ONCE = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"[0-9]{1,18}")  # a bigint has 19 digits
_AROUND_FILES = 256 * 1024  # what a form adds to the files in it


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it was sent. `error` is a sentence for him; his text is kept with it."""

    words: Words
    error: str = ""


def new_mark() -> str:
    return uuid.uuid4().hex


def too_heavy(request: HttpRequest) -> bool:
    """Said by its own length, before a byte of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return not str(length).isdigit() or int(length) > settings.LARGEST_UPLOAD + _AROUND_FILES


def heavy_words() -> str:
    megabytes = settings.LARGEST_UPLOAD // 1024**2
    return _("I file pesano troppo: insieme possono arrivare a %(mb)d MB.") % {"mb": megabytes}


def read_form(request: HttpRequest) -> Filled:
    text = str(request.POST.get("testo", "")).replace("\0", "").strip()
    uploads = request.FILES.getlist("file")
    error = _what_is_wrong(text, uploads)
    files = () if error else tuple(_file(upload) for upload in uploads)
    words = Words(
        once=mark_of(request),
        text=text[:LONGEST_TEXT],
        files=files,
        subject=line(request, "oggetto", most=200),
    )
    return Filled(words, error)


def mark_of(request: HttpRequest) -> str:
    """The mark of the form, so that sending it twice does one thing; a new one if it has none."""
    once = str(request.POST.get("una", ""))
    return once if _ONCE.fullmatch(once) else new_mark()


def line(request: HttpRequest, name: str, *, most: int) -> str:
    """One field as a single line of at most so many characters."""
    return " ".join(str(request.POST.get(name, "")).replace("\0", "").split())[:most]


def number_in(request: HttpRequest, name: str) -> int:
    """The number in a field; 0, which nothing is called, if there is none."""
    text = str(request.POST.get(name, ""))
    return int(text) if _NUMBER.fullmatch(text) else 0


def too_many() -> str:
    return _(
        "Ha scritto molte volte in pochi minuti: aspetti un poco e riprovi. "
        "Il suo testo è ancora qui."
    )


def _what_is_wrong(text: str, uploads: "Sequence[UploadedFile[bytes]]") -> str:
    if not text and not uploads:
        return _("Manca il messaggio: scriva due righe o alleghi un file.")
    if len(text) > LONGEST_TEXT:
        return _("Il messaggio è troppo lungo: al massimo %(most)d caratteri.") % {
            "most": LONGEST_TEXT
        }
    if len(uploads) > MOST_FILES:
        return _("Sono troppi file: al massimo %(most)d per volta.") % {"most": MOST_FILES}
    if sum(upload.size or 0 for upload in uploads) > settings.LARGEST_UPLOAD:
        return heavy_words()
    empty = next((upload.name or "" for upload in uploads if not upload.size), None)
    if empty is not None:
        return _("Il file «%(name)s» è vuoto: lo scelga di nuovo.") % {"name": safe_name(empty)}
    return ""


def _file(upload: "UploadedFile[bytes]") -> HeardFile:
    return HeardFile(safe_name(upload.name or ""), upload.content_type or "", upload.read())

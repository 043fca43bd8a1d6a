"""Names of files strangers send: labels to show, never paths to use."""

import re
import unicodedata

LONGEST = 120
LONGEST_ENDING = 10
_LONGEST_READ = 1000
NAMELESS = "allegato"

# Controls, marks that reverse or hide text, unassigned and private characters, lone surrogates.
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FORBIDDEN = re.compile(r'[/\\:*?"<>|]')
_SPACE = re.compile(r"\s+")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)

_INLINE = {
    "image/png": ("png",),
    "image/jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "image/gif": ("gif",),
    "image/webp": ("webp",),
}
_ATTACHED = {
    "application/pdf": ("pdf",),
    "text/plain": ("txt", "log"),
    "text/csv": ("csv",),
    "application/zip": ("zip",),
    "application/msword": ("doc",),
    "application/vnd.ms-excel": ("xls",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("xlsx",),
    "application/vnd.oasis.opendocument.text": ("odt",),
    "application/vnd.oasis.opendocument.spreadsheet": ("ods",),
    "message/rfc822": ("eml",),
    "image/heic": ("heic",),
    "image/tiff": ("tif", "tiff"),
    "audio/mpeg": ("mp3",),
    "audio/ogg": ("ogg", "opus"),
    "audio/mp4": ("m4a",),
    "video/mp4": ("mp4",),
    "application/pkcs7-mime": ("p7m",),
    "application/pkcs7-signature": ("p7s",),
}
_BY_ENDING = {end: kind for kind, ends in (_INLINE | _ATTACHED).items() for end in ends}
UNKNOWN = "application/octet-stream"


def safe_name(name: str) -> str:
    """A name to show and to offer for saving: no path, no tricks, never empty, bounded.

    Normalising comes first: what looks harmless before it may be ``..`` or ``/`` after.
    """
    if len(name) > _LONGEST_READ:
        name = name[: _LONGEST_READ // 2] + name[-_LONGEST_READ // 2 :]
    shown = unicodedata.normalize("NFKC", name)
    shown = "".join(char for char in shown if not _hidden(char))
    shown = _SPACE.sub(" ", _FORBIDDEN.sub("_", shown)).strip(" .")
    if not shown.strip("_"):
        return NAMELESS
    if _RESERVED.fullmatch(shown):
        shown = f"_{shown}"
    return _bounded(shown)


def served_type(content_type: str, name: str) -> tuple[str, bool]:
    """(type to serve, may be shown inline), from an allow-list.

    Only a few image types are ever inline, and only where type and name agree: a browser must
    not find markup or script in what it shows.
    """
    kind = content_type.partition(";")[0].strip().lower()
    ending = safe_name(name).rpartition(".")[2].lower()
    by_name = _BY_ENDING.get(ending)
    if kind in _INLINE:
        agrees = by_name == kind or "." not in safe_name(name)
        return (kind, True) if agrees else (UNKNOWN, False)
    if kind in _ATTACHED:
        return kind, False
    if kind in {UNKNOWN, ""} and by_name in _ATTACHED:
        return by_name, False
    return UNKNOWN, False


def _hidden(char: str) -> bool:
    return unicodedata.category(char) in _HIDDEN and char not in "\t\n"


def _bounded(shown: str) -> str:
    if len(shown) <= LONGEST:
        return shown
    stem, dot, ending = shown.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return shown[:LONGEST].strip(" .")
    return f"{stem[: LONGEST - len(ending) - 1].strip(' .')}.{ending}"

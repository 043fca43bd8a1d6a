"""The code that lets the first person in: whoever can read the server's output or its files."""

import hmac
import os
import secrets
from pathlib import Path

from django.conf import settings

FILE = "setup-code"
_LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"  # none that is mistaken for another one
_GROUPS, _GROUP = 3, 4  # 12 letters of 26: 56 bits, and a page that waits before it answers


def setup_code() -> str:
    """The code of this installation; made when first asked for, readable by its owner alone."""
    file = _file()
    try:
        return file.read_text(encoding="utf-8").strip()
    except FileNotFoundError:
        return _make(file)


def is_setup_code(given: str) -> bool:
    """Whether this is the code, however it was typed. In a time that tells nothing."""
    return hmac.compare_digest(_plain(given).encode(), _plain(setup_code()).encode())


def use_up() -> None:
    """The company is set up: the code opens nothing any more."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.HOME) / FILE


def _make(file: Path) -> str:
    file.parent.mkdir(parents=True, exist_ok=True)
    groups = ("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
    code = "-".join(groups)
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:  # another process was a moment earlier
        return file.read_text(encoding="utf-8").strip()
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        opened.write(f"{code}\n")
    return code


def _plain(given: str) -> str:
    return "".join(char for char in given.upper() if char.isalnum())

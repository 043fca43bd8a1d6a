"""T27-T29: a file's name is a label. Served, it is harmless; and nothing is written under it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_string
from email.message import EmailMessage

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ascolto.cases.models import DraftFile
from ascolto.channels.models import Attachment
from tests import make

pytestmark = pytest.mark.django_db
NAMES = [
    "../../../etc/cron.d/x",
    "/etc/passwd",
    "..\\..\\windows\\system32\\x.dll",
    "..",
    "",
    "\u200b.htaccess",
    "foto.php\x00.png",
    "．．／．．／x",  # full-width dots and slashes: NFKC makes a path of them
    "fattura\u202egnp.exe",
    "con.txt",
    "x" * 10_000 + ".pdf",
    "x." + "y" * 10_000,
    'a"; filename="b.html',
    "a\r\nContent-Type: text/html\r\n\r\n<script>alert(1)</script>",
    "🧾.pdf",
]
_recording: list[str] | None = None


def _listen(event: str, arguments: tuple[object, ...]) -> None:
    if _recording is None:
        return
    if event == "open" and set(str(arguments[1] or "")) & set("wax+"):
        _recording.append(f"open {arguments[0]}")
    elif event in {"os.mkdir", "os.rename", "os.symlink", "os.link", "shutil.unpack_archive"}:
        _recording.append(f"{event} {arguments[0]}")


sys.addaudithook(_listen)  # it cannot be taken away again, only told to be deaf


@contextmanager
def files_written() -> Iterator[list[str]]:
    """What this process opens for writing, makes, moves or links meanwhile."""
    global _recording  # noqa: PLW0603 # the hook is a function without a self
    written: list[str] = []
    _recording = written
    try:
        yield written
    finally:
        _recording = None


def mail_with(names: list[str]) -> bytes:
    message = EmailMessage()
    message["From"] = "Giulia Ferraris <giulia@example.org>"
    message["Subject"] = "Allegati"
    message["Message-ID"] = "<allegati@example.org>"
    message.set_content("Ecco.")
    for name in names:
        clean = "".join(char for char in name if char not in "\r\n\0") or "x"
        message.add_attachment(b"PK\x03\x04", maintype="text", subtype="html", filename=clean)
    return message.as_bytes()


def is_harmless(client: Client, address: str) -> None:
    response = client.get(address)
    offered = response.headers["Content-Disposition"]
    name = message_from_string(f"Content-Disposition: {offered}\n\n").get_filename("")

    assert response.status_code == 200
    assert offered.startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]
    assert response.headers["Content-Type"].partition(";")[0] == "application/octet-stream"
    assert not set(name) & set('/\\\r\n\0"\u202e\u200b'), name
    assert name not in {"", ".", ".."}
    assert not name.startswith(".")
    assert len(offered) < 4_000


def test_what_a_stranger_calls_his_files() -> None:
    with files_written() as written:
        make.receive(mail_with(NAMES), now=timezone.now())
        files = list(Attachment.objects.all())
    client = Client()
    client.force_login(make.colleague(teams=(make.team(),)))

    assert len(files) == len(NAMES)
    assert written == []
    for file in files:
        is_harmless(client, f"/allegati/{file.pk}/")


def test_what_a_colleague_calls_his_files() -> None:
    case = make.case(now=timezone.now())
    client = Client()
    client.force_login(make.colleague(teams=(make.team(),)))

    with files_written() as written:
        for name in NAMES:
            upload = SimpleUploadedFile("x", b"<script>", content_type="text/html")
            upload._name = name  # type: ignore[attr-defined] # noqa: SLF001 # as a hostile client sends it
            assert client.post(f"/casi/C-{case.pk}/allegati/", {"files": upload}).status_code < 500

    assert written == []
    files = list(DraftFile.objects.all())
    assert len(files) >= 12  # what is no name at all is no file to Django either
    for file in files:
        is_harmless(client, f"/allegati/bozze/{file.token}/")

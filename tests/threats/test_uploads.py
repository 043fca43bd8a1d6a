"""T03, T06: a file that somebody sent is a download. It is no script, no style, and no picture
of a kind that can do things."""

from email.message import EmailMessage

import pytest
from django.utils import timezone
from pytest_django.live_server_helper import LiveServer

from ascolto.channels.models import Attachment
from tests import make
from tests.threats.watched import watched

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]
ACT = b"document.title = 'preso'; alert(1);"
FILES = {
    "x.js": ("text/javascript", ACT),
    "x.css": ("text/css", b"body { display: none }"),
    "x.html": ("text/html", b"<script>" + ACT + b"</script>"),
    "x.svg": (
        "image/svg+xml",
        b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    ),
    "x.pdf": ("application/pdf", b"%PDF-1.4/*\n*/=1;" + ACT + b"//%%EOF"),
    "x.gif": ("image/gif", b"GIF89a/*" + b"\0" * 8 + b"*/=1;" + ACT),
    "x.png": ("image/png", b"<html><script>" + ACT + b"</script>"),
    "x.xml": ("image/svg+xml;x", b"<x xmlns='http://www.w3.org/1999/xhtml'/>"),
}
LOAD = """
([tag, name, address]) => new Promise((done) => {
  const element = document.createElement(tag);
  if (tag === 'link') element.rel = 'stylesheet';
  element.onload = () => done('loaded');
  element.onerror = () => done('refused');
  setTimeout(() => done('nothing'), 30000);
  element[name] = address;
  document.head.append(element);
})
"""


def mail_with_files() -> bytes:
    message = EmailMessage()
    message["From"] = "Giulia Ferraris <giulia@example.org>"
    message["Subject"] = "File"
    message["Message-ID"] = "<file@example.org>"
    message.set_content("Ecco i file.")
    for name, (kind, data) in FILES.items():
        main, _, sub = kind.partition(";")[0].partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def test_no_file_of_a_stranger_runs_or_dresses_our_pages(live_server: LiveServer) -> None:
    make.receive(mail_with_files(), now=timezone.now())
    files = {one.name: f"/allegati/{one.pk}/" for one in Attachment.objects.all()}
    assert set(files) == set(FILES)

    with watched(live_server.url, make.colleague(teams=(make.team(),))) as desk:
        desk.open("/impostazioni/")
        for name, address in files.items():
            served = desk.context.request.get(f"{desk.site}{address}")
            kept = served.headers["content-disposition"].partition(";")[0]
            assert kept == ("inline" if name == "x.gif" else "attachment"), name
            assert served.headers["x-content-type-options"] == "nosniff"
            assert "sandbox" in served.headers["content-security-policy"]
            assert served.headers["content-type"].split(";")[0] in {
                "application/octet-stream",
                "image/gif",  # by its own first bytes; a GIF runs nothing whatever follows
            }
            for tag, attribute in (("script", "src"), ("link", "href")):
                assert desk.page.evaluate(LOAD, [tag, attribute, address]) == "refused", name

        assert desk.page.title().startswith("Impostazioni")
        assert desk.page.locator("body").is_visible()
        assert desk.harm == []

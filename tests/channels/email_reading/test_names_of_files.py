import pytest

from ascolto.channels.adapters.email.filenames import LONGEST, safe_name, served_type


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("ricevuta.pdf", "ricevuta.pdf"),
        ("Città è più.png", "Città è più.png"),
        ("", "allegato"),
        ("..", "allegato"),
        ("...", "allegato"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("/etc/passwd", "_etc_passwd"),
        ("C:\\Windows\\x.exe", "C__Windows_x.exe"),
        ("\u200b.htaccess", "htaccess"),
        (".htaccess", "htaccess"),
        ("a.php\x00.png", "a.php.png"),
        ("foto\u202egnp.exe", "fotognp.exe"),
        ("\u2025/\uff0e\uff0e\uff0fx", "_.._x"),
        ("con.txt", "_con.txt"),
        ("riga\r\nX-Header: 1.txt", "riga X-Header_ 1.txt"),
        ("\ufeff \u2066", "allegato"),
        ("gatto 🐈.jpg", "gatto 🐈.jpg"),
    ],
)
def test_a_name_is_a_harmless_label(name: str, shown: str) -> None:
    assert safe_name(name) == shown


@pytest.mark.parametrize("name", ["a" * 10_000 + ".pdf", "x." + "e" * 10_000, "é" * 10_000])
def test_a_long_name_is_cut(name: str) -> None:
    assert len(safe_name(name)) <= LONGEST


def test_a_long_name_keeps_its_ending() -> None:
    assert safe_name("a" * 10_000 + ".pdf").endswith("a.pdf")


@pytest.mark.parametrize(
    ("content_type", "name", "served"),
    [
        ("image/png", "a.png", ("image/png", True)),
        ("image/jpeg; x=1", "a.JPG", ("image/jpeg", True)),
        ("image/webp", "senza-fine", ("image/webp", True)),
        ("image/png", "a.html", ("application/octet-stream", False)),
        ("image/png", "a.svg", ("application/octet-stream", False)),
        ("image/svg+xml", "a.svg", ("application/octet-stream", False)),
        ("text/html", "a.html", ("application/octet-stream", False)),
        ("text/html", "a.png", ("application/octet-stream", False)),
        ("application/xhtml+xml", "a", ("application/octet-stream", False)),
        ("text/xml", "a.xml", ("application/octet-stream", False)),
        ("text/javascript", "a.js", ("application/octet-stream", False)),
        ("application/pdf", "a.pdf", ("application/pdf", False)),
        ("application/octet-stream", "a.pdf", ("application/pdf", False)),
        ("application/octet-stream", "a.png", ("application/octet-stream", False)),
        ("text/plain\r\nX: y", "a.txt", ("application/octet-stream", False)),
        ("mai/visto", "a.bin", ("application/octet-stream", False)),
    ],
)
def test_only_known_types_are_served_and_few_inline(
    content_type: str, name: str, served: tuple[str, bool]
) -> None:
    assert served_type(content_type, name) == served

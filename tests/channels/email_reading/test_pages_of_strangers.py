import re
import time

import pytest

from ascolto.channels.adapters.email.html_text import html_to_text
from ascolto.channels.adapters.email.sanitize import clean_html


@pytest.mark.parametrize(
    "page",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1) onmouseover='x'>Ciao</p>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href=" java\nscript:alert(1)">x</a>',
        '<a href="data:text/html,x">x</a>',
        "<form action=//evil.example><input name=p><button>x</button></form>",
        "<style>p{color:red}</style><link rel=stylesheet href=x><base href=//evil.example>",
        "<meta http-equiv=refresh content='0;url=//evil.example'>",
        "<svg onload=alert(1)><script>1</script></svg><math><mi xlink:href=x>q</mi></math>",
        "<svg></p><style><a id='</style><img src=1 onerror=alert(1)>'>",
        "<object data=x></object><embed src=x><iframe srcdoc='<script>1</script>'></iframe>",
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        "<img src=x onerror=alert(1)>",
        '<div style="position:fixed;top:0;left:0">copro tutto</div>',
        '<div style="background:url(//evil.example)">x</div>',
        '<div style="color:red;background-color:u\\72l(//evil.example)">x</div>',
        '<p style="width:expression(alert(1))">x</p>',
        '<table background="//evil.example"><tr><td background="//evil">x</td></tr></table>',
        '<img srcset="//evil.example 2x">',
        '<img src="//evil.example/x.png">',
        '<a href="/desk/casi/1/chiudi">x</a>',
    ],
)
def test_nothing_that_acts_or_fetches_is_left(page: str) -> None:
    cleaned = clean_html(page, {}).html.lower()

    assert not re.search(
        r"<(script|style|form|input|button|base|meta|link|svg|math|object|embed|iframe)", cleaned
    )
    assert not re.search(r"<[^>]*\son[a-z]+=", cleaned)
    assert not re.search(
        r"javascript:|data:|position|url\(|expression|\ssrc=|srcset|background=", cleaned
    )
    assert 'href="/' not in cleaned


def test_ordinary_formatting_is_kept() -> None:
    page = (
        '<p style="color:red;text-align:center"><b>Ciao</b> <i>Giulia</i></p><ul><li>uno</li></ul>'
    )

    assert clean_html(page, {}).html == page


def test_images_of_other_sites_wait_to_be_asked_for() -> None:
    page = '<img src="https://spia.example/a.gif?u=1&amp;v=2" alt="a>b"><img src=http://altra.example/b>'

    cleaned = clean_html(page, {})

    assert cleaned.blocked_images == 2
    assert 'data-remote-src="https://spia.example/a.gif?u=1&amp;v=2"' in cleaned.html
    assert " src=" not in cleaned.html


def test_images_of_the_mail_itself_are_shown_from_our_own_address() -> None:
    cleaned = clean_html('<img src="cid:logo@x"><img src="cid:altro">', {"logo@x": "/file/7?a&b"})

    assert '<img src="/file/7?a&amp;b">' in cleaned.html
    assert cleaned.html.count(" src=") == 1
    assert cleaned.blocked_images == 0


def test_links_open_elsewhere_and_tell_nothing() -> None:
    cleaned = clean_html('<a href="https://sito.example/x">sito</a>', {}).html

    assert 'rel="noreferrer noopener nofollow"' in cleaned
    assert 'target="_blank"' in cleaned


HOSTILE = {
    "depth": "<div>" * 200_000,
    "quotes": "<blockquote>" * 80_000,
    "tables": "<table><tr><td>" * 60_000,
    "formatting": "<b><i><p>" * 100_000,
    "attributes": "<a " + " ".join(f"x{at}=1" for at in range(100_000)) + ">",
    "endless attributes": "<a " + " ".join(f"x{at}=1" for at in range(100_000)),
    "hidden attributes": '<a t=">" ' + " ".join(f"x{at}" for at in range(100_000)) + ">",
    "references": "&" * 1_000_000,
    "open quotes": '<a "' * 250_000,
    "angles": "<" * 1_000_000,
    "images": "<img src=http://x.example>" * 38_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_takes_bounded_time(name: str) -> None:
    started = time.process_time()

    clean_html(HOSTILE[name], {})
    html_to_text(HOSTILE[name])

    assert time.process_time() - started < 4


def test_text_keeps_paragraphs_breaks_and_lists() -> None:
    page = (
        "<div>Uno<br>due</div><p>tre</p><ul><li>a</li><li>b</li></ul>"
        "<table><tr><td>x</td><td>y</td></tr></table>"
    )

    assert html_to_text(page) == "Uno\ndue\n\ntre\n\n- a\n- b\n\nx y"


def test_text_leaves_out_what_is_not_shown() -> None:
    page = (
        "<title>no</title><style>no</style><script>no</script><!-- no -->Sì<template>no</template>"
    )

    assert html_to_text(page) == "Sì"


def test_a_quote_in_a_page_is_marked_in_its_text() -> None:
    assert html_to_text("Sì<blockquote>Ha pagato?<br>Quando?</blockquote>") == (
        "Sì\n\n> Ha pagato?\n> Quando?"
    )

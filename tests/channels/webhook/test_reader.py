import base64
import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ascolto.channels.adapters.webhook.reader import WebhookReader, identifier_in, message_id_of
from ascolto.channels.ports import Unreadable
from tests.channels.webhook.contract import keeps_the_contract_of_readers

GIULIA = {"kind": "EMAIL", "value": "giulia@example.org", "name": "Giulia Ferraris"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


def raw(**fields: Any) -> bytes:
    return json.dumps({"from": GIULIA, "text": "La fibra è giù.", **fields}).encode()


def test_a_post_says_who_wrote_what() -> None:
    heard = WebhookReader().read(
        raw(id="evt-7", subject="Fibra\n giù", written_at="2026-03-04T11:59:00Z")
    )

    assert heard.sender is not None
    assert (heard.sender.kind, heard.sender.value) == ("EMAIL", "giulia@example.org")
    assert (heard.subject, heard.text) == ("Fibra giù", "La fibra è giù.")
    assert heard.message_id == "<evt-7@webhook.invalid>"
    assert heard.written_at is not None


def test_an_answer_refers_to_what_it_answers() -> None:
    heard = WebhookReader().read(raw(id="evt-8", in_reply_to="evt-7"))

    assert message_id_of("evt-7") in heard.references


def test_an_identifier_with_strange_letters_is_still_a_message_id() -> None:
    strange = message_id_of("ordine 7 <di Giulia>")

    assert strange.count("<") == strange.count("@") == 1
    assert " " not in strange


def test_files_come_with_a_name_that_is_no_path() -> None:
    file = {"name": "../../etc/foto.jpg", "type": "image/jpeg", "base64": "aGVsbG8="}

    heard = WebhookReader().read(raw(attachments=[file]))

    assert [(one.name, one.data) for one in heard.files] == [(".._.._etc_foto.jpg", b"hello")]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        pytest.param(b"", "non è JSON", id="nothing"),
        pytest.param(b"{", "non è JSON", id="cut short"),
        pytest.param(b'{"x": ' + b"[" * 100_000, "non è JSON", id="too deep"),
        pytest.param(b'{"text": "ciao"}', "campo", id="nobody"),
        pytest.param(raw(text=7), "campo", id="a number for a text"),
        pytest.param(raw(text=" "), "vuoto", id="says nothing"),
        pytest.param(raw(**{"from": {"value": "non un indirizzo"}}), "mittente", id="no address"),
        pytest.param(raw(**{"from": {"kind": "OWL", "value": "x"}}), "genere", id="by owl"),
        pytest.param(raw(attachments=[{"base64": "§"}]), "allegato 1", id="no base64"),
    ],
)
def test_what_cannot_be_read_says_why(body: bytes, sentence: str) -> None:
    with pytest.raises(Unreadable, match=sentence):
        WebhookReader().read(body)


def test_a_text_without_end_is_cut_and_says_so() -> None:
    heard = WebhookReader().read(raw(text="a" * 300_000))

    assert (len(heard.text), heard.damaged) == (200_000, ("text_cut",))


@given(st.binary(max_size=300))
@example(b'\xff\xfe{"from"')
@example(b'{"from":{"value":"giulia@example.org"},"text":"\\ud800"}')
def test_any_bytes_are_read_or_refused(body: bytes) -> None:
    keeps_the_contract_of_readers(WebhookReader(), body)


@given(
    st.fixed_dictionaries(
        {"from": st.just(GIULIA) | JSON, "text": st.text() | JSON},
        optional={"id": JSON, "in_reply_to": JSON, "subject": st.text(), "attachments": JSON},
    )
)
def test_any_json_is_read_or_refused(post: dict[str, Any]) -> None:
    keeps_the_contract_of_readers(WebhookReader(), json.dumps(post).encode())


@given(st.binary(max_size=200))
def test_looking_for_an_identifier_never_fails(body: bytes) -> None:
    assert isinstance(identifier_in(body), str)


def test_the_identifier_may_be_a_number() -> None:
    assert identifier_in(raw(id=42)) == "42"
    assert identifier_in(base64.b64encode(b"no")) == ""

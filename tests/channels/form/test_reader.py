import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascolto.channels.adapters.form.reader import Filled, FormReader, enclosed, written
from ascolto.channels.ports import Unreadable
from tests.channels.webhook.contract import keeps_the_contract_of_readers


def test_a_filled_form_is_heard_as_it_was_written() -> None:
    foto = enclosed("foto.jpg", "image/jpeg", b"\xff\xd8")
    filled = Filled("giulia@example.org", "Fibra giù.", "Giulia", "Guasto", files=[foto])

    heard = FormReader().read(written(filled))

    assert heard.sender is not None
    assert (heard.sender.value, heard.sender.name) == ("giulia@example.org", "Giulia")
    assert (heard.subject, heard.text) == ("Guasto", "Fibra giù.")
    assert [(file.name, file.data) for file in heard.files] == [("foto.jpg", b"\xff\xd8")]


def test_a_form_without_an_address_goes_to_quarantine() -> None:
    with pytest.raises(Unreadable, match="indirizzo e-mail"):
        FormReader().read(written(Filled("chissà", "ciao")))


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    keeps_the_contract_of_readers(FormReader(), raw)


@given(st.text(), st.text(), st.text())
def test_whatever_is_typed_is_read_or_refused(text: str, name: str, subject: str) -> None:
    filled = Filled("giulia@example.org", text, name, subject)

    keeps_the_contract_of_readers(FormReader(), written(filled))

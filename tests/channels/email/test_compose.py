import email
import email.policy
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ascolto.channels.adapters.email.compose import compose
from ascolto.channels.adapters.email.outgoing_headers import BadAddress
from ascolto.channels.ports import HeardFile, Parcel

PARCEL = Parcel(
    message_id="<7.firma@azienda.example>",
    from_address="assistenza@azienda.example",
    from_name="Anna, Azienda",
    to_address="giulia@casa.example",
    to_name="Giulia Bianchi",
    subject="La sua fattura",
    text="Buongiorno,\nè tutto a posto.\n",
    written_at=datetime(2026, 3, 2, 9, 30, tzinfo=UTC),
)
ALWAYS = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version"]
IN_THE_BODY = ["Content-Type", "Content-Transfer-Encoding"]
NASTY = st.text(
    alphabet=st.one_of(
        st.sampled_from('\r\n\0\x85\u2028\u2029\x0b\x0c\t =?:<>",;@\\()'), st.characters()
    ),
    max_size=120,
) | st.sampled_from(
    [
        "=?utf-8?q?a=0D=0ABcc:_marta@casa.example?=",
        "=?utf-8?b?YQ0KQmNjOiBtYXJ0YUBjYXNhLmV4YW1wbGU=?=",
        "a\r\nBcc: marta@casa.example",
        "a\n\nbody",
        '"\\\r\n Bcc: x@y.example',
        "x" * 3000,
    ]
)


def parsed(raw: bytes) -> EmailMessage:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def test_an_answer_reads_as_it_was_written() -> None:
    parcel = replace(
        PARCEL, in_reply_to="<c@casa.example>", references=("<b@casa.example>", "<a@casa.example>")
    )

    message = parsed(compose(parcel))

    assert message["From"] == '"Anna, Azienda" <assistenza@azienda.example>'
    assert message["Date"].datetime == PARCEL.written_at
    assert message["Message-ID"] == PARCEL.message_id
    assert message["In-Reply-To"] == "<c@casa.example>"
    assert message["References"] == "<a@casa.example> <b@casa.example> <c@casa.example>"
    assert message.get_content() == "Buongiorno,\r\nè tutto a posto.\r\n"
    assert message["Auto-Submitted"] is None


def test_what_a_machine_writes_says_so() -> None:
    notice = parsed(compose(replace(PARCEL, automatic=True)))
    receipt = parsed(compose(replace(PARCEL, automatic=True, in_reply_to="<c@casa.example>")))

    assert notice["Auto-Submitted"] == "auto-generated"
    assert receipt["Auto-Submitted"] == "auto-replied"
    assert receipt["X-Auto-Response-Suppress"] == "All"
    assert receipt["Precedence"] is None


@given(subject=NASTY, from_name=NASTY, to_name=NASTY, file_name=NASTY, reply=NASTY)
def test_nothing_in_a_value_becomes_another_header(
    subject: str, from_name: str, to_name: str, file_name: str, reply: str
) -> None:
    file = HeardFile(file_name, f"text/plain; {reply}", b"x")
    parcel = replace(
        PARCEL, subject=subject, from_name=from_name, to_name=to_name, files=(file,),
        in_reply_to=reply, references=(reply,),
    )  # fmt: skip

    raw = compose(parcel)

    message = parsed(raw)
    answers = ["In-Reply-To", "References"] if message["In-Reply-To"] else []
    assert message.keys() == [*ALWAYS[:5], *answers, "MIME-Version", "Content-Type"]
    assert [part.keys() for part in message.iter_parts()] == [
        IN_THE_BODY,
        ["Content-Type", "Content-Disposition", "Content-Transfer-Encoding"],
    ]
    assert [one.addr_spec for one in message["To"].addresses] == ["giulia@casa.example"]
    assert [one.addr_spec for one in message["From"].addresses] == ["assistenza@azienda.example"]
    assert "\n" not in message["Subject"]
    _is_fit_for_the_wire(raw)


@given(text=NASTY | st.text(max_size=3000), with_file=st.booleans())
def test_a_text_never_ends_the_mail_or_starts_a_part(text: str, with_file: bool) -> None:  # noqa: FBT001 - hypothesis names it
    files = (HeardFile("a.txt", "text/plain", b"x"),) if with_file else ()

    raw = compose(replace(PARCEL, text=text, files=files))

    message = parsed(raw)
    assert len(list(message.iter_parts())) == (2 if with_file else 0)
    assert message.keys() == [*ALWAYS, *(["Content-Type"] if with_file else IN_THE_BODY)]
    _is_fit_for_the_wire(raw)


@pytest.mark.parametrize("name", ["Perché è già così.pdf", "fattura marzo 2026.pdf", "é" * 80])
def test_a_file_keeps_its_name_and_content(name: str) -> None:
    data = bytes(range(256)) * 20

    message = parsed(compose(replace(PARCEL, files=(HeardFile(name, "application/pdf", data),))))

    (file,) = message.iter_attachments()
    assert file.get_filename() == name
    assert file.get_content() == data
    assert file.get_content_type() == "application/pdf"


def test_a_file_cannot_pose_as_a_mail_or_a_container() -> None:
    for kind in ("message/rfc822", "multipart/mixed", "text/html\r\nX: y", ""):
        file = HeardFile("x", kind, b"x")

        (part,) = parsed(compose(replace(PARCEL, files=(file,)))).iter_attachments()

        assert part.get_content_type() == "application/octet-stream"


@pytest.mark.parametrize(
    "address",
    ["", "giulia", "a@b@c", "a@b.example\r\nBcc: x@y.example", "a b@c.example", "<a@b.example>",
     "=?utf-8?q?x?=@b.example", "giùlia@casa.example"],
)  # fmt: skip
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(BadAddress):
        compose(replace(PARCEL, to_address=address))


def test_a_domain_with_accents_goes_out_in_its_ascii_form() -> None:
    message = parsed(compose(replace(PARCEL, to_address="giulia@città.example")))

    assert message["To"].addresses[0].addr_spec == "giulia@xn--citt-3na.example"


def test_a_broken_message_id_is_our_fault_and_loud() -> None:
    with pytest.raises(ValueError, match="Message-ID"):
        compose(replace(PARCEL, message_id="<a b@c>\r\nBcc: x"))


def test_the_same_parcel_gives_the_same_bytes() -> None:
    assert compose(PARCEL) == compose(PARCEL)


def _is_fit_for_the_wire(raw: bytes) -> None:
    lines = raw.split(b"\r\n")
    assert raw.isascii()
    assert max(map(len, lines)) <= 998
    assert all(re.search(rb"[\r\n\0]", line) is None for line in lines)

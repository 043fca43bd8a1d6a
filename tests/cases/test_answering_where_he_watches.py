"""An answer is written once: it leaves where he is watching, and the other thread is told where."""

from datetime import timedelta

import pytest

from ascolto.cases.models import Case, Conversation, Message
from ascolto.cases.policy import POINTER_KEY
from ascolto.cases.queries.first_answers import first_answers
from ascolto.cases.queries.ways import way_to_answer, ways_to_answer
from ascolto.cases.services import NoFilesThere, TooLateThere, TooLong, answer, undo_answer
from ascolto.cases.services.answering import answer_left
from ascolto.cases.services.hearing import hear
from ascolto.channels import registry
from ascolto.channels.adapters.webhook.reader import WebhookReader
from ascolto.channels.models import Channel, Outgoing
from ascolto.channels.ports import Carrier, Manners, Parcel, Sent
from ascolto.channels.services import deliver
from ascolto.knowledge.models import Template
from ascolto.people.models import Identity
from ascolto.staff.models import Colleague
from tests import make
from tests.triage.public import hear as said_in_public
from tests.triage.public import network, writer

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
BLUESKY = Manners(longest=300, unit="GRAPHEME", public=True, private=False, names_him=True)
WHATSAPP = Manners(longest=4096, within_hours=24)
carried: list[Parcel] = []


class Wire:
    def carry(self, parcel: Parcel) -> Sent:
        carried.append(parcel)
        return Sent("POSTED", carried_as=f"at://us/{len(carried)}", url="https://bsky.example/us")


def wire_of(channel: Channel) -> Carrier:
    return Wire()


@pytest.fixture(autouse=True)
def _networks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two networks that carry what they are given, with manners of their own."""
    for name in ("_carriers", "_manners", "_readers"):
        monkeypatch.setattr(registry, name, dict(getattr(registry, name)))
    for kind, manners in ((Channel.Kind.BLUESKY, BLUESKY), (Channel.Kind.WHATSAPP, WHATSAPP)):
        registry.register(kind, reader=WebhookReader, carrier=wire_of)
        registry.register_source(kind, manners=manners)
    carried.clear()


@pytest.fixture
def elena() -> Colleague:
    return make.colleague(teams=(make.team(),))


@pytest.fixture
def case() -> Case:
    """Giulia wrote a mail, and a minute later a post."""
    case = make.case()
    Identity.objects.create(
        customer=case.customer,
        kind=Identity.Kind.HANDLE,
        value="@giulia.example",
        normal="bluesky:did:plc:giulia",
        first_seen_at=make.NOON,
    )
    item = said_in_public("fibra giù!", sender=writer("giulia.example"), now=make.NOON + MINUTE)
    hear(case, item, proof=Message.Proof.SAME_PERSON)
    return Case.objects.get(pk=case.pk)


def thread(case: Case, kind: str) -> Conversation:
    return case.conversations.get(channel__kind=kind)


def leaves(message: Message) -> Outgoing:
    """The moment comes at which it leaves."""
    assert message.outgoing_id is not None
    deliver(message.outgoing_id, now=make.NOON + timedelta(hours=1))
    answer_left(message.outgoing_id)
    return Outgoing.objects.get(pk=message.outgoing_id)


def pointers() -> list[Outgoing]:
    return list(Outgoing.objects.filter(key__startswith=POINTER_KEY))


def test_the_answer_goes_to_the_thread_he_used_last(case: Case, elena: Colleague) -> None:
    way = way_to_answer(case)

    message = answer(case, author=elena, text="Ripariamo entro le 18.", now=make.NOON + 2 * MINUTE)

    assert way is not None
    assert way.channel.kind == Channel.Kind.BLUESKY
    out = leaves(message)
    assert out.public
    assert out.answers["uri"].startswith("at://did:plc:giulia")
    assert out.carried_as == "at://us/1"
    assert carried[0].public


def test_in_public_there_is_no_link_no_signature_and_no_subject(
    case: Case, elena: Colleague
) -> None:
    message = answer(case, author=elena, text="Ripariamo.", now=make.NOON + 2 * MINUTE)

    out = leaves(message)
    assert (out.subject, out.footer, bytes(out.link)) == ("", "", b"")
    assert carried[0].text == "@giulia.example Ripariamo."


def test_who_is_named_already_is_not_named_twice(case: Case, elena: Colleague) -> None:
    message = answer(case, author=elena, text="Sì @giulia.example!", now=make.NOON + 2 * MINUTE)

    assert message.outgoing is not None
    assert message.outgoing.text == "Sì @giulia.example!"


def test_the_colleague_chooses_another_thread(case: Case, elena: Colleague) -> None:
    mail = thread(case, Channel.Kind.EMAIL)

    message = answer(
        case, author=elena, text="Ripariamo.", conversation=mail, now=make.NOON + 2 * MINUTE
    )

    assert message.outgoing is not None
    assert not message.outgoing.public
    assert message.outgoing.channel.kind == Channel.Kind.EMAIL


def test_once_it_has_left_the_other_thread_is_told_where_it_is(
    case: Case, elena: Colleague
) -> None:
    mail = thread(case, Channel.Kind.EMAIL)
    message = answer(
        case, author=elena, text="Il codice è 4711.", conversation=mail, now=make.NOON + 2 * MINUTE
    )
    before = pointers()

    leaves(message)

    assert before == []
    [pointer] = pointers()
    assert pointer.public
    assert pointer.automatic
    assert pointer.channel.kind == Channel.Kind.BLUESKY
    assert pointer.text == (
        "@giulia.example Le abbiamo appena risposto: trova la risposta via e-mail."
    )
    for private in ("4711", "giulia@example.org", case.number, case.subject):
        assert private not in pointer.text
    assert bytes(pointer.link) == b""


def test_a_public_answer_is_pointed_to_by_mail(case: Case, elena: Colleague) -> None:
    message = answer(case, author=elena, text="Ripariamo.", now=make.NOON + 2 * MINUTE)

    leaves(message)

    [pointer] = pointers()
    assert pointer.channel.kind == Channel.Kind.EMAIL
    assert "via Bluesky" in pointer.text


def test_an_answer_called_back_points_nowhere(case: Case, elena: Colleague) -> None:
    message = answer(case, author=elena, text="Ripariamo.", now=make.NOON + 2 * MINUTE)

    undo_answer(message.pk, by=elena, now=make.NOON + 2 * MINUTE)

    assert pointers() == []
    assert Message.objects.filter(item=None, outgoing__automatic=False).count() == 0


def test_telling_twice_that_it_left_points_once(case: Case, elena: Colleague) -> None:
    message = answer(case, author=elena, text="Ripariamo.", now=make.NOON + 2 * MINUTE)
    leaves(message)

    leaves(message)
    second = answer(case, author=elena, text="Fatto.", now=make.NOON + 5 * MINUTE)
    leaves(second)

    assert len(pointers()) == 1


def test_the_company_points_in_its_own_words(case: Case, elena: Colleague) -> None:
    Template.objects.create(
        key=Template.Key.POINTER, language="it", text="Guardi {canale}.", changed_at=make.NOON
    )
    message = answer(case, author=elena, text="Ripariamo.", now=make.NOON + 2 * MINUTE)

    leaves(message)

    assert pointers()[0].text == "Guardi Bluesky."


def test_a_case_with_one_thread_points_nowhere(elena: Colleague) -> None:
    case = make.case()
    message = answer(case, author=elena, text="Ripariamo.", now=make.NOON + MINUTE)

    leaves(message)

    assert pointers() == []


def test_what_is_too_long_there_is_refused_with_the_count(case: Case, elena: Colleague) -> None:
    fits = 300 - len("@giulia.example ")

    with pytest.raises(TooLong) as refused:
        answer(case, author=elena, text="é" * (fits + 1), now=make.NOON + 2 * MINUTE)
    answer(case, author=elena, text="é" * fits, now=make.NOON + 2 * MINUTE)

    assert refused.value.args == ("Bluesky", 301, 300)


def test_files_stay_where_they_can_be_carried(case: Case, elena: Colleague) -> None:
    from ascolto.cases.services import attach_file

    file = attach_file(
        case,
        author=elena,
        kind="REPLY",
        name="modulo.pdf",
        content_type="application/pdf",
        data=b"%PDF",
        now=make.NOON,
    )

    with pytest.raises(NoFilesThere):
        answer(case, author=elena, text="Ecco.", files=[file], now=make.NOON + 2 * MINUTE)


def test_a_chat_that_closes_after_a_day_says_so(case: Case, elena: Colleague) -> None:
    chat = network(Channel.Kind.WHATSAPP)
    item = said_in_public(
        "ci siete?", sender=writer("giulia.example"), channel=chat, kind="MESSAGE"
    )
    hear(case, item, proof=Message.Proof.SAME_PERSON)
    there = thread(case, Channel.Kind.WHATSAPP)

    with pytest.raises(TooLateThere):
        answer(
            case,
            author=elena,
            text="Eccoci.",
            conversation=there,
            now=make.NOON + timedelta(hours=25),
        )


def test_the_ways_say_who_reads_there_and_how_much_fits(case: Case) -> None:
    ways = {way.channel.kind: way for way in ways_to_answer(case, [], ())}

    assert ways[Channel.Kind.BLUESKY].public
    assert ways[Channel.Kind.BLUESKY].manners.longest == 300
    assert not ways[Channel.Kind.EMAIL].public
    assert ways[Channel.Kind.EMAIL].manners.longest is None


def test_each_thread_has_its_own_first_answer(case: Case, elena: Colleague) -> None:
    message = answer(case, author=elena, text="Ripariamo.", now=make.NOON + 2 * MINUTE)
    leaves(message)
    [pointer] = pointers()
    deliver(pointer.pk, now=make.NOON + timedelta(hours=2))

    found = {
        one.channel_kind: one
        for one in first_answers(since=make.NOON - MINUTE, until=make.NOON + timedelta(days=1))
    }

    assert found[Channel.Kind.BLUESKY].median == timedelta(minutes=59)
    assert found[Channel.Kind.EMAIL].median == timedelta(hours=2)
    assert found[Channel.Kind.EMAIL].waiting == 0

from dataclasses import dataclass, field

import pytest

from ascolto.channels import registry
from ascolto.channels.adapters.form.carrier import by_mail
from ascolto.channels.models import Channel
from ascolto.channels.ports import NotNow, Parcel, Refused, Sent
from tests import make

pytestmark = pytest.mark.django_db


@dataclass
class RememberingCarrier:
    parcels: list[Parcel] = field(default_factory=list)

    def carry(self, parcel: Parcel) -> Sent:
        self.parcels.append(parcel)
        return Sent("SMTP_ACCEPTED")


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> RememberingCarrier:
    carrier = RememberingCarrier()
    monkeypatch.setitem(registry._carriers, "EMAIL", lambda _: carrier)  # noqa: SLF001 # put back after the test
    return carrier


def form(**settings: str) -> Channel:
    return Channel.objects.create(
        kind=Channel.Kind.FORM,
        name="sito",
        title="Il sito",
        team=make.team(),
        settings=settings,
        opened_at=make.LONG_AGO,
    )


def parcel(to: str = "giulia@example.org") -> Parcel:
    return Parcel("<1@ascolto.invalid>", "", "Alba", to, "Giulia", "Re: Fibra", "Arriviamo.")


def test_an_answer_to_a_form_leaves_from_the_oldest_mailbox(post: RememberingCarrier) -> None:
    make.mailbox("assistenza")
    make.mailbox("vendite")

    by_mail(form()).carry(parcel())

    assert [sent.from_address for sent in post.parcels] == ["assistenza@alba.example"]


def test_a_form_may_name_the_mailbox_that_answers(post: RememberingCarrier) -> None:
    make.mailbox("assistenza")
    make.mailbox("vendite")

    by_mail(form(answers_by="vendite")).carry(parcel())

    assert [sent.from_address for sent in post.parcels] == ["vendite@alba.example"]


def test_without_a_mailbox_the_answer_waits_and_says_why(post: RememberingCarrier) -> None:
    Channel.objects.filter(kind=Channel.Kind.EMAIL).delete()

    with pytest.raises(NotNow, match="nessuna casella"):
        by_mail(form()).carry(parcel())


def test_a_telephone_number_gets_no_mail(post: RememberingCarrier) -> None:
    make.mailbox()

    with pytest.raises(Refused, match="non è un indirizzo"):
        by_mail(form()).carry(parcel(to="+393331234567"))
    assert post.parcels == []

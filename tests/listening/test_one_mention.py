"""One thing said is one mention, however many bring it and however often."""

import threading
from collections.abc import Sequence
from datetime import timedelta

import pytest
from django.db import connection

from ascolto.alerts.models import Alert, Rule
from ascolto.channels.models import Attachment, Channel, Item
from ascolto.channels.ports import HeardFile
from ascolto.kit.models import Blob
from ascolto.listening.models import Match, Mention, Place, Tally
from ascolto.listening.services import alert, hear_posts
from ascolto.people.models import Customer
from ascolto.people.policy import Sender
from ascolto.timeline.queries import history_of
from tests import make
from tests.listening.public import CARD, GIULIA, HELP, bring, hear, monitor, source

pytestmark = pytest.mark.django_db


def places(how: str) -> int:
    return Place.objects.filter(how=how).count()


def test_a_post_that_a_monitor_wants_becomes_a_mention() -> None:
    wanted = monitor("alba telefonia", name="Noi")

    (mention,) = hear(bring(key=CARD, reach=120))

    assert (mention.text, mention.reach, mention.team) == (HELP, 120, wanted.team)
    assert Match.objects.get().words == ["alba telefonia"]
    assert mention.heard_at == mention.matched_at == make.NOON
    assert [deed.kind for deed in history_of(mention.reference)] == ["listening.mentioned"]


def test_what_nobody_looks_for_stays_an_item() -> None:
    monitor("alba telefonia")

    assert hear(bring("Oggi piove")) == []
    assert Item.objects.count() == 1


def test_what_is_said_to_us_is_a_mention_without_any_monitor() -> None:
    (mention,) = hear(bring("ma rispondete?", to_us=True))

    assert mention.to_us


def test_whoever_speaks_of_us_does_not_become_a_customer() -> None:
    monitor()

    (mention,) = hear(bring())

    assert (mention.identity, Customer.objects.count()) == (None, 0)


def test_three_sources_edits_reposts_and_replays_are_one_mention() -> None:
    monitor()
    feed, hook = source("feed", kind=Channel.Kind.FEED), source("hook", kind=Channel.Kind.REVIEWS)
    later = make.NOON + timedelta(minutes=5)
    marta = Sender("HANDLE", "bluesky:did:plc:marta", "Marta")

    hear(bring(key=CARD))
    hear(bring(key=CARD, channel=hook))
    hear(bring(key="https://blog.example/1", channel=feed))  # its words, by its author's name
    hear(bring(f"{HELP}!", key=CARD, change="EDIT", changes=CARD, now=later))
    hear(bring("", key="at://marta/1", by=marta, change="REPOST", changes=CARD, reach=900))
    hear(bring(key=CARD))  # the cursor went back

    mention = Mention.objects.get()
    assert (mention.text, mention.edited_at, mention.reposts) == (f"{HELP}!", later, 1)
    assert (places("ORIGINAL"), places("COPY"), places("REPOST")) == (1, 2, 1)
    assert Tally.objects.get().mentions == 1


def test_all_of_that_at_once_is_the_same() -> None:
    monitor()
    hook = source("hook", kind=Channel.Kind.REVIEWS)
    marta = Sender("HANDLE", "bluesky:did:plc:marta", "Marta")

    hear(
        bring(key=CARD),
        bring(key=CARD, channel=hook),
        bring(f"{HELP}!", key=CARD, change="EDIT", changes=CARD),
        bring("", key="at://marta/1", by=marta, change="REPOST", changes=CARD),
        bring(key=CARD),
    )

    mention = Mention.objects.get()
    assert (mention.text, mention.reposts) == (f"{HELP}!", 1)


def test_hearing_twice_changes_nothing() -> None:
    monitor()
    item = bring(key=CARD)
    hear(item)

    assert hear(item) == []
    assert Mention.objects.count() == Place.objects.count() == Tally.objects.get().mentions == 1


def test_the_same_words_of_somebody_else_are_another_mention() -> None:
    monitor()

    hear(bring(by=GIULIA), bring(by=Sender("HANDLE", "bluesky:did:plc:marta", "Marta")))

    assert Mention.objects.count() == 2


def test_few_words_said_again_are_said_again() -> None:
    monitor("alba")

    hear(bring("Alba, perché?"), bring("Alba, perché?"))

    assert Mention.objects.count() == 2


def test_the_same_words_four_days_later_are_said_again() -> None:
    monitor()

    hear(bring())
    hear(bring(now=make.NOON + timedelta(days=4)))

    assert Mention.objects.count() == 2


def test_an_edit_that_comes_late_does_not_undo_the_last_one() -> None:
    monitor()
    hear(bring(key=CARD))
    second, first = (make.NOON + timedelta(minutes=minutes) for minutes in (9, 3))

    hear(bring("Alba Telefonia: risolto", change="EDIT", changes=CARD, written_at=second))
    hear(bring("Alba Telefonia: forse", change="EDIT", changes=CARD, written_at=first))

    assert Mention.objects.get().text == "Alba Telefonia: risolto"


def test_an_edit_that_names_us_is_the_first_we_hear_of_it() -> None:
    monitor()

    hear(bring("Che serata", key=CARD))
    hear(bring(HELP, change="EDIT", changes=CARD))

    assert Mention.objects.get().key == CARD


def test_nobody_edits_or_deletes_the_words_of_another() -> None:
    monitor()
    hear(bring(key=CARD))
    mallory = Sender("HANDLE", "bluesky:did:plc:mallory", "Giulia Ferraris")
    elsewhere = source("mastodon", kind=Channel.Kind.MASTODON)

    hear(bring("Alba Telefonia è ottima", by=mallory, change="EDIT", changes=CARD))
    hear(bring("", by=mallory, change="DELETE", changes=CARD))
    hear(bring("", by=None, change="DELETE", changes=CARD, channel=elsewhere))

    mention = Mention.objects.get()
    assert (mention.text, mention.gone_at) == (HELP, None)


def test_what_is_deleted_loses_words_and_files_and_stays_a_fact() -> None:
    monitor()
    photo = HeardFile("bolletta.jpg", "image/jpeg", b"la mia bolletta")
    item = bring(key=CARD, files=(photo,))
    hear(item)
    hear(bring(f"{HELP}!", change="EDIT", changes=CARD))
    Rule.objects.create(kind=Rule.Kind.ANGRY, ways=[], made_at=make.LONG_AGO)
    Mention.objects.update(angry=True)
    alert([Mention.objects.get().pk], now=make.NOON)

    hear(bring("", change="DELETE", changes=CARD))

    mention = Mention.objects.get()
    told = Alert.objects.get()
    assert (told.words, told.closed_at) == ("", make.NOON)
    assert (mention.text, mention.standing, mention.gone_at) == ("", "GONE", make.NOON)
    assert mention.reading == {"edits": mention.reading["edits"]}
    assert Match.objects.get().words == []
    assert not Attachment.objects.exists()
    assert set(Item.objects.values_list("text", flat=True)) == {""}
    kept = b" ".join(bytes(blob.content) for blob in Blob.objects.all())
    assert b"bolletta" not in kept
    assert HELP.encode() not in kept


def test_what_was_deleted_comes_back_by_no_other_source_but_by_its_author() -> None:
    monitor()
    hear(bring(key=CARD))
    hear(bring("", change="DELETE", changes=CARD))

    hear(bring(key=CARD, channel=source("hook", kind=Channel.Kind.REVIEWS)))
    assert not Item.objects.filter(text=HELP).exists()

    (again,) = hear(bring(key="at://did:plc:giulia/app.bsky.feed.post/due"))
    assert (again.text, Mention.objects.count()) == (HELP, 2)


def test_a_deletion_in_the_same_breath_is_honoured() -> None:
    monitor()

    hear(bring("", change="DELETE", changes=CARD), bring(key=CARD))

    assert (Mention.objects.get().text, Item.objects.filter(text=HELP).exists()) == ("", False)


def test_a_deletion_that_comes_before_its_post_is_honoured() -> None:
    monitor()
    Rule.objects.create(kind=Rule.Kind.NEEDS_CARE, ways=[], made_at=make.LONG_AGO)
    assert hear(bring("", change="DELETE", changes=CARD)) == []

    (mention,) = hear(bring(key=CARD))

    assert (mention.standing, mention.text) == (Mention.Standing.GONE, "")
    assert not Item.objects.filter(text=HELP).exists()
    assert Match.objects.get().words == []
    assert alert([mention.pk], now=make.NOON) == 0


def test_who_deleted_first_by_another_network_deleted_nothing() -> None:
    monitor()
    mastodon = source("mastodon", kind=Channel.Kind.MASTODON)
    hear(bring("", change="DELETE", changes=CARD, channel=mastodon))
    hear(bring("", by=Sender("HANDLE", "bluesky:luca", "Luca"), change="DELETE", changes=CARD))

    (mention,) = hear(bring(key=CARD))

    assert (mention.standing, mention.text) == (Mention.Standing.WAITING, HELP)


def test_reposts_that_come_before_their_post_are_counted_once() -> None:
    monitor()
    passed_on = bring("", key="at://marta/1", by=None, change="REPOST", changes=CARD, reach=70)
    hear(passed_on)

    (mention,) = hear(bring(key=CARD))
    hear(passed_on)

    mention.refresh_from_db()
    assert (mention.reposts, places("REPOST")) == (1, 1)


def test_what_is_deleted_here_and_stands_elsewhere_keeps_its_words() -> None:
    monitor()
    hear(bring(key=CARD))
    hear(bring(key="https://social.example/@giulia/9", channel=source("mastodon", kind="MASTODON")))

    hear(bring("", change="DELETE", changes=CARD))

    assert Mention.objects.get().text == HELP
    assert Place.objects.filter(gone_at=None).count() == 1


def test_a_repost_taken_back_counts_no_more() -> None:
    monitor()
    hear(bring(key=CARD))
    hear(bring("", key="at://marta/1", by=None, change="REPOST", changes=CARD))

    hear(bring("", by=None, change="DELETE", changes="at://marta/1"))

    mention = Mention.objects.get()
    assert (mention.reposts, mention.text) == (0, HELP)


def test_a_monitor_hears_its_own_sources_alone() -> None:
    wanted = monitor()
    wanted.sources.set([source("mastodon", kind=Channel.Kind.MASTODON)])

    assert hear(bring()) == []
    assert len(hear(bring(channel=source("mastodon")))) == 1


def test_one_post_costs_as_many_queries_as_five_hundred(
    django_assert_num_queries: object,
) -> None:
    monitor()
    one = [bring(f"alba telefonia: guasto numero {next_}", by=None).pk for next_ in range(1)]
    many = [bring(f"alba telefonia, guasto: {next_}", by=None).pk for next_ in range(500)]
    hear_posts([one[0]], now=make.NOON)

    assert counted([bring("alba telefonia: ancora").pk]) == counted(many)
    assert Mention.objects.count() == 502


def counted(ids: Sequence[int]) -> int:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        hear_posts(ids, now=make.NOON)
    return len(seen)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("real_queue")
def test_two_workers_that_hear_one_post_at_once_make_one_mention() -> None:
    monitor()
    hook = source("hook", kind=Channel.Kind.REVIEWS)
    pairs = [(bring(key=f"at://{n}").pk, bring(key=f"at://{n}", channel=hook).pk) for n in range(9)]
    together = threading.Barrier(2)

    def work(ids: list[int]) -> None:
        together.wait(60)
        hear_posts(ids, now=make.NOON)
        connection.close()

    threads = [
        threading.Thread(target=work, args=[[left for left, _ in pairs]]),
        threading.Thread(target=work, args=[[right for _, right in reversed(pairs)]]),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert Mention.objects.count() == 1  # the words are the same in all of them
    assert Place.objects.count() == 18

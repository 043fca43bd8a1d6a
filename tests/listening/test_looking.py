"""What is seen of the mentions: the stream, one of them whole, and figures."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from ascolto.channels.models import Channel, Gap, Health
from ascolto.kit.lease import Lease
from ascolto.listening import queries, services
from ascolto.listening.models import Mention
from ascolto.people.policy import Sender
from ascolto.people.services import recognise
from tests import make
from tests.listening.public import CARD, GIULIA, HELP, bring, hear, monitor, source

pytestmark = pytest.mark.django_db
Filter = queries.Filter


def said(text: str, *, minute: int = 0, **more: object) -> Mention:
    now = make.NOON + timedelta(minutes=minute)
    return hear(bring(f"{text} alba telefonia", now=now, **more), now=now)[0]  # type: ignore[arg-type] # the test names the parts


def of_kind(mention: Mention, kind: str, *, standing: str = "WAITING") -> None:
    Mention.objects.filter(pk=mention.pk).update(
        kind=kind, standing=standing, needs_care=kind == "PROBLEM"
    )


def test_the_newest_come_first_a_page_at_a_time() -> None:
    monitor()
    mentions = [said(f"post {n}", minute=n // 2) for n in range(7)]

    first = queries.stream(Filter(), limit=3)
    second = queries.stream(Filter(), after=first.after, limit=3)
    third = queries.stream(Filter(), after=second.after, limit=3)

    seen = [row.id for page in (first, second, third) for row in page.rows]
    assert seen == [one.pk for one in reversed(mentions)]
    assert third.after == ""
    assert [row.id for row in queries.stream(Filter(), after="'; drop", limit=2).rows] == seen[:2]


def test_tabs_part_those_who_ask_from_those_who_praise_and_from_noise() -> None:
    monitor()
    one, two, three = said("aiuto"), said("bravi"), said("concorso")
    of_kind(one, "PROBLEM")
    of_kind(two, "PRAISE")
    of_kind(three, "NOISE", standing="NOISE")

    by_tab = {
        tab: [row.id for row in queries.stream(Filter(tab=tab)).rows]
        for tab in ("ALL", "HELP", "PRAISE", "NOISE")
    }
    counted = queries.counts(Filter(), since=make.NOON - timedelta(days=1))

    assert by_tab == {
        "ALL": [two.pk, one.pk],
        "HELP": [one.pk],
        "PRAISE": [two.pk],
        "NOISE": [three.pk],
    }
    assert counted.by_tab == {"ALL": 2, "HELP": 1, "PRAISE": 1, "NOISE": 1}
    assert counted.waiting == 2


def test_filters_hold_together() -> None:
    ours = monitor()
    other = monitor("bolletta", name="Bollette")
    giulia = recognise(GIULIA, now=make.NOON)
    one = said("guasto")
    two = said("bolletta", by=None, channel=source("mastodon", kind=Channel.Kind.MASTODON))

    assert [row.id for row in queries.stream(Filter(monitor_id=other.pk)).rows] == [two.pk]
    assert len(queries.stream(Filter(monitor_id=ours.pk)).rows) == 2
    assert [row.id for row in queries.stream(Filter(channel_id=two.channel_id)).rows] == [two.pk]
    by_person = queries.stream(Filter(customer_id=giulia.customer_id))
    assert [(row.id, row.customer) for row in by_person.rows] == [(one.pk, "Giulia Ferraris")]
    assert queries.stream(Filter(standing="CASE")).rows == []
    assert queries.stream(Filter(hidden_teams=[make.team().pk])).rows == []
    assert len(queries.stream(Filter(team_id=make.team().pk)).rows) == 2


def test_the_words_looked_for_are_marked() -> None:
    monitor()
    said("ma l'")

    (row,) = queries.stream(Filter()).rows

    assert [piece.text for piece in row.pieces if piece.marked] == ["alba telefonia"]
    assert (row.monitors, row.words) == (["Noi"], ["alba telefonia"])


def test_a_page_costs_the_same_however_full(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    monitor()
    for n in range(6):
        said(f"post {n}")

    with django_assert_num_queries(3):
        queries.stream(Filter())
    with django_assert_num_queries(1):
        queries.counts(Filter(), since=make.NOON)


def test_a_mention_is_seen_whole(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    monitor()
    mention = said("guasto", key=CARD)
    hear(bring("", key="at://m/1", by=None, change="REPOST", changes=CARD, reach=70))
    below = said("anche a me", parent=CARD, by=Sender("HANDLE", "bluesky:marta", "Marta"))
    services.opened(mention.pk, now=make.NOON + timedelta(minutes=2))
    services.opened(mention.pk, now=make.NOON + timedelta(minutes=9))

    with django_assert_num_queries(8):
        page = queries.mention_page(mention.pk)

    assert page is not None
    assert [(place.how, place.reach) for place in page.places] == [
        ("ORIGINAL", None),
        ("REPOST", 70),
    ]
    assert [row.id for row in page.below] == [below.pk]
    assert [hop.name for hop in page.hops] == ["heard", "matched", "opened"]
    assert page.hops[-1].took == timedelta(minutes=2)
    assert queries.mention_page(below.pk + 1000) is None


def test_first_answers_are_told_by_channel() -> None:
    monitor()
    for n, minutes in enumerate((2, 4, 30)):
        mention = said(f"guasto {n}")
        of_kind(mention, "PROBLEM")
        services.answered([mention.pk], now=make.NOON + timedelta(minutes=minutes))
    of_kind(said("un altro"), "PROBLEM")

    (row,) = queries.first_answer_times(
        since=make.NOON - timedelta(days=1), until=make.NOON + timedelta(days=1)
    )

    assert (row.channel, row.asked, row.answered, row.waiting) == ("Bluesky", 4, 3, 1)
    assert row.median == timedelta(minutes=4)


def test_praise_is_counted_with_those_it_reaches() -> None:
    monitor()
    giulia = recognise(GIULIA, now=make.NOON)
    mention = said("bravi", key=CARD, reach=100)
    of_kind(mention, "PRAISE")
    of_kind(said("ottimi davvero", by=None, reach=10), "PRAISE")
    hear(bring("", key="at://m/1", by=None, change="REPOST", changes=CARD, reach=70))

    since = make.NOON - timedelta(days=40)
    (month,) = queries.word_of_mouth(since=since, zone="Europe/Rome")
    (hers,) = queries.word_of_mouth(since=since, zone="Europe/Rome", customer_id=giulia.customer_id)

    assert (month.praise, month.reach, month.passed_on_reach, month.reposts) == (2, 110, 70, 1)
    assert (hers.praise, hers.reach) == (1, 100)


def test_a_rule_is_tried_on_what_was_heard() -> None:
    bring("La fibra di Alba è giù")
    bring("Alba e fibra: vinci il concorso")
    bring("Oggi piove")
    bring("alba e fibra, un anno fa", now=make.NOON - timedelta(days=365))

    tried = queries.try_out(
        {"any": ["alba"], "all": ["fibra"], "none": ["concorso"]}, now=make.NOON
    )

    assert (tried.heard, tried.kept, tried.excluded) == (3, 1, 1)
    (sample,) = tried.found
    assert [piece.text for piece in sample.pieces if piece.marked] == ["fibra", "Alba"]
    assert "concorso" in [p.text for one in tried.left_out for p in one.pieces if p.marked]
    assert queries.try_out({}, now=make.NOON).faults == [
        "Scriva almeno una parola da cercare, o un autore da seguire."
    ]


def test_sources_say_how_they_are_and_none_is_silently_dead() -> None:
    assert queries.sources(now=make.NOON).words.startswith("Nessuna fonte è collegata")
    well, failing, alone = (source(name) for name in ("uno", "due", "tre"))
    now = make.NOON + timedelta(minutes=2)
    for channel in (well, failing):
        assert Lease(f"source:{channel.pk}").take() or True
    Channel.objects.filter(pk__in=[well.pk, failing.pk]).update(settings={"demo": True})
    Health.objects.create(channel=well, way="IN", well_at=make.NOON)
    Health.objects.create(channel=failing, way="IN", failing_since=make.NOON, error="HTTP 503")
    Gap.objects.create(channel=failing, since=make.NOON, why="HTTP 503")
    bring(HELP)

    found = queries.sources(now=now)

    assert [(one.title, one.answers) for one in found.sources if one.title != "Bluesky"] == [
        ("Due", False),
        ("Tre", alone.pk == 0),
        ("Uno", True),
    ]
    assert found.words.startswith("1 fonte risponde, 3 no, l’ultimo post 2")
    assert "HTTP 503" in found.sources[1].words

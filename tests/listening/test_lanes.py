"""What a comment has to do with the post it stands under, and when a post is a help desk."""

import pytest

from ascolto.listening.policy.boards import Talk, is_help_desk, may_be_ours
from ascolto.listening.policy.lanes import Comment, is_echo, lane_of

LANES = [
    (Comment("REQUEST", "promo", 0.9, needs_care=True), "OFFER"),
    (Comment("REQUEST", "connectivity", 0.9, needs_care=True), "OFFER"),
    (Comment("REQUEST", "billing", 0.9, needs_care=True), "HELP"),
    (Comment("REQUEST", "billing", 0.4, needs_care=True), "OFFER"),
    (Comment("REQUEST", "promo", 0.9, needs_care=True, unrelated=True), "HELP"),
    (Comment("PROBLEM", "other", 0.9), "HELP"),
    (Comment("PRAISE"), "PRAISE"),
    (Comment("PRAISE", unrelated=True), "PRAISE"),
    (Comment("SUGGESTION"), "OFFER"),
    (Comment("SUGGESTION", needs_care=True, unrelated=True), "HELP"),
    (Comment("NOISE"), "NOISE"),
    (Comment("PROBLEM", abusive=True), "ABUSE"),
    (Comment("PROBLEM", abusive=True, rest="siete proprio degli", rest_topic="other"), "ABUSE"),
    (
        Comment("PROBLEM", abusive=True, rest="due fatture ad ottobre", rest_topic="billing"),
        "HELP",
    ),
    (Comment("REQUEST", abusive=True, rest="quando mi rimborsate?", rest_topic="other"), "HELP"),
]


@pytest.mark.parametrize(("comment", "lane"), LANES)
def test_a_comment_stands_in_the_lane_of_what_it_asks(comment: Comment, lane: str) -> None:
    assert lane_of(comment) == lane


@pytest.mark.parametrize(
    ("text", "echo"),
    [
        ("Anche a me", True),
        ("anch'io!!", True),
        ("idem", True),
        ("same here", True),
        ("Anche a me hanno fatturato due volte ottobre e nessuno risponde", False),
        ("Bella offerta", False),
    ],
)
def test_who_only_says_me_too_is_an_echo(text: str, *, echo: bool) -> None:
    assert is_echo(text) is echo


@pytest.mark.parametrize(
    ("lately", "before", "warns"),
    [
        (Talk(100, 61), Talk(50, 6), True),
        (Talk(20, 8), Talk(0, 0), True),
        (Talk(19, 19), Talk(0, 0), False),  # too few
        (Talk(100, 39), Talk(50, 1), False),  # most still speak of the offer
        (Talk(100, 61), Talk(100, 50), False),  # as always
        (Talk(100, 80), Talk(100, 40), True),  # twice as many as always
    ],
)
def test_its_owner_is_told_when_it_has_become_a_help_desk(
    lately: Talk, before: Talk, *, warns: bool
) -> None:
    assert is_help_desk(lately, before) is warns


@pytest.mark.parametrize(
    ("network", "root", "under", "ours"),
    [
        ("FACEBOOK", "facebook:1", "", True),
        ("BLUESKY", "at://giulia/1", "", False),
        ("WEBHOOK", "https://shop.example/promo", "La nostra promo", True),
        ("FACEBOOK", "", "", False),
        ("FACEBOOK", "facebook:2", "", False),  # it is the post itself
    ],
)
def test_a_post_is_ours_where_that_is_certain(
    network: str, root: str, under: str, *, ours: bool
) -> None:
    found = may_be_ours(network=network, root=root, key="facebook:2", to_us=True, under=under)

    assert found is ours

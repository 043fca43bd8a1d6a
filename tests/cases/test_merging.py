"""Two cases become one and one becomes two: nothing is lost, and it can be taken back."""

from datetime import datetime, timedelta

import pytest

from ascolto.cases.models import Case, Draft, Message, Moving
from ascolto.cases.queries.ways import way_to_answer
from ascolto.cases.services import (
    add_note,
    answer,
    hear,
    issue_link,
    link_for,
    reopen,
    resolve,
    revoke_link,
    save_draft,
)
from ascolto.cases.services.following import follow_case
from ascolto.cases.services.labelling import tag
from ascolto.cases.services.moves import (
    AlreadyMerged,
    GrewMeanwhile,
    NothingToSplit,
    OtherCustomer,
    SameCase,
    merge,
    split,
    undo_move,
)
from ascolto.channels.models import Outgoing
from ascolto.people.services import merge as merge_records
from ascolto.promises.models import Promise
from ascolto.staff.models import Colleague
from tests import make

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def elena() -> Colleague:
    return make.colleague(teams=(make.team(),))


def opened(
    number: str,
    *,
    subject: str = "Fibra giù",
    sender: str = "Giulia Ferraris <giulia@example.org>",
    now: datetime = make.NOON,
) -> Case:
    raw = make.mail(subject=subject, sender=sender, message_id=f"<{number}@example.org>")
    return make.case(raw, now=now)


def said(case: Case) -> set[int]:
    return set(case.messages.values_list("pk", flat=True))


def running(case: Case) -> list[Promise]:
    return list(Promise.objects.filter(subject=case.reference, ended_at=None))


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def writes(number: str, *, under: str, now: datetime) -> Message:
    raw = make.mail("Ancora io.", message_id=f"<{number}@example.org>", in_reply_to=under)
    item = make.receive(raw, now=now)
    return Message.objects.get(item=item)


def test_merging_brings_every_word_and_note_to_the_other_case(elena: Colleague) -> None:
    one, two = opened("uno"), opened("due")
    add_note(one, author=elena, text="Armadio TO-114.", now=make.NOON)
    together = said(one) | said(two)

    merge(one, into=two, by=elena, now=make.NOON)

    assert said(two) == together
    assert said(one) == set()
    assert two.notes.get().text == "Armadio TO-114."
    assert again(one).merged_into_id == two.pk
    assert again(one).resolved_at == make.NOON


def test_the_nearer_clock_runs_on_and_the_other_is_let_go_with_the_reason(
    elena: Colleague,
) -> None:
    one, two = opened("uno"), opened("due", now=make.NOON + HOUR)

    merge(one, into=two, by=elena, now=make.NOON + HOUR)

    clock = running(two)[0]
    assert len(running(two)) == 1
    assert again(two).due_at == clock.due_at == one.due_at
    assert Promise.objects.get(ending="WAIVED").reason == f"unito a {two.number}"
    assert running(one) == []


def test_tags_and_followers_go_along_once(elena: Colleague) -> None:
    one, two = opened("uno"), opened("due")
    tag(one, ["fibra", "guasto"], by=elena, now=make.NOON)
    tag(two, ["fibra"], by=elena, now=make.NOON)
    follow_case(one, by=elena, now=make.NOON)

    merge(one, into=two, by=elena, now=make.NOON)

    assert sorted(two.tags.values_list("name", flat=True)) == ["fibra", "guasto"]
    assert two.followers.get().colleague == elena


def test_a_draft_goes_along_and_never_writes_over_another(elena: Colleague) -> None:
    one, two = opened("uno"), opened("due")
    marta = make.colleague("Marta Riva")
    for author, case, text in ((elena, one, "Mio"), (elena, two, "Altro"), (marta, one, "Suo")):
        save_draft(case, author=author, kind=Draft.Kind.REPLY, text=text, now=make.NOON)

    merge(one, into=two, by=elena, now=make.NOON)

    assert {draft.text for draft in two.drafts.all()} == {"Altro", "Suo"}
    assert one.drafts.get().text == "Mio"


def test_a_mail_that_answers_what_was_merged_follows_it(elena: Colleague) -> None:
    one, two = opened("uno"), opened("due")
    merge(one, into=two, by=elena, now=make.NOON)

    late = writes("tre", under="<uno@example.org>", now=make.NOON + HOUR)

    assert late.case_id == two.pk


def test_a_mail_that_answers_ours_follows_it_too(elena: Colleague) -> None:
    one, two = opened("uno"), opened("due")
    ours = answer(one, author=elena, text="Ci siamo.", now=make.NOON).outgoing
    assert ours is not None
    merge(one, into=two, by=elena, now=make.NOON)
    message_id = Outgoing.objects.get(pk=ours.pk).message_id

    late = writes("tre", under=message_id, now=make.NOON + HOUR)

    assert late.case_id == two.pk


def test_what_was_on_its_way_to_a_case_finds_where_it_went(elena: Colleague) -> None:
    one, two, three = opened("uno"), opened("due"), opened("tre", subject="Altro")
    loose = make.receive(make.mail(message_id="<quattro@example.org>"), now=make.NOON)
    assert loose is not None
    Message.objects.filter(item=loose).delete()
    merge(one, into=two, by=elena, now=make.NOON)
    merge(two, into=three, by=elena, now=make.NOON)

    assert hear(one, loose, proof=Message.Proof.PORTAL).case_id == three.pk


def test_the_customers_link_leads_to_the_case_it_is_part_of(elena: Colleague) -> None:
    one, two = opened("uno"), opened("due")
    thread = one.conversations.get()
    token = issue_link(one, thread.identity, now=make.NOON)

    merge(one, into=two, by=elena, now=make.NOON)

    link = link_for(token, now=make.NOON)
    assert link is not None
    assert link.case == two
    revoke_link(link, now=make.NOON)
    assert link_for(token, now=make.NOON) is None


def test_a_merged_case_is_answered_and_opened_in_the_other_alone(elena: Colleague) -> None:
    one, two = opened("uno"), opened("due")
    merge(one, into=two, by=elena, now=make.NOON)

    reopen(again(one), by=elena, now=make.NOON)

    assert way_to_answer(again(one)) is None
    assert again(one).resolved_at is not None


def test_cases_of_two_customers_stay_two_unless_their_records_are_one(elena: Colleague) -> None:
    one = opened("uno")
    two = opened("due", sender="Paolo Rinaldi <paolo@example.org>")

    with pytest.raises(OtherCustomer):
        merge(one, into=two, by=elena, now=make.NOON)
    merge_records(one.customer, into=two.customer, by=elena, evidence=[], now=make.NOON)
    merge(one, into=two, by=elena, now=make.NOON)

    assert again(one).merged_into_id == two.pk


def test_what_cannot_be_merged(elena: Colleague) -> None:
    one, two, three = opened("uno"), opened("due"), opened("tre")
    merge(one, into=two, by=elena, now=make.NOON)

    with pytest.raises(SameCase):
        merge(two, into=two, by=elena, now=make.NOON)
    with pytest.raises(AlreadyMerged):
        merge(three, into=one, by=elena, now=make.NOON)


def test_merging_what_is_open_into_what_was_resolved_opens_it_again(elena: Colleague) -> None:
    one, two = opened("uno"), opened("due")
    resolve(two, by=elena, now=make.NOON, reason="Doppione.")

    merge(one, into=two, by=elena, now=make.NOON)

    assert again(two).resolved_at is None
    assert again(two).due_at == one.due_at


def test_undoing_a_merge_puts_everything_back(elena: Colleague) -> None:
    one, two = opened("uno"), opened("due", now=make.NOON + HOUR)
    before = [(said(case), again(case).due_at, again(case).waiting_since) for case in (one, two)]
    tag(one, ["fibra"], by=elena, now=make.NOON)
    add_note(one, author=elena, text="Armadio TO-114.", now=make.NOON)
    save_draft(one, author=elena, kind=Draft.Kind.REPLY, text="Mio", now=make.NOON)
    moving = merge(one, into=two, by=elena, now=make.NOON + HOUR)

    undo_move(moving, by=elena, now=make.NOON + 2 * HOUR)

    after = [(said(case), again(case).due_at, again(case).waiting_since) for case in (one, two)]
    assert after == before
    assert (again(one).merged_into, again(one).resolved_at) == (None, None)
    assert (one.notes.count(), one.drafts.get().text, two.tags.count()) == (1, "Mio", 0)
    assert not Promise.objects.filter(ending="WAIVED").exists()


def test_what_came_after_a_merge_stays_where_it_came(elena: Colleague) -> None:
    one, two = opened("uno"), opened("due")
    moving = merge(one, into=two, by=elena, now=make.NOON)
    late = writes("tre", under="<uno@example.org>", now=make.NOON + HOUR)

    undo_move(moving, by=elena, now=make.NOON + 2 * HOUR)

    assert late.pk in said(two)
    assert Moving.objects.get().undone_by == elena


def test_a_split_takes_the_chosen_words_into_a_case_of_their_own(elena: Colleague) -> None:
    case = opened("uno")
    second = writes("due", under="<uno@example.org>", now=make.NOON + HOUR)

    new = split(case, [second.pk], subject="Trasloco", by=elena, now=make.NOON + HOUR).target

    assert said(new) == {second.pk}
    assert second.pk not in said(case)
    assert (new.subject, new.customer_id, new.team_id) == (
        "Trasloco",
        case.customer_id,
        case.team_id,
    )
    assert again(new).waiting_since == make.NOON + HOUR
    assert again(new).due_at is not None
    assert again(case).due_at == case.due_at


def test_the_clock_goes_with_the_words_if_nobody_waits_in_what_remains(elena: Colleague) -> None:
    case = opened("uno")
    sent = answer(case, author=elena, text="Ci siamo.", now=make.NOON).outgoing
    assert sent is not None
    Promise.objects.filter(subject=case.reference).update(ended_at=make.NOON, ending="KEPT")
    second = writes("due", under="<uno@example.org>", now=make.NOON + HOUR)
    due = again(case).due_at

    new = split(case, [second.pk], subject="", by=elena, now=make.NOON + 2 * HOUR).target

    assert (again(case).waiting_since, again(case).due_at) == (None, None)
    assert again(new).due_at == due


def test_a_mail_that_answers_what_was_split_off_follows_it(elena: Colleague) -> None:
    case = opened("uno")
    second = writes("due", under="<uno@example.org>", now=make.NOON + HOUR)
    new = split(case, [second.pk], subject="", by=elena, now=make.NOON + HOUR).target

    assert writes("tre", under="<due@example.org>", now=make.NOON + 2 * HOUR).case_id == new.pk


def test_a_split_takes_something_and_leaves_something(elena: Colleague) -> None:
    case = opened("uno")

    for chosen in ([], list(said(case))):
        with pytest.raises(NothingToSplit):
            split(case, chosen, subject="", by=elena, now=make.NOON)


def test_undoing_a_split_brings_the_words_back(elena: Colleague) -> None:
    case = opened("uno")
    second = writes("due", under="<uno@example.org>", now=make.NOON + HOUR)
    before = (said(case), again(case).due_at)
    moving = split(case, [second.pk], subject="", by=elena, now=make.NOON + HOUR)

    undo_move(moving, by=elena, now=make.NOON + HOUR)

    assert (said(case), again(case).due_at) == before
    assert again(moving.target).merged_into_id == case.pk
    assert running(moving.target) == []


def test_a_split_that_has_grown_is_not_undone_but_merged(elena: Colleague) -> None:
    case = opened("uno")
    second = writes("due", under="<uno@example.org>", now=make.NOON + HOUR)
    moving = split(case, [second.pk], subject="", by=elena, now=make.NOON + HOUR)
    writes("tre", under="<due@example.org>", now=make.NOON + 2 * HOUR)

    with pytest.raises(GrewMeanwhile):
        undo_move(moving, by=elena, now=make.NOON + 2 * HOUR)

"""What the services refuse, as answers: a status, a code, a sentence."""

from collections.abc import Iterator
from contextlib import contextmanager

from ascolto.administration.services import (
    articles,
    changing,
    customers,
    identities,
    macros,
    merging,
    remembering,
)
from ascolto.alerts import services as alerts
from ascolto.api.errors import ApiError
from ascolto.cases import services
from ascolto.cases.models import Case
from ascolto.cases.queries.came import came_since
from ascolto.cases.services import (
    beginning,
    bulk,
    calling_back,
    fields,
    labelling,
    linking_cases,
    matters,
    moves,
    reaching,
    snoozing,
    taking,
    viewing,
    vocabulary,
)
from ascolto.integrations import services as integrations
from ascolto.listening import services as listening
from ascolto.listening.policy.rules import BadRule
from ascolto.listening.words import all_said
from ascolto.people import services as people
from ascolto.people.likeness import services as likeness
from ascolto.promises import services as promises
from ascolto.staff.services import NameTaken
from ascolto.triage import boards, reading_it

CAME = "Somebody spoke meanwhile: read what came, then answer with the newest as seen."
REFUSALS: dict[type[Exception], tuple[int, str, str]] = {
    services.NothingToSay: (422, "nothing_to_say", "Words or a file are needed."),
    services.NoReason: (422, "no_reason", "Somebody waits: say why."),
    services.NotATeamMate: (422, "not_a_team_mate", "He does not belong to that team."),
    services.TooLarge: (413, "too_large", "A file is larger than a mail can carry."),
    services.NoWayToAnswer: (409, "no_way_to_answer", "No channel carries answers to him."),
    services.TooLate: (409, "too_late", "The message has left, or is leaving."),
    services.NotAnAddress: (422, "not_an_address", "Mail cannot be sent to one of these."),
    services.TooManyCopies: (422, "too_many_copies", "A letter has at most 20 copies."),
    services.ToTheCustomer: (422, "to_the_customer", "That is the customer: answer him."),
    services.Nobody: (409, "nobody", "Nothing is known by which he could have called."),
    services.NoSuchPromise: (404, "no_such_promise", "No open promise of the case is this one."),
    matters.AlreadySettled: (409, "already_settled", "Somebody has decided already."),
    services.NotYours: (409, "not_by_hand", "Only a given word is kept or let go by hand."),
    taking.HasEnough: (409, "has_enough", "He holds as many cases as were agreed for him."),
    snoozing.NotInFuture: (422, "not_in_future", "It comes back at a moment still to come."),
    snoozing.NotOpen: (409, "not_open", "A resolved case is not put off."),
    labelling.RetiredTag: (409, "retired_tag", "That tag was taken away; a lead can restore it."),
    labelling.NoTag: (422, "no_tag", "A tag is one short line, and a case has not too many."),
    linking_cases.ToItself: (422, "to_itself", "A case is linked to another one."),
    promises.NoReason: (422, "no_reason", "Say why."),
    promises.Unclear: (422, "unclear", "A promise says what, and a moment still to come."),
    customers.NoName: (422, "no_name", "A customer is called something."),
    identities.NoReason: (422, "no_reason", "Say why."),
    identities.IdentityTaken: (409, "identity_taken", "Somebody is known by it already."),
    identities.IdentityInUse: (409, "identity_in_use", "Messages came by it or went to it."),
    merging.SameRecord: (422, "same_record", "A record is merged with another one."),
    remembering.NothingSaid: (422, "nothing_said", "Words are needed."),
    moves.SameCase: (422, "same_case", "A case is merged with another one."),
    moves.AlreadyMerged: (409, "already_merged", "One of the two is part of another case."),
    moves.OtherCustomer: (409, "other_customer", "They are of two customers: merge those first."),
    moves.NothingToSplit: (422, "nothing_to_split", "Some messages go, and some stay."),
    moves.GrewMeanwhile: (409, "grew_meanwhile", "More came since: merge the two again."),
    bulk.NothingChosen: (422, "nothing_chosen", "None of these cases may this token see."),
    calling_back.NoOutcome: (422, "no_reason", "Say why nobody calls."),
    viewing.NoName: (422, "no_name", "A view is found by its name."),
    viewing.TooManyViews: (409, "too_many_views", "Thirty views are the most: delete one first."),
    vocabulary.NoChoices: (422, "no_choices", "A choice offers something to choose."),
    NameTaken: (409, "name_taken", "Another one is called so."),
    changing.NotAllowed: (403, "not_allowed", "This token may not do that."),
    articles.EmptyArticle: (422, "empty_article", "An article has a title and a text."),
    macros.EmptyMacro: (422, "empty_macro", "A macro has a title, and words or something to do."),
    macros.UnknownField: (422, "unknown_field", "The text asks for a field that nothing fills."),
    integrations.NoAddress: (422, "no_address", "That is no address to send to."),
    integrations.UnknownKind: (422, "unknown_kind", 'A kind is like "cases.opened" or "cases.*".'),
    integrations.Closed: (409, "closed", "The webhook is closed, and stays so."),
    people.NotAnIdentity: (422, "not_an_identity", "That is none of its kind."),
    people.AlreadyMerged: (409, "already_merged", "One of the two is part of another record."),
    likeness.AlreadyAnswered: (409, "already_answered", "Somebody answered that already."),
    services.TooLong: (422, "too_long", "That is more than the channel carries."),
    services.NoFilesThere: (422, "no_files_there", "The channel carries no files."),
    services.InPublicThere: (409, "in_public_there", "Anybody would read it there now."),
    services.TooLateThere: (409, "too_late_there", "The channel takes no answer so late."),
    beginning.NoSubject: (422, "no_subject", "A first letter says what it is about."),
    reaching.NotReached: (409, "not_reached", "Mail to that address comes back."),
    listening.CannotAnswer: (409, "no_way_to_answer", "Nothing can be written under it."),
    listening.InACase: (409, "in_a_case", "It is in a case: answer there."),
    listening.NoWords: (422, "nothing_to_say", "Words are needed."),
    listening.TooLong: (422, "too_long", "That is more than the channel carries."),
    listening.SomebodyAnswered: (409, "somebody_answered", "A colleague answered: read it first."),
    listening.NotHis: (409, "not_his", "Only its author calls an answer back."),
    listening.TooLate: (409, "too_late", "The answer has left, or is leaving."),
    listening.CannotRepost: (409, "cannot_repost", "That channel cannot pass it on."),
    listening.NameTaken: (409, "name_taken", "Another monitor is called so."),
    listening.NeedsAReason: (422, "no_reason", "Leaving it as it is wants a reason."),
    listening.NoBoard: (409, "no_board", "It stands under nothing of ours."),
    listening.NotOfThisBoard: (422, "not_of_this_board", "That is of another post or lane."),
    reading_it.SaidAlready: (409, "answered_already", "There is an answer of ours under it."),
    reading_it.CannotGoAside: (409, "cannot_go_aside", "That cannot be said there."),
    boards.NobodyToAnswer: (409, "nobody_to_answer", "All of them have an answer."),
    boards.NobodyAsks: (409, "nobody_asks", "Nobody is left of whom a case could be made."),
    boards.TooLateToCallBack: (409, "too_late", "The first of its answers is on its way."),
    alerts.NotForHim: (422, "not_for_him", "He may not see it, or it is he who asks."),
    alerts.NoWords: (422, "nothing_to_say", "Say what is asked."),
    alerts.AlreadyTaken: (409, "already_taken", "Somebody has it, or it has passed."),
    alerts.BadRule: (422, "bad_rule", "That tells nobody, or has a number that makes no sense."),
}


@contextmanager
def refused() -> Iterator[None]:
    """The services' refusals, as answers."""
    try:
        yield
    except services.MissingFields as problem:
        lacking = ", ".join(problem.args[0])
        raise ApiError(422, "fields_missing", f"First fill in: {lacking}.") from problem
    except fields.NotAValue as problem:
        wrong = ", ".join(problem.args[0])
        raise ApiError(422, "not_a_value", f"These fields cannot hold that: {wrong}.") from problem
    except BadRule as problem:
        raise ApiError(422, "bad_rule", " ".join(all_said(problem))) from problem
    except tuple(REFUSALS) as problem:
        known = next(one for one in type(problem).__mro__ if one in REFUSALS)
        raise ApiError(*REFUSALS[known]) from problem


def something_came(case: Case, seen: int, newest: int) -> ApiError:
    """An answer that was written without knowing all: 409, with what was said meanwhile."""
    problem = ApiError(409, "something_came", CAME)
    problem.more = {
        "newest": newest,
        "came": [
            {"at": one.at, "author": one.who, "heard": one.was_heard, "text": one.text}
            for one in came_since(case, seen)
        ],
    }
    return problem

"""One review, of either place. It is a post to us, with stars; changed later it is a change."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ascolto.channels.ports import Heard, Post, Unreadable
from ascolto.channels.words import clean_line, clean_text, web_address
from ascolto.people.policy import Sender

Json = Mapping[str, Any]
STARS = {"ONE": 1, "TWO": 2, "THREE": 3, "FOUR": 4, "FIVE": 5}


class ReviewReader:
    """Raises `Unreadable` with a sentence."""

    def read(self, raw: bytes) -> Heard:
        try:
            review = json.loads(raw)
            return _google(review) if "reviewId" in review else _trustpilot(review)
        except (ValueError, RecursionError) as problem:
            raise Unreadable(f"non è JSON: {problem}") from problem
        except (KeyError, TypeError, AttributeError) as problem:
            raise Unreadable(f"non è una recensione che conosciamo: {problem!r}") from problem


def _google(review: Json) -> Heard:
    """Google tells no id of the reviewer: nobody can be recognised by his name."""
    who = review.get("reviewer", {})
    name = "" if who.get("isAnonymous") else clean_line(who.get("displayName", ""))
    changed = review.get("updateTime") not in {None, review.get("createTime")}
    return _review(
        f"google:{review['reviewId']}",
        number=str(review["reviewId"]),
        who=Sender("HANDLE", f"google:{review['reviewId']}", name, shown=name or "Google"),
        stars=STARS.get(str(review.get("starRating"))),
        text=clean_text(review.get("comment", "")),
        at=_moment(review.get("updateTime") if changed else review.get("createTime")),
        changed=changed,
    )


def _trustpilot(review: Json) -> Heard:
    who = review.get("consumer", {})
    text = "\n".join(
        part
        for part in (clean_line(review.get("title", "")), clean_text(review.get("text", "")))
        if part
    )
    changed = bool(review.get("updatedAt"))
    links = {one.get("rel"): one.get("href") for one in review.get("links", ())}
    return _review(
        f"trustpilot:{review['id']}",
        number=str(review["id"]),
        who=Sender(
            "HANDLE",
            f"trustpilot:{who.get('id') or review['id']}",
            clean_line(who.get("displayName", "")),
            shown=clean_line(who.get("displayName", "")) or "Trustpilot",
        ),
        stars=review["stars"] if review.get("stars") in range(1, 6) else None,
        text=text,
        at=_moment(review.get("updatedAt") if changed else review.get("createdAt")),
        changed=changed,
        language=clean_line(review.get("language", ""))[:2],
        url=web_address(links.get("reviews")),
    )


def _review(  # noqa: PLR0913 # what two places have in common
    key: str,
    *,
    number: str,
    who: Sender,
    stars: int | None,
    text: str,
    at: datetime | None,
    changed: bool,
    language: str = "",
    url: str = "",
) -> Heard:
    return Heard(
        kind="CHANGE" if changed else "POST",
        sender=who,
        message_id=key,
        written_at=at,
        text=text,
        public=True,
        url=url,
        post=Post(
            key=key,
            language=language,
            to_us=True,
            change="EDIT" if changed else "",
            changes=key if changed else "",
            stars=stars,
            answerable={"review": number},
        ),
    )


def _moment(at: object) -> datetime | None:
    try:
        return datetime.fromisoformat(at) if isinstance(at, str) else None
    except ValueError:
        return None

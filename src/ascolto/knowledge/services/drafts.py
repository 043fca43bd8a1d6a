"""What is typed in the editor of articles, kept until it is a version or thrown away."""

from datetime import datetime

from django.db import transaction

from ascolto.knowledge.models import Article, ArticleDraft
from ascolto.knowledge.models.articles import LONGEST_BODY, LONGEST_TITLE
from ascolto.staff.models import Colleague


@transaction.atomic
def keep_draft(
    article: Article | None, *, title: str, body: str, by: Colleague, now: datetime
) -> ArticleDraft:
    """Keep what he has typed so far; `article` None is one that is not written yet."""
    draft, _ = ArticleDraft.objects.update_or_create(
        article=article,
        colleague=by,
        defaults={"title": title[:LONGEST_TITLE], "body": body[:LONGEST_BODY], "saved_at": now},
    )
    return draft


def throw_draft(article: Article | None, *, by: Colleague) -> None:
    """It became a version, or he wants it no more."""
    ArticleDraft.objects.filter(article=article, colleague=by).delete()

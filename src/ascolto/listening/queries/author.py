"""What else the author of something said in public has said."""

from collections.abc import Collection

from ascolto.listening.models import Mention
from ascolto.listening.queries.stream import StreamRow, rows_of
from ascolto.people.queries import with_merged

FEW = 3
LOOKED_AT = 200  # of a stranger: the newest of his channel under his name


def others_of(mention: Mention, *, hidden_teams: Collection[int] = ()) -> list[StreamRow]:
    """His other mentions, the newest first; of a stranger those by the same author of the network.

    Three queries at most.
    """
    known = (
        Mention.objects.select_related("channel", "team", "assignee", "identity__customer", "item")
        .exclude(pk=mention.pk)
        .exclude(team__in=hidden_teams)
        .order_by("-heard_at", "-pk")
    )
    if mention.identity is not None:
        his = with_merged([mention.identity.customer_id])
        return rows_of(list(known.filter(identity__customer__in=his)[:FEW]))
    author = mention.item.post.get("author")
    if not author or not mention.author_name:
        return []
    named = known.filter(channel=mention.channel_id, author_name=mention.author_name)
    same = [one for one in named[:LOOKED_AT] if one.item.post.get("author") == author]
    return rows_of(same[:FEW]) if same else []

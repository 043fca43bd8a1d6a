"""What a Mastodon channel is told: its server, what to listen to, and who may read our answers."""

from dataclasses import dataclass, field

from ascolto.channels.told import BadSettings, Told

VISIBILITIES = frozenset({"public", "unlisted"})
MOST_TAGS = 20


@dataclass(frozen=True, slots=True)
class MastodonSettings:
    server: str
    token: str = field(repr=False)
    tags: tuple[str, ...]
    local: bool
    visibility: str


def mastodon_settings(told: Told) -> MastodonSettings:
    """settings: `server` (https://…), `tags` (hashtags, without #), `local` (also everything said
    on that server, filtered by the monitors; false), `visibility` of our posts ("public" or
    "unlisted"). secret: `token`, with the scopes read:statuses, read:notifications,
    read:accounts and write:statuses. Raises `BadSettings`.
    """
    told.only("server", "tags", "local", "visibility")
    tags = tuple(dict.fromkeys(tag.lstrip("#").lower() for tag in told.words("tags")))
    if len(tags) > MOST_TAGS or not all(tag.replace("_", "").isalnum() for tag in tags):
        raise BadSettings(f"tags: al massimo {MOST_TAGS} hashtag, senza spazi")
    return MastodonSettings(
        server=told.url("server"),
        token=told.secret("token"),
        tags=tags,
        local=told.flag("local", default=False),
        visibility=told.choice("visibility", "public", VISIBILITIES),
    )

"""Which adapter serves which channel. Adding a channel is a folder and a line here."""

from ascolto.channels.doors import register_door
from ascolto.channels.models import Channel
from ascolto.channels.registry import STREAM_SILENCE, register, register_source


def wire() -> None:
    """Register every adapter. Called once by each process, after Django is set up."""
    from ascolto.channels.adapters.email import outside as email
    from ascolto.channels.adapters.form.carrier import by_mail
    from ascolto.channels.adapters.form.reader import FormReader
    from ascolto.channels.adapters.phone.reader import PhoneReader
    from ascolto.channels.adapters.portal.reader import PortalReader
    from ascolto.channels.adapters.webhook.door import WebhookDoor
    from ascolto.channels.adapters.webhook.reader import WebhookReader

    register(Channel.Kind.EMAIL, reader=email.reader, carrier=email.carrier_of)
    register(Channel.Kind.WEBHOOK, reader=WebhookReader, carrier=by_mail)
    register(Channel.Kind.FORM, reader=FormReader, carrier=by_mail)
    register(Channel.Kind.PORTAL, reader=PortalReader, carrier=by_mail)
    register(Channel.Kind.PHONE, reader=PhoneReader)  # nothing leaves by it
    register_door(Channel.Kind.WEBHOOK, WebhookDoor())
    _wire_open_networks()
    _wire_meta()
    _wire_networks()


def _wire_open_networks() -> None:
    """Networks that anybody may listen to: the web's own feeds, AT Protocol, Mastodon."""
    from ascolto.channels.adapters.bluesky import carrier as bluesky_voice
    from ascolto.channels.adapters.bluesky import outside as bluesky
    from ascolto.channels.adapters.bluesky.reader import BlueskyReader
    from ascolto.channels.adapters.feed import outside as feed
    from ascolto.channels.adapters.feed.reader import FeedReader
    from ascolto.channels.adapters.mastodon import carrier as mastodon_voice
    from ascolto.channels.adapters.mastodon import outside as mastodon
    from ascolto.channels.adapters.mastodon.reader import MastodonReader

    register(Channel.Kind.FEED, reader=FeedReader)  # nothing can be answered there
    register_source(
        Channel.Kind.FEED, source=feed.source_of, manners=feed.MANNERS, silence=feed.SILENCE
    )
    register(Channel.Kind.BLUESKY, reader=BlueskyReader, carrier=bluesky.carrier_of)
    register_source(
        Channel.Kind.BLUESKY,
        source=bluesky.source_of,
        speaker=bluesky.carrier_of,
        manners=bluesky_voice.MANNERS,
        silence=STREAM_SILENCE,
    )
    register(Channel.Kind.MASTODON, reader=MastodonReader, carrier=mastodon.carrier_of)
    register_source(
        Channel.Kind.MASTODON,
        source=mastodon.source_of,
        speaker=mastodon.carrier_of,
        manners=mastodon_voice.MANNERS,
        silence=STREAM_SILENCE,
    )


def _wire_meta() -> None:
    """Four kinds of channel by one company: one door, one reader, one carrier."""
    from ascolto.channels.adapters.meta import carrier as meta
    from ascolto.channels.adapters.meta.door import MetaDoor
    from ascolto.channels.adapters.meta.reader import MetaReader

    manners = {
        Channel.Kind.FACEBOOK: meta.FACEBOOK,
        Channel.Kind.INSTAGRAM: meta.INSTAGRAM,
        Channel.Kind.MESSENGER: meta.MESSENGER,
        Channel.Kind.WHATSAPP: meta.WHATSAPP,
    }
    for kind, expected in manners.items():
        register(kind, reader=MetaReader, carrier=meta.carrier_of)
        register_source(kind, manners=expected)
        register_door(kind, MetaDoor())


def _wire_networks() -> None:
    from ascolto.channels.adapters.reviews import carrier as reviews
    from ascolto.channels.adapters.reviews import source as review_source
    from ascolto.channels.adapters.reviews.reader import ReviewReader
    from ascolto.channels.adapters.telegram import carrier as telegram
    from ascolto.channels.adapters.telegram import source as telegram_source
    from ascolto.channels.adapters.telegram.reader import TelegramReader
    from ascolto.channels.adapters.x import carrier as x
    from ascolto.channels.adapters.x import source as x_source
    from ascolto.channels.adapters.x.door import XDoor
    from ascolto.channels.adapters.x.reader import XReader

    register(Channel.Kind.TELEGRAM, reader=TelegramReader, carrier=telegram.carrier_of)
    register_source(
        Channel.Kind.TELEGRAM, source=telegram_source.source_of, manners=telegram.MANNERS
    )
    register(Channel.Kind.X, reader=XReader, carrier=x.carrier_of)
    register_source(
        Channel.Kind.X, source=x_source.source_of, speaker=x.carrier_of, manners=x.MANNERS
    )
    register_door(Channel.Kind.X, XDoor())
    register(Channel.Kind.REVIEWS, reader=ReviewReader, carrier=reviews.carrier_of)
    register_source(Channel.Kind.REVIEWS, source=review_source.source_of, manners=reviews.MANNERS)

"""The doors of the Mastodon adapter, as the registry wants them."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from functools import partial

from django.conf import settings

from ascolto.channels.adapters.mastodon.api import Api
from ascolto.channels.adapters.mastodon.carrier import MastodonCarrier
from ascolto.channels.adapters.mastodon.settings import MastodonSettings, mastodon_settings
from ascolto.channels.adapters.mastodon.source import MastodonSource
from ascolto.channels.models import Channel
from ascolto.channels.ports import Source
from ascolto.channels.pretended import Nowhere
from ascolto.channels.told import BadSettings, told
from ascolto.kit.fetch import fetch
from ascolto.kit.websocket import WebSocket, opened


def source_of(channel: Channel) -> Source:
    """Raises `BadSettings`."""
    given = mastodon_settings(told(channel))
    return MastodonSource(given, _api(given), _open)


def carrier_of(channel: Channel) -> MastodonCarrier | Nowhere:
    """What speaks for the channel; for the demo company, a voice that nobody hears."""
    if channel.settings.get("demo"):
        return Nowhere()
    try:
        given = mastodon_settings(told(channel))
    except BadSettings as problem:
        return Nowhere(str(problem))
    return MastodonCarrier(_api(given), visibility=given.visibility)


def _api(given: MastodonSettings) -> Api:
    return Api(
        partial(fetch, private_ok_for=settings.SOURCE_PRIVATE_HOSTS), given.server, given.token
    )


def _open(url: str, headers: Mapping[str, str]) -> AbstractContextManager[WebSocket]:
    return opened(url, headers=headers, private_ok_for=settings.SOURCE_PRIVATE_HOSTS)

"""The doors of the Bluesky adapter, as the registry wants them."""

import threading
from functools import partial

from django.conf import settings

from ascolto.channels.adapters.bluesky.carrier import BlueskyCarrier
from ascolto.channels.adapters.bluesky.events import COLLECTIONS
from ascolto.channels.adapters.bluesky.jetstream import Jetstream
from ascolto.channels.adapters.bluesky.names import POST
from ascolto.channels.adapters.bluesky.repos import Repos
from ascolto.channels.adapters.bluesky.settings import BlueskySettings, bluesky_settings
from ascolto.channels.adapters.bluesky.source import BlueskySource
from ascolto.channels.adapters.bluesky.xrpc import Account
from ascolto.channels.models import Channel
from ascolto.channels.ports import Source
from ascolto.channels.pretended import Nowhere, voice_of
from ascolto.channels.told import told
from ascolto.kit.fetch import fetch
from ascolto.kit.websocket import opened

_accounts: dict[tuple[str, str, str], Account] = {}
_lock = threading.Lock()


def source_of(channel: Channel) -> Source:
    """Raises `BadSettings`."""
    given = bluesky_settings(told(channel))
    collections = COLLECTIONS if given.reposts else (POST,)
    dialect = Jetstream(collections) if given.stream == "JETSTREAM" else Repos(collections)
    open_stream = partial(opened, private_ok_for=settings.SOURCE_PRIVATE_HOSTS)
    return BlueskySource(
        _account(given), dialect, given.stream_url, open_stream, search=given.search
    )


def carrier_of(channel: Channel) -> BlueskyCarrier | Nowhere:
    """What speaks for the channel; for the demo company, a voice that nobody hears."""
    return voice_of(channel, lambda: BlueskyCarrier(_account(bluesky_settings(told(channel)))))


def _account(given: BlueskySettings) -> Account:
    """One a process: logins are counted there."""
    with _lock:
        name = (given.service, given.handle, given.password)
        if name not in _accounts:
            send = partial(fetch, private_ok_for=settings.SOURCE_PRIVATE_HOSTS)
            _accounts[name] = Account(send, given.service, given.handle, given.password)
        return _accounts[name]

"""The doors of the feed adapter, as the registry wants them."""

from datetime import timedelta
from functools import partial

from django.conf import settings

from ascolto.channels.adapters.feed.settings import feed_settings
from ascolto.channels.adapters.feed.source import FeedSource
from ascolto.channels.models import Channel
from ascolto.channels.ports import Manners, Source
from ascolto.channels.told import told
from ascolto.kit.fetch import fetch

MANNERS = Manners(private=False)  # nothing can be answered there
SILENCE = timedelta(days=1)  # a feed keeps its past; what scrolled away is told by the source


def source_of(channel: Channel) -> Source:
    """Raises `BadSettings`."""
    get = partial(fetch, private_ok_for=settings.SOURCE_PRIVATE_HOSTS)
    return FeedSource(feed_settings(told(channel)), get)

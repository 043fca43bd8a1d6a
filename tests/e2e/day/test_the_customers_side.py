"""What a customer can do, on a telephone and by keyboard in a browser without script."""

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.browser import chromium
from tests.e2e.day import portal

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("real_queue"),
    pytest.mark.browser,
]


@pytest.mark.parametrize("script", [True, False], ids=["thumb", "keyboard-without-script"])
def test_the_customer_does_everything_on_his_pages(live_server: LiveServer, script: bool) -> None:  # noqa: FBT001 # pytest gives it
    _case, sign_in, token = portal.his_matters()
    with chromium() as browser:
        page, hand, watcher = portal.at_home(browser, live_server.url, script=script)
        with watcher.loads():
            portal.the_customer_does_everything(page, hand, live_server.url, sign_in)
            with watcher.refused(404, 410):
                portal.it_was_not_for_him(page, hand, live_server.url, token)

        assert watcher.harm == []

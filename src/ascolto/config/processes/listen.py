"""`ascolto listen`: one listener a mailbox and a source, and the trickle of the demo company."""

import signal
import threading

from ascolto.channels.adapters.email.listeners import MailListeners
from ascolto.channels.listening.runner import SourceListeners
from ascolto.config.demo.trickle import Trickle
from ascolto.listening.matchers import Wants


def listen() -> int:
    """Listen until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threads = [MailListeners(stop), SourceListeners(stop, wants=Wants), Trickle(stop)]
    for thread in threads:
        thread.start()
    while not stop.wait(1.0):
        pass
    for thread in threads:
        thread.join(15)
    return 0

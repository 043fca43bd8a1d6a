"""`ascolto listen`: one listener a mailbox, and the trickle of the demo company."""

import signal
import threading

from ascolto.channels.adapters.email.listeners import MailListeners
from ascolto.config.demo.trickle import Trickle


def listen() -> int:
    """Listen until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    threads = [MailListeners(stop), Trickle(stop)]
    for thread in threads:
        thread.start()
    while not stop.wait(1.0):
        pass
    for thread in threads:
        thread.join(15)
    return 0

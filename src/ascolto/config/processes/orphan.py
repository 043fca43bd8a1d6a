"""A part of `serve` ends with it, also when `serve` was killed and could not say so."""

import os
import signal
import threading

PARENT = "ASCOLTO_SERVED_BY"  # set by `serve` for its parts: its process id
LOOK_EVERY = 1.0  # seconds


def end_with_parent() -> None:
    """Watch the parent, if there is one to watch: an orphan would hold the port for ever."""
    parent = os.environ.get(PARENT, "")
    if parent.isdigit():
        threading.Thread(target=_watch, args=(int(parent),), daemon=True).start()


def _watch(parent: int) -> None:
    looking = threading.Event()
    while os.getppid() == parent:
        looking.wait(LOOK_EVERY)
    os.kill(os.getpid(), signal.SIGTERM)

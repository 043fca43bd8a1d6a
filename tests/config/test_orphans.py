"""`serve` was killed and could say nothing: its parts end all the same."""

import os
import subprocess
import sys
import time
from pathlib import Path

SRC = Path(__file__).resolve().parents[2] / "src"
PART = """
import time
from ascolto.config.processes.orphan import end_with_parent
end_with_parent()
print("ready", flush=True)
time.sleep(60)
"""
# A parent as `serve` is: it tells its part who it is, and then dies without a word.
PARENT = f"""
import os, subprocess, sys
os.environ["ASCOLTO_SERVED_BY"] = str(os.getpid())
part = subprocess.Popen([sys.executable, "-c", {PART!r}], stdout=subprocess.PIPE)
part.stdout.readline()
print(part.pid, flush=True)
os.kill(os.getpid(), 9)
"""


def test_a_part_ends_when_its_parent_was_killed() -> None:
    parent = subprocess.Popen(  # noqa: S603 # our own words
        [sys.executable, "-c", PARENT],
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SRC)},
    )
    said, _ = parent.communicate(timeout=60)

    assert parent.returncode == -9
    assert ended(int(said), within=60)


def test_a_part_that_nobody_serves_goes_on() -> None:
    alone = subprocess.Popen(  # noqa: S603 # our own words
        [sys.executable, "-c", PART],
        stdout=subprocess.PIPE,
        env={name: value for name, value in os.environ.items() if name != "ASCOLTO_SERVED_BY"}
        | {"PYTHONPATH": str(SRC)},
    )
    try:
        assert alone.stdout is not None
        assert alone.stdout.readline() == b"ready\n"
        time.sleep(1.5)  # longer than it looks around
        assert alone.poll() is None
    finally:
        alone.kill()
        alone.communicate(timeout=60)


def ended(pid: int, *, within: float) -> bool:
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        if not is_running(pid):
            return True
        time.sleep(0.1)
    return False


def is_running(pid: int) -> bool:
    """A zombie has ended; whoever adopted it has only not looked yet."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return False
    return stat.rpartition(")")[2].split()[0] != "Z"

"""The child of `GuardedReader`: reads mails from its input until that is closed."""

import gc
import resource
import sys
from pathlib import Path

from ascolto.channels.adapters.email import wire
from ascolto.channels.adapters.email.message import read_message

_PAGE = resource.getpagesize()


def main(memory: int, cpu_seconds: int) -> None:
    """`memory`: bytes the child may grow by; `cpu_seconds`: a soft limit for each mail."""
    _limit_memory(memory)
    into, out = sys.stdin.buffer, sys.stdout.buffer
    wire.send(out, b"ready")
    while (raw := wire.receive(into)) is not None:
        _limit_cpu(cpu_seconds)
        answer = wire.pack(read_message(raw))
        del raw
        wire.send(out, answer)
        del answer


def _limit_memory(memory: int) -> None:
    mapped = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * _PAGE
    resource.setrlimit(resource.RLIMIT_AS, (mapped + memory, mapped + memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_cpu(seconds: int) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(used.ru_utime + used.ru_stime) + seconds + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hardest))


if __name__ == "__main__":
    gc.freeze()
    main(int(sys.argv[1]), int(sys.argv[2]))

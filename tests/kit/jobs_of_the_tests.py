"""Tasks that exist only in tests. Registered once, on the application's own app."""

from procrastinate.contrib.django import app

from ascolto.kit.models import Blob
from ascolto.kit.work import later

ran: list[tuple[str, int]] = []


@app.task(name="kit_tests.note", queue="work")
def note(*, number: int) -> None:
    ran.append(("note", number))


@app.task(name="kit_tests.note_and_go_on", queue="work")
def note_and_go_on(*, number: int) -> None:
    ran.append(("go_on", number))
    later("kit_tests.note", number=number + 1)


@app.task(name="kit_tests.write_then_fail", queue="work")
def write_then_fail(*, number: int) -> None:
    Blob.objects.create(digest=f"{number:064x}", size=0, content=b"")
    later("kit_tests.note", number=number)
    raise ZeroDivisionError

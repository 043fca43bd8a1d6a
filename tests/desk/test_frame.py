"""What stands around every page, how it looks, and what is said when there is no page."""

from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone
from fontTools.ttLib import TTFont  # type: ignore[import-untyped] # it has no types

from ascolto.channels.models import Health
from ascolto.desk.errors import no_permission, our_error
from ascolto.desk.fonts import build_fonts
from ascolto.staff.models import Colleague, Company
from tests import make
from tests.desk.builders import page

pytestmark = pytest.mark.django_db


def test_theme_and_density_are_set_before_the_page_is_drawn(desk: Client, elena: Colleague) -> None:
    Colleague.objects.filter(pk=elena.pk).update(theme="dark", density="compatta")

    assert '<html lang="it" data-theme="dark" data-density="compatta">' in page(desk, "/casella/")


def test_letters_are_off_for_who_turned_them_off(desk: Client, elena: Colleague) -> None:
    assert " data-keys" in page(desk, "/casella/")

    Colleague.objects.filter(pk=elena.pk).update(keys_on=False)

    assert " data-keys" not in page(desk, "/casella/")


def test_preferences_are_saved_and_confirmed(desk: Client, elena: Colleague) -> None:
    form = {"language": "it", "theme": "dark", "density": "comoda", "undo_seconds": "30"}

    response = desk.post("/impostazioni/", {**form, "signature": "Elena, Alba"}, follow=True)

    elena.refresh_from_db()
    assert (elena.theme, elena.undo_seconds, elena.keys_on) == ("dark", 30, False)
    assert "Preferenze salvate." in response.content.decode()


def test_a_preference_that_does_not_exist_is_refused(desk: Client, elena: Colleague) -> None:
    response = desk.post("/impostazioni/", {"language": "it", "undo_seconds": "7"})

    assert response.status_code == 422


def test_the_hours_of_the_teams_can_be_read(desk: Client) -> None:
    assert "lun–ven 9:00–18:00" in page(desk, "/impostazioni/")


def test_pages_speak_english_to_who_asked_for_it(desk: Client, elena: Colleague) -> None:
    Colleague.objects.filter(pk=elena.pk).update(language="en")

    shown = page(desk, "/casella/")

    assert '<html lang="en">' in shown
    assert "All done." in shown


def test_a_demo_company_says_so_on_every_page(desk: Client) -> None:
    Company.objects.update(is_demo=True)

    assert "Azienda di prova." in page(desk, "/casella/")


def test_a_channel_in_trouble_is_said_with_what_still_works(desk: Client) -> None:
    Health.objects.create(
        channel=make.mailbox(), way=Health.Way.OUT, failing_since=timezone.now(), failures=3
    )

    assert "le risposte sono in coda e partono da sole" in page(desk, "/casella/")


def test_nothing_on_a_page_needs_an_unsafe_policy(desk: Client) -> None:
    shown = page(desk, "/casella/")

    assert "<style" not in shown
    assert " onclick=" not in shown
    scripts = [tag.partition(">")[0] for tag in shown.split("<script")[1:]]
    assert all("src=" in tag or 'type="application/json"' in tag for tag in scripts)


def test_no_permission_says_who_can() -> None:
    response = no_permission(RequestFactory().get("/"))

    assert response.status_code == 403
    assert "chiedi a un responsabile o al titolare" in response.content.decode()


def test_our_error_has_a_code_to_read_aloud() -> None:
    request = RequestFactory().get("/")

    response = our_error(request)

    assert response.status_code == 500
    assert request.META["ascolto.code"] in response.content.decode()


def test_the_fonts_do_not_carry_the_reserved_name(tmp_path: Path) -> None:
    made = build_fonts(tmp_path)

    fonts = [path for path in made if path.suffix == ".woff2"]
    assert len(fonts) == 5
    for path in fonts:
        font = TTFont(path)
        names = {str(record) for record in font["name"].names if record.nameID in {1, 4, 6}}
        assert not [name for name in names if "Source" in name]
        assert "€" in map(chr, font.getBestCmap())
    assert {path.suffix for path in made} == {".woff2", ".txt"}
    before = {path: path.stat().st_mtime_ns for path in fonts}

    build_fonts(tmp_path)

    assert {path: path.stat().st_mtime_ns for path in fonts} == before  # made once

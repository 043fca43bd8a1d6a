"""Whatever colour a company has, its pages can be read."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ascolto.portal.colour import NIGHT, OURS, PAPER, Rgb, as_css, contrast, palette
from ascolto.staff.models import Company
from tests import make

AA = 4.5


def rgb(css: str) -> Rgb:
    return int(css[1:3], 16), int(css[3:5], 16), int(css[5:7], 16)


def test_contrast_is_that_of_the_standard() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_any_colour_becomes_one_that_can_be_read_by_day_and_by_night(own: Rgb) -> None:
    for shades, ground in zip(palette(as_css(own)), (PAPER, NIGHT), strict=True):
        accent, weak = rgb(shades.accent), rgb(shades.weak)
        assert contrast(accent, ground) >= AA
        assert contrast(accent, weak) >= AA
        assert contrast(rgb(shades.ink), accent) >= AA
        assert contrast(rgb(shades.ink), rgb(shades.hover)) >= AA


def test_a_colour_that_is_readable_stays_as_it_is() -> None:
    light, _ = palette("#8a1538")

    assert light.accent == "#8a1538"


@pytest.mark.parametrize("wrong", ["", "red", "#12", "#gggggg", "#fff}body{display:none"])
def test_what_is_no_colour_is_ours(wrong: str) -> None:
    assert palette(wrong) == palette(as_css(OURS))


@pytest.mark.django_db
def test_the_sheet_comes_from_our_own_address_and_names_the_colour(client: Client) -> None:
    make.company()
    Company.objects.update(colour="#8a1538")

    page = client.get("/p/entra/").content.decode()
    sheet = client.get("/p/colore.css")

    assert "/p/colore.css?8a1538" in page
    assert sheet["Content-Type"].startswith("text/css")
    assert "--accent: light-dark(#8a1538" in sheet.content.decode()

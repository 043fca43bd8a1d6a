"""Settings are understood or refused, never guessed."""

from pathlib import Path

import pytest

from ascolto.kit.environment import BadSetting, Environment


def test_a_setting_that_is_not_there_has_its_default() -> None:
    environment = Environment({"ASCOLTO_PORT": "  "})

    assert environment.number("ASCOLTO_PORT", 8000) == 8000
    assert environment.text("ASCOLTO_NAME", "Ascolto") == "Ascolto"
    assert environment.flag("ASCOLTO_DEBUG", default=False) is False
    assert environment.secret("ASCOLTO_TOKEN") is None


def test_settings_are_read() -> None:
    environment = Environment(
        {"PORT": " 80 ", "DEBUG": "Sì", "LEVEL": "info", "HOME_OF_IT": "var", "HOSTS": "a, b,,"}
    )

    assert environment.number("PORT", 1) == 80
    assert environment.flag("DEBUG", default=False) is True
    assert environment.choice("LEVEL", "warning", {"info", "warning"}) == "info"
    assert environment.path("HOME_OF_IT", Path("/x")) == Path.cwd() / "var"
    assert environment.listing("HOSTS") == ("a", "b")


@pytest.mark.parametrize("nonsense", ["abc", "0", "65536", "80.0", "-1", "٣", "1_000", "²"])
def test_a_number_out_of_bounds_names_the_setting_and_the_bounds(nonsense: str) -> None:
    environment = Environment({"ASCOLTO_PORT": nonsense})

    with pytest.raises(BadSetting) as refused:
        environment.number("ASCOLTO_PORT", 8000, low=1, high=65535)

    assert str(refused.value) == (
        f"ASCOLTO_PORT must be a whole number from 1 to 65535, not {nonsense!r}"
    )


def test_a_flag_that_is_neither_yes_nor_no_is_refused() -> None:
    with pytest.raises(BadSetting, match="ASCOLTO_DEBUG must be yes or no"):
        Environment({"ASCOLTO_DEBUG": "maybe"}).flag("ASCOLTO_DEBUG", default=True)


def test_a_choice_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(BadSetting, match="must be one of info, warning, not 'loud'"):
        Environment({"LEVEL": "loud"}).choice("LEVEL", "info", {"info", "warning"})


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("hush\n")

    assert Environment({"TOKEN_FILE": str(file)}).secret("TOKEN") == "hush"
    assert Environment({"TOKEN": "hush"}).secret("TOKEN") == "hush"


def test_a_secret_in_two_places_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="not both"):
        Environment({"TOKEN": "a", "TOKEN_FILE": str(tmp_path)}).secret("TOKEN")


def test_a_secret_file_that_is_missing_or_empty_is_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.touch()

    for file in (empty, tmp_path / "missing", tmp_path):
        with pytest.raises(BadSetting, match="TOKEN_FILE"):
            Environment({"TOKEN_FILE": str(file)}).secret("TOKEN")


def test_a_slip_of_the_pen_is_named_with_what_was_meant() -> None:
    environment = Environment({"ASCOLTO_PROT": "80", "ASCOLTO_XYZ": "1", "OTHER": "1"})
    environment.number("ASCOLTO_PORT", 8000)

    assert [str(found) for found in environment.unknown()] == [
        "ASCOLTO_PROT is not a setting of Ascolto; did you mean ASCOLTO_PORT?",
        "ASCOLTO_XYZ is not a setting of Ascolto",
    ]


def test_the_file_of_a_secret_is_no_unknown_setting(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("hush")
    environment = Environment({"ASCOLTO_TOKEN_FILE": str(file)})
    environment.secret("ASCOLTO_TOKEN")

    assert environment.unknown() == []

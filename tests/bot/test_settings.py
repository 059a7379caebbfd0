"""What an operator sets, and what is said when it cannot be used."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.settings import Listen, Settings, SettingsError, history_file, read_settings
from knowledge import SHIPPED_DOCUMENTS, SHIPPED_FACTS


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in list(os.environ):
        if name.upper().startswith("VERBATIM_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_shipped_base_is_the_default() -> None:
    settings = read_settings()

    assert (settings.documents, settings.facts) == (SHIPPED_DOCUMENTS, SHIPPED_FACTS)


def test_telegram_itself_is_the_default_and_has_no_token() -> None:
    settings = read_settings()

    assert (settings.telegram_token, settings.telegram_api) == (None, "https://api.telegram.org")


def test_environment_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VERBATIM_DOCUMENTS", str(tmp_path))
    monkeypatch.setenv("VERBATIM_TELEGRAM_API", "http://127.0.0.1:8081/")
    monkeypatch.setenv("VERBATIM_LOG_LEVEL", "debug")

    settings = read_settings()

    assert (settings.documents, settings.telegram_api, settings.log_level) == (
        tmp_path,
        "http://127.0.0.1:8081",
        "DEBUG",
    )


def test_dotenv_file_of_the_working_directory_is_read() -> None:
    Path(".env").write_text("VERBATIM_TELEGRAM_TOKEN='123:abc'\nOTHER=1\n", encoding="utf-8")

    token = read_settings().telegram_token

    assert token is not None
    assert token.get_secret_value() == "123:abc"


def test_environment_goes_before_the_dotenv_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("VERBATIM_LOG_LEVEL=ERROR\n", encoding="utf-8")
    monkeypatch.setenv("VERBATIM_LOG_LEVEL", "INFO")

    assert read_settings().log_level == "INFO"


def test_option_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("VERBATIM_FACTS", "/nowhere")

    assert read_settings(facts=tmp_path).facts == tmp_path


def test_empty_value_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_TELEGRAM_TOKEN", "")
    monkeypatch.setenv("VERBATIM_DOCUMENTS", "")

    assert read_settings().model_dump() == Settings().model_dump()


def test_token_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_TELEGRAM_TOKEN", "123:hidden")

    assert "hidden" not in repr(read_settings())


@pytest.mark.parametrize(
    ("name", "value", "mend"),
    [
        ("DOCUMENTS", "/nowhere", "set it to the folder that holds the documents"),
        ("FACTS", "/etc/hostname", "set it to the folder that holds the fact files and names.toml"),
        ("TELEGRAM_API", "ftp://127.0.0.1", "set it to an address that starts with https:// or http://"),
        ("TELEGRAM_API", "127.0.0.1:8081", "set it to an address that starts with https:// or http://"),
        ("TELEGRAM_TOKEN", "123:se cret", "set it to the token that @BotFather gives for a bot"),
        ("TELEGRAM_TOKEN", "secret", "set it to the token that @BotFather gives for a bot"),
        ("TELEGRAM_TOKEN", "123:", "set it to the token that @BotFather gives for a bot"),
        ("LOG_LEVEL", "LOUD", "set it to one of DEBUG, INFO, WARNING, ERROR, CRITICAL"),
    ],
)
def test_wrong_value_is_named_with_its_mend_but_not_shown(
    name: str, value: str, mend: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"VERBATIM_{name}", value)

    with pytest.raises(SettingsError) as raised:
        read_settings()

    assert str(raised.value) == f"VERBATIM_{name}: the value cannot be used; {mend}, or remove it"


def test_every_wrong_value_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_DOCUMENTS", "/nowhere")
    monkeypatch.setenv("VERBATIM_LOG_LEVEL", "LOUD")

    with pytest.raises(SettingsError) as raised:
        read_settings()

    assert [line.partition(":")[0] for line in str(raised.value).splitlines()] == [
        "VERBATIM_DOCUMENTS",
        "VERBATIM_LOG_LEVEL",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# mine\nVERBATIM_DRAFTS=1\nbroken line here\n", ".env, line 3: not NAME=value; mend the line or remove it"),
        (
            "VERBATIM_LOG_LEVL=INFO\n",
            ".env, line 1: VERBATIM_LOG_LEVL is no setting; VERBATIM_LOG_LEVEL is one",
        ),
        ("VERBATIM_XYZZY=1\n", ".env, line 1: VERBATIM_XYZZY is no setting; remove it"),
    ],
)
def test_line_of_the_dotenv_file_that_would_be_ignored_is_told(text: str, told: str) -> None:
    Path(".env").write_text(text, encoding="utf-8")

    with pytest.raises(SettingsError) as error:
        read_settings()
    assert str(error.value) == told


def test_variable_of_ours_that_is_no_setting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_STOER", "x")

    with pytest.raises(SettingsError, match=r"^the environment: VERBATIM_STOER is no setting; VERBATIM_STORE is one$"):
        read_settings()


def test_variables_of_others_in_the_dotenv_file_are_left_alone() -> None:
    Path(".env").write_text("OTHER=1\nexport PATH_OF_MINE='x'\n", encoding="utf-8")

    assert read_settings().model_dump() == Settings().model_dump()


def test_dotenv_file_that_is_not_text_is_told() -> None:
    Path(".env").write_bytes(b"VERBATIM_LOG_LEVEL=\xff\n")

    with pytest.raises(SettingsError, match=r"^\.env: not UTF-8 text; save it as UTF-8$"):
        read_settings()


def test_history_stands_in_the_state_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))

    assert history_file() == tmp_path / "verbatim" / "history"


@pytest.mark.parametrize("state", ["", "relative/path"])
def test_history_stands_in_the_home_when_no_state_directory_is_set(
    state: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", state)
    monkeypatch.setenv("HOME", str(tmp_path))

    assert history_file() == tmp_path / ".local" / "state" / "verbatim" / "history"


@pytest.mark.parametrize(
    ("webhook_url", "listen", "mend"),
    [
        ("https://bot.example.org/t", "", "VERBATIM_LISTEN: a webhook needs it"),
        ("http://bot.example.org/t", "127.0.0.1:8080", "VERBATIM_WEBHOOK_URL: Telegram calls https:// addresses only"),
        ("https://bot.example.org:99/t", "8080", "VERBATIM_WEBHOOK_URL: Telegram calls the ports 443, 80, 88 and 8443"),
        ("https://bot.example.org/t", "8080 please", "VERBATIM_LISTEN: the value cannot be used; set it to HOST:PORT"),
    ],
)
def test_webhook_that_telegram_could_not_call_is_refused_with_the_mend(
    monkeypatch: pytest.MonkeyPatch, webhook_url: str, listen: str, mend: str
) -> None:
    monkeypatch.setenv("VERBATIM_WEBHOOK_URL", webhook_url)
    monkeypatch.setenv("VERBATIM_LISTEN", listen)

    with pytest.raises(SettingsError, match=mend):
        read_settings()


def test_port_alone_is_one_of_this_machine() -> None:
    assert read_settings(listen="8080").listen == Listen("127.0.0.1", 8080)

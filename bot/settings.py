"""What an operator sets: the one module that reads the environment, through pydantic-settings.

A `.env` file in the working directory counts like the environment, which goes before it.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    ValidationError,
    model_validator,
)

from knowledge import SHIPPED_DOCUMENTS, SHIPPED_FACTS

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

PREFIX = "VERBATIM_"
DOTENV = Path(".env")
TELEGRAM_API = "https://api.telegram.org"

LOOPBACK = frozenset(("127.0.0.1", "localhost", "::1"))
"""Hosts of this machine, where a Bot API server of one's own may call without https."""

WEBHOOK_PORTS = frozenset((443, 80, 88, 8443))
"""Source: `setWebhook` of the Bot API."""

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]


class SettingsError(Exception):
    """A variable has a value that cannot be used; the message names it and the mend, and is fit to be shown."""


def _folder(path: Path) -> Path:
    """Return a folder that is there; `~` is the home directory, which no shell expands in a `.env` file."""
    expanded = path.expanduser()
    if not expanded.is_dir():
        raise ValueError("not a folder")
    return expanded


def _token(token: SecretStr) -> SecretStr:
    """Return a token that can be one of @BotFather's: the number of the bot, a colon, and what is secret."""
    value = token.get_secret_value().strip()
    if not re.fullmatch(r"[0-9]+:[!-~]{3,}", value):
        raise ValueError("not a token")
    return SecretStr(value)


def _without_slash(address: str) -> str:
    return address.rstrip("/")


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


@dataclass(frozen=True, slots=True)
class Listen:
    """Where to listen: a host and a port."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def _listen(value: object) -> object:
    """Return `HOST:PORT` as its two parts; a port alone is one of this machine, which others cannot reach."""
    if isinstance(value, Listen):
        return value
    host, _, port = str(value).strip().rpartition(":")  # a port alone comes from the environment as a number
    if not port.isdecimal() or not 0 <= int(port) <= 65535:
        raise ValueError("not a port")
    return Listen(host.strip("[]") or "127.0.0.1", int(port))


def _file(path: Path) -> Path:
    """Return a file; `~` is the home directory, which no shell expands in a `.env` file."""
    expanded = path.expanduser()
    if expanded.is_dir():
        raise ValueError("a folder")
    return expanded


def _secret(secret: SecretStr) -> SecretStr:
    """Return a secret that Telegram takes. Source: `setWebhook` of the Bot API."""
    if not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", secret.get_secret_value()):
        raise ValueError("not a secret")
    return secret


Folder = Annotated[Path, AfterValidator(_folder)]
Token = Annotated[SecretStr, AfterValidator(_token)]
File = Annotated[Path, AfterValidator(_file)]
Secret = Annotated[SecretStr, AfterValidator(_secret)]
ListenAt = Annotated[Listen, BeforeValidator(_listen)]
Count = Annotated[int, Field(ge=0, le=1_000_000)]
Address = Annotated[str, Field(pattern=r"^https?://[^\s/?#]+[^\s?#]*$"), AfterValidator(_without_slash)]


class Settings(BaseModel):
    """What an operator can set, each by the variable `VERBATIM_<NAME>`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: Folder = Field(default=SHIPPED_DOCUMENTS, description="the folder that holds the documents")
    facts: Folder = Field(default=SHIPPED_FACTS, description="the folder that holds the fact files and names.toml")
    drafts: bool = Field(default=False, description="1 to answer from drafts too, or 0")
    telegram_token: Token | None = Field(default=None, description="the token that @BotFather gives for a bot")
    telegram_api: Address = Field(default=TELEGRAM_API, description="an address that starts with https:// or http://")
    store: File | None = Field(default=None, description="a file that can be written; it is made if it is not there")
    keep_days: Annotated[int, Field(ge=1, le=3650)] = Field(default=30, description="a number of days from 1 to 3650")
    webhook_url: Address | None = Field(
        default=None, description="the https:// address at which Telegram reaches the bot; empty to poll"
    )
    webhook_secret: Secret | None = Field(default=None, description="1 to 256 of the characters A-Z a-z 0-9 _ -")
    listen: ListenAt | None = Field(default=None, description="HOST:PORT or PORT, such as 127.0.0.1:8080")
    questions_per_minute: Count = Field(default=20, description="a number of questions, or 0 for no limit")
    group_answers: Literal["full", "short"] = Field(default="full", description="full or short")
    telegram_per_second: Count = Field(default=30, description="a number of messages, or 0 for no limit")
    telegram_chat_per_second: Count = Field(default=1, description="a number of messages, or 0 for no limit")
    telegram_group_per_minute: Count = Field(default=20, description="a number of messages, or 0 for no limit")
    reload_seconds: Annotated[int, Field(ge=0, le=86_400)] = Field(
        default=5, description="a number of seconds, or 0 for never"
    )
    largest_document: Annotated[int, Field(ge=1, le=1000)] = Field(
        default=20, description="a number of megabytes from 1 to 1000"
    )
    log_level: Annotated[LogLevel, BeforeValidator(_upper)] = Field(
        default="WARNING", description="one of DEBUG, INFO, WARNING, ERROR, CRITICAL"
    )

    @model_validator(mode="after")
    def _webhook_can_be_reached(self) -> Self:
        """Refuse a webhook at which Telegram could not call. Source: `setWebhook` of the Bot API."""
        if self.webhook_url is None:
            return self
        if self.listen is None:
            raise ValueError(
                f"{PREFIX}LISTEN: a webhook needs it; set it to where the proxy passes calls on, such as 127.0.0.1:8080"
            )
        address = urlsplit(self.webhook_url)
        if address.scheme != "https" and address.hostname not in LOOPBACK:
            raise ValueError(
                f"{PREFIX}WEBHOOK_URL: Telegram calls https:// addresses only; set it to that of a proxy before the bot"
            )
        if address.scheme == "https" and (address.port or 443) not in WEBHOOK_PORTS:
            raise ValueError(
                f"{PREFIX}WEBHOOK_URL: Telegram calls the ports 443, 80, 88 and 8443 only; set it to one of them"
            )
        return self


def read_settings(**options: object) -> Settings:
    """Return what is set.

    Args:
        options: settings by their names, which go before the environment; None where one is not given.

    Raises:
        SettingsError: a value cannot be used.
    """
    given = {name: value for name, value in options.items() if value is not None}
    try:
        if not _anything_set():
            return Settings.model_validate(given)
        _prove_names()
        return _from_environment(given)
    except ValidationError as error:
        raise SettingsError("\n".join(map(_mend, error.errors()))) from None
    except OSError as error:
        raise SettingsError(f"{DOTENV}: cannot be read ({error.strerror}); make it readable or remove it") from None


def store_file(settings: Settings) -> Path:
    """Return the file of the store: the one that is set, or one of the user's own.

    Raises:
        SettingsError: none is set, and the user has no home directory.
    """
    if settings.store is not None:
        return settings.store
    folder = _own_folder("XDG_STATE_HOME", ".local/state")
    if folder is None:
        raise SettingsError(f"{PREFIX}STORE: there is no home directory to keep it in; set it to a file")
    return folder / "store.db"


def history_file() -> Path | None:
    """Return where the terminal keeps what was typed; None when the user has no home directory."""
    folder = _own_folder("XDG_STATE_HOME", ".local/state")
    return folder / "history" if folder else None


def cache_folder() -> Path | None:
    """Return where bases are kept ready for the next start; None when the user has no home directory."""
    return _own_folder("XDG_CACHE_HOME", ".cache")


def _own_folder(variable: str, default: str) -> Path | None:
    """Return the folder of ours that a variable names, or the default below the home directory.

    Source: XDG Base Directory Specification 0.8; a relative path in a variable is to be ignored.
    """
    folder = Path(os.environ.get(variable, ""))
    if not folder.is_absolute():
        try:
            folder = Path.home() / default
        except RuntimeError:
            return None
    return folder / "verbatim"


def _anything_set() -> bool:
    """Tell whether there is anything to read; if not, a tenth of a second of imports is saved."""
    return DOTENV.exists() or any(name.upper().startswith(PREFIX) for name in os.environ)


def _prove_names() -> None:
    """Make sure that `.env` holds variables only, and that every variable of ours is a setting.

    Raises:
        SettingsError: a line is none, or a name is no setting: it would be ignored, and nobody would know.
    """
    written = [(name, "the environment") for name in os.environ if name.upper().startswith(PREFIX)]
    if DOTENV.is_file():
        from dotenv.parser import parse_stream  # noqa: PLC0415  see _anything_set

        with DOTENV.open(encoding="utf-8", errors="replace") as file:  # that it is no text is told where it is read
            for line in parse_stream(file):
                if line.error:
                    raise SettingsError(
                        f"{DOTENV}, line {line.original.line}: not NAME=value; mend the line or remove it"
                    )
                if line.key is not None and line.key.upper().startswith(PREFIX):
                    written.append((line.key, f"{DOTENV}, line {line.original.line}"))
    known = [name.upper() for name in Settings.model_fields]
    for name, place in written:
        own = name.upper().removeprefix(PREFIX)
        if own not in known:
            near = get_close_matches(own, known, n=1)
            mend = f"{PREFIX}{near[0]} is one" if near else "remove it"
            raise SettingsError(f"{place}: {name} is no setting; {mend}")


def _from_environment(given: dict[str, object]) -> Settings:
    """Return the settings of the environment and of `.env`; an empty value counts as not set."""
    from pydantic_settings import BaseSettings, SettingsConfigDict  # noqa: PLC0415  see _anything_set

    class FromEnvironment(BaseSettings, Settings):
        model_config = SettingsConfigDict(
            env_prefix=PREFIX, env_file=DOTENV, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
        )

    return FromEnvironment.model_validate(given)


def _mend(error: ErrorDetails) -> str:
    """Return what is wrong with a variable and how to mend it; the value, which may be secret, is not shown."""
    if not error["loc"]:
        cause = error.get("ctx", {}).get("error")
        if isinstance(cause, UnicodeDecodeError):  # pydantic takes that of the file for an error of the whole
            return f"{DOTENV}: not UTF-8 text; save it as UTF-8"
        return str(cause)
    name = str(error["loc"][0])
    wanted = Settings.model_fields[name].description
    return f"{PREFIX}{name.upper()}: the value cannot be used; set it to {wanted}, or remove it"

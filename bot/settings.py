"""What an operator sets: the one module that reads the environment, through pydantic-settings.

A `.env` file in the working directory counts like the environment, which goes before it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from knowledge import SHIPPED_DOCUMENTS, SHIPPED_FACTS

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

PREFIX = "VERBATIM_"
DOTENV = Path(".env")
TELEGRAM_API = "https://api.telegram.org"

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
    """Return a token that can stand in an address."""
    value = token.get_secret_value().strip()
    if not value.isascii() or not value.isprintable() or " " in value:
        raise ValueError("not a token")
    return SecretStr(value)


def _without_slash(address: str) -> str:
    return address.rstrip("/")


def _upper(value: object) -> object:
    return value.strip().upper() if isinstance(value, str) else value


Folder = Annotated[Path, AfterValidator(_folder)]
Token = Annotated[SecretStr, AfterValidator(_token)]
Address = Annotated[str, Field(pattern=r"^https?://[^\s/?#]+[^\s?#]*$"), AfterValidator(_without_slash)]


class Settings(BaseModel):
    """What an operator can set, each by the variable `VERBATIM_<NAME>`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: Folder = Field(default=SHIPPED_DOCUMENTS, description="the folder that holds the documents")
    facts: Folder = Field(default=SHIPPED_FACTS, description="the folder that holds the fact files and names.toml")
    telegram_token: Token | None = Field(default=None, description="the token that @BotFather gives for a bot")
    telegram_api: Address = Field(default=TELEGRAM_API, description="an address that starts with https:// or http://")
    log_level: Annotated[LogLevel, BeforeValidator(_upper)] = Field(
        default="WARNING", description="one of DEBUG, INFO, WARNING, ERROR, CRITICAL"
    )


def read_settings(documents: Path | None = None, facts: Path | None = None) -> Settings:
    """Return what is set.

    Args:
        documents: goes before the environment.
        facts: goes before the environment.

    Raises:
        SettingsError: a value cannot be used.
    """
    given = {name: path for name, path in (("documents", documents), ("facts", facts)) if path is not None}
    try:
        return _from_environment(given) if _anything_set() else Settings.model_validate(given)
    except ValidationError as error:
        raise SettingsError("\n".join(map(_mend, error.errors()))) from None
    except OSError as error:
        raise SettingsError(f"{DOTENV}: cannot be read ({error.strerror}); make it readable or remove it") from None


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


def _from_environment(given: dict[str, Path]) -> Settings:
    """Return the settings of the environment and of `.env`; an empty value counts as not set."""
    from pydantic_settings import BaseSettings, SettingsConfigDict  # noqa: PLC0415  see _anything_set

    class FromEnvironment(BaseSettings, Settings):
        model_config = SettingsConfigDict(
            env_prefix=PREFIX, env_file=DOTENV, env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore"
        )

    return FromEnvironment.model_validate(given)


def _mend(error: ErrorDetails) -> str:
    """Return what is wrong with a variable and how to mend it; the value, which may be secret, is not shown."""
    if not error["loc"]:  # pydantic takes a UnicodeDecodeError of the file for an error of the whole
        return f"{DOTENV}: not UTF-8 text; save it as UTF-8"
    name = str(error["loc"][0])
    wanted = Settings.model_fields[name].description
    return f"{PREFIX}{name.upper()}: the value cannot be used; set it to {wanted}, or remove it"

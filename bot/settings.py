"""Settings: what an installation may choose, read once at the start and then frozen.

``Settings(...)`` by keyword never looks at the environment; ``read_settings`` is the one place
that does, through the process environment and an ``.env`` file (python-dotenv's format).
"""

from __future__ import annotations

import os
import re
import stat
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LogLevel = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
LogFormat = Literal["human", "json"]

# pydantic's kinds of error in the words of somebody who edits a settings file.
_PLAIN = {
    "int_parsing": "must be a whole number",
    "literal_error": "must be {expected}",
    "greater_than_equal": "must be {ge} or more",
    "less_than_equal": "must be {le} or less",
    "string_pattern_mismatch": "does not have the right form; .env.example shows it",
    "string_too_long": "must not be longer than {max_length} characters",
}
_TOKEN = re.compile(r"[\w-]+\.[\w-]+\.[\w-]+")


class SettingsError(Exception):
    """A setting cannot be used; ``str()`` is one line that says which and what to do."""


def shipped_data_dir() -> Path:
    """Where the shipped data lies: inside an installed package, else beside the source."""
    packaged = Path(__file__).parent / "data"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "data"


class Settings(BaseModel):
    """Everything an installation may choose. The descriptions are those of ``.env.example``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    discord_token: SecretStr | None = Field(
        default=None, description="The bot's token from the Discord developer portal."
    )
    database_url: str = Field(
        default="sqlite+aiosqlite:///data/var/theory-club.db",
        description="Where the database is, as an SQLAlchemy address.",
    )
    data_dir: Path = Field(
        default_factory=shipped_data_dir,
        description="The folder with theories/, vocabulary.toml, places.toml and locale/.",
    )
    bot_language: str = Field(
        default="en",
        pattern=r"^[a-z]{2,3}([_-][A-Za-z0-9]+)*$",
        description="The language of the texts: en, or one with a file under locale/.",
    )
    log_level: LogLevel = Field(
        default="INFO", description="How much is logged: DEBUG, INFO, WARNING or ERROR."
    )
    log_format: LogFormat = Field(
        default="human", description="How a line of the log looks: human, or json, one object each."
    )
    dev_guild_id: int | None = Field(
        default=None,
        ge=1,
        description="For development: register the commands in this one server only.",
    )
    shard_count: int = Field(
        default=1, ge=1, description="Gateway connections; raise it before 2,500 servers."
    )
    http_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Serve GET /health on this port, for containers and monitors.",
    )
    nap: int = Field(
        default=30,
        ge=1,
        le=3600,
        description="Seconds after which the bot notices at the latest that the clock was moved.",
    )
    failed_wait: int = Field(
        default=0,
        ge=0,
        le=3600,
        description="Seconds to wait before ending after a failure, where a restart comes at once.",
    )
    source_url: str | None = Field(
        default=None,
        pattern=r"^https?://\S+$",
        max_length=500,
        description="A page about your copy of the bot, linked in /about.",
    )

    @field_validator("discord_token")
    @classmethod
    def _token_has_three_parts(cls, token: SecretStr | None) -> SecretStr | None:
        if token is not None and not _TOKEN.fullmatch(token.get_secret_value()):
            raise ValueError("is not a bot token: those have three parts joined by dots")
        return token

    @field_validator("database_url")
    @classmethod
    def _database_is_sqlite(cls, url: str) -> str:
        if not url.startswith("sqlite+aiosqlite:///"):
            raise ValueError("must begin with sqlite+aiosqlite:/// (other databases come later)")
        return url


class _SettingsFromEnvironment(Settings, BaseSettings):
    """The same settings, from the environment and an ``.env`` file; other variables are ignored."""

    model_config = SettingsConfigDict(frozen=True, extra="ignore", env_ignore_empty=True)


def read_settings(env_file: Path) -> Settings:
    """Settings from the process environment and, below it, ``env_file`` when it exists.

    Raises SettingsError in one line that names the setting; a secret's value is never shown.
    """
    if env_file.exists() and not env_file.is_file():
        raise SettingsError(f"{env_file} is not a file; write the settings into a file")
    if env_file.exists() and is_tracked_by_git(env_file):
        raise SettingsError(
            f"{env_file.name} is tracked by git, so its token is no secret; run "
            f"'git rm --cached {env_file.name}', reset the token in the developer portal, retry"
        )
    try:
        found = _SettingsFromEnvironment(_env_file=env_file)
    except ValidationError as error:
        raise SettingsError(_one_line(error)) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{env_file} cannot be read: {type(error).__name__}") from None
    return Settings(**{name: getattr(found, name) for name in Settings.model_fields})


def _one_line(error: ValidationError) -> str:
    return "; ".join(_sentences(error))


def _sentences(error: ValidationError) -> Iterable[str]:
    for fault in error.errors(include_url=False):
        name = str(fault["loc"][0]).upper() if fault["loc"] else "settings"
        problem = _PLAIN.get(fault["type"], fault["msg"].removeprefix("Value error, "))
        problem = problem.format_map(fault.get("ctx", {}))
        # A token is secret and an address may hold a password: neither is shown.
        is_secret = name in ("DISCORD_TOKEN", "DATABASE_URL")
        shown = "" if is_secret else f" (it is {str(fault['input'])[:60]!r})"
        yield f"{name}: {problem}{shown}"


def env_file_warning(env_file: Path) -> str | None:
    """One line with the mending command when others on this machine can read the file."""
    try:
        mode = stat.S_IMODE(env_file.stat().st_mode)
    except OSError:
        return None
    if os.name != "posix" or not mode & 0o077:
        return None
    return f"{env_file} can be read by other users of this machine; run: chmod 600 {env_file}"


def is_tracked_by_git(path: Path) -> bool:
    """Whether git would publish this file. False without git or outside a work tree."""
    command = ["git", "-C", str(path.parent), "ls-files", "--error-unmatch", "--", path.name]
    try:
        done = subprocess.run(command, capture_output=True, timeout=3, check=False)  # noqa: S603 - fixed words
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0

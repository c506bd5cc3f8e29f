"""Settings: read in one place, refused in one line, never leaking the token."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings, SettingsError, env_file_warning, read_settings

ROOT = Path(__file__).parents[2]
TOKEN = "MTIz.NDU2.Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkw"


@pytest.fixture(autouse=True)
def _bare_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)


def env_file(folder: Path, text: str) -> Path:
    path = folder / ".env"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)
    return path


def test_keyword_construction_ignores_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "DEBUG")
    assert Settings().log_level == "INFO"


def test_the_file_is_read_and_the_environment_wins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = env_file(tmp_path, f"DISCORD_TOKEN={TOKEN}\nLOG_LEVEL=DEBUG\nUNRELATED=1\n")
    monkeypatch.setenv("LOG_LEVEL", "ERROR")
    settings = read_settings(path)
    assert settings.discord_token is not None
    assert settings.discord_token.get_secret_value() == TOKEN
    assert settings.log_level == "ERROR"


def test_empty_values_mean_the_default(tmp_path: Path) -> None:
    path = env_file(tmp_path, "DISCORD_TOKEN=\nHTTP_PORT=\n")
    assert read_settings(path) == Settings()


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("LOG_LEVEL=LOUD", "LOG_LEVEL"),
        ("HTTP_PORT=70000", "HTTP_PORT"),
        ("HTTP_PORT=eighty", "HTTP_PORT"),
        ("SHARD_COUNT=0", "SHARD_COUNT"),
        ("DEV_GUILD_ID=-3", "DEV_GUILD_ID"),
        ("DATABASE_URL=mysql://somewhere", "DATABASE_URL"),
        ("SOURCE_URL=javascript:alert(1)", "SOURCE_URL"),
        ("BOT_LANGUAGE=../../etc", "BOT_LANGUAGE"),
    ],
)
def test_a_malformed_value_is_refused_in_one_line_that_names_it(
    tmp_path: Path, line: str, named: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(env_file(tmp_path, line + "\n"))
    assert str(refused.value).startswith(named + ": ")
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("token", ["secretsecret", "Bot a.b.c", '"a.b.c', "a.b.c.d"])
def test_a_token_of_the_wrong_shape_is_refused_without_being_shown(
    tmp_path: Path, token: str
) -> None:
    with pytest.raises(SettingsError) as refused:
        read_settings(env_file(tmp_path, f"DISCORD_TOKEN='{token}'\n"))
    assert token not in str(refused.value)
    assert "DISCORD_TOKEN" in str(refused.value)


def test_the_token_shows_in_no_representation() -> None:
    settings = Settings(discord_token=TOKEN)
    assert TOKEN not in repr(settings) + str(settings) + settings.model_dump_json()


def test_settings_cannot_be_changed_or_misspelt() -> None:
    with pytest.raises(ValidationError):
        Settings().log_level = "DEBUG"  # type: ignore[misc]  # it is frozen
    with pytest.raises(ValidationError):
        Settings(log_levle="DEBUG")  # type: ignore[call-arg]  # that is the point


def test_a_file_others_can_read_gets_one_line_with_the_command_that_mends_it(
    tmp_path: Path,
) -> None:
    path = env_file(tmp_path, "")
    assert env_file_warning(path) is None
    path.chmod(0o644)
    warning = env_file_warning(path)
    assert warning is not None
    assert f"chmod 600 {path}" in warning
    assert env_file_warning(tmp_path / "absent") is None


def test_a_file_that_git_tracks_is_refused(tmp_path: Path) -> None:
    path = env_file(tmp_path, f"DISCORD_TOKEN={TOKEN}\n")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    assert read_settings(path).discord_token is not None
    subprocess.run(["git", "-C", str(tmp_path), "add", ".env"], check=True)
    with pytest.raises(SettingsError, match="tracked by git"):
        read_settings(path)


def test_an_unreadable_file_is_refused_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_bytes(b"DISCORD_TOKEN=\xff\xfe\n")
    with pytest.raises(SettingsError, match="cannot be read"):
        read_settings(path)


def test_the_example_file_holds_every_setting_with_its_default() -> None:
    text = (ROOT / ".env.example").read_text(encoding="utf-8")
    shown = dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", text, re.MULTILINE))
    assert set(shown) == {name.upper() for name in Settings.model_fields}
    defaults = Settings()
    for name, value in shown.items():
        default = getattr(defaults, name.lower())
        if value and name != "DATA_DIR":
            assert value == str(default), name
        elif not value:
            assert default is None, name


def test_the_example_file_works_as_it_is(tmp_path: Path) -> None:
    path = env_file(tmp_path, (ROOT / ".env.example").read_text(encoding="utf-8"))
    assert read_settings(path) == Settings()


def test_the_readme_lists_every_setting() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in Settings.model_fields:
        assert f"`{name.upper()}`" in readme

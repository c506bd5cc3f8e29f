"""The log: no secret in any line, at any level."""

from __future__ import annotations

import json
import logging
from datetime import datetime

import pytest
from pydantic import SecretStr

from bot.logs import JsonLines, LateSuggestions, Redaction, logging_to_stderr, quieten

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB"
INTERACTION_TOKEN = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OTA6c2VjcmV0"


def logged(capsys: pytest.CaptureFixture[str], *, token: SecretStr | None) -> str:
    with logging_to_stderr("DEBUG", token):
        log = logging.getLogger("theory.test")
        log.debug("connecting with %s", TOKEN)
        log.info("POST /webhooks/123/%s/messages/@original", INTERACTION_TOKEN)
        log.warning(
            "POST https://discord.com/api/v10/interactions/123/%s/callback", INTERACTION_TOKEN
        )
        fault = ValueError(f"bad header Authorization: Bot {TOKEN}")
        log.error("failed", exc_info=(type(fault), fault, None))
    return capsys.readouterr().err


@pytest.mark.parametrize("token", [SecretStr(TOKEN), None])
def test_no_token_reaches_the_log(
    capsys: pytest.CaptureFixture[str], token: SecretStr | None
) -> None:
    text = logged(capsys, token=token)
    assert "connecting with [token]" in text
    assert "ValueError: bad header Authorization: Bot [token]" in text
    assert TOKEN not in text
    assert INTERACTION_TOKEN not in text


def test_every_json_line_is_an_object_that_says_when_where_and_what(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with logging_to_stderr("DEBUG", SecretStr(TOKEN), "json"):
        log = logging.getLogger("theory.test")
        log.info("two\nlines with %s and ü", TOKEN)
        fault = ValueError(f"Bot {TOKEN}")
        log.error("fault %s", "abc123", exc_info=fault, extra={"error_id": "abc123"})
    plain, failed = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert plain.keys() == {"time", "level", "logger", "message"}
    assert plain["message"] == "two\nlines with [token] and ü"
    assert datetime.fromisoformat(plain["time"]).tzinfo is not None
    assert (failed["level"], failed["logger"]) == ("ERROR", "theory.test")
    assert (failed["message"], failed["error_id"]) == ("fault abc123", "abc123")
    assert failed["traceback"] == "ValueError: Bot [token]"


def test_half_a_character_is_a_line_too() -> None:
    # Not through the log: the report of a test could not be sent on.
    record = logging.LogRecord("theory.test", logging.INFO, "", 1, "\ud800", None, None)
    assert json.loads(JsonLines().format(record))["message"] == "\ud800"


def test_libraries_that_log_contents_stay_at_info_at_every_level() -> None:
    logging.getLogger("discord.http").setLevel(logging.DEBUG)
    quieten()
    for name in ("discord.http", "discord.webhook", "discord.gateway", "aiosqlite"):
        assert not logging.getLogger(name).isEnabledFor(logging.DEBUG), name


def test_the_root_logger_is_left_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    root = logging.getLogger()
    before = root.level, list(root.handlers)
    with logging_to_stderr("DEBUG"):
        pass
    assert (root.level, list(root.handlers)) == before


def test_a_line_whose_arguments_do_not_fit_is_not_lost() -> None:
    record = logging.LogRecord("x", logging.INFO, "f", 1, "plain %% text", None, None)
    assert Redaction(None).filter(record)
    assert record.getMessage() == "plain %% text"


def test_suggestions_that_came_too_late_are_no_fault() -> None:
    class Late(Exception):
        code = 10062

    def line(text: str, error: Exception) -> logging.LogRecord:
        info = (type(error), error, None)
        return logging.LogRecord("x", logging.ERROR, "f", 1, text, None, info)

    drop = LateSuggestions().filter
    assert not drop(line("Ignoring exception in autocomplete for %r", Late()))
    assert drop(line("Ignoring exception in autocomplete for %r", ValueError()))
    assert drop(line("Ignoring exception in command", Late()))

"""How an installation is run: exit codes as supervisors read them, help, and the units shipped."""

from __future__ import annotations

import configparser
import io
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.command_line import command_line
from bot.progress_bar import progress_bar
from bot.startup import MEANINGS, ExitCode

ROOT = Path(__file__).parents[2]
WORTH_A_RESTART = {ExitCode.UNAVAILABLE, ExitCode.SOFTWARE}
COMMANDS = ("run", "check", "demo", "backup", "restore", "export", "split")
# Discord resets a token that identifies more than 1,000 times in 24 hours.
SECONDS_A_CONNECTION = 24 * 3600 / 1000


def unit() -> configparser.SectionProxy:
    read = configparser.ConfigParser(strict=False, interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]  # as configparser's manual says
    read.read(ROOT / "data" / "operation" / "theory-club.service", encoding="utf-8")
    return read["Service"]


def test_the_unit_restarts_after_what_a_restart_can_mend_and_never_too_often() -> None:
    service = unit()
    given_up = {int(code) for code in service["RestartPreventExitStatus"].split()}
    assert given_up == set(ExitCode) - WORTH_A_RESTART - {ExitCode.OK}
    assert service["Restart"] == "on-failure"
    assert int(service["RestartSec"]) > SECONDS_A_CONNECTION


def test_a_container_that_failed_comes_back_no_sooner_either() -> None:
    (wait,) = [
        int(word.partition("=")[2])
        for word in (ROOT / "Dockerfile").read_text(encoding="utf-8").split()
        if word.startswith("FAILED_WAIT=")
    ]
    assert wait > SECONDS_A_CONNECTION


def test_every_exit_code_is_told_by_help_and_by_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    told = command_line().format_help()
    for code in ExitCode:
        assert f"| {code} | {MEANINGS[code]} |" in readme
        assert MEANINGS[code] in told


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_tells_what_it_does(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([command, "--help"])
    assert ended.value.code == 0
    told = capsys.readouterr().out
    assert len(told.split("options:")[0]) > 120
    assert max(map(len, told.splitlines())) <= 100


class Terminal(io.StringIO):
    """Takes text as a terminal does, or as a file."""

    def __init__(self, *, is_one: bool) -> None:
        super().__init__()
        self.is_one = is_one

    def isatty(self) -> bool:
        return self.is_one


def test_a_bar_shows_on_a_terminal_alone_and_leaves_nothing() -> None:
    shown, kept = Terminal(is_one=True), Terminal(is_one=False)
    for out in (shown, kept):
        with progress_bar("copying", out) as progress:
            for done in range(2001):
                progress(done, 1000)
    assert kept.getvalue() == ""
    drawn = shown.getvalue().split("\r\x1b[2K")
    assert len(drawn) == 1 + 101 + 1
    assert drawn[51].startswith("copying ###############...............  50 %")
    assert drawn[-1] == ""


def test_a_failed_start_waits_where_it_is_told_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    waits: list[float] = []
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DISCORD_TOKEN", raising=False)
    monkeypatch.setattr("time.sleep", waits.append)
    assert main(["run"]) == ExitCode.CONFIG
    monkeypatch.setenv("FAILED_WAIT", "90")
    monkeypatch.setattr("signal.signal", lambda *_: None)
    assert main([]) == ExitCode.CONFIG
    assert waits == [90]
    assert capsys.readouterr().err.count("no Discord token") == 2

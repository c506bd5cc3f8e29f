"""The command line: ``python -m bot [run | demo | check | backup | restore | export | split]``."""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

try:
    from bot.command_line import command_line
    from bot.logs import logging_to_stderr
    from bot.settings import Settings, SettingsError, env_file_warning, read_settings
    from bot.startup import ExitCode, StartRefused
except ModuleNotFoundError as missing:
    sys.exit(
        f"theory-club: the library {missing.name} is missing; 'make .venv' installs everything, "
        "then start with .venv/bin/python -m bot"
    )

log = logging.getLogger("bot")

ENV_FILE = Path(".env")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the value is the exit code."""
    arguments = command_line().parse_args(argv)
    try:
        return _COMMANDS[arguments.command or "run"](arguments)
    except SettingsError as refused:
        return _refuse(ExitCode.CONFIG, str(refused))
    except StartRefused as refused:
        return _refuse(refused.code, str(refused))
    except KeyboardInterrupt:
        return ExitCode.OK
    except BrokenPipeError:  # whoever reads our output, such as head, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.OK


def _refuse(code: ExitCode, sentence: str) -> int:
    print(f"theory-club: {sentence}", file=sys.stderr)  # noqa: T201 - the one line of a refused start
    return code


def _settings() -> Settings:
    settings = read_settings(ENV_FILE)
    warning = env_file_warning(ENV_FILE)
    if warning:
        print(f"theory-club: warning: {warning}", file=sys.stderr)  # noqa: T201 - before the log opens
    return settings


def _run(_arguments: argparse.Namespace) -> int:
    settings = _settings()
    try:
        code = _connect(settings)
    except StartRefused as refused:
        code = _refuse(refused.code, str(refused))
    if code != ExitCode.OK:
        _hold_back(settings.failed_wait, code)
    return code


def _connect(settings: Settings) -> int:
    if settings.discord_token is None:
        raise StartRefused(
            ExitCode.CONFIG,
            "no Discord token. Write DISCORD_TOKEN=<your token> into .env (cp .env.example .env "
            "shows every setting), or try the bot without one: make demo",
        )
    from bot.runner import run  # noqa: PLC0415 - a refused start need not load discord.py

    with logging_to_stderr(settings.log_level, settings.discord_token, settings.log_format):
        try:
            return run(settings)
        except StartRefused:
            raise
        except Exception:
            log.exception("a fault of the program; please report it with these lines")
            return ExitCode.SOFTWARE


def _hold_back(seconds: int, code: int) -> None:
    """Ends later than it could, for a supervisor that would start the program again at once."""
    if seconds:
        # The first process of a container ends by SIGTERM only where it says so itself.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(code))
        print(f"theory-club: ending in {seconds} s (FAILED_WAIT)", file=sys.stderr)  # noqa: T201 - the log is closed
        time.sleep(seconds)


def _check(_arguments: argparse.Namespace) -> int:
    from bot.check import check  # noqa: PLC0415 - loads what it checks

    return check(_settings())


def _backup(_arguments: argparse.Namespace) -> int:
    from bot.backups import backup  # noqa: PLC0415 - nothing else needs it

    return backup(_settings())


def _restore(arguments: argparse.Namespace) -> int:
    from bot.backups import restore  # noqa: PLC0415 - nothing else needs it

    return restore(_settings(), arguments.file)


def _export(arguments: argparse.Namespace) -> int:
    from bot.export_file import export_file  # noqa: PLC0415 - nothing else needs it

    return export_file(_settings(), arguments.format, arguments.output)


def _split(arguments: argparse.Namespace) -> int:
    from bot.split_file import split_file  # noqa: PLC0415 - nothing else needs it

    return split_file(arguments.file, arguments.slack)


def _demo(arguments: argparse.Namespace) -> int:
    try:
        from bot.demo import demo  # noqa: PLC0415 - the simulated Discord is an extra
    except ModuleNotFoundError as missing:
        raise StartRefused(
            ExitCode.CONFIG,
            f"the demo needs the extra 'demo' ({missing.name} is missing); "
            "'make demo' installs it, or: pip install 'theory-club[demo]'",
        ) from None
    return demo(
        arguments.database,
        story=arguments.story,
        port=arguments.port,
        open_browser=arguments.open,
    )


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "check": _check,
    "demo": _demo,
    "backup": _backup,
    "restore": _restore,
    "export": _export,
    "split": _split,
}


if __name__ == "__main__":
    sys.exit(main())

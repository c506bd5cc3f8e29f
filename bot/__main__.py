"""The command line: ``python -m bot [run | demo | check | backup | restore | export | split]``."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from bot import __version__

try:
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

_EPILOG = """exit codes:
   0  ended as asked
   2  the command line is wrong
  65  a data file is missing or wrong
  69  Discord cannot be reached (worth a later restart)
  70  a fault of the program (the log has the details)
  73  the database, or the file asked for, cannot be written
  74  the database is damaged or gone
  76  the database was made by a newer version
  78  a setting is missing or wrong (a restart alone does not mend it)
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; the value is the exit code."""
    arguments = _parser().parse_args(argv)
    try:
        return int(arguments.run(arguments))
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description="Theory Club: a Discord bot that helps a research group cover more theories.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"theory-club {__version__}")
    parser.set_defaults(run=_run)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")
    run = commands.add_parser("run", help="connect to Discord (the default); needs DISCORD_TOKEN")
    run.set_defaults(run=_run)
    check = commands.add_parser(
        "check", help="validate settings, data and database; change nothing"
    )
    check.set_defaults(run=_check)
    demo = commands.add_parser(
        "demo", help="the same bot in a local Discord in the browser; needs no token"
    )
    demo.add_argument("--open", action="store_true", help="open the page in the browser")
    demo.add_argument(
        "--port", type=int, default=0, help="port of the launcher page (default: any)"
    )
    demo.add_argument(
        "--database",
        type=Path,
        default=None,
        metavar="FILE",
        help="keep the example server in this file (default: a temporary one)",
    )
    demo.add_argument(
        "--story",
        choices=("lived-in", "split", "new"),
        default="lived-in",
        help="a group that has read for weeks (the default), a new one about to split the list, "
        "or a server where nothing is set up",
    )
    demo.set_defaults(run=_demo)
    backup = commands.add_parser(
        "backup", help="copy the database, check the copy, and let old ones go; the bot may run"
    )
    backup.set_defaults(run=_backup)
    restore = commands.add_parser(
        "restore", help="put a backup in the database's place; the bot must not run"
    )
    restore.add_argument("file", type=Path, metavar="BACKUP", help="one of the files in backups/")
    restore.set_defaults(run=_restore)
    _add_export(commands)
    _add_split(commands)
    return parser


def _add_export(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    export = commands.add_parser(
        "export", help="write the catalogue's works as a file for other programs"
    )
    export.add_argument(
        "--format",
        choices=("bibtex", "csl-json", "csv", "markdown"),
        default=None,
        help="default: what the ending of FILE says, else bibtex",
    )
    export.add_argument(
        "--output",
        type=Path,
        default=None,
        metavar="FILE",
        help="replace this file (default: print to standard output)",
    )
    export.set_defaults(run=_export)


def _add_split(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    split = commands.add_parser(
        "split", help="split the list in a file among its members and print the result as JSON"
    )
    split.add_argument("file", type=Path, metavar="FILE.json", help="a problem, format split/1")
    split.add_argument(
        "--slack",
        type=int,
        default=0,
        choices=range(101),
        metavar="PERCENT",
        help="how much of the coverage gained may be given up for wishes (default: 0)",
    )
    split.set_defaults(run=_split)


def _settings() -> Settings:
    settings = read_settings(ENV_FILE)
    warning = env_file_warning(ENV_FILE)
    if warning:
        print(f"theory-club: warning: {warning}", file=sys.stderr)  # noqa: T201 - before the log opens
    return settings


def _run(_arguments: argparse.Namespace) -> int:
    settings = _settings()
    if settings.discord_token is None:
        raise StartRefused(
            ExitCode.CONFIG,
            "no Discord token. Write DISCORD_TOKEN=<your token> into .env (cp .env.example .env "
            "shows every setting), or try the bot without one: make demo",
        )
    from bot.runner import run  # noqa: PLC0415 - a refused start need not load discord.py

    with logging_to_stderr(settings.log_level, settings.discord_token):
        try:
            return run(settings)
        except StartRefused:
            raise
        except Exception:
            log.exception("a fault of the program; please report it with these lines")
            return ExitCode.SOFTWARE


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


if __name__ == "__main__":
    sys.exit(main())

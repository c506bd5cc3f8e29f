"""What can be said after ``python -m bot``, and what ``--help`` tells of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from bot import __version__
from bot.startup import MEANINGS

_ABOUT = """Theory Club: a Discord bot that helps a research group cover more theories.

Without a command it connects to Discord. Settings come from the environment and from .env in the
folder it is started in; .env.example explains each."""

_RUN = """Connect to Discord and stay until SIGINT or SIGTERM. Needs DISCORD_TOKEN.

The first start makes the database; later ones bring it up to date, with a copy in backups/ beside
it. What was on its way when it is told to end is finished, or found and finished by the next start,
within ten seconds. A second copy on the same database is refused."""

_CHECK = """Look at settings, theories, texts, time zones and database, and print a line for each.

Changes nothing, needs no token, and may be said while the bot runs. The exit code is that of the
first fault: good before an update, or in a deployment."""

_DEMO = """The very same bot in a local, token-free Discord in your browser, with an example server.

Nothing leaves this machine. Open the address it prints; Ctrl-C ends it."""

_BACKUP = """Copy the database into backups/ beside it, check the copy, and let old copies go.

The bot may run meanwhile, and makes a copy every day by itself. The newest of the last seven days
and of the last four weeks are kept."""

_RESTORE = """Put a backup in the database's place. Stop the bot first.

The copy is checked before anything is touched; what was there is set aside beside it for 28 days.
Reminders that were due since the backup are not sent again, and whoever was erased since is erased
again at the next start."""

_EXPORT = """Write all works of the catalogue as BibTeX, CSL-JSON, CSV or Markdown.

Needs no token and no database."""

_SPLIT = """Say who reads which paper, so that the group knows as much as possible afterwards.

Reads a problem in the format split/1 (the README describes it), prints the result as JSON. Needs no
token and no database."""

_EXAMPLES = {
    "demo": "python -m bot demo --open --story split",
    "restore": "python -m bot restore data/var/backups/theory-club-20260301T030000Z-0009.db",
    "export": "python -m bot export --output theories.bib",
    "split": "python -m bot split problem.json --slack 2",
}

_Commands = argparse._SubParsersAction  # noqa: SLF001 - argparse has no public name for it


def command_line() -> argparse.ArgumentParser:
    """The parser; what it finds has the command's name under ``command`` ("run" without one)."""
    codes = "\n".join(f"  {code:>3}  {told}" for code, told in MEANINGS.items())
    parser = argparse.ArgumentParser(
        prog="python -m bot",
        description=_ABOUT,
        epilog=f"exit codes (a restart helps with 69 and 70 only):\n{codes}\n\n"
        "'python -m bot COMMAND --help' tells more of a command.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"theory-club {__version__}")
    parser.set_defaults(command="run")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    _add(commands, "run", "connect to Discord (the default); needs DISCORD_TOKEN", _RUN)
    _add(commands, "check", "validate settings, data and database; change nothing", _CHECK)
    _add_demo(commands)
    _add(commands, "backup", "copy the database and check the copy; the bot may run", _BACKUP)
    restore = _add(
        commands, "restore", "put a backup in the database's place; the bot must not run", _RESTORE
    )
    restore.add_argument("file", type=Path, metavar="BACKUP", help="one of the files in backups/")
    _add_export(commands)
    _add_split(commands)
    return parser


def _add(
    commands: _Commands[argparse.ArgumentParser], name: str, summary: str, told: str
) -> argparse.ArgumentParser:
    example = _EXAMPLES.get(name)
    return commands.add_parser(
        name,
        help=summary,
        description=told,
        epilog=None if example is None else f"example:\n  {example}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )


def _add_demo(commands: _Commands[argparse.ArgumentParser]) -> None:
    demo = _add(commands, "demo", "the same bot in a local Discord in the browser", _DEMO)
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
        choices=("lived-in", "split", "club", "new"),
        default="lived-in",
        help="a group that has read for weeks (the default), a new one about to split the list, "
        "the first one just before the clocks of its reading club change, or a server where "
        "nothing is set up",
    )


def _add_export(commands: _Commands[argparse.ArgumentParser]) -> None:
    export = _add(
        commands, "export", "write the catalogue's works as a file for other programs", _EXPORT
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


def _add_split(commands: _Commands[argparse.ArgumentParser]) -> None:
    split = _add(commands, "split", "split the list in a file among its members", _SPLIT)
    split.add_argument("file", type=Path, metavar="FILE.json", help="a problem, format split/1")
    split.add_argument(
        "--slack",
        type=int,
        default=0,
        choices=range(101),
        metavar="PERCENT",
        help="how much of the coverage gained may be given up for wishes (default: 0)",
    )

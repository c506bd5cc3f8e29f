"""``python -m bot split FILE.json``: split a list without Discord and without a database."""

from __future__ import annotations

import json
from pathlib import Path

from bot.domain.split import Problem, SplitProblemWrong, split
from bot.startup import ExitCode, StartRefused


def split_file(path: Path, slack: int = 0) -> int:
    """Print the split of the problem in the file as JSON."""
    answer = split(_problem(path), slack)
    print(json.dumps(answer.to_dict(), indent=2, ensure_ascii=True))  # noqa: T201 - the output
    return ExitCode.OK


def _problem(path: Path) -> Problem:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise StartRefused(
            ExitCode.DATA, f"cannot read {path}: {error.strerror or 'not readable'}"
        ) from None
    except ValueError:
        raise StartRefused(ExitCode.DATA, f"{path} is not text in UTF-8") from None
    try:
        return Problem.from_dict(json.loads(text))
    except SplitProblemWrong as error:
        raise StartRefused(ExitCode.DATA, _line(f"{path}: {error}")) from None
    except json.JSONDecodeError as error:
        raise StartRefused(
            ExitCode.DATA, f"{path} is not JSON: line {error.lineno}, {error.msg}"
        ) from None
    except (ValueError, RecursionError):  # numbers of thousands of digits, lists without end
        raise StartRefused(ExitCode.DATA, f"{path} is not JSON that can be read") from None


def _line(text: str) -> str:
    """The text as one printable line: ids in it come from the file."""
    return "".join(each if each.isprintable() else "?" for each in text)

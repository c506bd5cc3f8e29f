"""What can be wrong with a request to split."""

from __future__ import annotations

from enum import Enum

from bot.domain.errors import ClubError


class Fault(Enum):
    """The kind of thing that is wrong at one place of a problem."""

    MISSING = "missing"
    WRONG_TYPE = "wrong type"
    OUT_OF_RANGE = "out of range"
    DUPLICATE = "duplicate"
    UNKNOWN_VALUE = "unknown value"
    TOO_MANY = "too many"


class SplitProblemWrong(ClubError):
    """A problem cannot be split as it stands.

    ``key`` is the dotted place, such as ``members[3].hours`` (empty for the whole), ``fault`` the
    kind of mistake and ``expected`` what may stand there, in the words of the format.
    """

    def __init__(self, key: str, fault: Fault, expected: str) -> None:
        super().__init__(key, fault, expected)
        self.key = key
        self.fault = fault
        self.expected = expected

    def __reduce__(self) -> tuple[type[SplitProblemWrong], tuple[str, Fault, str]]:
        return type(self), (self.key, self.fault, self.expected)

    def __str__(self) -> str:
        return f"{self.key or 'the whole'}: {self.fault.value}; expected {self.expected}"


class PairUnknown(ClubError):
    """``member`` does not hold ``item`` in this split, or one of the two takes no part in it."""

    def __init__(self, member: str, item: str) -> None:
        super().__init__(member, item)
        self.member = member
        self.item = item

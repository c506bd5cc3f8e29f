"""What Discord's answer to a message means for its delivery.

The codes are those of https://discord.com/developers/docs/topics/opcodes-and-status-codes. What
discord.py has tried again by itself does not come here.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto


class Meaning(Enum):
    """What became of a message, or what stands in its way."""

    SENT = auto()
    UNCERTAIN = auto()  # it may have arrived, or may yet
    LATER = auto()  # it surely did not arrive, and may another time
    FORBIDDEN = auto()  # the bot may not write there
    GONE = auto()  # there is no such channel any more
    CLOSED = auto()  # the member takes no direct messages
    BLOCKED = auto()  # a filter of the server refuses the text
    MALFORMED = auto()  # our own fault: the same request is refused for ever
    UNAUTHORISED = auto()  # the token is not valid any more
    BANNED = auto()  # too many bad requests: everything has to stop for a while


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``code`` is Discord's own, 0 without one; ``message_id`` is the message's."""

    meaning: Meaning
    code: int = 0
    message_id: int | None = None


_FORBIDDEN = frozenset({50001, 50013, 50083})
_GONE = frozenset({10003, 10004})
_CLOSED = frozenset({50007, 50278, 10013})
_BLOCKED = frozenset({200000, 200001, 240000})
_MESSAGE_GONE = 10008
_TOO_FAST = frozenset({40003, 20016, 20028, 20029})


def meaning_of(status: int, code: int, *, through_discord: bool = True) -> Meaning:
    """What an HTTP error means. ``through_discord``: the answer has passed Discord's own gateway.

    A nonce that Discord has seen names a message; when that one was deleted since, sending again
    is answered with "unknown message": so it had arrived.
    """
    if status == 429:
        return Meaning.LATER if through_discord else Meaning.BANNED
    if status >= 500 or status == 408:
        return Meaning.UNCERTAIN
    if status == 401:
        return Meaning.UNAUTHORISED
    for codes, meaning in (
        (_CLOSED, Meaning.CLOSED),
        (_FORBIDDEN, Meaning.FORBIDDEN),
        (_GONE, Meaning.GONE),
        (_BLOCKED, Meaning.BLOCKED),
        (_TOO_FAST, Meaning.LATER),
        (frozenset({_MESSAGE_GONE}), Meaning.SENT),
    ):
        if code in codes:
            return meaning
    return {403: Meaning.FORBIDDEN, 404: Meaning.GONE}.get(status, Meaning.MALFORMED)


def is_invalid_request(meaning: Meaning) -> bool:
    """Whether Discord counts it among the 10,000 bad requests in 10 minutes that lead to a ban."""
    return meaning in (
        Meaning.FORBIDDEN,
        Meaning.CLOSED,
        Meaning.UNAUTHORISED,
        Meaning.BANNED,
        Meaning.LATER,
    )

"""What is wrong with the bot in a server, in words: the cause, then what mends it."""

from __future__ import annotations

from bot.domain.boards import Board
from bot.domain.findings import (
    BackupOverdue,
    ClockOff,
    ClubChannelGone,
    ClubShutOut,
    DiskNearlyFull,
    EventsStopped,
    Finding,
    NotDelivered,
    PostChannelGone,
    PostOutOfSight,
    PostShutOut,
    SendingPaused,
)
from bot.domain.reminders import Reason
from bot.render.club_words import name_text
from bot.render.health import amount_text, duration_text
from bot.render.native_events import trouble_text
from bot.render.permissions import permissions_text
from bot.render.times import timestamp
from bot.render.words import Words


def finding_text(finding: Finding, words: Words) -> str:
    """What is wrong in bold, and below it what to do."""
    cause, cure = _told(finding, words)
    return f"**{cause}**\n{cure}"


def _told(finding: Finding, words: Words) -> tuple[str, str]:
    match finding:
        case ClubChannelGone() | ClubShutOut():
            return _about_club(finding, words)
        case PostChannelGone() | PostShutOut() | PostOutOfSight():
            about = _about_board if isinstance(finding.post, Board) else _about_split
            return about(finding, words)
        case EventsStopped(trouble=trouble):
            return words.text("Scheduled events"), trouble_text(trouble, words)
        case NotDelivered():
            return _about_missed(finding, words)
        case _:
            return _about_machine(finding, words)


def _about_club(finding: ClubChannelGone | ClubShutOut, words: Words) -> tuple[str, str]:
    club = finding.club
    name, channel = name_text(club), f"<#{club.channel_id}>"
    if isinstance(finding, ClubChannelGone):
        return (
            words.text("The channel of {club} is gone", club=name),
            words.text(
                "Its reminders have nowhere to go. Choose another channel; those that are of use "
                "still are posted there."
            ),
        )
    if finding.missing:
        return (
            words.text("{club} lacks permissions in {channel}", club=name, channel=channel),
            words.text(
                "Give me there: {permissions}. Then press *Try again*.",
                permissions=permissions_text(finding.missing, words),
            ),
        )
    return (
        words.text("{club} was refused in {channel}", club=name, channel=channel),
        words.text(
            "I have every permission there now. *Try again* posts what is of use still; if it is "
            "refused again, choose another channel under *Edit the club*."
        ),
    )


def _about_board(
    finding: PostChannelGone | PostShutOut | PostOutOfSight, words: Words
) -> tuple[str, str]:
    channel = f"<#{finding.post.channel_id}>"
    if isinstance(finding, PostOutOfSight):
        return (
            words.text(
                "I do not see the channel of the sign-up board in {channel}", channel=channel
            ),
            words.text(
                "It is gone, or a thread that was closed. *Try again* finds out; or remove the "
                "board, and `/board post` hangs up another one elsewhere."
            ),
        )
    if isinstance(finding, PostChannelGone):
        return (
            words.text("The channel of a sign-up board is gone"),
            words.text("Remove the board; `/board post` hangs up another one elsewhere."),
        )
    if finding.missing:
        return (
            words.text("The sign-up board in {channel} lacks permissions", channel=channel),
            words.text(
                "Give me there: {permissions}. Then press *Try again*.",
                permissions=permissions_text(finding.missing, words),
            ),
        )
    return (
        words.text("The sign-up board in {channel} was refused", channel=channel),
        words.text("I have every permission there now: *Try again* brings it up to date."),
    )


def _about_split(
    finding: PostChannelGone | PostShutOut | PostOutOfSight, words: Words
) -> tuple[str, str]:
    channel = f"<#{finding.post.channel_id}>"
    if isinstance(finding, PostOutOfSight):
        return (
            words.text("I do not see the channel of the split in {channel}", channel=channel),
            words.text("It is gone, or a thread that was closed. *Try again* finds out."),
        )
    if isinstance(finding, PostChannelGone):
        return (
            words.text("The channel with the panel of the split is gone"),
            words.text("What was answered is kept. Choose another channel for the panel."),
        )
    if finding.missing:
        return (
            words.text("The panel of the split lacks permissions in {channel}", channel=channel),
            words.text(
                "Give me there: {permissions}. Then press *Try again*.",
                permissions=permissions_text(finding.missing, words),
            ),
        )
    return (
        words.text("The panel of the split was refused in {channel}", channel=channel),
        words.text("I have every permission there now: *Try again* brings it up to date."),
    )


def _about_missed(finding: NotDelivered, words: Words) -> tuple[str, str]:
    club, missed = finding.club, finding.missed
    cause = words.plural(
        "{n} reminder of {club} did not go out as it should",
        "{n} reminders of {club} did not go out as they should",
        missed.count,
        club=words.text("a club that has ended") if club is None else name_text(club),
    )
    match missed.reason:
        case Reason.UNREADABLE:
            cure = words.text(
                "Discord did not say whether it arrived, and without Read Message History I cannot "
                "look, so I did not send it twice. Give me that permission in the channel."
            )
        case Reason.BLOCKED:
            cure = words.text(
                "Discord or AutoMod refused the text, even without its links. Look at the rules of "
                "AutoMod, and at the name and link of the club."
            )
        case Reason.ATTEMPTS:
            cure = words.text(
                "Discord could not be reached until it was too late. There is nothing to do; if it "
                "goes on, tell whoever runs this bot."
            )
        case _:
            cure = words.text(
                "That is a fault of mine. Tell whoever runs this bot: its log has the details."
            )
    return cause, cure


def _about_machine(finding: Finding, words: Words) -> tuple[str, str]:
    match finding:
        case ClockOff(ahead=ahead):
            return (
                words.text("My clock is wrong by {duration}", duration=duration_text(ahead, words)),
                words.text(
                    "No reminder is sent until it agrees with Discord's. Whoever runs this bot: "
                    "let the machine set its clock by itself (NTP)."
                ),
            )
        case SendingPaused(until=until):
            return (
                words.text("Discord refuses my requests"),
                words.text(
                    "Nothing is sent until {moment}, then I try again by myself. If it comes back, "
                    "tell whoever runs this bot.",
                    moment=timestamp(until, "t"),
                ),
            )
        case BackupOverdue(since=since):
            last = words.text("never") if since is None else timestamp(since, "R")
            return (
                words.text("No backup for more than a day"),
                words.text(
                    "The last one: {last}. Whoever runs this bot: the log says why; `python -m bot "
                    "backup` makes one now.",
                    last=last,
                ),
            )
        case DiskNearlyFull(free=free):
            return (
                words.text("The disk is nearly full"),
                words.text(
                    "There are {free} left for the database. Whoever runs this bot: make room, or "
                    "soon nothing can be saved.",
                    free=amount_text(free, words),
                ),
            )
        case other:
            raise TypeError(f"no words for {type(other).__name__}")

"""What the launcher can do in the place on the stage: move time, run context-menu commands."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

import discord
from discord import AppCommandType
from simcord import BackendError, Env, MemberActor, SetupError

from bot.demo.stage import Declined, Stage

log = logging.getLogger(__name__)

Target = Literal["member", "message"]

_STRIDE = timedelta(hours=1)
_JUST_AFTER = timedelta(seconds=1)
_MESSAGES_OFFERED = 25
_TYPES: dict[Target, AppCommandType] = {
    "member": AppCommandType.user,
    "message": AppCommandType.message,
}


@dataclass(frozen=True, slots=True)
class ContextCommand:
    """A command of the menu that Discord opens on a member or on a message."""

    name: str
    target: Target


def next_due(env: Env) -> datetime | None:
    """When the bot will do something by itself next; None when nothing is planned.

    A bot that plans anything has a method ``next_due`` that tells it.
    """
    ask = getattr(env.bot, "next_due", None)
    if ask is None:
        return None
    try:
        with env.time_context():
            due = ask()
    except Exception:
        log.exception("the bot could not say what is due next")
        return None
    return due if isinstance(due, datetime) else None


async def move_time(stage: Stage, step: str) -> None:
    """Let the time run: ``hour``, ``day``, or ``due``, just past the next thing that is due."""
    env = stage.world.env
    async with stage.turns.turn():  # who asks twice at once wants it twice: each from where it is
        moment = _moment(env, step)
        try:
            while env.now() < moment:  # each stride has SimCord's whole patience to itself
                await env.advance_time(min(moment - env.now(), _STRIDE).total_seconds())
        except TimeoutError as busy:
            log.warning("the bot did not come to rest: %s", busy)
            raise Declined("The bot is still busy, so the clock stopped early.") from None
        finally:
            await _refresh(stage)


def _moment(env: Env, step: str) -> datetime:
    now = env.now()
    match step:
        case "hour":
            return now + timedelta(hours=1)
        case "day":
            return now + timedelta(days=1)
        case "due":
            due = next_due(env)
            if due is None:
                raise Declined("Nothing is due, so the clock stayed where it is.")
            return max(due, now) + _JUST_AFTER
        case _:
            raise Declined("The clock knows an hour, a day, and the next due thing.")


def context_commands(stage: Stage) -> tuple[ContextCommand, ...]:
    """The commands that Discord would offer the member here, by name.

    SimCord's members have no such menu in their direct messages, so there it is empty.
    """
    if stage.place.channel is None:
        return ()
    channel = stage.place.seen_by(stage.member)
    backend = stage.world.env.backend
    return tuple(
        ContextCommand(command["name"], target)
        for target, kind in _TYPES.items()
        for command in backend.visible_commands(
            user_id=stage.member.id, channel_id=channel.id, type=kind.value
        )
    )


def recent_messages(stage: Stage) -> list[discord.Message]:
    """The messages a command can be run on, newest first: those everybody here can see."""
    channel = stage.place.seen_by(stage.member)
    viewer = stage.member.user if stage.place.channel is None else stage.member
    seen = [m for m in channel.history(viewer=viewer) if not m.flags.ephemeral]
    return seen[: -_MESSAGES_OFFERED - 1 : -1]


async def run_context_command(stage: Stage, name: str, target: str, target_id: str) -> None:
    """Run a context-menu command as the member on the stage."""
    if ContextCommand(name, "message" if target == "message" else "member") not in (
        context_commands(stage)
    ):
        raise Declined(f"“{name}” is not offered here.")
    async with stage.turns.turn():
        channel = stage.place.seen_by(stage.member)
        try:
            result = await stage.member.context_menu(
                channel, name, _find_target(stage, target, target_id)
            )
        except (SetupError, BackendError) as refused:
            raise Declined(f"Discord would refuse that: {refused}") from None
        except TimeoutError as busy:
            log.warning("the bot did not come to rest: %s", busy)
            raise Declined("The bot is still busy with that; look again in a moment.") from None
        finally:
            await _refresh(stage)
        await stage.refresh(result)


def _find_target(stage: Stage, target: str, target_id: str) -> MemberActor | discord.Message:
    candidates: list[Any] = (
        recent_messages(stage) if target == "message" else list(stage.world.members)
    )
    found = next((c for c in candidates if str(c.id) == target_id), None)
    if found is None:
        raise Declined("That message is gone." if target == "message" else "No such member.")
    assert isinstance(found, MemberActor | discord.Message)
    return found


async def _refresh(stage: Stage) -> None:
    try:
        await stage.refresh()
    except TimeoutError as busy:
        log.warning("the page shows an older state: %s", busy)

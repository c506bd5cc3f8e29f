"""The stage: one member in one place of the example server, shown by SimCord's preview.

SimCord shows one place at a time, so going elsewhere closes its preview and opens another, at
the same address. Every launcher tab follows.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence

from simcord import InteractionResult, MemberActor, Preview, SetupError

from bot.demo.places import Place, find_place, first_place, may_enter
from bot.demo.simcord_internals import (
    allow_frames_of,
    close_without_waiting,
    decode_at_once,
    take_turns,
)
from bot.demo.turns import Turns
from bot.demo.world import FIRST_MEMBER, World

# How long leaving a place waits for what its page still loads, or asks for in vain.
_PATIENCE = 0.4


class Declined(Exception):
    """What was asked for cannot be done now; ``str()`` is a sentence for the person."""


class Stage:
    """Where one is, and as whom. ``showing`` counts how often the page has to be loaded anew."""

    def __init__(self, world: World, launcher_origins: Sequence[str]) -> None:
        self.world = world
        self.turns = Turns()
        self.place = first_place(world)
        self.member = world.member(FIRST_MEMBER)
        self.showing = 0
        self._origins = tuple(launcher_origins)
        self._switching = asyncio.Lock()
        self._preview: Preview | None = None
        self._watch: asyncio.Task[None] | None = None
        self._capability: str | None = None
        self._port = 0

    @property
    def origin(self) -> str:
        """Where the preview's page comes from."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def address(self) -> str:
        """The preview's page, the same wherever one goes. Whoever has it can act: a secret."""
        return f"{self.origin}/#{self._capability}"

    async def begin(self) -> None:
        """Show the first place."""
        await self._show(self.place, self.member)

    async def open(self, place_id: str, member_id: str, *, keep_member: bool) -> str:
        """Show a place as a member; says in a sentence what had to be changed, if anything.

        When the member may not enter, ``keep_member`` decides which of the two gives way.
        """
        world = self.world
        member = next((m for m in world.members if str(m.id) == member_id), None)
        if member is None:
            raise Declined("There is no such member in the example server.")
        place = find_place(world, place_id)
        if place is None:
            await self._show(first_place(world), member)
            return f"That place is gone, so you are in {self.place.label}."
        if may_enter(world, place, member):
            await self._show(place, member)
            return ""
        name = member.user.global_name
        if keep_member:
            await self._show(first_place(world), member)
            return f"{name} cannot see {place.label}, so you are in {self.place.label} now."
        other = next((m for m in world.members if may_enter(world, place, m)), None)
        if other is None:
            raise Declined(f"No member of the example server can see {place.label}.")
        await self._show(place, other)
        return f"{name} cannot see {place.label}, so you are {other.user.global_name} now."

    async def refresh(self, result: InteractionResult | None = None) -> None:
        """Let the open page show what has happened; call it within a turn.

        A form that ``result`` opened is shown to whoever opened it, which needs the page anew.
        """
        preview = self._preview
        if preview is None:
            return
        with contextlib.suppress(SetupError):  # it is being closed: the next one starts afresh
            await preview.refresh()
            if result is not None and result.modal is not None:
                await preview.show(result)
                self.showing += 1

    async def close(self) -> None:
        """End what is running, and the preview; the environment belongs to somebody else."""
        await self.turns.close()
        await self._leave()

    async def _show(self, place: Place, member: MemberActor) -> None:
        async with self._switching:
            await self.turns.pause()  # whatever was asked for on the old page is answered first
            await self._leave()
            async with self.turns.turn():
                try:
                    preview = await self._enter(place, member)
                except SetupError:
                    self._port = 0  # somebody took the port in the meantime; any other will do
                    preview = await self._enter(place, member)
            self.place, self.member = place, member
            self._preview = preview
            self._watch = asyncio.create_task(self._reopen_when_ended(preview))
            self.showing += 1

    async def _enter(self, place: Place, member: MemberActor) -> Preview:
        viewer = member.user if place.channel is None else member
        preview = self.world.env.preview(
            place.seen_by(member),
            viewers=[viewer],
            layout="channel",
            assets=self.world.pictures,
            port=self._port,
        )
        preview.capability = self._capability or preview.capability
        allow_frames_of(preview, self._origins)
        take_turns(preview, self.turns.turn)
        decode_at_once(preview, [picture for _, picture in self.world.pictures.values()])
        await preview.__aenter__()
        self._capability = preview.capability
        self._port = int(preview.url.split(":")[2].split("/")[0])
        return preview

    async def _leave(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None and watch is not asyncio.current_task():
            watch.cancel()
        preview, self._preview = self._preview, None
        if preview is not None:
            await close_without_waiting(preview, _PATIENCE)

    async def _reopen_when_ended(self, preview: Preview) -> None:
        """SimCord's page has a button that ends the preview: whoever presses it is not lost."""
        await preview.wait_closed()
        if preview is self._preview:
            await self._show(self.place, self.member)

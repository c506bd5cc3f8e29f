"""What ``/progress log`` costs beside a command that runs the very same statements.

The form is opened and sent in on both sides; CPU time of the process, medians of interleaved
calls on a simulated Discord. The other side replays the SQL that ours was seen to run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import discord
import simcord
from sqlalchemy import event

from bot.app import open_bot
from bot.client import ClubBot
from bot.demo.simcord_internals import start_patiently
from bot.domain.logbook import LogForm
from bot.domain.members import Actor
from bot.render.progress import logged
from bot.settings import Settings
from bot.storage.engine import Database
from bot.ui.forms import Submission
from cogs.progress._form import log_form
from cogs.progress._views import logged_view
from tests.bench.interactions import interleaved
from tests.bench.table import Row
from tests.cogs.conftest import PATIENCE

PAPER = "spline-icml2018"
CALLS = 120
HIGHEST_RATIO = 1.5

Statements = list[tuple[str, Any]]


async def rows() -> list[Row]:
    """The comparison."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        async with open_bot(Settings(database_url=url)) as bot:
            replayed = Replayed(bot)
            env = simcord.Env(bot, check_errors=False, settle_timeout=PATIENCE)
            await start_patiently(env, PATIENCE)
            try:
                return await _measure(env, bot, replayed)
            finally:
                await env.shutdown()


class Replayed:
    """A command that opens the same form and answers it after the same reads and writes."""

    def __init__(self, bot: ClubBot) -> None:
        self._bot = bot
        self._database: Database = bot.services.lookup._database
        self.reads: Statements = []
        self.writes: Statements = []
        self.form: LogForm | None = None
        self.result: Any = None
        bot.tree.command(name="least-log", description="The least that could answer")(self._open())
        bot.forms.on("least", self._submitted)

    def _open(self) -> Any:
        async def least(interaction: discord.Interaction) -> None:
            async with self._database.read() as conn:
                for sql, values in self.reads:
                    (await conn.exec_driver_sql(sql, values)).all()
            assert self.form is not None
            modal = log_form(self.form, self._bot.words)
            modal.custom_id = "tc1:least"
            await interaction.response.send_modal(modal)

        return least

    async def _submitted(self, submission: Submission) -> None:
        async with self._database.write() as conn:
            for sql, values in self.writes:
                done = await conn.exec_driver_sql(sql, values)
                if done.returns_rows:
                    done.all()
        await submission.interaction.response.send_message(
            embed=logged(self.result, self._bot.words),
            view=logged_view(self.result, self._bot.words),
            ephemeral=True,
        )


@contextmanager
def statements(engine: Any) -> Iterator[Statements]:
    """What the engine runs within the block."""
    seen: Statements = []

    def note(_conn: object, _cursor: object, sql: str, values: Any, *_: object) -> None:
        if not sql.startswith(("BEGIN", "PRAGMA")):
            seen.append((sql, values))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield seen
    event.remove(engine.sync_engine, "before_cursor_execute", note)


async def _measure(env: simcord.Env, bot: ClubBot, replayed: Replayed) -> list[Row]:
    guild = env.create_guild("Bench")
    channel = guild.create_text_channel("bench")
    member = guild.add_member(env.create_user("member"))
    turns = count()

    async def ours() -> None:
        turn = next(turns)
        form = await member.slash(channel, "progress log", paper=PAPER)
        await member.submit_modal(form, entry(turn))

    async def least() -> None:
        form = await member.slash(channel, "least-log")
        await member.submit_modal(form, entry(0))

    def entry(turn: int) -> dict[str, Any]:
        depth = ("reading", "read")[turn % 2]
        return {"depth": depth, "sections": ["u1", f"u{2 + turn % 2}"], "claim": f"Take {turn}"}

    with env.time_context():
        await ours()
        database = replayed._database
        with statements(database._readers) as reads, statements(database._writer) as writes:
            await ours()
        replayed.reads, replayed.writes = list(reads), list(writes)
        await _remember(bot, replayed, guild.id, member.id)
        cost, floor = await interleaved(ours, least, times=CALLS)
    detail = (
        f"{cost * 1e3:.2f} ms beside {floor * 1e3:.2f} ms of CPU for form and answer, "
        f"{len(reads)} reads and {len(writes)} statements of one transaction in both"
    )
    return [Row("/progress log", cost / floor, HIGHEST_RATIO, "x", detail)]


async def _remember(bot: ClubBot, replayed: Replayed, guild_id: int, user_id: int) -> None:
    member = Actor(guild_id, user_id, "member")
    replayed.form = await bot.services.logbook.form(member, PAPER)
    replayed.result = await bot.services.logbook.stored(member, PAPER)

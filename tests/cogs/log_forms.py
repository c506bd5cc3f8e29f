"""What the tests of ``/progress`` share: a form, what Discord sends of it, rows."""

from __future__ import annotations

from typing import Any

import simcord
import sqlalchemy as sa

from bot.storage import tables
from tests.cogs.conftest import Club

PAPER = "spline-icml2018"
TITLE = "A Spline Theory of Deep Learning"
HOSTILE = "@everyone <@1> </help:1> [x](https://evil.example) \u202eevil ```` **x** "


async def open_form(club: Club, who: Any, paper: str = TITLE) -> simcord.InteractionResult:
    result = await who.slash(club.channel, "progress log", paper=paper)
    assert result.modal is not None, result.response
    return result  # type: ignore[no-any-return]  # SimCord's actors are untyped here


def controls(result: simcord.InteractionResult) -> dict[str, dict[str, Any]]:
    assert result.modal is not None
    return {
        part["component"]["custom_id"]: part["component"] for part in result.modal["components"]
    }


def filled(result: simcord.InteractionResult, **changes: Any) -> dict[str, Any]:
    """What Discord sends when a member changes these fields and leaves the others."""
    values: dict[str, Any] = {}
    for name, control in controls(result).items():
        chosen = [o["value"] for o in control.get("options", ()) if o.get("default")]
        if name == "depth":
            values |= {name: chosen[0]} if chosen else {}
        elif "options" in control:
            values[name] = chosen
        else:
            values[name] = control.get("value", "")
    return values | changes


async def log(club: Club, who: Any, paper: str = TITLE, **changes: Any) -> Any:
    form = await open_form(club, who, paper)
    return await who.submit_modal(form, filled(form, **changes))


async def rows(club: Club, table: sa.Table, *columns: str) -> list[tuple[Any, ...]]:
    async with club.bot.services.lookup._database.read() as conn:
        found = await conn.execute(sa.select(*(table.c[name] for name in columns)))
        return sorted(tuple(row) for row in found)


async def decide(club: Club, who: Any, **values: Any) -> None:
    """What a member decided elsewhere."""
    member = tables.member
    async with club.bot.services.lookup._database.write() as conn:
        await conn.execute(
            sa.update(member)
            .where(member.c.guild_id == club.guild.id, member.c.user_id == who.id)
            .values(**values)
        )

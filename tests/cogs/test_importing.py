"""``/catalogue import``: a file is looked at, confirmed, undone; every bomb is one line."""

from __future__ import annotations

import re
import time
from pathlib import Path
from typing import Any

import discord
import psutil
import pytest
import simcord

from bot.domain.imports.drafts import Imported, ImportGone
from bot.domain.members import Actor
from bot.settings import Settings
from bot.storage.tables import metadata
from tests.cogs.conftest import Club, running
from tests.cogs.schedule import press_first, pressing
from tests.cogs.test_coverage import message_of
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser, said
from tests.cogs.test_split import ids_of
from tests.cogs.test_theory import shown, text_of
from tests.exchange.test_bounds import BOMBS
from tests.storage.builders import query

MIB = 1024 * 1024


def entry(n: int, more: str = "") -> str:
    title = f"On {n * 7919 % 10007} matters of {n * 104729 % 100003} kinds"
    return (
        f"@article{{doe{n}, title = {{{title}}}, author = {{Doe, J{n}}}, year = {{2020}}{more}}}\n"
    )


BAD = (
    ", doi = {nonsense}", ", year = {soon}", ", eprint = {no}, archiveprefix = {arXiv}", ", url = {javascript:x}",
    ", isbn = {1234}", ", title = {}",
)  # fmt: skip


def five_hundred() -> bytes:
    """Five hundred entries of which every sixteenth or so is bad: thirty of them."""
    bad = {n: BAD[n // 16 % len(BAD)] for n in range(0, 480, 16)}
    return "".join(entry(n, bad.get(n, "")) for n in range(500)).encode()


async def imported(
    club: Club, who: simcord.MemberActor, name: str, content: bytes, **options: Any
) -> discord.Message:
    result = await who.slash(club.channel, "catalogue import", file=(name, content), **options)
    assert result.ephemeral
    return message_of(result)


def told(result: simcord.InteractionResult) -> str:
    """The private answer to a press that was acknowledged before."""
    (answer,) = result.followups
    assert answer.ephemeral
    return answer.content


def read(message: discord.Message) -> str:
    """All that stands on a panel."""
    return "\n".join(re.findall(r"'content': (?:'|\")(.*?)(?:'|\"), 'id'", str(parts(message))))


def parts(message: discord.Message) -> list[Any]:
    return [part.to_dict() for part in message.components]


async def pressed(
    who: simcord.MemberActor, message: discord.Message, label: str
) -> discord.Message:
    return message_of(await who.click(message, custom_id=pressing(message, label)))


async def works_here(club: Club, slug: str = "spline") -> int:
    catalogue = await club.bot.services.catalogues.of(club.guild.id)
    theory = catalogue.get(slug)
    assert theory is not None
    return len(theory.papers)


def database_of(settings: Settings) -> Path:
    return Path(settings.database_url.removeprefix("sqlite+aiosqlite:///"))


def rows(settings: Settings) -> dict[str, list[Any]]:
    """Everything in the database."""
    path = database_of(settings)
    return {
        table.name: query(path, f"SELECT * FROM {table.name}") for table in metadata.sorted_tables
    }


async def test_five_hundred_works_are_looked_at_placed_imported_and_undone(club: Club) -> None:
    olga, before = organiser(club), await works_here(club)
    begun = time.monotonic()
    panel = await imported(club, olga, "library.bib", five_hundred())
    assert time.monotonic() - begun < 10
    assert "470 without a theory · 30 refused" in read(panel)
    assert await works_here(club) == before
    (refused,) = panel.attachments
    lines = (await refused.read()).decode().splitlines()
    assert len(lines) == 30
    assert lines[0] == "line 1, doe0: DOI: that is not a DOI such as 10.1109/TPAMI.2022.3201490"
    panel = message_of(await olga.select(panel, ["refused"], custom_id="tc1:import-look:1"))
    assert "25 to 30 of 30" in read(await pressed(olga, panel, "Back"))
    panel = message_of(await olga.select(panel, ["spline"], custom_id="tc1:import-into:1"))
    assert "*Import* adds **470 works**" in read(panel)
    done = await pressed(olga, panel, "Import 470 works")
    assert "**470 works** are in this server's catalogue now" in read(done)
    assert await works_here(club) == before + 470
    await club.bot.services.catalogues.settled()
    panel_again = await imported(club, olga, "library.bib", five_hundred())
    assert "470 known already · 30 refused" in read(panel_again)
    undone = await pressed(olga, done, "Undo")
    assert "Taken back: 470 entries are as they were before" in read(undone)
    assert await works_here(club) == before
    log = shown(await olga.slash(club.channel, "log"))
    assert "imported into the catalogue: library.bib: 470 papers" in text_of(log)
    assert "took back a step of the catalogue: library.bib: 470 papers" in text_of(log)


async def test_a_confirmation_does_what_was_seen_or_shows_what_has_changed(club: Club) -> None:
    olga, before = organiser(club), await works_here(club)
    two = (entry(1) + entry(2)).encode()
    one = await imported(club, olga, "one.bib", entry(2).encode(), theory="spline")
    await olga.click(one, custom_id=pressing(one, "Import 1 work"))
    panel = await imported(club, olga, "two.bib", two, theory="spline")
    assert "1 new · 1 known already" in read(panel)
    log = await olga.slash(club.channel, "log")
    line = pressing_menu(message_of(log))
    await olga.select(message_of(log), [line])
    again = await pressed(olga, panel, "Import 1 work")
    assert "New works: 1 → 2" in read(again)
    assert await works_here(club) == before
    save = pressing(again, "Import 2 works")
    done = message_of(await olga.click(again, custom_id=save))
    assert "**2 works** are in this server's catalogue" in read(done)
    await post_button(club, save)
    assert "waits no more" in told(await olga.click(club.last, custom_id=save))


async def test_a_draft_is_its_organisers_alone_and_outlives_a_restart_for_an_hour(
    settings: Settings,
) -> None:
    async with running(settings) as club:
        olga = organiser(club)
        panel = await imported(club, olga, "a.bib", entry(1).encode(), theory="spline")
        save, guild_id, olga_id = pressing(panel, "Import 1 work"), club.guild.id, olga.id
        other = organiser(club)
        for who, answer in ((other, "waits no more"), (club.alice, "organiser")):
            for action in (
                save,
                "tc1:import-drop:1",
                "tc1:import-look:1:new:0",
                "tc1:import-into:1:pdlt",
            ):
                await post_button(club, action)
                assert answer in told(await who.click(club.last, custom_id=action))
        boss = Actor(guild_id, olga_id, "olga", manages=True)
        with club.env.time_context():
            assert (await club.bot.services.importing.view(boss, 1)).draft.into == "spline"
    async with running(settings) as club:
        importing, path = club.bot.services.importing, database_of(settings)
        with club.env.time_context():
            assert isinstance(await importing.confirm(boss, 1, save.split(":")[3]), Imported)
            await importing.read(boss, "b.bib", entry(2).encode(), "spline")
        assert len(query(path, "SELECT id FROM import_draft")) == 1
        await club.env.advance_time(3601)
        with club.env.time_context(), pytest.raises(ImportGone):
            await importing.view(boss, 2)
        assert query(path, "SELECT id FROM import_draft") == []


async def test_what_cannot_be_read_is_one_line_and_changes_nothing(
    club: Club, settings: Settings
) -> None:
    olga = organiser(club)
    bombs = [BOMBS[n][:2] for n in (1, 9, 15, 18, 21)]
    bombs.append(("a.bib", b" " * (MIB + 1)))
    before, process = rows(settings), psutil.Process()
    held = process.memory_info().rss
    for name, content in bombs:
        answer = said(await olga.slash(club.channel, "catalogue import", file=(name, content)))
        assert "file" in answer or "table" in answer
        assert "\n" not in answer
    assert process.memory_info().rss - held < 50 * MIB
    assert rows(settings) == before
    assert "organiser" in said(
        await club.alice.slash(club.channel, "catalogue import", file=("a.bib", b"@a{"))
    )


def pressing_menu(message: discord.Message) -> str:
    """The newest line that ``/log`` offers to undo."""
    found: list[str] = re.findall(r"'value': '([0-9]+)'", str(parts(message)))
    return found[0]


async def say_imports(club: Club) -> None:
    """Every text of an import, as far as an organiser can call it up."""
    olga, command = organiser(club), "catalogue import"
    for name, content in (("1.txt", b""), ("1.csv", b""), ("1.csv", b"1,2"), ("1.bib", b"\xff")):
        await olga.slash(club.channel, command, file=(name, content))
    lines = ["@article{1, title={1 2 3}, year={2020}}", "@article{2, title={1 2 3}, year={2020}}"]
    lines += [f"@article{{{n}, title={{{n}}}, doi={{{n}}}, m={{{n}}}}}" for n in range(3, 12)]
    file = ("1.bib", "\n".join(lines).encode())
    panel = await imported(club, olga, *file)
    into = next(one for one in ids_of(panel) if one.startswith("tc1:import-into:"))
    panel = message_of(await olga.select(panel, ["spline"], custom_id=into))
    for group in ("new", "twice", "refused", "all"):
        look = next(one for one in ids_of(panel) if one.startswith("tc1:import-look:"))
        panel = message_of(await olga.select(panel, [group], custom_id=look))
    done = await press_first(
        olga, await olga.slash(club.channel, command, file=file), "import-drop"
    )
    asked = await olga.slash(club.channel, command, file=file, theory="spline")
    done = await press_first(olga, asked, "import-save")
    again = ("2.csv", b"title,year,doi\n1 2 3,2021,10.1000/1\n")
    changed = await olga.slash(club.channel, command, file=again)
    await press_first(olga, changed, "import-save")
    await olga.slash(club.channel, command, file=again)
    await olga.slash(club.channel, "log")
    await press_first(olga, done, "undo")
    await press_first(olga, changed, "undo")
    await press_first(olga, done, "undo")

"""Erasing a member: in time, whole, in one server, and for good, also after a restored backup."""

from __future__ import annotations

import json
import logging
import shutil
from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.members import Actor, SettingsChange
from bot.domain.notices import NoticeKind
from bot.domain.privacy import BACKUPS_KEPT, NothingToUndo
from bot.storage import tables
from bot.storage.backup import back_up
from bot.storage.remains import Remains
from tests.services.driven import ALICE, BOB, GUILD, OTHER_GUILD, START, Driven, driven, someone

# Nothing else in the database can look like these. The id is longer than any other number.
ERASED = 987654321987654321
SENTINELS = ("Zoe Sentinelname", "sentinelnote", "sentinelprivate", "sentinelquote", "sentinelstep")
PAPER = "spline-icml2018"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def club(tmp_path: Path) -> AsyncIterator[Driven]:
    async with driven(tmp_path / "club.db") as made:
        yield made


def zoe(guild_id: int = GUILD) -> Actor:
    return Actor(guild_id, ERASED, "Zoe Sentinelname")


async def fill(club: Driven, guild_id: int = GUILD) -> None:
    """A row of Zoe's, or one that names her, in every table that can hold one."""
    who = zoe(guild_id)
    async with club.work.write() as unit:
        for member in (who, someone(ALICE, guild_id), someone(BOB, guild_id, "Bob")):
            await unit.arrive(member)
        await unit.tell(guild_id, ERASED, NoticeKind.CHECK_IN, paper_id=PAPER)
        await unit.tell(guild_id, ALICE, NoticeKind.CO_READER, other_id=ERASED)
        await unit.audit(who, "board-posted", f"member:{ERASED}")
        await unit.audit(someone(BOB, guild_id), "signup-removed", "signup:1", member_id=ERASED)
    zone = SettingsChange(
        zone="Europe/Berlin", tags=frozenset({"topology"}), interests=frozenset({"topology"})
    )
    await club.members.change(who, zone)
    await club.members.go_away(who, club.now + timedelta(days=50), club.now + timedelta(days=60))
    await club.sign_up(who)
    here: dict[str, Any] = {"guild_id": guild_id, "paper_id": PAPER}
    hers = here | {"user_id": ERASED}
    await club.add(
        tables.signup, **here, user_id=ALICE, state="waiting", created_at=club.now,
        assigned_by=ERASED,
    )  # fmt: skip
    await club.add(tables.reading, **hers, depth="read", updated_at=club.now)
    await club.add(tables.section_done, **hers, section_id="s1", done_at=club.now)
    await club.add(tables.depth_change, **hers, depth="read", changed_at=club.now)
    await club.add(tables.teach_offer, **hers, offered_at=club.now)
    await club.add(tables.explanation, **hers, listener_id=ALICE, heard_at=club.now)
    await club.add(
        tables.explanation, **here, user_id=BOB, listener_id=ERASED, heard_at=club.now,
        unclear_step="sentinelstep one",
    )  # fmt: skip
    await club.add(tables.explanation_request, **hers, asked_id=BOB, asked_at=club.now)
    await club.add(
        tables.explanation_request, **here, user_id=BOB, asked_id=ERASED, asked_at=club.now
    )
    for one, other in ((ERASED, BOB), (BOB, ERASED)):
        await club.add(
            tables.introduction, guild_id=guild_id, user_id=one, asked_id=other, asked_at=club.now
        )
    note = here | {"kind": "claim", "created_at": club.now, "updated_at": club.now}
    await club.add(
        tables.note, **note, user_id=ERASED, text="sentinelnote shared", shared=True,
        interaction_id=ERASED + guild_id,
    )  # fmt: skip
    await club.add(tables.note, **note, user_id=ERASED, text="sentinelprivate", shared=False)
    await club.add(
        tables.note, **note, user_id=BOB, text="sentinelquote by Zoe", shared=True,
        source_author_id=ERASED, source_channel_id=5, source_message_id=6,
    )  # fmt: skip
    await club.add(
        tables.note, **note, user_id=BOB, text="Bob's own", shared=True, hidden_at=club.now,
        hidden_by=ERASED,
    )  # fmt: skip
    noted = await club.rows(tables.note, text="Bob's own", guild_id=guild_id)
    await club.add(
        tables.note_report, guild_id=guild_id, note_id=noted[0]["id"], user_id=ERASED,
        reported_at=club.now,
    )  # fmt: skip
    await fill_club(club, guild_id)
    await club.add(
        tables.board, guild_id=guild_id, channel_id=5, scope="all", posted_by=ERASED,
        created_at=club.now,
    )  # fmt: skip
    await fill_round(club, hers)


async def fill_round(club: Driven, hers: dict[str, Any]) -> None:
    """A round of splitting that Zoe began, and her part in it."""
    guild_id = hers["guild_id"]
    await club.add(
        tables.split_round, guild_id=guild_id, state="published", unit="theories", each_papers=2,
        weeks=6, started_by=ERASED, created_at=club.now, deadline_at=club.now, channel_id=5,
    )  # fmt: skip
    (begun,) = await club.rows(tables.split_round, guild_id=guild_id)
    mine = {"guild_id": guild_id, "round_id": begun["id"], "user_id": ERASED}
    await club.add(tables.split_answer, **mine, answered_at=club.now)
    paper = hers["paper_id"]
    await club.add(tables.split_wish, **mine, paper_id=paper, place=1)
    await club.add(tables.split_draft, **mine, paper_id=paper)
    await club.add(tables.split_pair, **mine, paper_id=paper, published_at=club.now)


async def fill_club(club: Driven, guild_id: int) -> None:
    """A club that Zoe founded, with a session that she presents."""
    here = {"guild_id": guild_id}
    hers = here | {"user_id": ERASED}
    await club.add(
        tables.club, **here, name="Readers", folded_name="readers", channel_id=5, minutes=60,
        created_by=ERASED, created_at=club.now, changed_at=club.now, zones="2026f",
    )  # fmt: skip
    (made,) = await club.rows(tables.club, **here)
    await club.add(
        tables.club_series, **here, club_id=made["id"], weekdays="1", ordinals="", every=1,
        at=time(18), zone="Europe/Berlin", start=date(2026, 12, 1),
    )  # fmt: skip
    await club.add(tables.club_member, **hers, club_id=made["id"], joined_at=club.now)
    await club.add(tables.club_volunteer, **hers, club_id=made["id"], volunteered_at=club.now)
    await club.add(
        tables.session, **here, club_id=made["id"], original=date(2026, 12, 1), presenter_id=ERASED,
        presenter_at=club.now, agenda="Spline theory",
    )  # fmt: skip
    (session,) = await club.rows(tables.session, **here)
    about = hers | {"session_id": session["id"]}
    await club.add(tables.session_answer, **about, answer="going", answered_at=club.now)
    await club.add(tables.session_attendance, **about, noted_at=club.now)
    await club.add(tables.session_presenting, **about, state="passed", changed_at=club.now)


def found_in_files(path: Path) -> list[str]:
    """Which sentinels stand in which file of the database or beside it (backups aside)."""
    # SQLite stores a number as eight bytes, big end first, or less.
    wanted = [text.encode() for text in SENTINELS] + [
        str(ERASED).encode(),
        ERASED.to_bytes(8, "big"),
    ]
    files = [file for file in path.parent.iterdir() if file.is_file()]
    return [
        f"{text!r} in {file.name}" for file in files for text in wanted if text in file.read_bytes()
    ]


async def test_the_sentinels_would_be_found(club: Driven) -> None:
    await fill(club)
    assert len({found.split(" in ")[0] for found in found_in_files(club.path)}) == 7


@pytest.mark.parametrize("keep_notes", [True, False])
async def test_after_an_erasure_no_byte_of_the_member_is_left(
    club: Driven, keep_notes: bool, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="bot")
    await fill(club)
    await club.privacy.ask_erasure(zoe(), keep_notes=keep_notes)
    await club.later(minutes=11)
    left = found_in_files(club.path)
    if keep_notes:
        left = [found for found in left if "sentinelnote" not in found]
    assert left == []
    assert (await club.rows(tables.note, text="sentinelnote shared") != []) is keep_notes
    assert caplog.text
    assert not [text for text in (*SENTINELS, str(ERASED)) if text in caplog.text]


async def test_only_the_one_server_is_touched(club: Driven) -> None:
    await fill(club)
    await fill(club, OTHER_GUILD)
    before = {
        t.name: await club.rows(t, guild_id=OTHER_GUILD)
        for t in tables.metadata.sorted_tables
        if "guild_id" in t.c
    }
    await club.privacy.ask_erasure(zoe(), keep_notes=False)
    # Before the notices of the other server come due, which nobody delivers here.
    await club.later(minutes=11)
    for table in tables.metadata.sorted_tables:
        if "guild_id" in table.c and table.name != "deadline":
            assert await club.rows(table, guild_id=OTHER_GUILD) == before[table.name], table.name


async def test_what_others_did_stays_without_the_name(club: Driven) -> None:
    await fill(club)
    await club.privacy.ask_erasure(zoe(), keep_notes=True)
    await club.later(minutes=11)
    by_zoe, about_zoe = await club.rows(tables.audit)
    assert (by_zoe["action"], by_zoe["actor_id"], by_zoe["subject"]) == (
        "board-posted", None, "member:erased",
    )  # fmt: skip
    assert (about_zoe["actor_id"], about_zoe["member_id"]) == (BOB, None)
    (board,) = await club.rows(tables.board)
    assert board["posted_by"] is None
    (heard,) = await club.rows(tables.explanation)
    assert (heard["user_id"], heard["listener_id"], heard["unclear_step"]) == (BOB, None, "")
    (waiting,) = await club.rows(tables.signup)
    assert (waiting["user_id"], waiting["assigned_by"]) == (ALICE, None)
    notes = {row["text"]: row["user_id"] for row in await club.rows(tables.note)}
    assert notes == {"sentinelnote shared": None, "Bob's own": BOB}
    (founded,) = await club.rows(tables.club)
    assert (founded["name"], founded["created_by"]) == ("Readers", None)
    (session,) = await club.rows(tables.session)
    assert (session["agenda"], session["presenter_id"]) == ("Spline theory", None)


async def test_undone_in_time_nothing_is_erased(club: Driven) -> None:
    await fill(club)
    await club.privacy.ask_erasure(zoe(), keep_notes=False)
    await club.later(minutes=9)
    await club.privacy.undo_erasure(zoe())
    await club.later(days=1)
    assert await club.rows(tables.member, user_id=ERASED)
    assert not club.path.with_name("club.db.erasures").exists()
    with pytest.raises(NothingToUndo):
        await club.privacy.undo_erasure(zoe())


async def test_nobody_else_can_undo_it_and_it_comes_at_the_time_that_was_said(
    club: Driven,
) -> None:
    await fill(club)
    asked = await club.privacy.ask_erasure(zoe(), keep_notes=False)
    for other in (someone(), zoe(OTHER_GUILD)):
        with pytest.raises(NothingToUndo):
            await club.privacy.undo_erasure(other)
    await club.until(asked.takes_effect_at - timedelta(seconds=1))
    assert await club.rows(tables.member, user_id=ERASED)
    await club.until(asked.takes_effect_at)
    assert not await club.rows(tables.member, user_id=ERASED)
    with pytest.raises(NothingToUndo):
        await club.privacy.undo_erasure(zoe())
    assert not await club.rows(tables.member, user_id=ERASED)


async def test_it_cannot_be_undone_while_the_alarm_is_late(club: Driven) -> None:
    await fill(club)
    asked = await club.privacy.ask_erasure(zoe(), keep_notes=False)
    club.now = asked.takes_effect_at
    with pytest.raises(NothingToUndo):
        await club.privacy.undo_erasure(zoe())


async def test_asking_twice_is_asking_once_and_another_choice_begins_anew(club: Driven) -> None:
    first = await club.privacy.ask_erasure(zoe(), keep_notes=False)
    club.now += 3 * MINUTE
    assert await club.privacy.ask_erasure(zoe(), keep_notes=False) == first
    other = await club.privacy.ask_erasure(zoe(), keep_notes=True)
    assert (other.keep_notes, other.asked_at) == (True, club.now)
    await club.until(first.takes_effect_at + MINUTE)
    assert await club.rows(tables.member, user_id=ERASED)
    await club.until(other.takes_effect_at)
    assert not await club.rows(tables.member, user_id=ERASED)


async def test_backups_go_when_the_member_was_told_they_would(club: Driven) -> None:
    await fill(club)
    asked = await club.privacy.ask_erasure(zoe(), keep_notes=False)
    await club.until(asked.takes_effect_at - MINUTE)
    copy = back_up(club.path, "0002", club.now)
    await club.until(asked.backups_gone_at - MINUTE)
    assert copy.exists()
    await club.until(asked.backups_gone_at)
    assert not copy.exists()


async def test_a_restored_backup_brings_nobody_back(tmp_path: Path) -> None:
    path = tmp_path / "club.db"
    async with driven(path) as club:
        await fill(club)
        await fill(club, OTHER_GUILD)
        copy = back_up(path, "0002", club.now)
        await club.privacy.ask_erasure(zoe(), keep_notes=True)
        await club.later(minutes=11)
        day_after = club.now + timedelta(days=1)
    restore(copy, path)
    async with driven(path, day_after) as again:
        assert not await again.rows(tables.member, user_id=ERASED, guild_id=GUILD)
        assert await again.rows(tables.member, user_id=ERASED, guild_id=OTHER_GUILD)
        assert await again.rows(tables.note, text="sentinelnote shared", guild_id=GUILD)
        left = {found.split(" in ")[0] for found in found_in_files(path)}
        assert len(left) == 7, "the other server's stays"


async def test_after_a_restore_no_byte_is_left_either(tmp_path: Path) -> None:
    path = tmp_path / "club.db"
    async with driven(path) as club:
        await fill(club)
        copy = back_up(path, "0002", club.now)
        await club.privacy.ask_erasure(zoe(), keep_notes=False)
        await club.later(minutes=11)
    restore(copy, path)
    assert found_in_files(path)
    async with driven(path, club.now):
        assert found_in_files(path) == []


async def test_a_member_who_returns_begins_afresh_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "club.db"
    async with driven(path) as club:
        await fill(club)
        await club.privacy.ask_erasure(zoe(), keep_notes=False)
        await club.later(minutes=11)
        await club.members.change(zoe(), SettingsChange(explains=True))
        copy = back_up(path, "0002", club.now)
        later = club.now + timedelta(days=2)
    async with driven(path, later) as again:
        assert (await again.members.settings(zoe())).explains
    restore(copy, path)
    async with driven(path, later) as again:
        assert (await again.members.settings(zoe())).explains
        assert (await again.members.settings(zoe())).zone is None


async def test_quotes_of_somebody_who_was_no_member_yet_are_erased_again(tmp_path: Path) -> None:
    path = tmp_path / "club.db"
    async with driven(path) as club:
        await fill(club)
        async with club.database.write() as conn:
            await conn.execute(tables.member.delete().where(tables.member.c.user_id == ERASED))
        copy = back_up(path, "0002", club.now)
        await club.privacy.ask_erasure(zoe(), keep_notes=False)
        await club.later(minutes=11)
    restore(copy, path)
    async with driven(path, club.now):
        assert found_in_files(path) == []


class Crash(BaseException):
    """The process ends here."""


async def test_a_crash_between_the_journal_and_the_commit_erases_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "club.db"
    remember = Remains.remember_member

    async def and_crash(*args: Any, **kwargs: Any) -> None:
        await remember(*args, **kwargs)
        raise Crash

    async with driven(path) as club:
        await fill(club)
        await club.privacy.ask_erasure(zoe(), keep_notes=False)
        monkeypatch.setattr(Remains, "remember_member", and_crash)
        with pytest.raises(Crash):
            await club.later(minutes=11)
    monkeypatch.undo()
    assert found_in_files(path)
    async with driven(path, club.now):
        assert found_in_files(path) == []


async def test_a_crash_before_the_sweep_sweeps_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "club.db"

    async def crash(_: Any) -> None:
        raise Crash

    async with driven(path) as club:
        await fill(club)
        await club.privacy.ask_erasure(zoe(), keep_notes=False)
        monkeypatch.setattr(Remains, "clear_away", crash)
        with pytest.raises(Crash):
            await club.later(minutes=11)
    monkeypatch.undo()
    swept: list[None] = []
    sweep = club.database.sweep.__func__  # type: ignore[attr-defined]  # the function under the method

    async def seen(database: Any) -> None:
        swept.append(None)
        await sweep(database)

    monkeypatch.setattr(type(club.database), "sweep", seen)
    for _ in range(2):
        async with driven(path, club.now):
            assert found_in_files(path) == []
    assert len(swept) == 1


async def test_what_is_remembered_of_the_erased_goes_when_no_backup_needs_it(
    tmp_path: Path,
) -> None:
    path = tmp_path / "club.db"
    async with driven(path) as club:
        await fill(club)
        await club.privacy.ask_erasure(zoe(), keep_notes=False)
        await club.later(minutes=11)
    journal = path.with_name("club.db.erasures")
    assert journal.read_text()
    async with driven(path, START + BACKUPS_KEPT):
        assert journal.read_text()
    async with driven(path, START + BACKUPS_KEPT + timedelta(days=8)):
        assert journal.read_text() == ""


async def test_the_file_for_the_member_names_others_and_holds_no_private_thing_of_theirs(
    club: Driven,
) -> None:
    await fill(club)
    json_file, markdown = await club.privacy.files(zoe(), {}, "Mine")
    content = json.loads(json_file.content)
    assert content["settings"][0]["zone"] == "Europe/Berlin"
    assert content["explanations_given"][0]["listener"] == "Alice"
    assert content["explanations_heard"][0]["unclear_step"] == "sentinelstep one"
    assert {note["text"] for note in content["notes"]} == {"sentinelnote shared", "sentinelprivate"}
    assert content["quoted_by_others"][0]["source_message_id"] == "6"
    everything = json_file.content.decode()
    assert "Bob's own" not in everything
    assert f'"{ALICE}"' not in everything
    assert "sentinelprivate" in markdown.content.decode()
    assert not any(
        found
        for found in (await club.privacy.files(zoe(OTHER_GUILD), {}, ""))
        if b"sentinel" in found.content
    )


async def test_looking_at_what_is_kept_stores_nothing(club: Driven) -> None:
    assert (await club.privacy.overview(zoe())).file.sections == ()
    assert await club.rows(tables.member) == []


async def test_a_server_that_removed_the_bot_is_erased_after_30_days(club: Driven) -> None:
    await fill(club)
    await fill(club, OTHER_GUILD)
    await club.guilds.present([OTHER_GUILD])
    await club.later(days=29)
    assert await club.rows(tables.member, guild_id=GUILD)
    await club.later(days=1, minutes=1)
    for table in tables.metadata.sorted_tables:
        if "guild_id" in table.c:
            assert await club.rows(table, guild_id=GUILD) == [], table.name
    assert await club.rows(tables.member, guild_id=OTHER_GUILD)


async def test_a_server_that_asks_the_bot_back_in_time_keeps_everything(club: Driven) -> None:
    await fill(club)
    await club.guilds.present([])
    await club.later(days=29)
    await club.guilds.joined(GUILD)
    await club.later(days=60)
    assert await club.rows(tables.member, user_id=ALICE)


async def test_no_server_is_erased_before_discord_has_said_which_there_are(
    tmp_path: Path,
) -> None:
    path = tmp_path / "club.db"
    async with driven(path) as club:
        await fill(club)
        await club.guilds.left(GUILD)
    async with driven(path, START + timedelta(days=40)) as again:
        await again.meet_due()
        assert await again.rows(tables.guild)
        await again.guilds.present([GUILD])
        await again.later(days=1)
        assert await again.rows(tables.member, user_id=ALICE)


async def test_a_restored_backup_does_not_bring_an_erased_server_back(tmp_path: Path) -> None:
    path = tmp_path / "club.db"
    async with driven(path) as club:
        await fill(club)
        await club.guilds.present([])
        copy = kept_elsewhere(back_up(path, "0002", club.now))
        await club.later(days=31)
        assert found_in_files(path) == []
    restore(copy, path)
    async with driven(path, club.now) as again:
        assert await again.rows(tables.guild) == []
        assert found_in_files(path) == []


def kept_elsewhere(copy: Path) -> Path:
    return Path(shutil.copy(copy, copy.with_name("elsewhere.db")))


def restore(copy: Path, path: Path) -> None:
    for ending in ("-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
    shutil.copyfile(copy, path)


def test_the_end_of_the_undo_and_of_the_copies_are_said_beforehand() -> None:
    from bot.domain.privacy import Erasure

    asked = Erasure(1, GUILD, ERASED, datetime(2026, 11, 23, 9, tzinfo=START.tzinfo), True)
    assert asked.takes_effect_at == START + 10 * MINUTE
    assert asked.backups_gone_at == START + 10 * MINUTE + timedelta(days=28)

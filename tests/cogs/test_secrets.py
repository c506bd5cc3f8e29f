"""What a member wrote is in no line of the log, in no traceback, and in nobody else's files."""

from __future__ import annotations

import logging
from typing import Any

import pytest
import sqlalchemy as sa
from pydantic import SecretStr

from bot.domain.members import Actor
from bot.logs import logging_to_stderr
from bot.render.member_privacy import section_titles
from bot.services import note_steps
from bot.storage.tables import note
from tests.cogs.conftest import Club
from tests.cogs.notes import write
from tests.loopback import TOKEN

PRIVATE, LOGGED, LOST = "planted-private-note", "planted-claim", "planted-and-lost"


async def test_planted_words_come_back_to_their_writer_alone(
    club: Club, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    club.expects_faults = True
    with logging_to_stderr("DEBUG", SecretStr(TOKEN)):
        await write(club, club.alice, PRIVATE)
        form = await club.alice.slash(club.channel, "progress log", paper="pdlt")
        await club.alice.submit_modal(form, {"claim": LOGGED})
        await club.bob.slash(club.channel, "note find", words=PRIVATE)

        async def breaks(unit: Any, *_given: Any, **_more: Any) -> Any:
            wrong = {"guild_id": 1, "user_id": 2, "text": LOST}
            await unit.conn.execute(sa.insert(note).values(wrong))

        monkeypatch.setattr(note_steps, "add", breaks)
        failed = await write(club, club.alice, LOST)
        logging.getLogger("planted").error("with the token %s", TOKEN)
        files = {
            who.id: await club.bot.services.privacy.files(
                Actor(club.guild.id, who.id, who.name), section_titles(club.bot.words), "All"
            )
            for who in (club.alice, club.bob)
        }
    err = capsys.readouterr().err
    assert failed.response is not None
    assert "went wrong on my side" in failed.response.content
    assert "Traceback" in err
    assert "IntegrityError" in err
    for planted in (PRIVATE, LOGGED, LOST, TOKEN):
        assert planted not in err
        assert planted not in repr(files[club.bob.id])
        assert planted not in failed.response.content
    own = repr(files[club.alice.id])
    assert PRIVATE in own
    assert LOGGED in own

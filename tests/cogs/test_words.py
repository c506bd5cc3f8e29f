"""Every word a member reads comes from the message catalogue: a run in a pseudo-language."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import pytest

from bot.domain.errors import CatalogueError
from bot.domain.lookup import CardPage
from bot.messages import read_words
from bot.settings import Settings
from tests.cogs.catalogue import say_catalogue
from tests.cogs.clubs import say_clubs
from tests.cogs.conftest import Club, running
from tests.cogs.notes import say_notes
from tests.cogs.own_reminders import say_own_reminders
from tests.cogs.reminding import say_reminders
from tests.cogs.schedule import say_schedule
from tests.cogs.setup import say_setup
from tests.cogs.test_coverage import opened
from tests.cogs.test_health import say_health
from tests.cogs.test_importing import say_imports
from tests.cogs.test_native_events import say_events
from tests.cogs.test_presses import post_button
from tests.cogs.test_signups import organiser
from tests.cogs.test_theory import read
from tests.pseudo import LANGUAGE, ROOT, pseudo, pseudo_data

# Never translated: commands and options, identifiers, units and what stands in an address.
_FIXED = re.compile(
    r"`[^`]*`|<t:[^>]*>|https?://[^\s)]+|/[a-z]+\b( [a-z-]+( · [a-z-]+)*)?|\barXiv \S+|\bDOI( \S+)?|"
    r"\b\d\.(bib|csv)\b|"
    r"\btc-[a-z2-7]{8}-[a-z2-7]{13}|"
    r"\b\d+\.\d+\.\d+\S*|\btc1:\S+|\b(ERASE|alice|bob|olga|boss|somebody|Save as note|Reading profile|Reading group)\b|Europe/Berlin|"
    r"\b(Africa|America|Asia|Australia|Europe|Pacific)/|\b(Berlin|Los Angeles|New York)\b|\b(CES?T|P[SD]T|E[SD]T)\b|\bUTC\b"
)
_ENGLISH = re.compile(r"[A-Za-z]{2,}")
TEXT_FIELD = 4
_READ = {"content", "title", "description", "name", "value", "text", "label", "placeholder"}


def texts(body: Any, key: str = "") -> Iterator[str]:
    """Every text in a request's body that a member reads."""
    if isinstance(body, dict):
        for name, value in body.items():
            # A text field holds what its reader wrote, or words that are read in one language only.
            is_typed = name == "value" and body.get("type") == TEXT_FIELD
            is_choice = name == "value" and (
                "default" in body or ("name" in body and len(body) == 2)
            )
            if not (is_typed or is_choice) and name not in ("custom_id", "url"):
                yield from texts(value, name)
    elif isinstance(body, list):
        for item in body:
            yield from texts(item, key)
    elif isinstance(body, str) and key in _READ:
        yield body


@pytest.fixture
def pseudo_settings(tmp_path: Path) -> Settings:
    return Settings(
        database_url=f"sqlite+aiosqlite:///{tmp_path}/club.db",
        data_dir=pseudo_data(tmp_path),
        bot_language=LANGUAGE,
        nap=3600,
    )


async def say_everything(club: Club) -> None:
    """Call up every text there is, as far as a member can."""
    slugs = [theory.slug for theory in club.bot.services.catalogues.shipped]
    for slug, depth in zip(
        slugs, ("signed-up", "reading", "read", "almost", "understood"), strict=False
    ):
        theory = club.bot.services.catalogues.shipped.get(slug)
        assert theory is not None
        await read(club, club.guild.id, club.alice.id, theory.primary_papers[0].id, depth)
    await read(club, club.guild.id, club.bob.id, "alfarra-tpami", "understood")
    for slug in slugs:
        for page in CardPage:
            await post_button(club, f"tc1:card:{slug}:{page.value}")
            await club.alice.click(club.last, custom_id=f"tc1:card:{slug}:{page.value}")
    for show in ("all", "uncovered", "mine"):
        for topic in ({}, {"topic": "mechanisms"}, {"topic": "topology"}, {"topic": "🦊"}):
            await club.alice.slash(club.channel, "theories", show=show, **topic)
    await club.alice.slash(club.channel, "theory", name="bahri 2020")
    await club.alice.slash(club.channel, "theory", name="decision boundary")
    await club.alice.slash(club.channel, "theory", name="🦊")
    await explain_everything(club)
    await club.alice.slash(club.channel, "help")
    await club.alice.slash(club.channel, "about")
    await say_notes(club)
    await say_progress(club)
    await say_coverage(club)
    await say_split(club)
    await say_schedule(club)
    await say_clubs(club)
    await say_exports(club)
    await say_catalogue(club)
    await say_imports(club)
    await say_everything_about_oneself(club)
    await say_reminders(club)
    await say_own_reminders(club)
    await say_health(club)
    await say_setup(club)
    await post_button(club, "tc0:old")
    await club.alice.click(club.last, custom_id="tc0:old")
    club.expects_faults = True
    club.bot.services.lookup._catalogues = None  # type: ignore[assignment]  # to provoke a fault
    await club.alice.slash(club.channel, "theory", name="anything")


async def explain_everything(club: Club) -> None:
    """The whole way of explaining, with each of its refusals."""
    await read(club, club.guild.id, club.alice.id, "zoom-in-2020", "understood")
    for who, pressed in (
        (club.bob, "explain-who:circuits"),
        (club.alice, "explain-who:circuits"),
        (club.alice, "explain-opt:out"),
        (club.alice, "explain-opt:in"),
        (club.bob, "explain-who:circuits"),
        (club.bob, f"explain-ask:zoom-in-2020:{club.alice.id}"),
        (club.bob, f"explain-ask:zoom-in-2020:{club.alice.id}"),
        (club.bob, "explain-offer:zoom-in-2020"),
        (club.alice, "explain-offer:zoom-in-2020"),
        (club.alice, "explain-offer:zoom-in-2020"),
        (club.alice, "explain-heard:1:clear"),
        (club.bob, "explain-close:1"),
        (club.bob, "explain-heard:1:unclear"),
        (club.bob, "explain-heard:1:clear"),
        (club.bob, "explain-heard:1:clear"),
        (club.alice, "explain-close:1"),
        (club.bob, "explain-heard:1:unclear"),
    ):
        await post_button(club, f"tc1:{pressed}")
        answer = await who.click(club.last, custom_id=f"tc1:{pressed}")
        if answer.modal is not None:
            await who.submit_modal(answer, {"step": "?"})
    await club.alice.slash(club.channel, "theory", name="circuits", private=True)


async def say_progress(club: Club) -> None:
    """Log, look at it, take it back."""
    for paper, changes in (
        ("spline-icml2018", {"sections": ["u1"], "claim": "1", "evidence": "2", "doubt": "3?"}),
        ("geometry-neurips2019", {"sections": ["u1", "u2", "u3", "u4"], "doubt": "4"}),
        ("pdlt", {}),
    ):
        form = await club.alice.slash(club.channel, "progress log", paper=paper)
        if form.modal is not None:
            await club.alice.submit_modal(form, changes)
    for command in ("progress me", "progress group"):
        await club.alice.slash(club.channel, command)
        await club.bob.slash(club.channel, command)
    for member in (club.alice, club.bob):
        await club.alice.slash(club.channel, "progress member", member=member)
    for action in (
        "depth:spline-icml2018:almost", "depth:spline-icml2018:understood", "name-board:on",
        "name-board:off", "progress-me:0", "progress-remove:spline-icml2018",
        "progress-remove:spline-icml2018:no", "progress-remove:spline-icml2018:yes",
    ):  # fmt: skip
        await post_button(club, f"tc1:{action}")
        await club.alice.click(club.last, custom_id=f"tc1:{action}")


async def say_coverage(club: Club) -> None:
    """Every view, and an introduction from the question to the answer."""
    await opened(club, club.bob.id, visibility="server", display_name="42")
    await opened(club, club.alice.id, display_name="43")
    olga = organiser(club)
    for view in ("map", "trend", "pairs", "overlap", "at-risk"):
        await club.alice.slash(club.channel, "coverage", view=view)
        await olga.slash(club.channel, "coverage", view=view)
    await club.env.advance_time(70 * 24 * 3600)
    await olga.slash(club.channel, "coverage", view="at-risk")
    for who, pressed in (
        (club.alice, f"tc1:introduce:{club.bob.id}"), (club.alice, "tc1:introduce:1"),
        (club.bob, f"tc1:introduction:1:no:{club.guild.id}"),
        (club.bob, f"tc1:introduction:1:yes:{club.guild.id}"),
    ):  # fmt: skip
        await post_button(club, pressed)
        await club.env.advance_time(5)
        await who.click(club.last, custom_id=pressed)
    await club.env.advance_time(5)
    await club.alice.slash(club.channel, "about")


async def say_exports(club: Club) -> None:
    """Each kind of selection in each format, and the refusals."""
    own = club.bot.words.text("My readings")
    for what in ({}, {"what": "spline"}, {"what": "topology"}, {"what": own}):
        for format_ in ("bib", "json", "csv", "md"):
            await club.alice.slash(club.channel, "catalogue export", **what, format=format_)
    for member in (club.alice, organiser(club)):
        await member.slash(club.channel, "catalogue export", what=own)
    await club.alice.slash(club.channel, "catalogue export", what="🦊")


async def say_split(club: Club) -> None:
    """A round with everything that can be said of it."""
    olga, everybody = organiser(club), (club.alice, club.bob)
    await post_button(club, "tc1:split-mine:1")
    await club.alice.click(club.last, custom_id="tc1:split-mine:1")
    for options in ({"each": 1, "hours": 1}, {"topic": "mechanisms"}):
        await olga.slash(club.channel, "split start", **options)
    for pressed in ("tc1:split-cancel:1", "tc1:split-cancel:1:yes"):
        await post_button(club, pressed)
        await olga.click(club.last, custom_id=pressed)
    await olga.slash(club.channel, "split start", each=10)
    await club.env.advance_time(10)
    panel = club.last
    for who in everybody:
        for pressed in ("tc1:split-mine:2", "tc1:split-join:2"):
            opened = await who.click(panel, custom_id=pressed)
        wishes = {"first": ["zoom-in-2020"], "also": ["tml-njp2022"], "rather-not": ["tqnn-2022"]}
        await who.submit_modal(opened, {**wishes, "amount": "?"})
        await who.click(panel, custom_id="tc1:split-mine:2")
    await club.env.advance_time(10)
    seen = await olga.click(panel, custom_id="tc1:split-organise:2")
    shown = seen.response.message if seen.response else panel
    text = str([part.to_dict() for part in shown.components])
    (publish,) = set(re.findall(r"tc1:split-publish:2:[0-9a-f]+", text))
    for pressed in ("tc1:split-slack:2", "tc1:split-seats:2", publish, publish):
        await post_button(club, pressed)
        await olga.click(club.last, custom_id=pressed)
    await olga.slash(club.channel, "split publish")
    for who in everybody:
        for pressed in (
            "tc1:split-mine:2", f"tc1:split-swap:2:tml-njp2022:{club.guild.id}",
            f"tc1:split-accept:2:{club.guild.id}", f"tc1:split-back:2:tml-njp2022:{club.guild.id}",
        ):  # fmt: skip
            await post_button(club, pressed)
            await who.click(club.last, custom_id=pressed)
    await olga.slash(club.channel, "split adjust")
    for pressed in ("tc1:split-keeps:2:off", "tc1:split-keeps:2:on"):
        await post_button(club, pressed)
        await olga.click(club.last, custom_id=pressed)
    await post_button(club, "tc1:split-leave:2")
    await club.alice.click(club.last, custom_id="tc1:split-leave:2")
    await olga.slash(club.channel, "split show")
    await olga.slash(club.channel, "split start")
    await olga.slash(club.channel, "log")


async def say_everything_about_oneself(club: Club) -> None:
    """Every text of ``/me``, as far as a member can call it up."""
    alice, channel = club.alice, club.channel
    await alice.slash(channel, "me privacy")
    for settings in (
        {},
        {"zone": "Europe/Berlin", "hours": 1, "visibility": "server", "notes": "private", "dm": True},
        {"explains": True, "name_board": True, "notes": "shared", "dm": False},
        {"zone": "nowhere"}, {"zone": "europe/berlin"}, {"tags": "astrology"},
    ):  # fmt: skip
        await alice.slash(channel, "me settings", **settings)
    for dates in ({}, {"from": "🦊", "to": "friday"}, {"to": "friday"}, {"from": "in 3 weeks", "to": "today"},
                  {"from": "2020-01-01", "to": "2020-01-02"}, {"from": "today", "to": "2099-01-01"}):  # fmt: skip
        await alice.slash(channel, "me away", **dates)
        await club.bob.slash(channel, "me away", **dates)
    away = await club.bob.slash(channel, "me away", **{"from": "today", "to": "friday"})
    for pressed in (
        "tc1:me-back",
        "tc1:me-erase-undo",
        "tc1:me-zone",
        "tc1:me-export",
        "tc1:me-erase",
    ):
        await post_button(club, pressed)
        await alice.click(club.last, custom_id=pressed)
    assert away.response is not None
    (confirm,) = away.response.message.components[0].children  # type: ignore[union-attr]  # a row
    for _ in range(2):
        await club.bob.click(away.response.message, custom_id=str(confirm.custom_id))  # type: ignore[union-attr]  # a button
    await club.bob.slash(channel, "me away")
    await club.bob.slash(channel, "me settings")
    for choice in ("keep", "delete"):
        await post_button(club, f"tc1:me-erase-notes:{choice}")
        modal = await alice.click(club.last, custom_id=f"tc1:me-erase-notes:{choice}")
        for word in ("no", "ERASE"):
            await alice.submit_modal(modal, {"word": word})
            modal = await alice.click(club.last, custom_id=f"tc1:me-erase-notes:{choice}")
    await alice.slash(channel, "me privacy")
    await post_button(club, "tc1:me-erase-undo")
    await alice.click(club.last, custom_id="tc1:me-erase-undo")
    for member in (club.alice, club.bob):
        await alice.context_menu(channel, "Reading profile", member)


async def test_no_english_is_left_in_what_is_sent(pseudo_settings: Settings) -> None:
    async with running(pseudo_settings) as club:
        await say_everything(club)
        await say_events(club)
        sent = [r for r in club.env.http_requests if r.json and "/commands" not in r.path]
        sent = [r for r in sent if "a panel" not in str(r.json)]
        tags = [
            tag.replace("-", " ")
            for tag in club.bot.services.catalogues.shipped.vocabulary.prerequisites
        ]
    # Places bear the names that the database of zones gives them.
    cities = {name.rsplit("/", 1)[-1].replace("_", " ") for name in available_timezones()}
    names = sorted(map(re.escape, {*tags, *cities}), key=len, reverse=True)
    data = re.compile("|".join(names), re.IGNORECASE)
    assert len(sent) > 50
    for request in sent:
        for text in texts(request.json):
            left = _ENGLISH.findall(data.sub("", _FIXED.sub("", text)))
            assert not left, f"{left} in {text!r}"


async def test_the_pseudo_language_changes_every_text_of_the_template(tmp_path: Path) -> None:
    words = read_words(pseudo_data(tmp_path), LANGUAGE)
    template = (ROOT / "data" / "locale" / "theory_club.pot").read_text(encoding="utf-8")
    assert words.text("Related") == pseudo("Related")
    assert words.plural("{n} theory", "{n} theories", 2) == "2 " + pseudo("theories")
    assert template.count("msgid ") > 60


def test_the_template_is_that_of_the_code(tmp_path: Path) -> None:
    made = tmp_path / "made.pot"
    subprocess.run(
        [
            str(Path(sys.executable).with_name("pybabel")), "-q", "extract", "-F", "data/locale/babel.cfg",
            "-k", "N_", "-k", "text:1", "-k", "plural:1,2", "--no-location", "--omit-header",
            "--sort-output", "-o", str(made), ".",
        ],
        cwd=ROOT, check=True,
    )  # fmt: skip
    shipped = ROOT / "data" / "locale" / "theory_club.pot"
    assert made.read_text("utf-8") == shipped.read_text("utf-8"), "run: make messages"


def texts_of_commands(commands: list[Any]) -> Iterator[str]:
    """The description of each command and option; of what is an entry of a menu, its name."""
    for command in commands:
        yield command.get("description") or command["name"]
        yield from texts_of_commands(command.get("options", []))


async def test_command_descriptions_stand_in_the_template(club: Club) -> None:
    template = (ROOT / "data" / "locale" / "theory_club.pot").read_text(encoding="utf-8")
    (request,) = [r for r in club.env.http_requests if r.method == "PUT"]
    assert isinstance(request.json, list)
    described = [c["description"] for c in request.json if c.get("description")]
    described += [o["description"] for c in request.json for o in c.get("options", ())]
    described = list(texts_of_commands(request.json))
    flat = template.replace('"\n"', "")
    assert all(text in flat for text in described)


def test_a_broken_translation_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "locale" / "xx" / "theory_club.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(b'msgid "a"\nmsgstr "b"\nnonsense\n')
    with pytest.raises(CatalogueError, match="cannot be read"):
        read_words(tmp_path, "xx")

"""Choices for theories and entries that a server named itself: none spoils the others."""

from __future__ import annotations

from discord import app_commands

from bot.domain.catalogue import Catalogue
from bot.domain.overlay import overlay
from bot.domain.own_entries import EntryKind, OwnEntry
from bot.render.curating import entry_choices
from bot.render.suggestions import theory_choices
from bot.render.words import Words
from tests.contract import faults
from tests.domain.own_entries import own_paper, own_theory
from tests.domain.theories import vocabulary

NAMES = ("Theory of " + "very " * 30 + "long names", "🦊" * 200, "<" * 200, "Grokking")


def refused(choices: list[app_commands.Choice[str]]) -> list[str]:
    """What Discord would say against them."""
    return faults("POST", "/", {"type": 8, "data": {"choices": [c.to_dict() for c in choices]}})


def test_a_theory_of_a_server_may_be_named_as_long_as_its_form_allows() -> None:
    names = [*NAMES, NAMES[0] + " too", NAMES[-1]]
    shipped = Catalogue((), (), vocabulary())
    own = [own_theory(f"own-{n}", name) for n, name in enumerate(names)]
    theories = [t for t in overlay(shipped, own) if t.slug.startswith("own-")]
    made = theory_choices([(theory, None) for theory in theories], Words())
    assert refused(made) == []
    by_slug = {theory.name: theory.slug for theory in theories}
    assert [by_slug.get(c.value, c.value) for c in made] == [t.slug for t in theories]


def test_own_entries_of_one_name_are_told_apart_and_say_what_they_are() -> None:
    entries: list[OwnEntry] = []
    for n, name in enumerate((*NAMES, *NAMES)):
        entries.append(own_theory(f"own-{n}", name, retired=n % 2 == 0))
        entries.append(own_paper("k" * 58 + str(n), "spline", name))
    made = entry_choices(entries, Words())
    assert refused(made) == []
    for choice in made:
        kind = EntryKind(choice.value.partition(":")[0])
        assert f"· {kind.value}" in choice.name

"""Use cases: one transaction each; they raise, the front door translates."""

from __future__ import annotations

from dataclasses import dataclass

from bot.services.guilds import Guilds
from bot.services.lookup import Lookup
from bot.services.registration import CommandRegistration

__all__ = ["CommandRegistration", "Guilds", "Lookup", "Services"]


@dataclass(frozen=True, slots=True)
class Services:
    """Every use case of the program, wired once."""

    lookup: Lookup
    guilds: Guilds
    registration: CommandRegistration

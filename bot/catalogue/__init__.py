"""Reads the shipped data (``data/``) into domain values."""

from bot.catalogue.places import read_zones
from bot.catalogue.reader import read_catalogue

__all__ = ["read_catalogue", "read_zones"]

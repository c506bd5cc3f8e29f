"""Reads the shipped catalogue (``data/``) into domain values."""

from bot.catalogue.reader import read_catalogue

__all__ = ["read_catalogue"]

"""Theory Club: a Discord bot that helps a research group cover more theories."""

__version__ = "0.1.0"

"""Importing a file of works: what was found in it, and how that stands to what is known."""

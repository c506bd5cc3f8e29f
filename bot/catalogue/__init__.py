"""Reads the shipped catalogue (``data/``) into domain values."""

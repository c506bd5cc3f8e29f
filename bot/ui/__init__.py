"""Shared Discord machinery: replies, errors, buttons, pages."""

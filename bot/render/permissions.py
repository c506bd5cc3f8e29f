"""Permissions by the names that Discord's own settings give them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.render.words import Words


def permissions_text(permissions: Iterable[str], words: Words) -> str:
    """These permissions, named one after the other."""
    names = {
        "view_channel": words.text("View Channel"),
        "send_messages": words.text("Send Messages"),
        "read_message_history": words.text("Read Message History"),
        "embed_links": words.text("Embed Links"),
        "create_public_threads": words.text("Create Public Threads"),
        "send_messages_in_threads": words.text("Send Messages in Threads"),
    }
    return ", ".join(names.get(name, name) for name in permissions)

"""Permissions by the names that Discord's settings give them."""

from __future__ import annotations

from collections.abc import Iterable

from bot.render.words import Words


def permissions_text(missing: Iterable[str], words: Words) -> str:
    """The permissions (as the library calls them) in a row."""
    names = {
        "view_channel": words.text("View Channel"),
        "send_messages": words.text("Send Messages"),
        "send_messages_in_threads": words.text("Send Messages in Threads"),
        "read_message_history": words.text("Read Message History"),
        "embed_links": words.text("Embed Links"),
        "attach_files": words.text("Attach Files"),
        "create_public_threads": words.text("Create Public Threads"),
        "create_events": words.text("Create Events"),
        "manage_events": words.text("Manage Events"),
    }
    return ", ".join(names.get(name, name) for name in missing)

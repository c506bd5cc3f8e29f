"""What is kept about a member, and how they are erased, in plain words."""

from __future__ import annotations

from datetime import datetime

import discord
from discord.utils import format_dt

from bot.domain.privacy import BACKUPS_KEPT, TIME_TO_UNDO, Erasure, MemberFile
from bot.render.markdown import bullets, fit
from bot.render.theory_card import COLOUR
from bot.render.words import Words


def privacy_panel(file: MemberFile, erasure: Erasure | None, words: Words) -> discord.Embed:
    """What is stored here about whoever asks, by kind."""
    embed = discord.Embed(
        title=words.text("What I keep about you in this server"),
        colour=COLOUR,
        description=words.text(
            "What you told me, and what follows from it. Others here see your open sign-ups, "
            "whether you are in a split, the notes you share, and what you open up in `/me "
            "settings`; organisers see what a split would give you; the rest only you. I cannot "
            "read messages. Other servers see nothing of this."
        ),
    )
    titles = section_titles(words)
    kept = [f"{titles.get(name, name)}: {n}" for name, n in file.counts.items()]
    embed.add_field(
        name=words.text("Kept now"),
        value=fit(bullets(kept), 1024) if kept else words.text("Nothing at all."),
        inline=False,
    )
    if erasure is not None:
        embed.add_field(
            name=words.text("You asked to be erased"), value=_when(erasure, words), inline=False
        )
    return embed


def erasure_page(now: datetime, words: Words) -> discord.Embed:
    """What an erasure does, before anything is chosen."""
    embed = discord.Embed(
        title=words.text("Erase everything about you in this server"),
        colour=COLOUR,
        description=bullets(
            (
                words.text("Your sign-ups are given back, and their seats go to whoever waits."),
                words.text(
                    "Your settings, readings, sections, explanations, wishes for splits, private "
                    "notes and their history are deleted, and so is what others saved from your "
                    "messages."
                ),
                words.text(
                    "Your proposals for the catalogue and their messages go. What was approved "
                    "is the server's and stays, without your name."
                ),
                words.text("The counts that remain name nobody. Other servers are not touched."),
            )
        ),
    )
    embed.add_field(
        name=words.text("Your shared notes"),
        value=words.text("You choose: they are deleted too, or they stay without your name."),
        inline=False,
    )
    minutes = int(TIME_TO_UNDO.total_seconds() // 60)
    embed.add_field(
        name=words.text("When"),
        value=words.plural(
            "It takes effect {n} minute after you confirm; until then you can undo it. ",
            "It takes effect {n} minutes after you confirm; until then you can undo it. ",
            minutes,
        )
        + words.text(
            "The last safety copy that still holds something about you is deleted on {gone}.",
            gone=format_dt(now + TIME_TO_UNDO + BACKUPS_KEPT, "f"),
        ),
        inline=False,
    )
    return embed


def erasure_asked(erasure: Erasure, words: Words) -> str:
    """The answer to the confirmation."""
    notes = (
        words.text("Your shared notes stay, without your name.")
        if erasure.keep_notes
        else words.text("Your notes are deleted too.")
    )
    return f"{_when(erasure, words)} {notes}"


def _when(erasure: Erasure, words: Words) -> str:
    return words.text(
        "Everything about you here is erased on {at} ({relative}); until then you can undo it. The "
        "last safety copy that still holds something about you is deleted on {gone}.",
        at=format_dt(erasure.takes_effect_at, "f"),
        relative=format_dt(erasure.takes_effect_at, "R"),
        gone=format_dt(erasure.backups_gone_at, "f"),
    )


def section_titles(words: Words) -> dict[str, str]:
    """A title for each kind of what is kept."""
    return {
        "settings": words.text("Your name, settings and absence"),
        "known_topics": words.text("What you know"),
        "interests": words.text("What I would like to read about"),
        "sign_ups": words.text("Sign-ups"),
        "readings": words.text("Papers and how far you are"),
        "sections": words.text("Sections done"),
        "history": words.text("Steps on the way"),
        "notes": words.text("Notes"),
        "quoted_by_others": words.text("Notes that others saved from your messages"),
        "reports": words.text("Notes you reported"),
        "offers_to_explain": words.text("Your offers to explain"),
        "explanations_given": words.text("What others said of your explanations"),
        "explanations_heard": words.text("Explanations you heard"),
        "explanations_asked_for": words.text("Explanations you asked for"),
        "asked_to_explain": words.text("Explanations you were asked for"),
        "introductions_asked_for": words.text("Introductions you asked for"),
        "asked_to_be_introduced": words.text("Introductions you were asked about"),
        "messages_waiting": words.text("Messages waiting for you"),
        "reminders": words.text("Reminders sent to you or planned"),
        "reminder_choices": words.text("What you chose about reminders"),
        "clubs_muted": words.text("Clubs you muted"),
        "boards_posted": words.text("Boards you posted"),
        "catalogue_steps": words.text("What you changed in the catalogue"),
        "catalogue_proposals": words.text("What you proposed for the catalogue"),
        "imports_waiting": words.text("A file of works that waits for you to import it"),
        "clubs_founded": words.text("Clubs you founded"),
        "clubs_joined": words.text("Clubs you are a member of"),
        "volunteered_to_present": words.text("Clubs in which you would present"),
        "sessions_presented": words.text("Sessions you present"),
        "answers_to_sessions": words.text("Whether you come to sessions"),
        "sessions_attended": words.text("Sessions you were at"),
        "asked_to_present": words.text("Sessions you were asked to present"),
        "split_answers": words.text("Splits you are in"),
        "split_wishes": words.text("What you wished for in splits"),
        "split_drafts": words.text("Splits an organiser looked at"),
        "split_papers": words.text("What splits gave you"),
        "splits_started": words.text("Splits you began"),
        "organised": words.text("What you did as an organiser"),
        "organised_about_me": words.text("What organisers did about you"),
        "erasure": words.text("Your wish to be erased"),
    }

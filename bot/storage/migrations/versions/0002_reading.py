"""What a member does with a paper: sign-ups, progress, notes, teach-back; boards and deadlines."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

# Written out, not imported: a migration must mean the same when the program has moved on.
snowflake = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
instant = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
flag = sa.Boolean().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _rebuild_guild()
    _rebuild_member()
    _create_tables()
    op.execute(
        "INSERT INTO depth_change (guild_id, user_id, paper_id, depth, changed_at)"
        " SELECT guild_id, user_id, paper_id, depth, updated_at FROM reading"
        " ORDER BY updated_at, guild_id, user_id, paper_id"
    )


def _rebuild_guild() -> None:
    # SQLite adds no CHECK to a table: it is made anew, filled and put in the old one's place.
    op.create_table(
        "guild_new",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("joined_at", instant, nullable=False),
        sa.Column("left_at", instant),
        sa.Column("target_readers", sa.Integer(), nullable=False, server_default=sa.text("2")),
        sa.Column("open_limit", sa.Integer(), nullable=False, server_default=sa.text("2")),
        sa.Column("seats", sa.Integer(), nullable=False, server_default=sa.text("3")),
        sa.Column("organiser_role_id", snowflake),
        sa.PrimaryKeyConstraint("guild_id", name=op.f("pk_guild")),
        sa.CheckConstraint("target_readers BETWEEN 1 AND 50", name=op.f("ck_guild_target_readers")),
        sa.CheckConstraint("open_limit BETWEEN 1 AND 20", name=op.f("ck_guild_open_limit")),
        sa.CheckConstraint("seats BETWEEN 1 AND 100", name=op.f("ck_guild_seats")),
        sqlite_strict=True,
    )
    _replace("guild", "guild_id, joined_at, left_at, target_readers")


def _rebuild_member() -> None:
    op.create_table(
        "member_new",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("display_name", sa.Text(), nullable=False),
        sa.Column("first_seen_at", instant, nullable=False),
        sa.Column("zone", sa.Text()),
        sa.Column("hours_a_week", sa.Integer()),
        sa.Column("visibility", sa.Text(), nullable=False, server_default="private"),
        sa.Column("explains", flag, nullable=False, server_default=sa.false()),
        sa.Column("on_name_board", flag, nullable=False, server_default=sa.false()),
        sa.Column("note_sharing", sa.Text(), nullable=False, server_default="ask"),
        sa.Column("dm", sa.Text(), nullable=False, server_default="unasked"),
        sa.Column("away_from", instant),
        sa.Column("away_until", instant),
        sa.Column("departed_at", instant),
        sa.PrimaryKeyConstraint("guild_id", "user_id", name=op.f("pk_member")),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_member_guild_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("hours_a_week BETWEEN 0 AND 80", name=op.f("ck_member_hours_a_week")),
        sa.CheckConstraint(
            "visibility IN ('private', 'server')", name=op.f("ck_member_visibility")
        ),
        sa.CheckConstraint(
            "note_sharing IN ('ask', 'private', 'shared')", name=op.f("ck_member_note_sharing")
        ),
        sa.CheckConstraint("dm IN ('unasked', 'yes', 'no')", name=op.f("ck_member_dm")),
        sa.CheckConstraint(
            "(away_from IS NULL) = (away_until IS NULL)"
            " AND (away_from IS NULL OR away_from < away_until)",
            name=op.f("ck_member_away"),
        ),
        sqlite_strict=True,
    )
    _replace("member", "guild_id, user_id, display_name, first_seen_at")


def _replace(table: str, columns: str) -> None:
    op.execute(f"INSERT INTO {table}_new ({columns}) SELECT {columns} FROM {table}")
    op.drop_table(table)
    op.rename_table(f"{table}_new", table)


def _create_tables() -> None:
    op.create_table(
        "audit",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("actor_id", snowflake),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("member_id", snowflake),
        sa.Column("happened_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_audit_guild_id"), ondelete="CASCADE"
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_audit_guild_id_happened_at"), "audit", ["guild_id", "happened_at"])
    op.create_table(
        "board",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("channel_id", snowflake, nullable=False),
        sa.Column("message_id", snowflake),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text()),
        sa.Column("posted_by", snowflake),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("posted_at", instant),
        sa.Column("edited_at", instant),
        sa.Column("shown", sa.Text()),
        sa.Column("trouble", sa.Text()),
        sa.Column("trouble_at", instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board")),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_board_guild_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("scope IN ('all', 'theory', 'topic')", name=op.f("ck_board_scope")),
        sa.CheckConstraint("(scope = 'all') = (subject IS NULL)", name=op.f("ck_board_subject")),
        sa.CheckConstraint(
            "trouble IN ('channel-gone', 'forbidden')", name=op.f("ck_board_trouble")
        ),
        sa.CheckConstraint(
            "(trouble IS NULL) = (trouble_at IS NULL)", name=op.f("ck_board_trouble_at")
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "deadline",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", snowflake, nullable=False),
        sa.Column("due_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline")),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_deadline_guild_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint(
            "kind IN ('check-in-half-way', 'check-in-before-due', 'signup-overdue', 'signup-expires', 'offer-expires', 'away-begins', 'away-ends', 'notice', 'board', 'erasure', 'backups-gone', 'guild-erasure')",
            name=op.f("ck_deadline_kind"),
        ),
        sa.UniqueConstraint(
            "guild_id", "kind", "subject_id", name=op.f("uq_deadline_guild_id_kind_subject_id")
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_deadline_due_at"), "deadline", ["due_at"])
    op.create_table(
        "paper_setting",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("seats", sa.Integer()),
        sa.Column("blind", flag, nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("guild_id", "paper_id", name=op.f("pk_paper_setting")),
        sa.ForeignKeyConstraint(
            ["guild_id"],
            ["guild.guild_id"],
            name=op.f("fk_paper_setting_guild_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("seats BETWEEN 1 AND 100", name=op.f("ck_paper_setting_seats")),
        sqlite_strict=True,
    )
    op.create_table(
        "depth_change",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("user_id", snowflake, nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("depth", sa.Text()),
        sa.Column("changed_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_depth_change")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_depth_change_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "depth IN ('signed-up', 'reading', 'read', 'almost', 'understood')",
            name=op.f("ck_depth_change_depth"),
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_depth_change_guild_id_changed_at"), "depth_change", ["guild_id", "changed_at"]
    )
    op.create_index(
        op.f("ix_depth_change_guild_id_user_id_paper_id"),
        "depth_change",
        ["guild_id", "user_id", "paper_id"],
    )
    op.create_table(
        "erasure",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("user_id", snowflake, nullable=False),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("keep_notes", flag, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasure")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_erasure_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("guild_id", "user_id", name=op.f("uq_erasure_guild_id_user_id")),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "explanation",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("user_id", snowflake, nullable=False),
        sa.Column("listener_id", snowflake),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("heard_at", instant, nullable=False),
        sa.Column("unclear_step", sa.Text()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanation")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_explanation_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint(
            "guild_id",
            "user_id",
            "listener_id",
            "paper_id",
            name=op.f("uq_explanation_guild_id_user_id_listener_id_paper_id"),
        ),
        sa.CheckConstraint("user_id <> listener_id", name=op.f("ck_explanation_somebody_else")),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_explanation_clear",
        "explanation",
        ["guild_id", "paper_id", "user_id"],
        unique=False,
        sqlite_where=sa.text("unclear_step IS NULL"),
        postgresql_where=sa.text("unclear_step IS NULL"),
    )
    op.create_table(
        "explanation_request",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("asked_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("asked_at", instant, nullable=False),
        sa.PrimaryKeyConstraint(
            "guild_id", "user_id", "asked_id", "paper_id", name=op.f("pk_explanation_request")
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_explanation_request_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "asked_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_explanation_request_guild_id_asked_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "user_id <> asked_id", name=op.f("ck_explanation_request_somebody_else")
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "introduction",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("user_id", snowflake, nullable=False),
        sa.Column("asked_id", snowflake, nullable=False),
        sa.Column("asked_at", instant, nullable=False),
        sa.Column("agreed", flag),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_introduction")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_introduction_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "asked_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_introduction_guild_id_asked_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("user_id <> asked_id", name=op.f("ck_introduction_somebody_else")),
        sa.UniqueConstraint(
            "guild_id",
            "user_id",
            "asked_id",
            name=op.f("uq_introduction_guild_id_user_id_asked_id"),
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_table(
        "member_tag",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "user_id", "tag", name=op.f("pk_member_tag")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_member_tag_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "note",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("user_id", snowflake),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("shared", flag, nullable=False),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("updated_at", instant, nullable=False),
        sa.Column("source_channel_id", snowflake),
        sa.Column("source_message_id", snowflake),
        sa.Column("source_author_id", snowflake),
        sa.Column("interaction_id", snowflake),
        sa.Column("hidden_at", instant),
        sa.Column("hidden_by", snowflake),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_note")),
        sa.ForeignKeyConstraint(
            ["guild_id"], ["guild.guild_id"], name=op.f("fk_note_guild_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_note_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "kind IN ('claim', 'evidence', 'doubt', 'question')", name=op.f("ck_note_kind")
        ),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 4000", name=op.f("ck_note_text")),
        sa.UniqueConstraint("interaction_id", "kind", name=op.f("uq_note_interaction_id_kind")),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_note_guild_id_paper_id_created_at"), "note", ["guild_id", "paper_id", "created_at"]
    )
    op.create_index(
        op.f("ix_note_guild_id_user_id_created_at"), "note", ["guild_id", "user_id", "created_at"]
    )
    op.create_table(
        "notice",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("user_id", snowflake, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("paper_id", sa.Text()),
        sa.Column("signup_id", snowflake),
        sa.Column("other_id", snowflake),
        sa.Column("detail", sa.Text()),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("expires_at", instant),
        sa.Column("sending_at", instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_notice_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "other_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_notice_guild_id_other_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "kind IN ('seat-offered', 'seat-assigned', 'offer-expired', 'check-in', 'seat-shared', 'co-reader', 'signup-expired', 'signup-removed', 'signup-extended', 'asked-to-explain', 'explanation-heard', 'note-hidden', 'note-reported', 'board-trouble', 'introduction-asked', 'introduced')",
            name=op.f("ck_notice_kind"),
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_notice_guild_id_user_id"), "notice", ["guild_id", "user_id"])
    op.create_table(
        "signup",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("user_id", snowflake, nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("seat", sa.Integer()),
        sa.Column("slot", sa.Integer()),
        sa.Column("created_at", instant, nullable=False),
        sa.Column("opened_at", instant),
        sa.Column("due_at", instant),
        sa.Column("shared_at", instant),
        sa.Column("logged_at", instant),
        sa.Column("active_at", instant),
        sa.Column("seconds_left", sa.Integer()),
        sa.Column("assigned_by", snowflake),
        sa.Column("closed_at", instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signup")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_signup_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'offered', 'open', 'paused', 'read', 'given-back', 'removed', 'expired')",
            name=op.f("ck_signup_state"),
        ),
        sa.CheckConstraint("seat BETWEEN 1 AND 100", name=op.f("ck_signup_seat")),
        sa.CheckConstraint("slot BETWEEN 1 AND 20", name=op.f("ck_signup_slot")),
        sa.CheckConstraint(
            "CASE state WHEN 'open' THEN slot IS NOT NULL AND due_at IS NOT NULL AND (seat IS NOT NULL OR shared_at IS NOT NULL) WHEN 'offered' THEN seat IS NOT NULL AND slot IS NULL ELSE seat IS NULL AND slot IS NULL END",
            name=op.f("ck_signup_holds"),
        ),
        sa.CheckConstraint(
            "(state = 'paused') = (seconds_left IS NOT NULL)",
            name=op.f("ck_signup_seconds_left"),
        ),
        sa.CheckConstraint(
            "(closed_at IS NULL) = (state IN ('waiting', 'offered', 'open', 'paused'))",
            name=op.f("ck_signup_closed"),
        ),
        sa.UniqueConstraint(
            "guild_id", "paper_id", "seat", name=op.f("uq_signup_guild_id_paper_id_seat")
        ),
        sa.UniqueConstraint(
            "guild_id", "user_id", "slot", name=op.f("uq_signup_guild_id_user_id_slot")
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_signup_guild_id_paper_id_state_id"),
        "signup",
        ["guild_id", "paper_id", "state", "id"],
    )
    op.create_index(
        op.f("uq_signup_live"),
        "signup",
        ["guild_id", "user_id", "paper_id"],
        unique=True,
        sqlite_where=sa.text("state IN ('waiting', 'offered', 'open', 'paused')"),
        postgresql_where=sa.text("state IN ('waiting', 'offered', 'open', 'paused')"),
    )
    op.create_table(
        "teach_offer",
        sa.Column("id", snowflake, sa.Identity(), nullable=False),
        sa.Column("guild_id", snowflake, nullable=False),
        sa.Column("user_id", snowflake, nullable=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("offered_at", instant, nullable=False),
        sa.Column("closed_at", instant),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teach_offer")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_teach_offer_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("uq_teach_offer_open"),
        "teach_offer",
        ["guild_id", "user_id", "paper_id"],
        unique=True,
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )
    op.create_table(
        "note_report",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("note_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("reported_at", instant, nullable=False),
        sa.PrimaryKeyConstraint("guild_id", "note_id", "user_id", name=op.f("pk_note_report")),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id"],
            ["member.guild_id", "member.user_id"],
            name=op.f("fk_note_report_guild_id_user_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["note_id"], ["note.id"], name=op.f("fk_note_report_note_id"), ondelete="CASCADE"
        ),
        sqlite_strict=True,
    )
    op.create_table(
        "section_done",
        sa.Column("guild_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("user_id", snowflake, nullable=False, autoincrement=False),
        sa.Column("paper_id", sa.Text(), nullable=False),
        sa.Column("section_id", sa.Text(), nullable=False),
        sa.Column("done_at", instant, nullable=False),
        sa.PrimaryKeyConstraint(
            "guild_id", "user_id", "paper_id", "section_id", name=op.f("pk_section_done")
        ),
        sa.ForeignKeyConstraint(
            ["guild_id", "user_id", "paper_id"],
            ["reading.guild_id", "reading.user_id", "reading.paper_id"],
            name=op.f("fk_section_done_guild_id_user_id_paper_id"),
            ondelete="CASCADE",
        ),
        sqlite_strict=True,
    )

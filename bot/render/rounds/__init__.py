"""Rounds of splitting in words: the panel, the answers, the preview, a member's own part."""

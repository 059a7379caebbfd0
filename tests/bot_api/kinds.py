"""The kinds of update that Telegram knows.

Source: core.telegram.org/bots/api#update, version 10.0.
"""

from __future__ import annotations

from collections.abc import Iterable

UNASKED = {"chat_member", "message_reaction", "message_reaction_count"}
"""Kinds that come only when they are asked for by name."""

KINDS = UNASKED | {
    "business_connection", "business_message", "callback_query", "channel_post", "chat_boost", "chat_join_request",
    "chosen_inline_result", "deleted_business_messages", "edited_business_message", "edited_channel_post",
    "edited_message", "guest_message", "inline_query", "managed_bot", "message", "my_chat_member", "poll",
    "poll_answer", "pre_checkout_query", "purchased_paid_media", "removed_chat_boost", "shipping_query",
}  # fmt: skip


def is_wanted(names: Iterable[str], allowed: list[str]) -> bool:
    """Return whether a bot gets an update.

    Args:
        names: the fields of the update. One without a kind that Telegram knows is always wanted: that is how a newer
            server looks to an older bot.
        allowed: the kinds that the bot asked for; empty for the usual ones.
    """
    kinds = KINDS.intersection(names)
    if not kinds:
        return True
    return not kinds.isdisjoint(allowed) if allowed else kinds.isdisjoint(UNASKED)

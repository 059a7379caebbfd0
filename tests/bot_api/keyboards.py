"""What Telegram refuses of an inline keyboard.

Source: core.telegram.org/bots/api#inlinekeyboardbutton and `telegram.constants.InlineKeyboardMarkupLimit`. Stricter in
one point: a row of more than eight buttons is refused here, where Telegram breaks it.
"""

from __future__ import annotations

from typing import Any

from tests.bot_api.refusals import Refusal

MOST_BUTTONS = 100
MOST_BUTTONS_IN_A_ROW = 8
LONGEST_DATA = 64
"""Bytes of UTF-8."""

LONGEST_COPY = 256

_KINDS = {
    "callback_data", "callback_game", "copy_text", "login_url", "pay", "switch_inline_query",
    "switch_inline_query_chosen_chat", "switch_inline_query_current_chat", "url", "web_app",
}  # fmt: skip


def check_markup(markup: dict[str, Any] | None) -> None:
    """Refuse a keyboard that Telegram would not take; keyboards of other kinds are taken as they are."""
    if not markup or "inline_keyboard" not in markup:
        return
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refusal(400, 'Bad Request: can\'t parse inline keyboard: Field "inline_keyboard" must be of type Array')
    if sum(map(len, rows)) > MOST_BUTTONS or any(len(row) > MOST_BUTTONS_IN_A_ROW for row in rows):
        raise Refusal(400, "Bad Request: REPLY_MARKUP_TOO_LONG")
    for row in rows:
        for button in row:
            _check_button(button)


def _check_button(button: dict[str, Any]) -> None:
    wrong = "Bad Request: can't parse inline keyboard button: "
    if not str(button.get("text", "")).strip():
        raise Refusal(400, wrong + 'Field "text" must be non-empty')
    kinds = _KINDS & button.keys()
    if not kinds:
        raise Refusal(400, wrong + "Text buttons are unallowed in the inline keyboard")
    if len(kinds) > 1:
        raise Refusal(400, wrong + f"exactly one type must be specified, not {', '.join(sorted(kinds))}")
    if "callback_data" in kinds and not 1 <= len(str(button["callback_data"]).encode()) <= LONGEST_DATA:
        raise Refusal(400, "Bad Request: BUTTON_DATA_INVALID")
    if "url" in kinds and not str(button["url"]).startswith(("http://", "https://", "tg://", "t.me/")):
        raise Refusal(400, "Bad Request: BUTTON_URL_INVALID")
    if "copy_text" in kinds and not 1 <= len(button["copy_text"].get("text", "")) <= LONGEST_COPY:
        raise Refusal(400, "Bad Request: BUTTON_COPY_TEXT_INVALID")

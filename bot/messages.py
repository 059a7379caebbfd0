"""What a person or a program sends and is shown: bytes and arguments made into text that can safely be passed on."""

from __future__ import annotations

import re

LONGEST_INPUT = 100_000
"""Bytes of UTF-8 that one message or one line of a batch may have. Telegram's longest message has 16,384."""

TOO_LONG = f"longer than {LONGEST_INPUT:,} bytes"

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


def decoded(raw: bytes) -> str:
    """Return bytes as text; what is not UTF-8 becomes U+FFFD."""
    return raw.decode("utf-8", "replace")


def cleaned(text: str) -> str:
    """Return a text that can be encoded: half of a surrogate pair becomes U+FFFD.

    Such halves stand for invalid bytes in arguments and terminal input, and JSON can spell them out.
    """
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def too_long(message: str) -> bool:
    """Tell whether a cleaned message is longer than the bot reads."""
    return len(message) > LONGEST_INPUT // 4 and len(message.encode()) > LONGEST_INPUT


def printable(text: str) -> str:
    """Return a text in which every character that a terminal obeys is U+FFFD; line breaks and tabs stay."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.replace("\r", ""))

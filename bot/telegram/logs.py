"""Log lines on standard error, without the token."""

from __future__ import annotations

import logging
from typing import TextIO


class _Discreet(logging.Formatter):
    """Formats like any formatter, then takes the secret out, be it in the message, an argument or a traceback."""

    def __init__(self, secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record), self._secret)


def redacted(text: str, token: str) -> str:
    """Return a text with the token taken out, and also its secret half, which follows the bot's id and a colon."""
    for secret in filter(None, (token, token.partition(":")[2])):
        text = text.replace(secret, "<token>")
    return text


def write_logs(level: str, *, secret: str, stream: TextIO | None = None) -> None:
    """Write log records to `stream`, standard error unless given, from `level` on.

    httpx logs every URL, and the token is part of each; python-telegram-bot logs tracebacks of faults that
    `bot.telegram` tells in one line. Both speak only when asked to with the level DEBUG, and even then the secret
    is taken out.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Discreet(secret))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    if not root.isEnabledFor(logging.DEBUG):
        logging.getLogger("httpx").setLevel(logging.WARNING)
        logging.getLogger("telegram").setLevel(logging.CRITICAL)

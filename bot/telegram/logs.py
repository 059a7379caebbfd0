"""Log lines on standard error, without the token."""

from __future__ import annotations

import logging
from typing import TextIO


class _Discreet(logging.Formatter):
    """Formats like any formatter, then takes the secrets out, be it in the message, an argument or a traceback."""

    def __init__(self, secret: str, webhook_secret: str) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._secret = secret
        self._webhook_secret = webhook_secret

    def format(self, record: logging.LogRecord) -> str:
        text = redacted(super().format(record), self._secret)
        return text.replace(self._webhook_secret, "<secret>") if self._webhook_secret else text


def redacted(text: str, token: str) -> str:
    """Return a text with the token taken out, and also its secret half, which follows the bot's id and a colon."""
    for secret in filter(None, (token, token.partition(":")[2])):
        text = text.replace(secret, "<token>")
    return text


def write_logs(level: str, *, secret: str, webhook_secret: str = "", stream: TextIO | None = None) -> None:
    """Write log records to `stream`, standard error unless given, from `level` on.

    python-telegram-bot logs whole calls, and tracebacks of faults that `bot.telegram` tells in one line; it speaks only
    when asked to with the level DEBUG, and even then the token and the secret of the webhook are taken out.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(_Discreet(secret, webhook_secret))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    if not root.isEnabledFor(logging.DEBUG):
        logging.getLogger("telegram").setLevel(logging.CRITICAL)

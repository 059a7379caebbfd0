"""Entities that Telegram finds in what people write, in UTF-16 units."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_FOUND = re.compile(
    r"(?P<url>https?://[^\s]+)"
    r"|(?<!\S)(?P<bot_command>/[A-Za-z0-9_]{1,32}(?:@\w+)?)"
    r"|(?<![\w@/])(?P<mention>@[A-Za-z]\w{3,31})"
    r"|(?<![\w#])(?P<hashtag>#\w*[^\W\d]\w*)"
)


def entities_of(text: str, mentions: Mapping[str, dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """Return the entities of a text, in order.

    Args:
        text: as a person writes it.
        mentions: people who are named in the text by words and not by a username, as a client marks them.
    """
    found: list[tuple[int, str, dict[str, Any]]] = [
        (match.start(), match[0], {"type": match.lastgroup}) for match in _FOUND.finditer(text)
    ]
    for name, user in (mentions or {}).items():
        found.append((text.index(name), name, {"type": "text_mention", "user": user}))
    return [
        {**kind, "offset": _units(text[:start]), "length": _units(words)}
        for start, words, kind in sorted(found, key=lambda one: one[0])
    ]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2

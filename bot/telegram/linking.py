"""Links that open a private chat with the bot, and what they lead to: facts, a document, a question."""

from __future__ import annotations

import base64
from collections.abc import Sequence

from bot.replies import shown_in
from bot.telegram.desk import Desk, key_of
from knowledge import Conversation, Document, Fact, Outcome

LONGEST_PAYLOAD = 64
"""Characters of `A-Za-z0-9_-` after /start in a link. Source: the Bot API on deep linking."""

_PACKED = 6
"""Characters of the key of a fact in a link, as base64 without padding."""

MOST_LINKED = (LONGEST_PAYLOAD - len("f-")) // _PACKED
"""Facts that one link can show."""

FROM_INLINE = "inline"
"""The payload of those who come from inline mode: it leads to the welcome."""


def link(username: str, payload: str) -> str:
    """Return a link that opens a private chat with the bot and sends `/start` with a payload."""
    return f"https://t.me/{username}?start={payload}"


def payload_of(outcome: Outcome, desk: Desk) -> str:
    """Return the payload of a link that shows the same in a private chat; empty where nothing is told.

    It names the facts; where there are too many for a link, the question, if that alone leads to the same.
    """
    facts = [cited.fact for cited in shown_in(outcome)]
    if len(facts) > MOST_LINKED and (question := payload_of_question(outcome.read_as)):
        again = shown_in(desk.ask(outcome.read_as, Conversation()))
        if [cited.fact for cited in again] == facts:
            return question
    return payload_of_facts(facts) if facts else ""


def payload_of_facts(facts: Sequence[Fact]) -> str:
    """Return the payload that shows facts, the first `MOST_LINKED` of them."""
    keys = (bytes.fromhex(key_of(fact.id)) for fact in facts[:MOST_LINKED])
    return "f-" + "".join(base64.urlsafe_b64encode(key).decode().rstrip("=") for key in keys)


def keys_in(payload: str) -> list[str]:
    """Return the keys of the facts in a payload without its `f-`; none where it holds something else."""
    if len(payload) % _PACKED:
        return []
    try:
        packed = [payload[at : at + _PACKED] for at in range(0, len(payload), _PACKED)]
        return [base64.b64decode(f"{key}==", altchars=b"-_", validate=True).hex() for key in packed]
    except ValueError:
        return []


def payload_of_document(document: Document) -> str:
    """Return the payload that shows a document from its first page."""
    return f"d-{key_of(document.id)}"


def payload_of_question(question: str) -> str:
    """Return the payload that asks a question; empty where the question is too long for a link."""
    payload = f"q-{base64.urlsafe_b64encode(question.encode()).decode().rstrip('=')}"
    return payload if len(payload) <= LONGEST_PAYLOAD else ""


def question_in(payload: str) -> str:
    """Return the question of a payload without its `q-`; empty where it holds none."""
    try:
        raw = base64.b64decode(payload + "=" * (-len(payload) % 4), altchars=b"-_", validate=True)
        return raw.decode().strip()
    except ValueError:
        return ""

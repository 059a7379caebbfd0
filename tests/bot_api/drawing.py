"""Messages drawn as plain text, for a terminal."""

from __future__ import annotations

from tests.bot_api.asking import InlineAnswer
from tests.bot_api.shown import Seen

MARKS = {"bold": "*", "italic": "_", "code": "`"}
BAR = "  │ "
NEW_LINE = "\n".encode("utf-16-le")


def drawn(message: Seen) -> str:
    """Return a message as text: quotations behind a bar, *bold* and _italic_, and numbered buttons below."""
    lines = [_text(message)]
    number = 0
    for row in message.labels:
        lines.append("  ".join(f"{place} [{label}]" for place, label in enumerate(row, number + 1)))
        number += len(row)
    return "\n".join(lines)


def drawn_results(answer: InlineAnswer) -> str:
    """Return the results of an inline query, numbered, each in two lines at most."""
    lines = []
    if answer.button is not None:
        lines.append(f"[{answer.button['text']}]")
    for number, result in enumerate(answer.results, 1):
        lines.append(f"{number} [{result.title}]")
        if result.description:
            lines.append(f"    {result.description}")
    if answer.next_offset:
        lines.append(f"(more from {answer.next_offset})")
    return "\n".join(lines) or "(no results)"


def _text(message: Seen) -> str:
    """Return the text with its entities drawn, one within another or not."""
    units = message.text.encode("utf-16-le", "surrogatepass")
    signs: list[tuple[int, int, int, str]] = []  # where, in bytes; their order from left to right there; the sign
    content = message.parameters.get("input_message_content", message.parameters)
    for entity in content.get("entities") or []:
        length = entity["length"]
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + length)
        if entity["type"].endswith("blockquote"):
            breaks = (at for at in range(start, end, 2) if units[at : at + 2] == NEW_LINE)
            signs += [(at, 1, -len(units), BAR) for at in (start, *(at + 2 for at in breaks))]
        elif mark := MARKS.get(entity["type"]):
            signs += [(start, 1, -length, mark), (end, 0, length, mark)]
    for at, _, _, sign in sorted(signs, reverse=True):
        units = units[:at] + sign.encode("utf-16-le") + units[at:]
    return units.decode("utf-16-le", "replace")

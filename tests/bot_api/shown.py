"""What people see of the bot: a message with its buttons, as it stands at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """A button below a message; one of `data` and `url` is there, or it is of another kind.

    Attributes:
        raw: all of it, as the bot passed it.
    """

    label: str
    data: str | None
    url: str | None
    raw: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Seen:
    """A message of the bot as it stood in a chat.

    Attributes:
        text: or the caption.
        entities: as (type, marked text), in order.
        parameters: all that the bot passed, when it sent the message or edited it last.
        keyboard: rows of buttons.
        reply_to: the id of the message that it replies to.
        thread: the id of the topic that it stands in.
        inline_message_id: of a message that a person sent by choosing a result, or that a guest bot sent.
        edited: whether the bot has changed it since it was sent.
    """

    message_id: int
    text: str
    entities: list[tuple[str, str]]
    parameters: dict[str, Any]
    keyboard: list[list[Button]]
    reply_to: int | None = None
    thread: int | None = None
    inline_message_id: str | None = None
    edited: bool = False

    def marked(self, kind: str) -> list[str]:
        """Return the texts that entities of one type mark, in order."""
        return [text for type_, text in self.entities if type_ == kind]

    @property
    def labels(self) -> list[list[str]]:
        """The labels of the buttons, row by row."""
        return [[button.label for button in row] for row in self.keyboard]

    @property
    def buttons(self) -> list[Button]:
        """The buttons in reading order."""
        return [button for row in self.keyboard for button in row]

    def button(self, label: str) -> Button:
        """Return the first button with a label.

        Raises:
            LookupError: there is none; the message names those that are there.
        """
        for button in self.buttons:
            if button.label == label:
                return button
        raise LookupError(f"no button {label!r} below message {self.message_id}, only {self.labels}")


def seen(message: dict[str, Any], parameters: dict[str, Any], inline_message_id: str | None = None) -> Seen:
    """Return a message as people see it; its entities are known to lie inside its text."""
    text = message.get("text", message.get("caption", ""))
    entities = message.get("entities", message.get("caption_entities", ()))
    marks = []
    if entities:
        units = text.encode("utf-16-le", "surrogatepass")
        for entity in entities:
            start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
            marks.append((entity["type"], units[start:end].decode("utf-16-le", "surrogatepass")))
    rows = message.get("reply_markup", {}).get("inline_keyboard", ())
    return Seen(
        message_id=message["message_id"],
        text=text,
        entities=marks,
        parameters=parameters,
        keyboard=[[Button(one["text"], one.get("callback_data"), one.get("url"), one) for one in row] for row in rows],
        reply_to=message.get("reply_to_message", {}).get("message_id"),
        thread=message.get("message_thread_id"),
        inline_message_id=inline_message_id,
        edited="edit_date" in message,
    )

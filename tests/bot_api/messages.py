"""The methods on messages: to send, edit and delete them, and to show that one is being written."""

from __future__ import annotations

import time
from typing import Any

from tests.bot_api.keyboards import check_markup
from tests.bot_api.parameters import Parameters
from tests.bot_api.refusals import Refusal, check_text
from tests.bot_api.rooms import Message, Room, quoted
from tests.bot_api.world import BOT, World

MOST_DELETED = 100

ACTIONS = {
    "choose_sticker", "find_location", "record_video", "record_video_note", "record_voice", "typing",
    "upload_document", "upload_photo", "upload_video", "upload_video_note", "upload_voice",
}  # fmt: skip


async def send_message(world: World, parameters: Parameters) -> Message:
    room = world.reachable(parameters)
    content = checked(parameters, parameters.get("text", ""))
    about = {**_thread(room, parameters.get("message_thread_id")), **_target(room, parameters)}
    message = room.message(None if room.kind == "channel" else BOT, **about, **content)
    room.show(message, parameters)
    return message


async def edit_message_text(world: World, parameters: Parameters) -> Message | bool:
    room, message = _edited(world, parameters)
    return _replace(room, message, parameters, checked(parameters, parameters.get("text", "")))


async def edit_message_reply_markup(world: World, parameters: Parameters) -> Message | bool:
    room, message = _edited(world, parameters)
    check_markup(parameters.get("reply_markup"))
    text = _taken(message, "text", "entities")
    return _replace(room, message, parameters, {**text, **_keyboard(parameters)})


async def delete_message(world: World, parameters: Parameters) -> bool:
    room = world.reachable(parameters)
    message = room.messages.get(parameters.get("message_id", 0))
    if message is None:
        raise Refusal(400, "Bad Request: message to delete not found")
    if message.get("from") != BOT and room.kind != "private":
        raise Refusal(400, "Bad Request: message can't be deleted")
    room.remove(message["message_id"])
    return True


async def delete_messages(world: World, parameters: Parameters) -> bool:
    """Delete those of the messages that are there."""
    room = world.reachable(parameters)
    numbers = parameters.get("message_ids", [])
    if not 1 <= len(numbers) <= MOST_DELETED:
        raise Refusal(400, "Bad Request: there must be from 1 to 100 message identifiers")
    for number in numbers:
        if number in room.messages:
            await delete_message(world, {**parameters, "message_id": number})
    return True


async def send_chat_action(world: World, parameters: Parameters) -> bool:
    room = world.reachable(parameters)
    _thread(room, parameters.get("message_thread_id"))
    if parameters.get("action") not in ACTIONS:
        raise Refusal(400, "Bad Request: wrong parameter action in request")
    return True


def checked(parameters: Parameters, text: str) -> dict[str, Any]:
    """Return the text, entities and keyboard of a message, which Telegram would take.

    Raises:
        Refusal: Telegram would not take them, or the text has markup, which this server does not read.
    """
    if parameters.get("parse_mode"):
        raise Refusal(400, "Bad Request: this server reads entities only, no parse_mode")
    entities = parameters.get("entities") or []
    check_text(text, entities)
    check_markup(parameters.get("reply_markup"))
    return {"text": text, **({"entities": entities} if entities else {}), **_keyboard(parameters)}


def _keyboard(parameters: Parameters) -> dict[str, Any]:
    markup = parameters.get("reply_markup") or {}
    return {"reply_markup": markup} if markup.get("inline_keyboard") else {}


def _thread(room: Room, thread: int | None) -> dict[str, Any]:
    if thread is None:
        return {}
    if thread not in room.topics:
        raise Refusal(400, "Bad Request: message thread not found")
    return {"message_thread_id": thread, "is_topic_message": True}


def _target(room: Room, parameters: Parameters) -> dict[str, Any]:
    """Return what a reply carries of the message that it replies to; it stands in the topic of that one."""
    target: Parameters = parameters.get("reply_parameters") or {}
    if not target:
        return {}
    message = room.messages.get(target.get("message_id", 0))
    if message is None:
        if target.get("allow_sending_without_reply"):
            return {}
        raise Refusal(400, "Bad Request: message to be replied not found")
    return {"reply_to_message": quoted(message), **_taken(message, "message_thread_id", "is_topic_message")}


def _taken(message: Message, *names: str) -> Message:
    """Return those of the fields that a message has."""
    return {name: message[name] for name in names if name in message}


def _edited(world: World, parameters: Parameters) -> tuple[Room, Message]:
    """Return the message that is to be edited, and where it stands."""
    if identifier := parameters.get("inline_message_id"):
        if identifier not in world.inline:
            raise Refusal(400, "Bad Request: MESSAGE_ID_INVALID")
        room, number = world.inline[identifier]
    else:
        room, number = world.reachable(parameters), parameters.get("message_id", 0)
    message = room.messages.get(number)
    if message is None:
        raise Refusal(400, "Bad Request: message to edit not found")
    if number not in room.screen or (not identifier and "via_bot" in message):
        raise Refusal(400, "Bad Request: message can't be edited")
    return room, message


def _replace(room: Room, message: Message, parameters: Parameters, content: dict[str, Any]) -> Message | bool:
    """Put new content in place of the old; a keyboard that is not passed again goes."""
    if _visible(message) == _visible(content):
        raise Refusal(
            400,
            "Bad Request: message is not modified: specified new message content and reply markup are exactly the same "
            "as a current content and reply markup of the message",
        )
    kept = {name: value for name, value in message.items() if name not in {"text", "entities", "reply_markup"}}
    changed = {**kept, "edit_date": int(time.time()), **content}
    room.change(changed, parameters)
    return True if parameters.get("inline_message_id") else changed


def _visible(content: dict[str, Any]) -> tuple[str, list[Any], dict[str, Any]]:
    """Return what a reader sees of a message; the order in which entities were passed makes no difference."""
    entities = sorted(content.get("entities", []), key=lambda one: (one["offset"], one["length"], one["type"]))
    return content.get("text", ""), entities, content.get("reply_markup", {})

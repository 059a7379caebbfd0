"""The methods on chats: what one is, who is in it, and leaving it."""

from __future__ import annotations

from tests.bot_api.parameters import Parameters
from tests.bot_api.refusals import Refusal
from tests.bot_api.rooms import Room
from tests.bot_api.world import BOT, World


def blocked() -> Refusal:
    return Refusal(403, "Forbidden: bot was blocked by the user")


def deactivated() -> Refusal:
    return Refusal(403, "Forbidden: user is deactivated")


def kicked(room: Room) -> Refusal:
    return Refusal(403, f"Forbidden: bot was kicked from the {room.kind} chat")


def left(room: Room) -> Refusal:
    return Refusal(403, f"Forbidden: bot is not a member of the {room.kind} chat")


def migrated(new_id: int) -> Refusal:
    description = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refusal(400, description, migrate_to_chat_id=new_id)


async def get_chat(world: World, parameters: Parameters) -> Parameters:
    room = world.reachable(parameters)
    return {**room.chat, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _no_gifts()}


async def get_chat_member(world: World, parameters: Parameters) -> Parameters:
    world.reachable(parameters)
    identifier = parameters.get("user_id", 0)
    if identifier == BOT["id"]:
        return {"status": "member", "user": BOT}
    if identifier not in world.people:
        raise Refusal(400, "Bad Request: user not found")
    return {"status": "member", "user": world.people[identifier]}


async def leave_chat(world: World, parameters: Parameters) -> bool:
    room = world.reachable(parameters)
    if room.kind == "private":
        raise Refusal(400, "Bad Request: chat member status can't be changed in private chats")
    room.refusal = left(room)
    return True


def _no_gifts() -> dict[str, bool]:
    kinds = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription", "gifts_from_channels")
    return dict.fromkeys(kinds, False)

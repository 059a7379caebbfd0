"""What was said in each chat is remembered, within bounds."""

from __future__ import annotations

from bot.memory import Memory
from knowledge import Abstention, Conversation, Reason, Turn


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def said(question: str) -> Abstention:
    return Abstention(question=question, read_as=question, reason=Reason.NOT_STATED)


async def test_unknown_chat_has_an_empty_conversation() -> None:
    assert await Memory(Clock()).conversation(7) == Conversation()


async def test_turns_of_a_chat_are_remembered_in_order() -> None:
    memory = Memory(Clock())

    await memory.remember(7, said("who?"))
    await memory.remember(7, said("why?"))

    assert await memory.conversation(7) == Conversation((Turn("who?"), Turn("why?")))


async def test_chats_do_not_hear_each_other() -> None:
    memory = Memory(Clock())

    await memory.remember(7, said("who?"))

    assert await memory.conversation(8) == Conversation()


async def test_chat_that_was_silent_longest_makes_room() -> None:
    memory = Memory(Clock(), most_chats=2)
    for chat_id in (1, 2, 1, 3):
        await memory.remember(chat_id, said("who?"))

    remembered = [bool((await memory.conversation(chat_id)).turns) for chat_id in (1, 2, 3)]

    assert remembered == [True, False, True]


async def test_chat_is_forgotten_after_a_silence() -> None:
    clock = Clock()
    memory = Memory(clock, idle_s=60)
    await memory.remember(7, said("who?"))

    clock.now = 60
    still = await memory.conversation(7)
    clock.now = 60.1
    then = await memory.conversation(7)

    assert (len(still.turns), len(then.turns)) == (1, 0)


async def test_each_turn_begins_the_silence_anew() -> None:
    clock = Clock()
    memory = Memory(clock, idle_s=60)
    await memory.remember(7, said("who?"))
    clock.now = 50
    await memory.remember(7, said("why?"))
    clock.now = 100

    assert len((await memory.conversation(7)).turns) == 2


async def test_chat_can_be_forgotten_at_once() -> None:
    memory = Memory(Clock())
    await memory.remember(7, said("who?"))

    await memory.forget(7)

    assert await memory.conversation(7) == Conversation()

"""What was said in each chat, kept in memory only: bounded in number, and forgotten after a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from knowledge import Conversation, Outcome

MOST_CHATS = 10_000
"""Chats remembered at once. A conversation takes about 2 KB, so this is some 20 MB at the most."""

IDLE_S = 3600.0
"""Seconds after which a chat is forgotten: a follow-up comes soon, and a question of tomorrow stands alone."""


class Memory:
    """The conversations of many chats, least recently used first.

    Reading and writing never await anything in between, so that tasks of one event loop do not see half a change.
    """

    def __init__(self, clock: Callable[[], float], *, most_chats: int = MOST_CHATS, idle_s: float = IDLE_S) -> None:
        """Remember nothing yet.

        Args:
            clock: seconds that never go back, such as `time.monotonic`.
            most_chats: chats remembered at once; the one that was silent longest makes room.
            idle_s: seconds of silence after which a chat is forgotten.
        """
        self._clock = clock
        self._most_chats = most_chats
        self._idle_s = idle_s
        self._chats: OrderedDict[int, tuple[float, Conversation]] = OrderedDict()

    async def conversation(self, chat_id: int) -> Conversation:
        """Return what was said before in a chat; an empty conversation where nothing is remembered."""
        self._forget_idle()
        _, conversation = self._chats.get(chat_id, (0.0, Conversation()))
        return conversation

    async def remember(self, chat_id: int, outcome: Outcome) -> None:
        """Add a turn to a chat, which becomes the most recently used one."""
        self._forget_idle()
        _, conversation = self._chats.pop(chat_id, (0.0, Conversation()))
        self._chats[chat_id] = (self._clock(), conversation.after(outcome))
        while len(self._chats) > self._most_chats:
            self._chats.popitem(last=False)

    async def forget(self, chat_id: int) -> None:
        """Forget a chat."""
        self._chats.pop(chat_id, None)

    def _forget_idle(self) -> None:
        """Forget the chats that were silent for too long; they stand first."""
        oldest = self._clock() - self._idle_s
        while self._chats and next(iter(self._chats.values()))[0] < oldest:
            self._chats.popitem(last=False)

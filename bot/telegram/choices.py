"""The numbered suggestions that stand last in each chat, so that a number chooses one."""

from __future__ import annotations

from collections import OrderedDict

from bot.memory import MOST_CHATS
from bot.replies import Suggestion


class Choices:
    """What can be chosen, by chat; the chat that was offered something longest ago is forgotten first."""

    def __init__(self) -> None:
        self._offered: OrderedDict[int, tuple[Suggestion, ...]] = OrderedDict()

    def offer(self, chat_id: int, suggestions: tuple[Suggestion, ...]) -> None:
        """Replace what can be chosen in a chat; without suggestions, nothing can."""
        self._offered.pop(chat_id, None)
        if suggestions:
            self._offered[chat_id] = suggestions
        if len(self._offered) > MOST_CHATS:
            self._offered.popitem(last=False)

    def taken(self, chat_id: int, text: str) -> Suggestion | None:
        """Return the suggestion whose number a message is: '2', '2.' or '2)'."""
        offered = self._offered.get(chat_id, ())
        number = text.strip().rstrip(".)")
        if not number.isdecimal() or len(number) > 3 or not 1 <= int(number) <= len(offered):
            return None
        return offered[int(number) - 1]

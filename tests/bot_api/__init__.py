"""The project's own Bot API server for tests: Telegram, as far as this bot sees it, on 127.0.0.1.

    async with BotApi() as api:
        reader = api.private_chat()
        ...                                     # start the bot with VERBATIM_TELEGRAM_API=api.url
        reply = await reader.says("what did Hamas demand?")
        assert reply.marked("expandable_blockquote") == [...]

Real HTTP with real status codes. Methods: getMe, getUpdates (offset, long poll, allowed_updates, 409 for a poll that
another one replaces), sendMessage (4,096 UTF-16 units, 100 entities that lie inside the text, chats that are unknown
or have blocked the bot), setMyCommands, deleteWebhook, getWebhookInfo, sendChatAction. Another token gets 401, another
method 404. `api.script(method, fault, ...)` lets the next calls fail (`faults`), `api.ledger` tells what was called.

`python -m tests.bot_api` starts it with a small terminal: see `__main__`.
"""

from tests.bot_api.chats import Chat
from tests.bot_api.faults import Fault, dropped, failing, page, slow, too_many_requests
from tests.bot_api.ledger import Call, Ledger
from tests.bot_api.server import BotApi
from tests.bot_api.shown import Button, Seen
from tests.bot_api.world import TOKEN, USERNAME

__all__ = [
    "TOKEN",
    "USERNAME",
    "BotApi",
    "Button",
    "Call",
    "Chat",
    "Fault",
    "Ledger",
    "Seen",
    "dropped",
    "failing",
    "page",
    "slow",
    "too_many_requests",
]

"""The project's own Bot API server for tests: Telegram, as far as this bot sees it, on 127.0.0.1.

    async with BotApi() as api:
        reader = api.private_chat()
        ...                                     # start the bot with VERBATIM_TELEGRAM_API=api.url
        reply = await reader.says("what did Hamas demand?")
        assert reply.marked("expandable_blockquote") == [...]
        pressed = await reader.presses(reply, "Show in context")
        page = await pressed.change()
        assert reader.screen() == [page]

Real HTTP with the status codes, limits and words of Telegram: `methods` lists what is known. Another token gets 401,
another method 404. People act through a `Chat`: they write, edit, press, ask inline, call the bot as a guest, block it.
Updates are polled or brought to a webhook. `api.script(method, fault, ...)` lets the next calls fail (`faults`),
`api.ledger` tells what was called and when, `api.questions()` which message answered which question.

README.md beside this file is the page for those who write tests. `python -m tests.bot_api` starts the server with a
small terminal: see `__main__`.
"""

from tests.bot_api.asking import InlineAnswer, Pressed, Result
from tests.bot_api.chats import Chat
from tests.bot_api.faults import Fault, dropped, failing, page, slow, too_many_requests
from tests.bot_api.ledger import Call, Ledger
from tests.bot_api.questions import Question
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
    "InlineAnswer",
    "Ledger",
    "Pressed",
    "Question",
    "Result",
    "Seen",
    "dropped",
    "failing",
    "page",
    "slow",
    "too_many_requests",
]

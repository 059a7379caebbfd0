"""The methods that this server knows, by the names in their URLs."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from tests.bot_api import answering, doors, membership, messages, profile
from tests.bot_api.parameters import Parameters
from tests.bot_api.world import World

Method = Callable[[World, Parameters], Awaitable[object]]

METHODS: dict[str, Method] = {
    "answerCallbackQuery": answering.answer_callback_query,
    "answerGuestQuery": answering.answer_guest_query,
    "answerInlineQuery": answering.answer_inline_query,
    "close": profile.done,
    "deleteMessage": messages.delete_message,
    "deleteMessages": messages.delete_messages,
    "deleteMyCommands": profile.delete_my_commands,
    "deleteWebhook": doors.delete_webhook,
    "editMessageReplyMarkup": messages.edit_message_reply_markup,
    "editMessageText": messages.edit_message_text,
    "getChat": membership.get_chat,
    "getChatMember": membership.get_chat_member,
    "getMe": profile.get_me,
    "getMyCommands": profile.get_my_commands,
    "getMyDescription": profile.get_my_description,
    "getMyShortDescription": profile.get_my_short_description,
    "getUpdates": doors.get_updates,
    "getWebhookInfo": doors.get_webhook_info,
    "leaveChat": membership.leave_chat,
    "logOut": profile.done,
    "sendChatAction": messages.send_chat_action,
    "sendMessage": messages.send_message,
    "setMyCommands": profile.set_my_commands,
    "setMyDescription": profile.set_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "setWebhook": doors.set_webhook,
}

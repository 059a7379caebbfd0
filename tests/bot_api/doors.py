"""The methods by which the bot gets its updates: it asks for them, or they are brought to it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tests.bot_api.parameters import Parameters
from tests.bot_api.refusals import Refusal
from tests.bot_api.updates import SET_WEBHOOK
from tests.bot_api.webhook import Webhook
from tests.bot_api.world import World

LONGEST_SECRET = 256
MOST_CONNECTIONS = 100
USUAL_CONNECTIONS = 40

WEBHOOK_IS_SET = (
    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
)


async def get_updates(world: World, parameters: Parameters) -> list[object]:
    if world.delivery.webhook is not None:
        raise Refusal(409, WEBHOOK_IS_SET)
    return await world.updates.fetch(
        offset=parameters.get("offset", 0),
        limit=parameters.get("limit", 100),
        timeout_s=parameters.get("timeout", 0),
        allowed=parameters.get("allowed_updates"),
    )


async def set_webhook(world: World, parameters: Parameters) -> bool:
    url, secret = str(parameters.get("url", "")), str(parameters.get("secret_token", ""))
    if not url:
        return await delete_webhook(world, parameters)
    _check_url(url)
    if len(secret) > LONGEST_SECRET:
        raise Refusal(400, "Bad Request: secret token is too long")
    if not re.fullmatch(r"[A-Za-z0-9_-]*", secret):
        raise Refusal(400, "Bad Request: secret token contains unallowed characters")
    if parameters.get("allowed_updates") is not None:
        world.updates.allowed = parameters["allowed_updates"]
    if parameters.get("drop_pending_updates"):
        world.updates.drop()
    await world.delivery.stop()
    world.updates.interrupt(SET_WEBHOOK)
    connections = min(max(1, parameters.get("max_connections", USUAL_CONNECTIONS)), MOST_CONNECTIONS)
    await world.delivery.start(Webhook(url, secret, connections))
    return True


async def delete_webhook(world: World, parameters: Parameters) -> bool:
    await world.delivery.stop()
    if parameters.get("drop_pending_updates"):
        world.updates.drop()
    return True


async def get_webhook_info(world: World, _: Parameters) -> Parameters:
    delivery, webhook = world.delivery, world.delivery.webhook
    told: Parameters = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": world.updates.waiting,
    }
    if webhook:
        told |= {"max_connections": webhook.connections, "ip_address": "127.0.0.1"}
    if webhook and delivery.last_error:
        told["last_error_date"], told["last_error_message"] = delivery.last_error
    if world.updates.allowed:
        told["allowed_updates"] = world.updates.allowed
    return told


def _check_url(url: str) -> None:
    """Refuse an address that is not of this machine; Telegram itself asks for HTTPS instead."""
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in {"127.0.0.1", "::1", "localhost"}:
        raise Refusal(400, "Bad Request: bad webhook: this server brings updates to http://127.0.0.1 only")

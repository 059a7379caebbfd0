"""The stock set-up of python-telegram-bot: its Updater polls, its httpx sends, a handler echoes.

python -m tests.benchmarks.telegram.echo URL [--at-once N]
"""

from __future__ import annotations

import argparse
import os

from telegram import Update
from telegram.ext import ApplicationBuilder, ContextTypes, MessageHandler, filters

TOKEN = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"  # noqa: S105  the example token of Telegram's documentation

os.environ.setdefault("PTB_TIMEDELTA", "1")


async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:  # noqa: ARG001  the library passes both
    if update.message is not None:
        await update.message.reply_text(update.message.text or "")


def main() -> None:
    """Echo until told to stop."""
    parser = argparse.ArgumentParser()
    parser.add_argument("url")
    parser.add_argument("--at-once", type=int, default=0)
    given = parser.parse_args()
    builder = ApplicationBuilder().token(TOKEN).base_url(f"{given.url}/bot")
    if given.at_once:
        builder = builder.concurrent_updates(given.at_once)
    application = builder.build()
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.run_polling()


if __name__ == "__main__":
    main()

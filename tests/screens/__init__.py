"""The replies of the bot as a phone shows them, drawn from what the real bot sends to the Bot API server of the tests.

    python -m tests.screens [--out DIR] [--png]

`conversations` holds short conversations with the running bot, `drawn` turns messages with entities into lines and
styles, `screens.html` draws them, `pictures` photographs the page with Chromium.
"""

"""How fast the bot is on Telegram, beside the stock set-up of python-telegram-bot that only echoes.

    python -m tests.benchmarks.telegram

`__main__` measures; `server` is the Bot API, a process of its own; `echo` the stock set-up; `load` what people ask and
what must come back; `running` starts programs on a core each and looks at them from outside; `arrivals` reads what
came.
"""

"""An independent Bot API emulator, so that the project's own is not judged only by itself.

Source: `lo-bot-api-emulator` 0.3.6 of PyPI, the contract of a platform that speaks Telegram's Bot API.
"""

from tests.emulator.peer import Emulator

__all__ = ["Emulator"]

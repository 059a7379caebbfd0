"""What must outlive the process: updates not yet handled, conversations, answers, ratings, preferences."""

from bot.store.database import StoreError
from bot.store.looking import Look, look
from bot.store.records import Answered, Kept, Opening, Received, Thread, Waiting
from bot.store.store import Store
from bot.store.unanswered import Unanswered, unanswered

__all__ = [
    "Answered",
    "Kept",
    "Look",
    "Opening",
    "Received",
    "Store",
    "StoreError",
    "Thread",
    "Unanswered",
    "Waiting",
    "look",
    "unanswered",
]

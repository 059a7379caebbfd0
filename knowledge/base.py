"""The one door: a loaded knowledge base answers messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from knowledge.dialogue import Conversation
from knowledge.documents import Document
from knowledge.models import NameRecord
from knowledge.outcomes import Fact, Outcome, Unsaid

_HERE = Path(__file__).resolve().parent
SHIPPED_DOCUMENTS = _HERE.parent / "seeds"
SHIPPED_FACTS = _HERE / "facts"


@dataclass(frozen=True)
class KnowledgeBase:
    """Documents, the facts drawn from them, and what is needed to find them again."""

    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    unsaid: tuple[Unsaid, ...]
    names: Mapping[str, NameRecord]

    @classmethod
    def load(cls, documents: Path = SHIPPED_DOCUMENTS, facts: Path = SHIPPED_FACTS) -> KnowledgeBase:
        """Read and prove a base.

        Raises:
            InvalidBase: with every problem found.
        """
        raise NotImplementedError

    def ask(self, message: str, conversation: Conversation = Conversation()) -> Outcome:
        """Return what comes of a message. The same message in the same conversation gives the same outcome."""
        raise NotImplementedError

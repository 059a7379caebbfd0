"""What is known, and how a question finds it: documents, curated facts, and the engine that answers from them.

    >>> from knowledge import KnowledgeBase
    >>> outcome = KnowledgeBase.load().ask("what did Hamas demand?")

Nothing here knows a chat app, a network, a clock or an environment variable.
"""

from knowledge.base import SHIPPED_DOCUMENTS, SHIPPED_FACTS, KnowledgeBase
from knowledge.compiled import fingerprint, program_fingerprint
from knowledge.documents import Citation, Document, Passage
from knowledge.errors import DocumentError, InvalidBase, VerbatimError
from knowledge.language.lexicon import load_lexicon
from knowledge.message.dialogue import Conversation, Turn
from knowledge.models import NameRecord
from knowledge.outcomes import (
    COURTESY,
    Abstention,
    Answer,
    CitedFact,
    Clarification,
    Correction,
    Evidence,
    Explanation,
    Fact,
    Found,
    Outcome,
    Reason,
    Succession,
    Unsaid,
    Withdrawn,
    citations_of,
    facts_of,
)
from knowledge.problems import Problem
from knowledge.proof.checking import Report, check_base
from knowledge.proof.placing import Places
from knowledge.recalling import recalling
from knowledge.rules import RULES, Rule, Severity

__all__ = [
    "COURTESY",
    "RULES",
    "SHIPPED_DOCUMENTS",
    "SHIPPED_FACTS",
    "Abstention",
    "Answer",
    "Citation",
    "CitedFact",
    "Clarification",
    "Conversation",
    "Correction",
    "Document",
    "DocumentError",
    "Evidence",
    "Explanation",
    "Fact",
    "Found",
    "InvalidBase",
    "KnowledgeBase",
    "NameRecord",
    "Outcome",
    "Passage",
    "Places",
    "Problem",
    "Reason",
    "Report",
    "Rule",
    "Severity",
    "Succession",
    "Turn",
    "Unsaid",
    "VerbatimError",
    "Withdrawn",
    "check_base",
    "citations_of",
    "facts_of",
    "fingerprint",
    "load_lexicon",
    "program_fingerprint",
    "recalling",
]

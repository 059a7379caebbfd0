"""What other programs may import from `knowledge`: named, documented, and changed only on purpose."""

from __future__ import annotations

import inspect
from types import ModuleType

import knowledge

SURFACE = [
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


def test_surface_changes_only_on_purpose() -> None:
    assert knowledge.__all__ == SURFACE


def test_everything_that_is_bound_is_listed() -> None:
    bound = {
        name
        for name, value in vars(knowledge).items()
        if not name.startswith("_") and not isinstance(value, ModuleType)
    }

    assert bound == set(SURFACE)


def test_everything_that_is_listed_is_documented() -> None:
    described = {name: getattr(knowledge, name) for name in SURFACE if not name.startswith("SHIPPED_")}

    assert [name for name, value in described.items() if not inspect.getdoc(value)] == []

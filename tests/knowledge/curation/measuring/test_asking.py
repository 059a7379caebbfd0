"""A set is asked as people would ask it, and an engine that fails is never taken for one that abstains."""

from __future__ import annotations

import pytest

from knowledge.base import KnowledgeBase
from knowledge.curation import AskingFailed, Judge, Labelled, Verdict, ask_all, texts_of
from knowledge.message.dialogue import Conversation
from knowledge.outcomes import Outcome
from tests.knowledge.curation.conftest import TEXTS, labelled


def question(*turns: str, gold: str) -> Labelled:
    return Labelled(id="q", kind="plain", turns=turns, answerable=True, gold=((gold,),))


def test_last_turn_is_asked_after_the_earlier_ones(harbour: KnowledgeBase) -> None:
    met = question("Where did the two sides meet?", "and when?", gold="The two sides met in Brena on Tuesday.")

    (asked,) = ask_all(harbour.ask, [met], Judge(texts_of(harbour)))

    assert (asked.verdict, asked.outcome.question) == (Verdict.CORRECT, "and when?")
    assert 0.0 < asked.share <= 1.0
    assert asked.ms > 0.0


def test_citations_of_all_parts_count(harbour: KnowledgeBase) -> None:
    both = question(
        "Where did the two sides meet, and what did the ferry company blame?", gold="The company blamed the weather."
    )

    (asked,) = ask_all(harbour.ask, [both], Judge(texts_of(harbour)))

    assert {citation.document for citation in asked.result.citations} == {"harbour", "ferry"}
    assert asked.verdict is Verdict.CORRECT


def test_engine_that_fails_is_told_with_the_question() -> None:
    def fails(_message: str, _conversation: Conversation) -> Outcome:
        raise KeyError("north")

    with pytest.raises(AskingFailed, match=r"^question q: KeyError: 'north'$"):
        list(ask_all(fails, [labelled()], Judge(TEXTS)))

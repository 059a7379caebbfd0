"""What can be asked about: the themes of the base, each with questions that it answers."""

from __future__ import annotations

from collections import Counter

from knowledge import Fact, KnowledgeBase

MOST_TOPICS = 24
"""Topics that are offered, those with the most facts; more buttons than that nobody reads."""

MOST_QUESTIONS = 8
"""Questions of one topic."""


def topics_of(base: KnowledgeBase) -> list[tuple[str, str]]:
    """Return the topics of a base as (theme, label), those with the most facts first."""
    counted = Counter(theme for fact in base.facts for theme in fact.themes)
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    return [(theme, _label(theme)) for theme, _ in ordered[:MOST_TOPICS]]


def facts_on(theme: str, base: KnowledgeBase) -> tuple[Fact, ...]:
    """Return the facts of a theme, in the order of the documents."""
    return tuple(fact for fact in base.facts if theme in fact.themes)


def questions_on(theme: str, base: KnowledgeBase) -> list[tuple[Fact, str]]:
    """Return some questions on a theme, each with the fact that answers it."""
    facts = facts_on(theme, base)[:MOST_QUESTIONS]
    return [(fact, question_of(fact)) for fact in facts]


def question_of(fact: Fact) -> str:
    """Return a question that a fact answers, or its claim where it has none."""
    return fact.phrasings[0] if fact.phrasings else fact.claim


def _label(theme: str) -> str:
    """Return a theme as a person would write it."""
    return theme.replace("-", " ").capitalize()

"""What can be asked about: the themes of the base, each with questions that it answers."""

from __future__ import annotations

from knowledge import Fact, KnowledgeBase

MOST_TOPICS = 24
"""Topics that are offered; more buttons than that nobody reads."""

MOST_QUESTIONS = 8
"""Questions of one topic."""


def topics_of(base: KnowledgeBase) -> list[tuple[str, str]]:
    """Return topics as (theme, label): few, and together with every fact that has a theme, as far as there is room.

    Each is the theme that covers the most facts that those before it do not; of two that cover as many, the rarer one
    says more.
    """
    facts: dict[str, set[str]] = {}
    for fact in base.facts:
        for theme in fact.themes:
            facts.setdefault(theme, set()).add(fact.id)
    topics: list[tuple[str, str]] = []
    left = {fact.id for fact in base.facts if fact.themes}
    while left and len(topics) < MOST_TOPICS:
        theme = min(facts, key=lambda theme: (-len(facts[theme] & left), len(facts[theme]), theme))
        left -= facts[theme]
        topics.append((theme, _label(theme)))
    return topics


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

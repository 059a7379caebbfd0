"""What kind of answer a question wants: by its cue ("how many"), its noun ("which city"), or its act ("who warned")."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge.language.lexicon import Lexicon, Wanted
from knowledge.language.terms import Term
from knowledge.language.text import Word, stem

BEGINNING = "^"
"""The token that stands before the first word, so that a cue can ask to be the first."""

KEYWORDS = 6
"""Words up to which a message without any question word is read as keywords, whose last noun may name the answer."""

NOUN_WITHIN = 3
"""Words behind "which" or "what" within which the noun stands that it asks for."""


def wanted(tokens: Sequence[Word], terms: Sequence[Term], lexicon: Lexicon) -> Wanted | None:
    """Return the kind of answer that a question asks for; None where it leaves that open.

    Args:
        tokens: the words of the question, without determiners.
        terms: what they mean; `Term.start` counts in `tokens`.
        lexicon: the language of the question.
    """
    row = [BEGINNING, *(token.text for token in tokens)]
    behind_nouns = {term.start + term.length + 1 for term in terms if not term.light}
    for at in (*range(1, len(row)), 0):
        length, kinds = lexicon.cues.longest_at(row, at)
        if length and _may_begin(row, at, behind_nouns, lexicon):
            following = tokens[at + length - 1 :]
            noun = _noun(row[at + length - 1], following, lexicon)
            if kinds[0].kind == "number":
                noun = noun or _of_what(following, lexicon)
            return noun or _by_act(kinds[0], terms, at + length - 1, lexicon) or kinds[0]
    for at, word in enumerate(row):
        if word in lexicon.grammar.asking_which and _may_begin(row, at, behind_nouns, lexicon):
            return _noun(word, tokens[at:], lexicon)
    return _keyword(tokens, terms, lexicon)


def _may_begin(row: Sequence[str], at: int, behind_nouns: set[int], lexicon: Lexicon) -> bool:
    """Return whether a question may begin at a place: not behind a noun that a clause would describe."""
    return at <= 1 or row[at - 1] in lexicon.grammar.before_a_question or at not in behind_nouns


def _noun(cue: str, following: Sequence[Word], lexicon: Lexicon) -> Wanted | None:
    """Return the kind that a noun behind "which" or "what" names ("which Israeli city")."""
    if cue not in lexicon.grammar.asking_which:
        return None
    for token in following[:NOUN_WITHIN]:
        if token.text in lexicon.grammar.auxiliaries | lexicon.grammar.behind_which:
            return None
        if (kind := lexicon.answer_nouns.get(stem(token.text))) is not None:
            return kind
    return None


def _of_what(following: Sequence[Word], lexicon: Lexicon) -> Wanted | None:
    """Return the kind that a noun behind "how much is the" names, where no other will do: "how much is the fee"."""
    if not following or following[0].text not in lexicon.grammar.auxiliaries:
        return None
    kinds = (lexicon.answer_nouns.get(stem(token.text)) for token in following[1:NOUN_WITHIN])
    return next((kind for kind in kinds if kind is not None and kind.exact), None)


def _by_act(kind: Wanted, terms: Sequence[Term], at: int, lexicon: Lexicon) -> Wanted | None:
    """Return what "who" asks for by the act right behind it: "who warned" asks who says so."""
    if kind.kind != "who":
        return None
    following = next((term for term in terms if term.start >= at and not term.light), None)
    keys = () if following is None else (key for key, strength in following.keys if strength == 1.0)
    return next((lexicon.asked_by_act[key] for key in keys if key in lexicon.asked_by_act), None)


def _keyword(tokens: Sequence[Word], terms: Sequence[Term], lexicon: Lexicon) -> Wanted | None:
    """Return the kind that the last such noun of a few keywords names ("doha meeting day")."""
    grammar = lexicon.grammar
    if len(tokens) > KEYWORDS or any(
        token.text in grammar.question_words or token.text in grammar.auxiliaries for token in tokens
    ):
        return None
    named = {index for term in terms if term.is_name for index in range(term.start, term.start + term.length)}
    asking = [token for index, token in enumerate(tokens) if index not in named]
    kinds = (lexicon.answer_nouns.get(stem(token.text)) for token in reversed(asking))
    return next((kind for kind in kinds if kind is not None), None)

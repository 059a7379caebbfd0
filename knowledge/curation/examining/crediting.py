"""Who says so, read off a sentence: a fact that quotes what somebody said should name who it was.

Only plain patterns are read: "according to X, ...", "..., according to X", "X said that ...", "..., X said", and words
in quotation marks. Where a clause may have ended in between, nothing is claimed.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from knowledge.documents import Document
from knowledge.language.grammar import LEXICON, load_grammar
from knowledge.models import FactRecord
from knowledge.problems import Problem, shown
from knowledge.proof.loading import Loaded
from knowledge.rules import RuleId

LEAST_SPOKEN = 4
"""Words in quotation marks from which they are speech, and no term that is set apart."""

LONGEST_SOURCE = 60
"""Characters that the words for a source may take behind "according to"."""


_BREAK = re.compile(r"[,;:\"“”]")
_NEXT = re.compile(r"\s(?:and|or|but)\s(?!that\b)")
_NEXT_OR_COMMA = re.compile(r",|\s(?:and|or|but)\s(?!that\b)")


@dataclass(frozen=True, slots=True)
class Attribution:
    """A stretch of a sentence that somebody says.

    Attributes:
        start, end: of what is said, in the sentence.
        words: those of the sentence that say who says so; empty where only quotation marks tell that somebody speaks.
    """

    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class _Patterns:
    leading: re.Pattern[str]
    trailing: re.Pattern[str]
    telling: re.Pattern[str]
    told: re.Pattern[str]
    turn: re.Pattern[str]
    spoken: re.Pattern[str]
    unnamed: frozenset[str]
    turning: frozenset[str]


@lru_cache(maxsize=1)
def _patterns(folder: Path = LEXICON / "en") -> _Patterns:
    """Read the words of one language; they ship with the package."""
    table = tomllib.loads((folder / "proving.toml").read_text("utf-8"))
    according, verbs, telling = ("|".join(table[key]) for key in ("according", "attributing", "telling"))
    began = "|".join(load_grammar().determiners | {"it", "he", "she", "they"})
    turning = "|".join(table["turning"])
    source = rf"[^,;:\"“”]{{2,{LONGEST_SOURCE}}}"
    return _Patterns(
        leading=re.compile(rf"(?:^|; )(?P<words>(?:{according}) {source}),\s", re.IGNORECASE),
        trailing=re.compile(rf",\s(?P<words>(?:{according}) {source}?)(?=[,;.]|$)", re.IGNORECASE),
        telling=re.compile(
            rf"\b(?:(?:{verbs})(?:\s+on \w+)?\s+that\b|(?:{telling})\b(?=\s+(?:{began})\b))", re.IGNORECASE
        ),
        told=re.compile(rf",[\"”’]?\s(?P<words>[^,;:\"“”]+\b(?:{telling}))(?=[,;.]|$)", re.IGNORECASE),
        turn=re.compile(rf"[,;]\s+(?:(?:and|but|or)\s+)?(?:{turning})\b|;|,\s+and\s", re.IGNORECASE),
        spoken=re.compile(r"[\"“](?P<said>[^\"“”]+)[\"”]"),
        unnamed=frozenset(table["unnamed"]),
        turning=frozenset(table["turning"]),
    )


def attributions_in(sentence: str) -> Iterator[Attribution]:
    """Yield each stretch of an English sentence that somebody says, by its plain patterns."""
    known = _patterns()
    turns = [match.start() for match in known.turn.finditer(sentence)]
    for match in known.leading.finditer(sentence):
        yield Attribution(match.end(), _until(match.end(), turns, sentence), match["words"])
    for match in (*known.trailing.finditer(sentence), *known.told.finditer(sentence)):
        start = next((turn for turn in reversed(turns) if turn < match.start()), 0)
        yield Attribution(start, match.start(), match["words"])
        if sentence[match.end() : match.end() + 1] == ",":
            yield Attribution(match.end() + 1, _until(match.end() + 1, turns, sentence), match["words"])
    for match in known.telling.finditer(sentence):
        before = _BREAK.split(sentence[: match.start()])[-1].strip()
        who = before.lower().split()
        if who and who[-1] not in known.unnamed:
            said = sentence[match.end() : _until(match.end(), turns, sentence)]
            length = _length_of_clause(said, at_comma=who[0] in known.turning)
            yield Attribution(match.end(), match.end() + length, f"{before} {match.group()}")
    for match in known.spoken.finditer(sentence):
        if len(match["said"].split()) >= LEAST_SPOKEN:
            yield Attribution(*match.span("said"), "")


def _until(at: int, turns: list[int], sentence: str) -> int:
    """Return where a clause that holds the character at `at` ends at the latest."""
    return next((turn for turn in turns if turn >= at), len(sentence))


def _length_of_clause(said: str, *, at_comma: bool) -> int:
    """Return how far what somebody said goes at least: to an "and" that does not go on with "that"."""
    found = (_NEXT_OR_COMMA if at_comma else _NEXT).search(said)
    return found.start() if found else len(said)


def dropped_speakers(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each fact without speakers that quotes what somebody says, and does not say so itself."""
    documents = {document.id: document for document in loaded.documents if document.record.language == "en"}
    for file in loaded.files:
        document = documents.get(file.document.record.id) if file.document else None
        for filed in file.facts if document else ():
            words = _dropped(filed.record, document) if document and not filed.record.speakers else None
            if words is not None:
                message, mend = "the quote is speech, and the fact has no speakers", "write speakers and attribution"
                if words:
                    message = f"the sentence says who says so ({shown(words)}), and the fact has no speakers"
                    mend = "write speakers, and these words as attribution"
                yield filed.problem(message, mend, RuleId.SPEAKER_DROPPED)


def _dropped(record: FactRecord, document: Document) -> str | None:
    """Return the words that say who says what a fact quotes; None when nobody does, or the claim tells it."""
    citation = document.cite_quote(record.quote)
    if citation is None or any(True for _ in attributions_in(record.claim)):
        return None
    for sentence in document.sentences:
        start, end = citation.start - sentence.start, citation.end - sentence.start
        if sentence.start <= citation.start < sentence.end:
            for told in attributions_in(sentence.text):
                inside = min(end, told.end) - max(start, told.start)
                if inside * 2 > end - start:
                    return told.words
    return None

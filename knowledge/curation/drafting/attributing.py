"""Who says what a sentence of a document states: "according to X", "X said that", a quotation with its speaker."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from knowledge.curation.drafting.words import DraftingWords, either
from knowledge.language.lexicon import Lexicon
from knowledge.language.text import Word, without_determiners, words

LONGEST_SUBJECT = 14
"""Words that may stand before a verb of telling and name who tells."""

LONGEST_OCCASION = 6
"""Words that may stand behind it at the end of a sentence and say when or where it was told."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """The words by which a sentence says who says so. Offsets are those of the sentence, end-exclusive.

    Attributes:
        start, end: the words that are no part of what is said: "Mayor Brandt said that", ", according to Axios".
        quoted: (start, end) of the words that name the speaker and the verb.
        named: (start, end) of the name of the speaker alone.
        manner: how it is said.
        rest: whether what is said stands behind it up to the end of the clause.
    """

    start: int
    end: int
    quoted: tuple[int, int]
    named: tuple[int, int]
    manner: str


def attributions(sentence: str, lexicon: Lexicon, said: DraftingWords) -> tuple[Attribution, ...]:
    """Return who says what in a sentence, from left to right; the first of two that overlap."""
    found = sorted(
        (*_according(sentence, said), *_telling(sentence, lexicon, said)), key=lambda known: (known.start, -known.end)
    )
    kept: list[Attribution] = []
    for known in found:
        if not kept or known.start >= kept[-1].end:
            kept.append(known)
    return tuple(kept)


def impersonal(sentence: str, said: DraftingWords) -> tuple[int, str]:
    """Return how many characters an opening such as "It is noted that" takes, and its manner; (0, "") without one."""
    opening = re.match(rf"(?:{said.pattern('impersonal')})\s+", sentence, re.IGNORECASE)
    if not opening:
        return 0, ""
    manner = next((said.telling[word.text] for word in words(opening.group()) if word.text in said.telling), "reported")
    return opening.end(), manner


def quotations(sentence: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of what stands in quotation marks, the marks included."""
    marks = re.finditer(r"\"[^\"]{2,}\"|“[^”]{2,}”|«[^»]{2,}»|„[^“”]{2,}[“”]", sentence)
    return tuple(mark.span() for mark in marks)


def _according(sentence: str, said: DraftingWords) -> list[Attribution]:
    """Return the sources of a sentence: "according to X", up to the next comma or the end."""
    sources = re.finditer(
        rf"(?P<comma>,\s*)?\b(?P<cue>{said.pattern('before_source')})\s+(?P<name>[^,;.!?]+(?:\.(?=\w)[^,;.!?]*)*)(?P<end>,\s*)?",
        sentence,
        re.IGNORECASE,
    )
    return [
        Attribution(
            source.start(),
            source.end(),
            (source.start("cue"), _trimmed(sentence, source.start("cue"), source.end("name"))),
            (source.start("name"), _trimmed(sentence, source.start("name"), source.end("name"))),
            "reported",
        )
        for source in sources
    ]


def _telling(sentence: str, lexicon: Lexicon, said: DraftingWords) -> list[Attribution]:
    """Return the verbs of telling of a sentence with those who tell."""
    row = words(sentence)
    spoken = quotations(sentence)
    found: list[Attribution] = []
    for at, word in enumerate(row):
        manner = said.telling.get(word.text)
        if manner is None or any(start <= word.start < end for start, end in spoken):
            continue
        if not _brings(sentence, row, at, spoken, said):
            continue
        if word.text.endswith("ing"):
            if found and (comma := re.search(r",\s*$|,[\"”»]\s*$", sentence[: word.start])):
                earlier = found[-1]
                told = _told(sentence, row, at, (word.start, word.end), manner, said)
                found.append(replace(told, start=comma.start(), quoted=earlier.quoted, named=earlier.named))
        elif name := _teller(sentence, row, at, lexicon, said):
            found.append(_told(sentence, row, at, name, manner, said))
    return found


def _brings(sentence: str, row: list[Word], at: int, spoken: tuple[tuple[int, int], ...], said: DraftingWords) -> bool:
    """Return whether a verb brings what is said: a clause with "that", a quotation, or a clause behind its subject."""
    if at and row[at - 1].text in {"to", "be", "been", "being", "is", "are", "was", "were"}:
        return False
    behind = sentence[row[at].end :]
    if at + 1 < len(row) and row[at + 1].text in said.of("after_speech"):
        return True
    if _closes(behind, said):
        return True  # "..., the mayor said."
    near = re.match(r"[\s,:]*", behind)
    speaks = row[at].end + (near.end() if near else 0)
    if any(start == speaks or end <= row[at].start for start, end in spoken):
        return True
    said_plainly = said.telling[row[at].text] in {"said", "noted", "warned", "added", "explained", "claimed"}
    return said_plainly and at + 3 < len(row) and row[at].text.endswith("ed" if row[at].text != "said" else "said")


def _closes(behind: str, said: DraftingWords) -> bool:
    """Return whether nothing is told behind a verb of telling, up to the end of its sentence, but when or where."""
    row = [word.text for word in words(behind)]
    return not row or (row[0] in said.of("behind_speech") and len(row) <= LONGEST_OCCASION and "," not in behind)


def _teller(sentence: str, row: list[Word], at: int, lexicon: Lexicon, said: DraftingWords) -> tuple[int, int] | None:
    """Return (start, end) of who tells, before a verb; None where nobody is named."""
    first = at
    joining = said.of("subordinate", "opening", "joints") - {"and"}
    while first > 0 and at - first < LONGEST_SUBJECT:
        word = row[first - 1]
        between = sentence[word.end : row[first].start]
        if re.search(r"[,;:.!?\"“”»]", between) or word.text in joining or word.text in lexicon.grammar.auxiliaries:
            break
        first -= 1
    while first < at and row[first].text in {"also", "still", "and"}:
        first += 1
    last = at
    while last > first and row[last - 1].text in {"also", "later", "still", "further", "has", "have", "had"}:
        last -= 1
    if first >= last or row[last - 1].text in said.of("nobody"):
        return None
    return row[first].start, row[last - 1].end


def _told(  # noqa: PLR0913, PLR0917  a sentence, a place in it, and how it is read
    sentence: str, row: list[Word], at: int, name: tuple[int, int], manner: str, said: DraftingWords
) -> Attribution:
    end = row[at].end
    told = _occasion(sentence, row, at, said)
    that = re.match(r"\s+that\b\s*|\s*[,:]?\s*", sentence[told:])
    behind = told + (that.end() if that else 0)
    start = name[0]
    before = re.search(r",\s*$", sentence[:start])
    if _closes(sentence[end:], said):
        start, behind = before.start() if before else start, max(behind, row[-1].end)
    return Attribution(start, behind, (name[0], end), name, manner)


def _occasion(sentence: str, row: list[Word], at: int, said: DraftingWords) -> int:
    """Return where a verb of telling ends, with words before "that" that say when: "said on Monday that".

    "Said in the report that ..." may go on with what the report is, so an article there makes no such words.
    """
    end, behind = row[at].end, row[at + 1 : at + 2 + LONGEST_OCCASION]
    last = next((number for number, word in enumerate(behind) if word.text in said.of("after_speech")), 0)
    occasion = behind[:last]
    if not occasion or occasion[0].text not in said.of("behind_speech"):
        return end
    plain = not re.search(r"[^\w\s'’-]", sentence[end : behind[last].start])
    return occasion[-1].end if plain and len(without_determiners(occasion)) == last else end


def _trimmed(sentence: str, start: int, end: int) -> int:
    """Return the end of a span without the space at its end."""
    return start + len(sentence[start:end].rstrip(" \t\"'”"))


def by_name(text: str, forms: Mapping[str, str]) -> tuple[str, ...]:
    """Return the ids of the names that stand in a text, in order, the longest form at a place first.

    Args:
        text: some words of a document.
        forms: form in lower case -> id of the name.
    """
    if not forms:
        return ()
    pattern = re.compile(rf"(?<!\w)(?:{either(forms)})(?!\w)", re.IGNORECASE)
    return tuple(
        dict.fromkeys(
            forms[match.group().lower()] for match in pattern.finditer(text) if match.group().lower() in forms
        )
    )

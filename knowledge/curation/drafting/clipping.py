"""The clauses of a sentence that each carry a claim: where a quote begins and ends, and what it says in plain words.

A clip is a stretch of one sentence. Its claim is made of its own words: without what only leads up to it, without what
is inserted and told by another clip, and with a verb where the sentence has a participle ("a team, led by X" says that
the team is led by X). A sentence whose parts are not true alone is not cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.curation.drafting.attributing import quotations
from knowledge.curation.drafting.words import DraftingWords, is_finite, is_participle
from knowledge.language.lexicon import Lexicon
from knowledge.language.text import Word, stem, words

LEAST_CLAUSE = 3
"""Words that a clause has at least."""

_QUOTATION_MARKS = str.maketrans("", "", '"“”«»„')
_COMMA = re.compile(r",(?=[\s\"”»])")
"""A comma that is no part of a number."""

_PRONOUN = re.compile(r"(?:which|who|whom|whose|where)\b", re.IGNORECASE)
_EDGES = " \t\u00a0,;:–—-"


@dataclass(frozen=True, slots=True)
class Clip:
    """A stretch of a sentence that carries a claim: `sentence[start:end]`, in code points, end-exclusive.

    Attributes:
        claim: what it says, without a full stop.
        kind: what it is: "clause", "relative", "participle", "including", "exchange", "request".
        passive: who does it stands behind "by".
        own: where its own words begin, when the clip begins with those of another claim; else its start.
    """

    start: int
    end: int
    claim: str
    kind: str = "clause"
    passive: bool = False
    own: int = -1


@dataclass(frozen=True, slots=True)
class _Inserted:
    """Words between commas that describe what stands before them, with what they say of it."""

    start: int
    end: int
    clip: Clip | None


@dataclass(frozen=True)
class Clipper:
    """Cuts sentences by the grammar of a language."""

    lexicon: Lexicon
    said: DraftingWords

    def clips(self, sentence: str, start: int, end: int, omitted: Sequence[tuple[int, int]] = ()) -> tuple[Clip, ...]:
        """Return the clips of the clause `sentence[start:end]`, in order; empty where there is no word.

        Args:
            sentence: the whole sentence.
            start: where the clause begins in it.
            end: where it ends.
            omitted: (start, end) of what is no part of what the clause says: who says so.
        """
        found = {(clip.start, clip.end, clip.claim): clip for clip in self._clause(sentence, start, end, omitted)}
        return tuple(sorted(found.values(), key=lambda clip: (clip.start, clip.end)))

    # Clauses that stand side by side

    def clauses(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of the clauses of a sentence that stand side by side; they cover it wholly."""
        start, end = 0, len(text)
        if re.search(rf"\b(?:{self.said.pattern('binding')})\b", text, re.IGNORECASE):
            yield start, end
            return
        joints = rf"\s*;\s+|,\s+(?=(?:{self.said.pattern('joints', 'subordinate')})\b)"
        joints += r"|\s+(?=(?:but|while|whereas|although|after|because)\b|as\s+(?:the|a|an|his|its|their)\b)"
        opening = re.match(
            r"\s*(?:although|though|while|whereas|when|after|before|because|since|as)\b[^,]*,\s+", text, re.IGNORECASE
        )
        cuts = [opening.end()] if opening and self._stands(opening.group()) else []
        cuts += [match.end() for match in re.finditer(joints, text)]
        begun, spoken = 0, quotations(text)
        for cut in sorted(set(cuts)):
            last = next((last for first, last in spoken if first < cut < last), len(text))
            if cut > begun and self._stands(text[begun:cut]) and self._stands(text[cut:last]):
                yield start + begun, start + cut
                begun = cut
        yield start + begun, end

    def _stands(self, text: str) -> bool:
        """Return whether a text has a verb and somebody who does it, as far as words tell."""
        row = self._row(text)
        light = self.lexicon.grammar.determiners
        if len(row) < LEAST_CLAUSE:
            return False
        verbs = [at for at in range(len(row)) if is_finite(row, at, text, self.lexicon)]
        if row[0].text in self.said.of("relative") | {"not"}:
            return False
        verbs = [verb for verb in verbs if verb and row[verb - 1].text not in self.lexicon.grammar.coordinating]
        return any(any(word.text not in light for word in row[:verb]) for verb in verbs)

    def _row(self, text: str) -> list[Word]:
        """Return the words of a clause, without those that only join it to another."""
        row = words(text)
        while row and row[0].text in self.said.of("opening", "subordinate"):
            row = row[1:]
        return row

    # One clause

    def _clause(self, sentence: str, start: int, end: int, omitted: Sequence[tuple[int, int]]) -> Iterator[Clip]:
        start, end = self._trimmed(sentence, start, end)
        if start >= end or not words(sentence[start:end]):
            return
        if event := self._event(sentence, start, end):
            yield event[0]
            start = event[1]
        left_out = [_Inserted(first, last, None) for first, last in omitted if start <= first < end]
        inserted = sorted((*left_out, *self._inserted(sentence, start, end)), key=lambda passage: passage.start)
        last = end
        while inserted and inserted[-1].end >= last and self._stands(sentence[start : inserted[-1].start]):
            last = inserted[-1].start
            yield from self._of_inserted(inserted.pop())
        pieces, begun = [], start
        for passage in (passage for passage in inserted if passage.start >= begun):
            pieces.append(sentence[begun : passage.start])
            begun = passage.end
            yield from self._of_inserted(passage)
        pieces.append(sentence[begun:last])
        first, last = self._trimmed(sentence, start, last)
        claim = self._plain(" ".join(piece.strip(_EDGES) for piece in pieces))
        if first < last and claim and not self._is_cut_off(claim):
            for clip in self._demands(Clip(first, last, claim), sentence):
                yield from self._deeds(clip, sentence)
        yield from self._participles(sentence, start, last)
        yield from self._requests(sentence, start, last)
        yield from self._restrictive(sentence, start, last)

    def _is_cut_off(self, claim: str) -> bool:
        """Return whether a claim ends where its verb would go on: "This round of talks comes"."""
        row = words(claim)
        return len(row) > 1 and is_finite(row, len(row) - 1, claim, self.lexicon) and not is_participle(row[-1].text)

    def _demands(self, clip: Clip, sentence: str) -> Iterator[Clip]:
        """Yield each part of "X demanded that A and that B" as a claim of its own, which keeps who demands it."""
        quote = sentence[clip.start : clip.end]
        first = re.search(r"\bthat\s+", clip.claim)
        parts = re.split(r",?\s+and\s+that\s+", clip.claim[first.end() :]) if first else []
        joint = re.search(r",?\s+and\s+that\s+", quote)
        if not first or not joint or len(parts) != 2:
            yield clip
            return
        lead = clip.claim[: first.end()]
        yield Clip(clip.start, clip.start + joint.start(), lead + parts[0])
        yield Clip(clip.start, clip.end, lead + parts[1])

    def _deeds(self, clip: Clip, sentence: str) -> Iterator[Clip]:
        """Yield each deed of "X did A and did B" as a claim of its own, which keeps who does it."""
        row = words(clip.claim)
        verbs = [at for at in range(1, len(row)) if is_finite(row, at, clip.claim, self.lexicon)]
        first = verbs[0] if verbs else len(row)
        for at in range(first + 2, len(row) - 1):
            joins = row[at - 1].text in {"and", "but"} and self._is_verb_behind_joint(row, at, clip.claim)
            told = clip.claim[row[first].end : row[at - 1].start]
            if not joins or (re.search(r"\bthat\b", told) and not told.rstrip().endswith(",")):
                continue
            joint = re.search(
                rf",?\s+{row[at - 1].text}\s+(?={re.escape(clip.claim[row[at].start : row[at].end])}\b)",
                sentence[clip.start : clip.end],
            )
            if joint:
                yield Clip(clip.start, clip.start + joint.start(), clip.claim[: row[at - 1].start].rstrip(_EDGES))
                claim = f"{clip.claim[: row[first].start]}{clip.claim[row[at].start :]}"
                yield Clip(clip.start, clip.end, claim, own=clip.start + joint.end())
                return
        yield clip

    def _is_verb_behind_joint(self, row: list[Word], at: int, text: str) -> bool:
        """Return whether a verb in the past or present stands right behind "and": what stands there is no adjective."""
        word = row[at].text
        behind = row[at + 1].text
        if not text[row[at].start].islower() or word in self.lexicon.grammar.auxiliaries:
            return False
        takes = behind in self.lexicon.function_words - self.lexicon.grammar.coordinating
        senses = self.lexicon.forms.meanings.get(stem(word), ())
        act = any(key in self.lexicon.concepts and self.lexicon.concepts[key].is_act for key, _ in senses)
        return act and takes and (is_participle(word) or (word.endswith("s") and not word.endswith("ss")))

    def foreign_deed(self, text: str) -> int:
        """Return where a deed begins in what somebody says that can only be the deed of who says it; -1 without one.

        "X says that the bridge cannot carry trams and proposes a bus": behind "cannot" nothing "proposes".
        """
        row = words(text)
        verb = next((at for at in range(1, len(row)) if is_finite(row, at, text, self.lexicon)), None)
        if verb is None or row[verb].text not in self.lexicon.grammar.modals | {"cannot"}:
            return -1
        for at in range(verb + 2, len(row) - 1):
            if row[at - 1].text in {"and", "but"} and self._is_verb_behind_joint(row, at, text):
                return row[at - 1].start
        return -1

    def _event(self, sentence: str, start: int, end: int) -> tuple[Clip, int] | None:
        """Return what a clause begins with that happened beside it, and where the rest begins: "Amid X, ..."."""
        opening = re.compile(rf"(?:{self.said.pattern('beside')})\s+([^,]+),\s+", re.IGNORECASE)
        match = opening.match(sentence, start, end)
        if not match or len(words(match.group(1))) < LEAST_CLAUSE or not self._stands(sentence[match.end() : end]):
            return None
        told = match.group(1)
        row = words(told)
        if any(is_finite(row, at, told, self.lexicon) for at in range(1, len(row))):
            return None
        noun = re.split(r"\s(?:on|in|of|at|against|by)\s", told, maxsplit=1)[0]
        event = f"There {'were' if self._was(noun) == 'are' else 'was'} {told}"
        return Clip(match.start(1), match.end(1), self._plain(event), "event"), match.end()

    @staticmethod
    def _of_inserted(passage: _Inserted) -> Iterator[Clip]:
        if passage.clip is not None:
            yield passage.clip

    def _trimmed(self, sentence: str, start: int, end: int) -> tuple[int, int]:
        """Return a span without joining words at its beginning and without marks at its ends."""
        opening = re.compile(
            rf"[{re.escape(_EDGES)}]*(?:(?:{self.said.pattern('opening', 'subordinate')})\b[{re.escape(_EDGES)}]*)*",
            re.IGNORECASE,
        )
        lead = opening.match(sentence, start, end)
        start = lead.end() if lead and lead.end() < end else start
        while end > start and (sentence[end - 1] in _EDGES + ".!?…" or sentence[end - 1].isspace()):
            end -= 1
        return start, _balanced(sentence, start, end)

    def _plain(self, text: str) -> str:
        """Return a claim: its words on one line, without quotation marks, its first letter a capital."""
        claim = " ".join(text.translate(_QUOTATION_MARKS).split()).strip(_EDGES)
        return claim[:1].upper() + claim[1:]

    # What describes a noun

    def _inserted(self, sentence: str, start: int, end: int) -> Iterator[_Inserted]:
        """Yield what is inserted behind commas in a clause, from left to right."""
        relative = rf"(?:(?:to|of|in|from|with|for|by|on)\s+)?(?:{self.said.pattern('relative')})\b"
        opener = re.compile(
            rf",\s+(?:(?P<including>{self.said.pattern('including')})\b|(?P<relative>{relative})"
            rf"|(?P<exchange>{self.said.pattern('exchanging')})\b|(?P<apposition>one of|a|an)\s"
            r"|(?P<participle>[a-z]+(?:ed|en|un|ld|de)|led)\b)",
            re.IGNORECASE,
        )
        at = start
        while match := opener.search(sentence, at, end):
            kind = match.lastgroup or ""
            comma = _COMMA.search(sentence, match.end(), end)
            close = comma.start() if comma else end
            at = match.start() + 1
            by = re.match(r"\s+(?:by|in|on|as|from|at)\b", sentence[match.end() :])
            if (kind == "apposition" or (kind == "participle" and not by)) and not self._goes_on(
                sentence, match.end(), close, end
            ):
                continue
            at = max(close, at)
            head = self._noun_before(sentence, start, match.start(), across=kind == "relative")
            if head is None:
                continue
            clip = self._described(sentence, head, match, close, kind)
            yield _Inserted(match.start(), close if close == end else close + 1, clip)

    def _described(self, sentence: str, head: int, match: re.Match[str], close: int, kind: str) -> Clip | None:
        noun, told = sentence[head : match.start()].strip(_EDGES), sentence[match.start(kind) : close].strip(_EDGES)
        close = _balanced(sentence, head, match.start(kind) + len(sentence[match.start(kind) : close].rstrip(_EDGES)))
        match kind:
            case "apposition":
                claim = f"{noun} {self._was(noun)} {told}"
            case "including":
                claim = f"{noun} include {told.split(maxsplit=1)[-1]}"
            case "participle":
                be = self._was(noun) if " by " in f" {told} " else "were" if self._was(noun) == "are" else "was"
                claim = f"{noun} {be} {told}"
            case "exchange":
                return Clip(match.start(kind), close, self._plain(f"This is {told}"), "exchange")
            case _ if not _PRONOUN.match(told):
                _, _, rest = told.split(maxsplit=2) if len(told.split()) > 2 else ("", "", told)
                return Clip(match.start(kind), close, self._plain(rest), kind)
            case _:
                claim = self._of_relative(noun, told)
        return Clip(head, close, self._plain(claim), kind, passive=kind == "participle")

    def _of_relative(self, noun: str, told: str) -> str:
        """Return what a relative clause says of a noun, with the noun in the place of the pronoun."""
        pronoun, _, rest = told.partition(" ")
        if pronoun.lower() == "where":
            return f"In {noun} {rest}"
        if pronoun.lower() == "whose":
            return f"{noun}'s {rest}"
        row = words(f"it {rest}")
        asks = len(row) > 1 and is_finite(row, 1, f"it {rest}", self.lexicon)
        return f"{noun} {rest}" if asks or pronoun.lower() == "who" else f"{rest} {noun}"

    def _goes_on(self, sentence: str, start: int, close: int, end: int) -> bool:
        """Return whether a clause goes on with its verb behind words between commas that have none."""
        row, behind = words(sentence[start:close]), words(sentence[close:end])
        if not behind or any(is_finite(row, at, sentence[start:close], self.lexicon) for at in range(1, len(row))):
            return False
        text = f"it {sentence[close:end].lstrip(_EDGES)}"
        return is_participle(behind[0].text) or self._present(words(text))

    def _present(self, row: list[Word]) -> bool:
        """Return whether the second of some words may be a verb in the present."""
        word = row[1].text if len(row) > 1 else ""
        return word in self.lexicon.grammar.auxiliaries or (word.endswith("s") and not word.endswith("ss"))

    def _was(self, noun: str) -> str:
        row = words(noun)
        last = row[-1].text if row else ""
        return "are" if last.endswith("s") and not last.endswith("ss") else "is"

    def _noun_before(self, sentence: str, start: int, end: int, *, across: bool = False) -> int | None:
        """Return where the noun phrase before a place begins; None where there is none.

        Args:
            sentence: the whole sentence.
            start: how far back the phrase may go.
            end: the place.
            across: it goes on before "of": "the next phase of the agreement".
        """
        row = list(words(sentence[start:end]))
        at = len(row)
        text = sentence[start:end]
        light = self.lexicon.function_words - self.lexicon.grammar.determiners - self.said.of("counting")
        while at > 0:
            word = row[at - 1]
            gap = sentence[start + word.end : start + row[at].start] if at < len(row) else ""
            verb = is_finite(row, at - 1, text, self.lexicon) and at < len(row)
            infinitive = at > 1 and row[at - 2].text == "to" and at < len(row)
            that = word.text == "that" and at < len(row) and row[at].text in self.lexicon.grammar.determiners
            joined = word.text in {"and", "or"} and 1 < at < len(row) and row[at - 2].text not in light
            stops = (word.text in light and not (across and word.text == "of") and not joined) or infinitive or that
            if stops or verb or (gap and re.search(r"[,;:()]", gap)):
                break
            at -= 1
        while at < len(row) and row[at].text == "of":
            at += 1
        return start + row[at].start if at < len(row) else None

    def _participles(self, sentence: str, start: int, end: int) -> Iterator[Clip]:
        """Yield what a participle without commas says of a noun: "the proposal presented by X"."""
        row = words(sentence[start:end])
        for at in range(1, len(row) - 2):
            by, before = row[at + 1].text in self.lexicon.grammar.agent_after, row[at - 1].text
            if not by or not is_participle(row[at].text) or before in self.said.of("be"):
                continue
            between = sentence[start + row[at - 1].end : start + row[at].start]
            if between.strip() or before in self.lexicon.function_words:
                continue
            head = self._noun_before(sentence, start, start + row[at].start)
            if head is None:
                continue
            last = self._until(sentence, row, at + 2, start, end)
            noun = sentence[head : start + row[at].start].strip()
            claim = self._plain(f"{noun} {self._was(noun)} {sentence[start + row[at].start : last]}")
            yield Clip(head, last, claim, "participle", passive=True)

    def _until(self, sentence: str, row: list[Word], at: int, start: int, end: int) -> int:
        """Return the end of a phrase that begins at a word: before the next comma or verb."""
        while at < len(row):
            gap = sentence[start + row[at].end : start + row[at + 1].start] if at + 1 < len(row) else ""
            ends = at + 1 >= len(row) or is_finite(row, at + 1, sentence[start:end], self.lexicon)
            if ends or re.search(r"[,;:()]", gap):
                return start + row[at].end
            at += 1
        return end

    def _requests(self, sentence: str, start: int, end: int) -> Iterator[Clip]:
        """Yield what somebody's demand is: "X's request for Y to do Z and for W to do V", each of them."""
        row = words(sentence[start:end])
        for at in range(1, len(row) - 1):
            if not row[at - 1].possessive or row[at + 1].text not in {"for", "that", "to"}:
                continue
            prospective = {key for key, _ in self.lexicon.forms.longest_at([stem(row[at].text)], 0)[1]}
            if not prospective & self.lexicon.grammar.prospective:
                continue
            owner = self._noun_before(sentence, start, start + row[at].start)
            head = start + row[at - 1].start if owner is None else owner
            told = sentence[start + row[at].end : end]
            joint = re.search(rf"\s+and\s+(?={row[at + 1].text}\b)", told)
            ends = [start + row[at].end + joint.start(), end] if joint else [end]
            lead, begun = sentence[head : start + row[at].end], start + row[at].end
            for last in ends:
                what = re.sub(r"^\s*and\s+", " ", sentence[begun:last])
                inner = self._without_relative(what)
                yield Clip(head, _balanced(sentence, head, last), self._plain(f"{lead} is {inner}"), "request")
                begun = last

    def _without_relative(self, text: str) -> str:
        """Return a text without a relative clause between commas."""
        return re.sub(rf",\s+(?:{self.said.pattern('relative')})\b[^,]*,", "", text)

    def _restrictive(self, sentence: str, start: int, end: int) -> Iterator[Clip]:
        """Yield what a clause with "that" and no comma says of a noun: "an agreement that would end the strike"."""
        row = words(sentence[start:end])
        for at in range(1, len(row) - 2):
            modal = row[at + 1].text in self.lexicon.grammar.auxiliaries
            if row[at].text not in {"that", "which"} or not modal or row[at - 1].text in self.lexicon.function_words:
                continue
            if is_finite(row, at - 1, sentence[start:end], self.lexicon):
                continue
            head = self._noun_before(sentence, start, start + row[at].start - 1)
            if head is not None and sentence[start + row[at - 1].end : start + row[at].start].isspace():
                comma = _COMMA.search(sentence, start + row[at].end, end)
                last = comma.start() if comma else end
                noun = sentence[head : start + row[at - 1].end]
                claim = self._plain(f"{noun} {sentence[start + row[at + 1].start : last]}")
                yield Clip(head, _balanced(sentence, head, last), claim, "relative")


def _balanced(sentence: str, start: int, end: int) -> int:
    """Return the end of a span, moved behind a quotation mark that closes one that the span opens."""
    inside = sentence[start:end]
    for opened, closed in (("“", "”"), ("«", "»"), ("(", ")")):
        if inside.count(opened) > inside.count(closed) and sentence[end : end + 1] == closed:
            end += 1
    if inside.count('"') % 2:
        closing = re.compile(r"[,.!?]?\"").match(sentence, end)
        end = closing.end() if closing else end
    return end

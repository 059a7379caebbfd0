"""Facts proposed for the sentences of a document, for a curator to review.

A draft is made by rules from the words of one sentence: what it quotes, who acts and how, who says so, which questions
it answers. It passes the same proof as a curated fact before it is proposed, or it is not proposed. What it means,
nobody has judged: that is why it is marked, and not served.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from knowledge.base import reader_for
from knowledge.curation.drafting.attributing import Attribution, attributions, impersonal, quotations
from knowledge.curation.drafting.clipping import Clip, Clipper
from knowledge.curation.drafting.naming import Namer, is_heading, slug, unique_id
from knowledge.curation.drafting.slotting import NameFinder, Slotter
from knowledge.curation.drafting.words import DraftingWords, is_finite, load_drafting_words
from knowledge.curation.errors import NotDrafted
from knowledge.curation.writing import NAMES_SCHEMA_LINE, FactText, FiledRecord
from knowledge.documents import Document, Passage
from knowledge.language.lexicon import Lexicon, Phrases, Sense, load_lexicon, stems
from knowledge.language.terms import Term, Vocabulary
from knowledge.language.text import stem, without_determiners, words
from knowledge.message.reading import Reader
from knowledge.message.roles import ACTING_KINDS, DOING, Role, cast_of
from knowledge.models import LONGEST_QUOTE, FactRecord, NameKind, NameRecord, SkippedRecord
from knowledge.problems import shown
from knowledge.proof.boundaries import cuts
from knowledge.proof.checking import SentenceState, coverage_of, proof_of
from knowledge.proof.closest import suggestion
from knowledge.proof.loading import NAMES_FILE, Loaded, read_base
from knowledge.proof.records import Filed

MOST_THEMES = 5
"""Themes of a draft; a curator takes away more easily than they would find."""

LONGEST_PHRASING = 90
"""Characters of a question that people would ask."""

ID_WORDS = 6
"""Words of the claim that make the id of a draft."""

PLAIN_ACT = "describe"
"""The act of a sentence whose verb no act of the lexicon means: it says what something is."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """What is proposed for a document.

    Attributes:
        facts: in the order of the text, each marked as a draft.
        skipped: headings and lines without words.
        names: those that the facts refer to or that the document speaks of, each marked as a draft.
        left: sentences that no draft could be made of, such as one that stands in the document twice.
    """

    facts: tuple[FactRecord, ...] = ()
    skipped: tuple[SkippedRecord, ...] = ()
    names: tuple[NameRecord, ...] = ()
    left: tuple[Passage, ...] = ()


def draft(document: Document, loaded: Loaded, covered: frozenset[int], lexicon: Lexicon) -> Drafted:
    """Return what is proposed for a document.

    Args:
        document: the document.
        loaded: the base that it belongs to, whose names and ids are known.
        covered: numbers of its sentences that are left alone.
        lexicon: the language of the document.
    """
    said = load_drafting_words()
    names = dict(loaded.names)
    if all(sentence.number in covered for sentence in document.sentences):
        return Drafted()
    proposed = Namer(lexicon, said).names_in(document, names)
    names.update({name.id: name for name in proposed})
    drafter = Drafter(document, lexicon, said, names, loaded)
    for sentence in document.sentences:
        if sentence.number not in covered:
            drafter.add(sentence)
    return drafter.drafted(proposed)


@dataclass(frozen=True, slots=True)
class DraftedFiles:
    """What is proposed for a document, and the files of its base as they would be with it.

    Attributes:
        texts: path of each file that changes -> its text; to be saved together by `writing.save_all`.
    """

    drafted: Drafted
    texts: Mapping[Path, str]


def draft_files(document_id: str, documents: Path, facts: Path) -> DraftedFiles:
    """Return what is proposed for the sentences of a document that no fact quotes and nobody has skipped.

    Records that are there stay as they are; new ones go behind the fact that stands before them in the document.

    Args:
        document_id: the id of the document.
        documents: the folder of the documents.
        facts: the folder of the fact files and `names.toml`.

    Raises:
        NotDrafted: there is no such document, or none of its language can be drafted.
        NotWritten: its files cannot be edited.
    """
    loaded = read_base(documents, facts)
    document = next((known for known in loaded.documents if known.id == document_id), None)
    if document is None:
        mend = suggestion(document_id, [known.id for known in loaded.documents], "verbatim check lists the documents")
        raise NotDrafted(f"no document {shown(document_id)}; {mend}")
    if document.record.language != "en":
        language = shown(document.record.language)
        raise NotDrafted(
            f"{document_id}: its language is {language}, and drafts are made of English ones; "
            'write by hand, or say language = "en" in its fact file where it is English'
        )
    path, *others = [file.file for file in loaded.files if file.document and file.document.record.id == document_id]
    if others:
        several = ", ".join([path, *others])
        raise NotDrafted(f"{document_id}: {several} speak of it; put the facts of one document into one file")
    coverage = coverage_of(document, loaded.facts, loaded.skipped)
    covered = frozenset(each.sentence.number for each in coverage.sentences if each.state is not SentenceState.OPEN)
    drafted = draft(document, loaded, covered, load_lexicon())
    places = {fact.id: fact.citation.start for fact in loaded.facts if fact.citation.document == document_id}
    placed = sorted(((document.find(fact.quote)[0], fact) for fact in drafted.facts), key=lambda each: each[0])
    new: list[tuple[FiledRecord, str]] = [(fact, _standing_before(at, places)) for at, fact in placed]
    text = FactText.read(Path(path)).add_all([*new, *((skipped, "") for skipped in drafted.skipped)])
    names = facts / NAMES_FILE
    named = FactText.read(names) if names.exists() else FactText(f"{NAMES_SCHEMA_LINE}\n")
    named = named.add_all([(name, "") for name in drafted.names])
    changed = {Path(path): text.text} if drafted.facts or drafted.skipped else {}
    return DraftedFiles(drafted, {names: named.text, **changed} if drafted.names else changed)


def _standing_before(place: int, places: Mapping[str, int]) -> str:
    """Return the id of the last fact that stands before a place of the document; empty when none does."""
    before = [key for key, start in places.items() if start <= place]
    return max(before, key=places.__getitem__, default="")


@dataclass
class Drafter:
    """Proposes facts for one document, sentence by sentence; what it proposes must be told apart, so it remembers.

    Attributes:
        names: by id; those of speakers without a name are added as they are met.
    """

    document: Document
    lexicon: Lexicon
    said: DraftingWords
    names: dict[str, NameRecord]
    loaded: Loaded
    _facts: list[FactRecord] = field(default_factory=list)
    _skipped: list[SkippedRecord] = field(default_factory=list)
    _left: list[Passage] = field(default_factory=list)
    _roles: list[NameRecord] = field(default_factory=list)
    _asked: set[str] = field(default_factory=set)
    _ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        gaps = (wording for gap in self.loaded.unsaid for wording in gap.wordings)
        phrasings = (phrasing for fact in self.loaded.facts for phrasing in fact.phrasings)
        self._asked.update(_folded(question) for question in (*gaps, *phrasings))
        self._ids.update(filed.record.id for file in self.loaded.files for filed in file.facts)

    def drafted(self, proposed: Sequence[NameRecord]) -> Drafted:
        """Return what has been proposed."""
        return Drafted(tuple(self._facts), tuple(self._skipped), (*proposed, *self._roles), tuple(self._left))

    def add(self, sentence: Passage) -> None:
        """Propose what a sentence states."""
        if reason := self._states_nothing(sentence):
            if self.document.cite_quote(sentence.text):
                self._skipped.append(SkippedRecord(quote=sentence.text, reason=reason))
            else:
                self._left.append(sentence)
            return
        before = len(self._facts)
        for clause in self._clauses(sentence):
            self._add_clause(sentence, clause)
        if len(self._facts) == before:
            self._add_whole(sentence)
        if len(self._facts) == before:
            self._left.append(sentence)

    def _states_nothing(self, sentence: Passage) -> str:
        """Return why a sentence is to be skipped: a heading, or no words; empty where it states something."""
        title = self.document.record.title
        if is_heading(sentence.text) or _folded(sentence.text) == _folded(title):
            return "heading"
        return "" if any(word.text[0].isalpha() for word in words(sentence.text)) else "no words"

    # Clauses and their speakers

    def _clauses(self, sentence: Passage) -> list[_Clause]:
        found: list[_Clause] = []
        for start, end in self._clipper.clauses(sentence.text):
            spoken = any(first < start < last for first, last in quotations(sentence.text))
            inherited = found[-1].speaker if found and (spoken or _goes_on(sentence.text[start:end])) else None
            found.extend(self._parts(sentence.text, start, end, inherited))
        return found

    def _parts(self, text: str, start: int, end: int, inherited: Attribution | None) -> list[_Clause]:
        """Return a clause parted by those who speak in it: "X said that A, adding that B"."""
        length, manner = impersonal(text[start:end], self.said)
        start += length
        inside = [known for known in attributions(text, self.lexicon, self.said) if start <= known.start < end]
        leading = [
            known
            for known in inside
            if known.end < end and known.named[0] <= known.start + 2 and not _cites(text, known)
        ]
        others = [known for known in inside if known not in leading]
        if not leading:
            speaker = others[-1] if others else inherited
            omitted = tuple((known.start, known.end) for known in others)
            return [_Clause(start, end, speaker, manner or "reported", omitted)]
        parts: list[_Clause] = []
        before = text[start : leading[0].start]
        if len(words(before)) >= 4:
            parts.append(_Clause(start, leading[0].start, None, "reported", ()))
        for known, following in zip(leading, [*leading[1:], None], strict=True):
            last = following.start if following else end
            omitted = tuple((other.start, other.end) for other in others if known.end <= other.start < last)
            deed = self._clipper.foreign_deed(text[known.end : last])
            parts.append(_Clause(known.end, last if deed < 0 else known.end + deed, known, known.manner, omitted))
            if deed >= 0:
                parts.append(_Clause(known.named[0], last, None, "reported", ((known.named[1], known.end + deed + 4),)))
        return parts

    def _add_clause(self, sentence: Passage, clause: _Clause) -> None:
        clips = self._clipper.clips(sentence.text, clause.start, clause.end, clause.omitted)
        main = next((self._frame(clip, clause.manner) for clip in clips if clip.kind == "clause"), None)
        for clip in clips:
            within = main if clip.kind in {"including", "exchange"} else None
            self._propose(sentence, clip, clause, within)

    def _add_whole(self, sentence: Passage) -> None:
        """Propose a sentence as it stands, where none of its clauses could be proven."""
        text = sentence.text.strip()
        clause = _Clause(0, len(text), None, "reported", ())
        self._propose(sentence, Clip(0, len(text), " ".join(text.split()).rstrip(".!?…")), clause)

    # One fact

    def _propose(
        self, sentence: Passage, clip: Clip, clause: _Clause, within: Mapping[str, object] | None = None
    ) -> None:
        """Add the fact of a clip, if it can be proven.

        Args:
            sentence: the sentence.
            clip: a stretch of it.
            clause: the clause that it stands in, and who says that.
            within: the frame of the clause, where the clip is no deed of its own: "including ...".
        """
        span = self._unique(sentence, clip.start, clip.end)
        if span is None or span[1] - span[0] > LONGEST_QUOTE:
            return
        speakers, attribution, manner = self._speakers(sentence, clause)
        if clause.speaker is not None and not speakers:
            return  # what somebody says is not told in the document's own voice
        quote = sentence.text[span[0] : span[1]]
        self._name_subject(clip.claim)
        slots = self._slotter.slots(quote)
        frame = self._frame(clip, manner) | {key: within[key] for key in ("agent", "act", "target") if within}
        if frame["act"] == PLAIN_ACT:
            told = (self.said.plain_acts[kind] for kind in slots if kind in self.said.plain_acts)
            frame["act"] = next(told, PLAIN_ACT)
        values = frame | {
            "id": self._id(clip.claim),
            "draft": True,
            "claim": clip.claim + ("" if clip.claim.endswith((".", "!", "?")) else "."),
            "speakers": speakers,
            "attribution": attribution,
            "antecedent": self._antecedent(sentence, quote, clip),
            "slots": slots,
            "quote": quote,
        }
        values["phrasings"] = self._phrasings(clip, values)
        try:
            record = FactRecord.model_validate(values)
        except ValidationError:
            return
        if any(known.quote == record.quote and known.claim == record.claim for known in self._facts):
            return
        if not proof_of(Filed(record, "", ""), self.document, self.names):
            self._facts.append(record)
            self._ids.add(record.id)
            self._asked.update(map(_folded, record.phrasings))
        elif clip.start < clip.own:  # the words of the other claim deny something, and this one does not
            self._propose(sentence, replace(clip, start=clip.own, own=-1), clause, within)

    def _unique(self, sentence: Passage, start: int, end: int) -> tuple[int, int] | None:
        """Return a span lengthened by words, within its sentence, until it stands in the document once."""
        edges = sorted({edge for word in re.finditer(r"\S+", sentence.text) for edge in word.span()})
        while True:
            places = self.document.find(sentence.text[start:end])
            cut = cuts(self.document.text, sentence.start + start) or cuts(self.document.text, sentence.start + end)
            if len(places) == 1 and not cut:
                return start, end
            later, earlier = [edge for edge in edges if edge > end], [edge for edge in edges if edge < start]
            if later:
                end = later[0]
            elif earlier:
                start = earlier[-1]
            else:
                return None

    def _speakers(self, sentence: Passage, clause: _Clause) -> tuple[tuple[str, ...], str, str]:
        """Return who says what a clause states, the words that show it, and how they say it."""
        known = clause.speaker
        if known is None:
            return (), "", clause.manner
        named = sentence.text[slice(*known.named)]
        found = self._finder.find(named)
        ids = tuple(dict.fromkeys(each.id for each in found if self.names[each.id].kind not in {"city", "place"}))
        rest = named
        for each in reversed(found):
            rest = rest[: each.start] + rest[each.end :]
        titled = self.said.of("titles") if any(self.names[each.id].kind == "person" for each in found) else frozenset()
        unnamed = [word.text for word in words(rest) if word.text in self.said.of("role") - titled]
        if unnamed or not ids:
            parts = re.split(r"\s+and\s+(?=(?:a|an|the|other|some)\s)", named)
            ids = tuple(dict.fromkeys(each for part in parts for each in self._role_of(part, ids)))
        span = self._unique(sentence, *known.quoted)
        if span is None or not ids:
            return (), "", clause.manner
        return ids, sentence.text[slice(*span)], known.manner

    def _role_of(self, named: str, within: tuple[str, ...]) -> tuple[str, ...]:
        """Return the name of somebody who speaks and has none yet: it is proposed."""
        namer = self._namer
        inside = tuple(dict.fromkeys(each.id for each in self._finder.find(named)))
        record = namer.role(named, self.names, inside[0] if len(inside) == 1 else None)
        if record is None:
            return within
        known = next((self._forms[form.casefold()] for form in record.forms if form.casefold() in self._forms), "")
        if known:
            return (known,)
        self._know(record)
        return (record.id,)

    def _know(self, record: NameRecord) -> None:
        """Add a name that is proposed; what was made of the names so far is made again."""
        self.names[record.id] = record
        self._roles.append(record)
        for made in ("_finder", "_slotter", "_vocabulary", "_forms"):
            self.__dict__.pop(made, None)

    def _name_subject(self, claim: str) -> None:
        """Propose a name for who acts in a claim, where it is nobody known: "the harbour council", "residents"."""
        verb = self._verb(claim)
        if verb is None or self._finder.find(claim[: words(claim)[verb].start]):
            return
        subject = re.match(
            r"(?:(?:the|a|an|some|many|several|local)\s+)*((?:[\w’'-]+\s+){0,3}?[\w’'-]+)(?=\s+(?:of|on|in|at|for|from|who|that)\b|\s*$|,)",
            claim[: words(claim)[verb].start].strip(),
            re.IGNORECASE,
        )
        head = words(subject.group(1))[-1].text if subject and words(subject.group(1)) else ""
        kinds: tuple[tuple[str, NameKind], ...] = (
            ("people", "people"),
            ("organisation", "organisation"),
            ("role", "role"),
        )
        kind = next((kind for forms, kind in kinds if head in self.said.of(forms)), None)
        form = subject.group(1) if subject else ""
        if (
            kind is None
            or form.casefold() in self._forms
            or any(word.text in self.lexicon.function_words for word in words(form))
        ):
            return
        form = form[0].lower() + form[1:] if form.split()[0].lower() in self.lexicon.spellings else form
        label = form if claim.lower().startswith(form.lower()) else f"the {form}"
        with suppress(ValidationError):
            self._know(
                NameRecord(
                    id=unique_id(slug(form, "name"), self.names), draft=True, label=label, kind=kind, forms=(form,)
                )
            )

    # The frame

    def _frame(self, clip: Clip, manner: str) -> dict[str, object]:
        """Return who does what to whom, what it is about and what it is true of."""
        claim = clip.claim
        row = words(claim)
        tokens = without_determiners(row)
        terms = self._vocabulary.terms(tokens)
        verb = self._verb(claim)
        acting = [
            term for term in terms if verb is None or tokens[term.start + term.length - 1].start >= row[verb].start
        ]
        telling = terms if clip.kind in {"request", "event"} else acting
        act = self._act(telling, terms, prospective=clip.kind == "request")
        held = self.said.holding.get(row[verb].text if verb is not None else "")
        subject = row[verb].start if verb is not None else len(claim)
        agent, target = self._actors(terms, [token.start < subject for token in tokens], clip, verb)
        dimensions = self._dimensions(terms)
        return {
            "manner": manner if manner != "reported" else held or manner,
            "agent": agent,
            "act": act,
            "target": target,
            "themes": self._themes(terms),
            "dimensions": {key: next(iter(values)) for key, values in dimensions.items() if len(values) == 1},
        }

    def _act(self, terms: Sequence[Term], every: Sequence[Term], *, prospective: bool) -> str:
        """Return the act that the first verb of some terms means; of a light one, what stands right behind it."""
        acts = self.lexicon.grammar.prospective if prospective else self.lexicon.acts()
        found = ""
        for at, term in enumerate(terms):
            own = {stem(word.text) for word in words(term.text)}
            meant = [key for key, strength in term.keys if strength >= 0.5 and key in acts]
            sure = [key for key, strength in term.keys if key in meant and (strength == 1.0 or stem(key) in own)]
            if not meant:
                continue
            act = self._likeliest(sure or meant, term, every)
            if found:
                return act if sure and term.start - terms[at - 1].start <= 2 else found
            if act not in self.said.of("light_acts"):
                return act
            found = act
        return found or PLAIN_ACT

    @staticmethod
    def _likeliest(meant: Sequence[str], term: Term, terms: Sequence[Term]) -> str:
        """Return the act that a term most likely means: one of its own name, or one that another term surely means."""
        own = {stem(word.text) for word in words(term.text)}
        beside = {key for other in terms if other is not term for key, strength in other.keys if strength == 1.0}
        return max(meant, key=lambda key: (2 * (stem(key) in own) + (key in beside), -meant.index(key)))

    def _verb(self, claim: str) -> int | None:
        """Return which word of a claim is its verb: the first, but for those in what is put between commas."""
        row = words(claim)
        aside = re.search(r",\s+(?:in|on|at|with|after|during|under|by)\s[^,]*,", claim)
        hidden = aside.span() if aside else (0, 0)
        verbs = (at for at in range(1, len(row)) if is_finite(row, at, claim, self.lexicon))
        return next((at for at in verbs if not hidden[0] < row[at].start < hidden[1]), None)

    def _actors(
        self, terms: Sequence[Term], early: Sequence[bool], clip: Clip, verb: int | None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return who acts, and to whom it is done."""
        tokens = without_determiners(words(clip.claim))
        cast = cast_of(tokens, terms, self.lexicon, self.names)
        subject = [
            key.removeprefix("name:")
            for term in terms
            if early[term.start]
            for key, strength in term.keys
            if strength == 1.0 and key.startswith("name:") and self.names[key[5:]].kind in ACTING_KINDS
        ]
        subject += self._both(clip.claim, verb)
        passive = clip.passive or self._is_passive(clip.claim)
        by = [name for name, role in cast.roles.items() if role is Role.AGENT and name not in subject]
        if passive:
            return tuple(dict.fromkeys(by)), tuple(dict.fromkeys(subject))
        agent = [name for name in subject if cast.roles.get(name, Role.PROBABLE) in DOING] or subject or by
        target = [name for name, role in cast.roles.items() if role is Role.TARGET and name not in agent]
        return tuple(dict.fromkeys(agent)), tuple(dict.fromkeys(target))

    def _both(self, claim: str, verb: int | None) -> list[str]:
        """Return the two sides of a base that has just two, where a claim begins with "both sides"."""
        sides = [name.id for name in self.names.values() if name.kind == "side"]
        begun = claim[: words(claim)[verb].start] if verb is not None else claim
        told = re.search(rf"\b(?:{self.said.pattern('sides')})\b", begun, re.IGNORECASE)
        return sides if told and len(sides) == 2 else []

    def _is_passive(self, claim: str) -> bool:
        """Return whether the first verb of a claim is a form of "be" before a participle."""
        verb = re.search(r"\b(?:is|are|was|were|be|been)\s+(?:\w+ly\s+)?(\w+)\b", claim)
        found = next(
            (at for at, word in enumerate(words(claim)) if at and is_finite(words(claim), at, claim, self.lexicon)),
            None,
        )
        if verb is None or found is None:
            return False
        near = words(claim)[found].start <= verb.start() <= words(claim)[found].end + 12
        return near and (verb.group(1).endswith(("ed", "en")) or stem(verb.group(1)) != verb.group(1).lower())

    def _themes(self, terms: Sequence[Term]) -> tuple[str, ...]:
        """Return the things and qualities that a claim speaks of, the surest meaning of each word."""
        times = self.said.of("weekday", "month", "day_part", "time_units")
        found: list[str] = []
        for term in terms:
            own = {stem(word.text) for word in words(term.text)}
            keys = [
                key
                for key, strength in term.keys
                if strength >= 0.5 and key in self.lexicon.concepts and stem(key.split("-")[0]) in own
            ]
            if keys and not term.is_name and not set(keys) & times:
                found.append(keys[0])
        return tuple(dict.fromkeys(found))[:MOST_THEMES]

    # What is shown beside the quote, and how people ask for it

    def _antecedent(self, sentence: Passage, quote: str, clip: Clip) -> str:
        """Return what "this" or "which" in a quote points to: what its sentence says before it.

        Whom "it" or "they" mean no rule here tells surely enough; to name somebody else would be worse than nobody.
        """
        row = words(quote)
        light = self.lexicon.function_words
        pointing = [
            at
            for at, word in enumerate(row)
            if (word.text == "which" and at <= 1)
            or (word.text == "this" and (at + 1 == len(row) or row[at + 1].text in light))
        ]
        if not pointing and clip.kind != "exchange":
            return ""
        before = (fact.quote for fact in reversed(self._facts) if quote not in fact.quote and fact.quote not in quote)
        nearest = next(before, "")
        return nearest if nearest and nearest in sentence.text else ""

    def _phrasings(self, clip: Clip, values: Mapping[str, object]) -> tuple[str, ...]:
        """Return questions that a claim surely answers; one that another fact has already is none."""
        asked = [
            question
            for question in self._questions(clip, values)
            if len(question) <= LONGEST_PHRASING and _folded(question) not in self._asked
        ]
        return tuple({_folded(question): question for question in asked}.values())

    def _questions(self, clip: Clip, values: Mapping[str, object]) -> Iterable[str]:
        row = words(clip.claim)
        verb = self._verb(clip.claim)
        agent, slots = values["agent"], values["slots"]
        pointing = self.said.of("alone", "owning")
        if verb is not None and clip.kind == "clause" and isinstance(agent, tuple) and len(agent) == 1:
            told = clip.claim[row[verb].start :].rstrip(".")
            told = told if len(told) < LONGEST_PHRASING else told.split(",")[0]
            if not any(word.text in pointing for word in words(told)) and not self._is_passive(clip.claim):
                yield self.said.phrasing["who"].format(verb=told)
            bare = self._bare(row[verb].text)
            if bare:
                yield self.said.phrasing["what"].format(agent=self.names[agent[0]].label, act=bare)
        if isinstance(slots, dict) and "number" in slots:
            for counted in slots.get("group", ()):
                if (
                    counted.endswith("s")
                    and not counted[0].isdigit()
                    and not counted.startswith(("those", "both", "the"))
                ):
                    yield self.said.phrasing["how_many"].format(counted=counted)

    def _bare(self, past: str) -> str:
        """Return the bare form of a verb in the past tense, where the language knows it; else an empty text."""
        if not past.endswith("ed"):
            return ""
        forms = (past[:-2], past[:-1], past[:-3], f"{past[:-3]}y")
        known = (form for form in forms if form in self.lexicon.spellings and stem(form) == stem(past))
        return next(known, "")

    def _id(self, claim: str) -> str:
        telling = [word.text for word in words(claim) if word.text not in self.lexicon.function_words]
        key = slug(" ".join(telling[:ID_WORDS]), f"draft-{len(self._facts) + 1}")
        unique, number = key, 2
        while unique in self._ids:
            unique, number = f"{key}-{number}", number + 1
        return unique

    # What is made of the names as they are known by now

    @cached_property
    def _finder(self) -> NameFinder:
        return NameFinder(dict(self.names))

    @cached_property
    def _slotter(self) -> Slotter:
        return Slotter(self.said, self.names, self._finder)

    @cached_property
    def _forms(self) -> dict[str, str]:
        return {form.casefold(): name.id for name in self.names.values() for form in name.forms}

    @cached_property
    def _reader(self) -> Reader:
        return reader_for(self.lexicon, replace(self.loaded, facts=(), unsaid=()))

    def _dimensions(self, terms: Sequence[Term]) -> Mapping[str, frozenset[str]]:
        """Return the values of dimensions that a claim names; without any in the base it takes no reader."""
        return self._reader.dimensions_of(terms) if self.loaded.dimensions else {}

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        """What words mean, with the names of the base and those that were proposed."""
        forms: Phrases[Sense] = Phrases(dict(self.lexicon.forms.meanings), dict(self.lexicon.forms.longest))
        for name in self.names.values():
            for form in name.forms:
                forms.add(stems(form), (f"name:{name.id}", 1.0))
        return Vocabulary(forms, self.lexicon.function_words)

    @cached_property
    def _namer(self) -> Namer:
        return Namer(self.lexicon, self.said)

    @cached_property
    def _clipper(self) -> Clipper:
        return Clipper(self.lexicon, self.said)


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of a sentence, and who says it. Offsets are those of the sentence.

    Attributes:
        speaker: None where the document speaks in its own voice.
        omitted: (start, end) of what is no part of what is said.
    """

    start: int
    end: int
    speaker: Attribution | None
    manner: str
    omitted: tuple[tuple[int, int], ...]


def _goes_on(clause: str) -> bool:
    """Return whether a clause goes on with what somebody says: "and that ..." does, "but ..." does not."""
    return bool(re.match(r"\s*and\b", clause))


def _cites(text: str, known: Attribution) -> bool:
    """Return whether an attribution stands beside what is said, as "according to X" does."""
    return known.named[0] != known.quoted[0] or not re.search(r"\w", text[known.end :])


def _folded(question: str) -> str:
    """Return a question as the check for repeated ones compares it."""
    return " ".join(question.casefold().split()).rstrip("?!. ")

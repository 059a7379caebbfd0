"""What a row that is imported leaves open, filled by the rules of drafting: an act, who acts, the sentence meant.

Whatever is filled makes the fact a draft: a person wrote the row, and nobody has reviewed what was added to it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from knowledge.base import reader_for
from knowledge.curation.drafting.drafting import Drafted, draft
from knowledge.curation.drafting.naming import Namer
from knowledge.curation.drafting.words import load_drafting_words
from knowledge.documents import Document, Passage
from knowledge.finding import Finder
from knowledge.language.lexicon import Lexicon
from knowledge.models import FactRecord, NameRecord
from knowledge.outcomes import Found
from knowledge.proof.boundaries import stands_in
from knowledge.proof.loading import Loaded

FILLED = ("agent", "act", "target", "themes", "dimensions", "antecedent")
"""Fields that are taken from a draft where a row does not speak of them, beside slots and speakers."""

OF_SPEAKERS = ("speakers", "attribution", "manner")


@dataclass
class Filler:
    """The rules of drafting at one document; what takes time is done when it is first asked for.

    Attributes:
        sentences: numbers of the sentences that rows quote and do not say all of.
    """

    document: Document
    loaded: Loaded
    lexicon: Lexicon
    sentences: Collection[int] = field(default=())

    @property
    def is_able(self) -> bool:
        """Return whether there are rules for the language of the document."""
        return self.document.record.language == "en"

    @cached_property
    def _drafted(self) -> Drafted:
        others = frozenset(one.number for one in self.document.sentences) - frozenset(self.sentences)
        return draft(self.document, self.loaded, others, self.lexicon)

    @cached_property
    def names(self) -> Mapping[str, NameRecord]:
        """Names that the document speaks of and the base does not know, by id, each marked as a draft."""
        if not self.is_able:
            return {}
        if self.sentences:
            return {name.id: name for name in self._drafted.names}
        proposed = Namer(self.lexicon, load_drafting_words()).names_in(self.document, self.loaded.names)
        return {name.id: name for name in proposed}

    def filled(self, said: Mapping[str, object], quote: str) -> dict[str, object]:
        """Return what the rules add to a row, as fields of a fact; empty when they know nothing of its sentence.

        Args:
            said: what the row says.
            quote: words of the document that stand there once.
        """
        start = self.document.find(quote)[0]
        best = self._nearest_draft(start, start + len(quote)) if self.is_able else None
        if best is None:
            return {}
        proposed = best.model_dump(mode="json", exclude_defaults=True)
        added = {key: proposed[key] for key in FILLED if key in proposed and key not in said}
        if "slots" not in said:
            slots = {kind: [word for word in words if stands_in(word, quote)] for kind, words in best.slots.items()}
            added["slots"] = {str(kind): words for kind, words in slots.items() if words}
        if not {"speakers", "attribution"} & said.keys():
            added |= {key: proposed[key] for key in OF_SPEAKERS if key in proposed and key not in said}
        return added

    def _nearest_draft(self, start: int, end: int) -> FactRecord | None:
        """Return the draft whose quote has most in common with a place, of the same sentence; None without any."""
        best: tuple[int, int, FactRecord] | None = None
        for record in self._drafted.facts:
            first = self.document.find(record.quote)[0]
            last = first + len(record.quote)
            common, apart = min(end, last) - max(start, first), abs(first - start) + abs(last - end)
            if common > 0 and (best is None or (common, -apart) > best[:2]):
                best = (common, -apart, record)
        return best[2] if best else None

    def nearest(self, text: str) -> Found | None:
        """Return the sentence of the document that is nearest to a text; None when none is near."""
        found = self._finder.find(text, 1)
        return found[0] if found else None

    @cached_property
    def _finder(self) -> Finder:
        return Finder.build([self.document], (), (), reader_for(self.lexicon, self.loaded))


def sentence_of(quote: str, document: Document) -> Passage | None:
    """Return the sentence in which a quote begins; None when it does not stand in the document once."""
    places = document.find(quote)
    if len(places) != 1:
        return None
    return next((one for one in document.sentences if one.start <= places[0] < one.end), None)


def resolved(written: object, names: Sequence[NameRecord]) -> tuple[object, list[str]]:
    """Return ids for names as people write them, and those that nobody knows.

    Args:
        written: a list of ids, labels or forms; anything else is returned as it is.
        names: what is known.
    """
    several = [one for one in written if isinstance(one, str)] if isinstance(written, list) else []
    if not isinstance(written, list) or len(several) < len(written):
        return written, []
    ids = {name.id for name in names}
    forms = {form.casefold(): name.id for name in reversed(names) for form in (*name.forms, name.label)}
    found = [one if one in ids else forms.get(one.casefold(), one) for one in several]
    return found, [one for one in found if one not in ids]

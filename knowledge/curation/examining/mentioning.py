"""Names that a claim brings in: those that its paragraph does not hold are not proven by what is shown beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from knowledge.court.evidence import with_owners
from knowledge.documents import Document
from knowledge.models import FactRecord, NameRecord
from knowledge.problems import Problem
from knowledge.proof.boundaries import stands_in
from knowledge.proof.loading import Loaded
from knowledge.proof.records import Filed
from knowledge.rules import RuleId


def unproven_names(loaded: Loaded) -> Iterator[Problem]:
    """Yield a problem for each name in a claim that nothing shown with its quote names, in any form."""
    documents = {document.id: document for document in loaded.documents}
    for file in loaded.files:
        document = documents.get(file.document.record.id) if file.document else None
        for filed in file.facts if document else ():
            if document is not None:
                yield from _unproven(filed, document, loaded.names)


def _unproven(filed: Filed[FactRecord], document: Document, names: Mapping[str, NameRecord]) -> Iterator[Problem]:
    record = filed.record
    citation = document.cite_quote(record.quote)
    if citation is None:
        return  # a problem already
    paragraph = document.paragraph_at(citation.start).text
    held = set(_named(f"{paragraph}\n{record.antecedent}\n{record.attribution}", names))
    for name, form in _named(record.claim, names).items():
        if name not in held and not any(name in with_owners((other,), names) for other in held):
            message = f'claim names "{form}", whom neither its paragraph nor antecedent names'
            mend = "quote the words that name it as antecedent, or leave it out of the claim"
            yield filed.problem(message, mend, RuleId.CLAIM_NAME)


def _named(text: str, names: Mapping[str, NameRecord]) -> dict[str, str]:
    """Return the names in a text, each with the form by which it stands there.

    A form that stands within a longer one of another name is that other name: "northern bank" is not "bank".
    """
    lowered = text.casefold()
    forms = sorted(
        ((form.casefold(), name.id) for name in names.values() for form in (name.label, *name.forms)),
        key=lambda pair: -len(pair[0]),
    )
    found: dict[str, str] = {}
    for form, name in forms:
        bare = form.removeprefix("the ")
        if stands_in(bare, lowered):
            found.setdefault(name, text[lowered.find(bare) :][: len(bare)] if len(lowered) == len(text) else bare)
            lowered = _without(bare, lowered)
    return found


def _without(words: str, text: str) -> str:
    """Return a text with some words blanked, each letter by a space, so that what stands there is no longer found."""
    return text.replace(words, " " * len(words))

"""What is proposed when a curator splits a fact, merges two, or writes a new one: a text to be edited, never a fact."""

from __future__ import annotations

import re

from pydantic import ValidationError

from knowledge.curation.drafting.clipping import Clipper
from knowledge.curation.drafting.drafting import ID_WORDS, PLAIN_ACT
from knowledge.curation.drafting.naming import slug, unique_id
from knowledge.curation.drafting.words import load_drafting_words
from knowledge.curation.errors import NotWritten
from knowledge.curation.reviewing.amending import with_names
from knowledge.curation.reviewing.reviewing import Held, Review
from knowledge.curation.writing import toml_of
from knowledge.documents import Passage
from knowledge.language.lexicon import load_lexicon
from knowledge.language.text import words
from knowledge.models import LONGEST_QUOTE, FactRecord

MOST_PARTS = 4
"""Facts that a split proposes at the most; more make no screen that one can review."""


def split_fact(review: Review, held: Held) -> str:
    """Return a fact divided into two or more, as a text to be edited.

    It is divided where its quote has several deeds, or else at the word in the middle that joins two parts. Where
    there is none, both keep the whole quote: several facts may quote the same words.

    Raises:
        NotWritten: it is not well-formed.
    """
    record = _formed(held)
    parts = _deeds(review, held) or _halves(review, record) or [(record.quote, record.claim)] * 2
    taken = {each.name for each in review.held} - {record.id}
    asked, made = list(record.phrasings), []
    for number, (quote, claim) in enumerate(parts):
        told = claim if claim != record.claim else quote
        key = record.id if number == 0 else unique_id(_id_of(told, record.id), taken)
        taken.add(key)
        last = number == len(parts) - 1
        own = [question for question in asked if last or _nearest(question, parts) == number]
        asked = [question for question in asked if question not in own]
        slots = {kind: kept for kind, several in record.slots.items() if (kept := _standing(several, quote))}
        values = {"id": key, "claim": claim, "quote": quote, "slots": slots, "phrasings": tuple(own)}
        made.append(record.model_copy(update=values))
    return with_names("\n\n".join(toml_of(one).rstrip() for one in made), review, made)


def merged_facts(review: Review, first: Held, second: Held) -> str:
    """Return two facts of one sentence as one, as a text to be edited.

    The quote reaches from the one to the other, the claims stand one behind the other, and lists are joined.

    Raises:
        NotWritten: one is not well-formed, or the two stand in different sentences, or too far apart for one quote.
    """
    one, other = _formed(first), _formed(second)
    if first.citation is None or second.citation is None:
        raise NotWritten("the quote of one of them does not stand in the document; edit it first")
    start = min(first.citation.start, second.citation.start)
    end = max(first.citation.end, second.citation.end)
    if not any(each.sentence.start <= start and end <= each.sentence.end for each in review.sentences):
        raise NotWritten("the two quote different sentences, and a quote is no longer than one")
    if end - start > LONGEST_QUOTE:
        raise NotWritten(f"together their quotes are longer than {LONGEST_QUOTE} characters")
    values: dict[str, object] = {
        "draft": one.draft or other.draft,
        "claim": one.claim if one.claim == other.claim else f"{one.claim.rstrip('.')}; {other.claim}",
        "speakers": one.speakers or other.speakers,
        "attribution": one.attribution or other.attribution,
        "antecedent": one.antecedent or other.antecedent,
        "manner": one.manner if one.manner != "reported" else other.manner,
        "agent": _joined(one.agent, other.agent),
        "target": _joined(one.target, other.target),
        "themes": _joined(one.themes, other.themes),
        "dimensions": {**other.dimensions, **one.dimensions},
        "slots": {
            kind: _joined(one.slots.get(kind, ()), other.slots.get(kind, ())) for kind in {**one.slots, **other.slots}
        },
        "quote": review.document.text[start:end],
        "phrasings": _joined(one.phrasings, other.phrasings),
    }
    made = one.model_copy(update=values)
    return with_names(toml_of(made), review, [made])


def begun_fact(review: Review, sentence: Passage) -> str:
    """Return the beginning of a fact of a sentence, as a text to be edited: it quotes the whole sentence.

    It is no draft: who writes it has read the sentence.

    Raises:
        NotWritten: the sentence is longer than a quote may be.
    """
    claim = " ".join(sentence.text.split())
    taken = {each.name for each in review.held}
    try:
        record = FactRecord(
            id=unique_id(_id_of(claim, f"fact-{len(review.held) + 1}"), taken),
            claim=claim,
            act=PLAIN_ACT,
            quote=sentence.text,
        )
    except ValidationError:
        raise NotWritten(
            f"the sentence is longer than {LONGEST_QUOTE} characters; write the fact in the file"
        ) from None
    fields = toml_of(record).rstrip().split("\n")
    act = next(at for at, line in enumerate(fields) if line.startswith("act ="))
    fields[act:act] = ['# speakers = "…", attribution = "…" where somebody says it', "agent = []"]
    quote = next(at for at, line in enumerate(fields) if line.startswith("quote ="))
    fields[quote:quote] = [
        "target = []",
        "themes = []",
        'slots = {}   # such as { number = ["7"] }, words of the quote',
    ]
    return "\n".join([*fields, "phrasings = []"]) + "\n"


def _formed(held: Held) -> FactRecord:
    if held.record is None:
        raise NotWritten(f"{held.label} is not well-formed: edit it first")
    return held.record


def _deeds(review: Review, held: Held) -> list[tuple[str, str]]:
    """Return the quote and claim of each deed that a quote tells; empty when it tells one, or in another language."""
    if held.citation is None or review.document.record.language != "en":
        return []
    sentence = next((each.sentence for each in review.sentences if _stands_in(held, each.sentence)), None)
    if sentence is None:
        return []
    start, end = held.citation.start - sentence.start, held.citation.end - sentence.start
    clips = Clipper(load_lexicon(), load_drafting_words()).clips(sentence.text, start, end)
    found = {sentence.text[clip.start : clip.end]: f"{clip.claim.rstrip('.')}." for clip in clips}
    inner = [(quote, claim) for quote, claim in found.items() if len(review.document.find(quote)) == 1]
    return inner[:MOST_PARTS] if len(inner) > 1 else []


def _stands_in(held: Held, sentence: Passage) -> bool:
    return held.citation is not None and sentence.start <= held.citation.start and held.citation.end <= sentence.end


def _halves(review: Review, record: FactRecord) -> list[tuple[str, str]]:
    """Return the two parts of a quote at the joining word that is nearest to its middle; empty without any.

    The second keeps the claim as it is: it mostly lacks who acts, and words are taken out more easily than found.
    """
    quote = record.quote
    row = words(quote)
    joining = load_lexicon().grammar.coordinating
    joints = [word for at, word in enumerate(row) if word.text in joining and 2 <= at < len(row) - 2]
    for joint in sorted(joints, key=lambda word: abs(word.start - len(quote) // 2)):
        parts = [quote[: joint.start].rstrip(" ,;"), quote[joint.end :].strip()]
        if all(len(review.document.find(part)) == 1 for part in parts):
            return [(parts[0], _as_sentence(parts[0])), (parts[1], record.claim)]
    return []


def _as_sentence(part: str) -> str:
    told = " ".join(part.split()).rstrip(".")
    return f"{told[:1].upper()}{told[1:]}."


def _id_of(claim: str, otherwise: str) -> str:
    light = load_lexicon().function_words
    return slug(" ".join([word.text for word in words(claim) if word.text not in light][:ID_WORDS]), otherwise)


def _nearest(question: str, parts: list[tuple[str, str]]) -> int:
    """Return which part has most words of a question; the first of several."""
    asked = {word.text for word in words(question)}
    shared = [len(asked & {word.text for word in words(f"{quote} {claim}")}) for quote, claim in parts]
    return shared.index(max(shared))


def _standing(several: tuple[str, ...], quote: str) -> tuple[str, ...]:
    return tuple(each for each in several if re.search(rf"(?<!\w){re.escape(each)}(?!\w)", quote))


def _joined(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one, *other)))

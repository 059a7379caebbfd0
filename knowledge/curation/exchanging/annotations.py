"""Facts as annotations of their documents: W3C Web Annotation, in JSON-LD.

Source: the recommendation of 23 February 2017. A position counts Unicode code points and not code units, in the text
that the state names, from 0, end-exclusive: just as citations do here. What its vocabulary has no word for stands under
terms of our own in the inline context.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from knowledge.curation.errors import NotExchanged
from knowledge.curation.exchanging.exchanging import TERMS, Exchanged, ExchangedFact, address_of, text_name
from knowledge.curation.exchanging.links import link_to, text_fragment
from knowledge.curation.exchanging.rows import NotTaken, Refused, Row, Rows, Subject
from knowledge.documents import Citation, Document
from knowledge.models import SHA256, SLUG

JsonObject = dict[str, Any]

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
TEXT_FRAGMENTS = "https://wicg.github.io/scroll-to-text-fragment/"

_ORDERED = ("speakers", "agent", "target", "dimensions", "slots", "words", "phrasings")
_OF_FACTS = "verbatim:fact"
_DESCRIBING = ("describing", "commenting", "")
"""Purposes of a body that is the claim, the surest first."""


def to_annotations(exchanged: Exchanged) -> JsonObject:
    """Return facts as an annotation collection with one page."""
    told = "\n".join(document.record.sha256 for document in exchanged.documents)
    name = f"urn:verbatim:facts:{hashlib.sha256(told.encode()).hexdigest()}"
    items = [annotation_of(one, exchanged) for one in exchanged.facts]
    page = {"id": f"{name}:1", "type": "AnnotationPage", "partOf": name, "startIndex": 0, "items": items}
    return {
        "@context": [CONTEXT, _own_terms()],
        "id": name,
        "type": "AnnotationCollection",
        "label": "; ".join(document.record.title for document in exchanged.documents),
        "total": len(items),
        **({"first": page, "last": page["id"]} if items else {}),
        "verbatim:documents": [_described(document) for document in exchanged.documents],
    }


def _own_terms() -> JsonObject:
    """Return the context of the terms of our own; a list whose order counts is one."""
    lists = {f"verbatim:{term}": {"@id": f"verbatim:{term}", "@container": "@list"} for term in _ORDERED}
    return {"verbatim": TERMS, **lists}


def _described(document: Document) -> JsonObject:
    """Return what is known of a document."""
    record = document.record
    known = {
        "dcterms:title": record.title,
        "verbatim:titleIsOurs": record.title_is_ours,
        "dcterms:publisher": record.publisher,
        "dcterms:issued": record.published,
        "verbatim:replaces": record.replaces,
    }
    return {
        "id": address_of(record),
        "verbatim:document": record.id,
        "verbatim:sha256": record.sha256,
        "language": record.language,
        **{key: value for key, value in known.items() if value},
    }


def annotation_of(one: ExchangedFact, exchanged: Exchanged) -> JsonObject:
    """Return one fact as an annotation, without the context that it stands in."""
    record = one.record
    claim = {
        "type": "TextualBody",
        "value": record.claim,
        "format": "text/plain",
        "language": one.document.record.language,
        "purpose": "describing",
    }
    tags = [{"type": "TextualBody", "value": theme, "purpose": "tagging"} for theme in record.themes]
    return {
        "id": one.name,
        "type": "Annotation",
        "motivation": "describing",
        "body": [claim, *tags],
        "target": _resource(one.fact.citation, one.document),
        _OF_FACTS: _frame(one, exchanged),
    }


def _frame(one: ExchangedFact, exchanged: Exchanged) -> JsonObject:
    """Return what the vocabulary has no words for: who says so, who acts, which questions it answers."""
    record, fact = one.record, one.fact
    told: dict[str, object] = {
        "id": record.id,
        "draft": record.draft,
        "speakers": [_named(name, exchanged) for name in record.speakers],
        "attribution": _resource(fact.attribution, one.document) if fact.attribution else None,
        "antecedent": _resource(fact.antecedent, one.document) if fact.antecedent else None,
        "manner": record.manner,
        "agent": [_named(name, exchanged) for name in record.agent],
        "act": record.act,
        "target": [_named(name, exchanged) for name in record.target],
        "dimensions": [
            {"verbatim:dimension": name, "verbatim:value": value} for name, value in record.dimensions.items()
        ],
        "slots": [{"verbatim:kind": kind, "verbatim:words": list(words)} for kind, words in record.slots.items()],
        "phrasings": list(record.phrasings),
        "supersededBy": {"id": one.successor, "verbatim:id": record.superseded_by} if one.successor else None,
        "supersedes": record.supersedes,
        "since": record.since,
    }
    return {f"verbatim:{key}": value for key, value in told.items() if value}


def _named(name: str, exchanged: Exchanged) -> JsonObject:
    return {"verbatim:id": name, "name": exchanged.label(name)}


def _resource(citation: Citation, document: Document) -> JsonObject:
    """Return a place in a document, selected by its words, by its position and, on a page, by a text fragment."""
    selectors: list[JsonObject] = [
        {"type": "TextQuoteSelector", "exact": citation.quote, "prefix": citation.prefix, "suffix": citation.suffix},
        {"type": "TextPositionSelector", "start": citation.start, "end": citation.end},
    ]
    if link_to(citation, document):
        fragment = text_fragment(citation, document)
        selectors.append({"type": "FragmentSelector", "conformsTo": TEXT_FRAGMENTS, "value": fragment})
    sha256 = document.record.sha256
    return {
        "type": "SpecificResource",
        "source": address_of(document.record),
        "state": {"type": "TimeState", "cached": text_name(sha256), "verbatim:sha256": sha256},
        "selector": selectors,
        "verbatim:document": document.id,
    }


def read_annotations(text: str) -> Rows:
    """Return the rows of annotations: those of a collection, of a page, of a list, or one alone.

    Raises:
        NotExchanged: it is no JSON, or holds no annotations.
    """
    try:
        found = _annotations(json.loads(text))
    except RecursionError:
        raise NotExchanged("is nested too deeply; write annotations as the recommendation has them") from None
    except ValueError as error:
        raise NotExchanged(f"is no JSON ({error}); export it again") from None
    rows: list[Row] = []
    refused: list[Refused] = []
    for number, annotation in enumerate(found, start=1):
        place = f"annotation {number}"
        try:
            rows.append(_row(place, annotation))
        except NotTaken as reason:
            refused.append(Refused(place, _id_of(annotation), reason.message, reason.mend))
        except RecursionError:
            refused.append(Refused(place, "", "is nested too deeply", "write its selectors beside each other"))
    return Rows(tuple(rows), tuple(refused))


def _annotations(made: object) -> list[JsonObject]:
    """Return the annotations that a JSON value holds."""
    if isinstance(made, list):
        several = made
    elif isinstance(made, dict) and isinstance(made.get("items"), list):
        several = made["items"]
    elif isinstance(made, dict) and isinstance(made.get("first"), dict):
        if made["first"].get("next"):
            raise NotExchanged("has further pages; import each page by itself")
        return _annotations(made["first"])
    elif isinstance(made, dict) and _is(made, "Annotation"):
        several = [made]
    elif isinstance(made, dict) and made.get("total") == 0:
        several = []
    else:
        raise NotExchanged(f"holds no annotations; compact it with the context {CONTEXT}")
    return [one if isinstance(one, dict) else {} for one in several]


def _row(place: str, annotation: JsonObject) -> Row:
    """Return what an annotation says.

    Raises:
        NotTaken: it is none, or lacks what a fact needs.
    """
    if not _is(annotation, "Annotation"):
        raise NotTaken("is no annotation", "write each as an object of the type Annotation")
    target = next((one for one in _several(annotation.get("target")) if _exact(one)), None)
    if target is None:
        mend = "write one with the words of the document as exact"
        raise NotTaken("no target has a TextQuoteSelector", mend)
    bodies = list(_several(annotation.get("body")))
    claim = _claim(annotation, bodies)
    if claim is None:
        raise NotTaken("no body says what it states", "write a TextualBody with the purpose describing")
    said: dict[str, object] = {"claim": claim, "quote": _exact(target)}
    if themes := [one["value"] for one in bodies if _purposes(one) == {"tagging"} and _is_slug(one.get("value"))]:
        said["themes"] = themes
    frame = annotation.get(_OF_FACTS)
    if isinstance(frame, dict):
        # a fact that was exported is whole: what is not there is empty
        said |= {"themes": themes, **_said(frame)}
    return Row(place, said, _subject(target))


def _said(frame: JsonObject) -> dict[str, object]:
    """Return what the terms of our own say of a fact."""

    def value(term: str, default: object = "") -> Any:  # noqa: ANN401  what JSON holds
        return frame.get(f"verbatim:{term}", default)

    def words(term: str) -> object:
        return _exact(value(term, {})) or ""

    def names(term: str) -> list[object]:
        return [one.get("verbatim:id") for one in _several(value(term, []))]

    told = {
        "id": value("id"),
        "draft": value("draft", default=False),
        "speakers": names("speakers"),
        "attribution": words("attribution"),
        "antecedent": words("antecedent"),
        "manner": value("manner"),
        "agent": names("agent"),
        "act": value("act"),
        "target": names("target"),
        "dimensions": {
            str(one.get("verbatim:dimension")): one.get("verbatim:value") for one in _several(value("dimensions", []))
        },
        "slots": {str(one.get("verbatim:kind")): one.get("verbatim:words") for one in _several(value("slots", []))},
        "phrasings": value("phrasings", []),
        "superseded_by": value("supersededBy", {}).get("verbatim:id", "")
        if isinstance(value("supersededBy", {}), dict)
        else value("supersededBy"),
        "supersedes": value("supersedes"),
        "since": value("since"),
    }
    return {key: one for key, one in told.items() if one or key not in {"id", "act", "manner"}}


def _subject(target: JsonObject) -> Subject:
    """Return which document a target is in."""
    state = next(_several(target.get("state")), {})
    source = target.get("source")
    address = source.get("id", "") if isinstance(source, dict) else source
    document, sha256 = target.get("verbatim:document"), state.get("verbatim:sha256")
    return Subject(
        document if isinstance(document, str) else "",
        sha256 if isinstance(sha256, str) and re.fullmatch(SHA256, sha256) else "",
        address.partition("#")[0] if isinstance(address, str) else "",
    )


def _claim(annotation: JsonObject, bodies: Sequence[JsonObject]) -> object:
    """Return what an annotation states; None when it states nothing."""
    for purpose in _DESCRIBING:
        for body in bodies:
            if "value" in body and (purpose in _purposes(body) or (not purpose and not _purposes(body))):
                return body["value"]
    return annotation.get("bodyValue")


def _exact(resource: object) -> object:
    """Return the words that a resource selects; None when it does not say them."""
    if not isinstance(resource, dict):
        return None
    return next((one["exact"] for one in _selectors(resource.get("selector")) if "exact" in one), None)


def _selectors(selector: object) -> Iterator[JsonObject]:
    """Yield selectors, and those by which they are refined, which select less."""
    for one in _several(selector):
        if "refinedBy" in one:
            yield from _selectors(one["refinedBy"])
        yield one


def _several(value: object) -> Iterator[JsonObject]:
    """Yield the objects of a value that JSON-LD lets stand alone or in a list."""
    yield from (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, dict))


def _purposes(body: JsonObject) -> set[object]:
    return set(_words(body.get("purpose")))


def _is(made: Mapping[str, object], kind: str) -> bool:
    return kind in _words(made.get("type", made.get("@type")))


def _words(value: object) -> Iterable[str]:
    return (one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str))


def _is_slug(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(SLUG, value) is not None


def _id_of(annotation: JsonObject) -> str:
    """Return the id of the fact that an annotation is; empty where it has none."""
    frame = annotation.get(_OF_FACTS)
    known = frame.get("verbatim:id") if isinstance(frame, dict) else ""
    return known if _is_slug(known) and isinstance(known, str) else ""

"""Facts as claims for search engines and catalogues: schema.org `Claim`, in JSON-LD.

There is no `ClaimReview`: it is a verdict on whether a claim is true, given by somebody who has checked it, and nobody
here gives one. A document that states otherwise, or a fact that was superseded, is no verdict either. Nor is there a
`firstAppearance`: that a document is the first to say something is nowhere known.

Source: schema.org, `Claim`, `Quotation`, and `creativeWorkStatus` with its terms "Draft", "Published" and "Obsolete".
"""

from __future__ import annotations

from typing import Any

from knowledge.curation.exchanging.exchanging import TERMS, Exchanged, ExchangedFact, address_of
from knowledge.curation.exchanging.links import link_to
from knowledge.documents import Document
from knowledge.models import NameKind

JsonObject = dict[str, Any]

_TYPES: dict[NameKind, str] = {
    "person": "Person",
    "organisation": "Organization",
    "outlet": "Organization",
    "side": "Organization",
    "country": "Organization",
}
"""What a speaker is to schema.org. A people, a role or a place is neither person nor organisation, and gets no type."""


def to_claims(exchanged: Exchanged) -> JsonObject:
    """Return facts as claims, behind the documents in which they appear."""
    return {
        "@context": ["https://schema.org", {"verbatim": TERMS}],
        "@graph": [
            *(_work(document) for document in exchanged.documents),
            *(_claim(one, exchanged) for one in exchanged.facts),
        ],
    }


def _work(document: Document) -> JsonObject:
    """Return a document with what is known of it."""
    record = document.record
    known = {
        "verbatim:titleIsOurs": record.title_is_ours,
        "url": record.url,
        "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else None,
        "datePublished": record.published,
    }
    return {
        "@type": "CreativeWork",
        "@id": address_of(record),
        "name": record.title,
        "inLanguage": record.language,
        "identifier": {"@type": "PropertyValue", "propertyID": "sha256", "value": record.sha256},
        **{key: value for key, value in known.items() if value},
    }


def _claim(one: ExchangedFact, exchanged: Exchanged) -> JsonObject:
    """Return a fact: what it says, who says so, and the words of the document."""
    record, document = one.record, one.document
    link = link_to(one.fact.citation, document)
    appearance = {
        "@type": "Quotation",
        "text": record.quote,
        "inLanguage": document.record.language,
        "isPartOf": {"@id": address_of(document.record)},
        **({"url": link} if link else {}),
    }
    known = {
        "author": [_speaker(name, exchanged) for name in record.speakers],
        "keywords": list(record.themes),
        "temporalCoverage": f"{record.since}/.." if record.since and not one.successor else "",
        "verbatim:since": record.since,
        "verbatim:supersededBy": {"@id": one.successor} if one.successor else None,
    }
    return {
        "@type": "Claim",
        "@id": one.name,
        "text": record.claim,
        "inLanguage": document.record.language,
        "appearance": appearance,
        "creativeWorkStatus": _status(one),
        **{key: value for key, value in known.items() if value},
    }


def _status(one: ExchangedFact) -> str:
    if one.record.draft:
        return "Draft"
    return "Obsolete" if one.successor else "Published"


def _speaker(name: str, exchanged: Exchanged) -> JsonObject:
    """Return who says so."""
    known = exchanged.names.get(name)
    kind = _TYPES.get(known.kind) if known else None
    return {**({"@type": kind} if kind else {}), "name": exchanged.label(name)}

"""What a web page says of itself: JSON-LD, the Open Graph, and other elements of its head.

Only what a page states is taken. A day in its address or in its text is none; where its own statements differ, the one
made for programs that read articles (JSON-LD) goes first.

Source: https://schema.org/Article, https://ogp.me, the names of Highwire Press and Dublin Core in `<meta>`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from knowledge.curation.extracting.extracted import Described, as_address, as_date, as_language, as_title, tidy

if TYPE_CHECKING:
    from lxml.html import HtmlElement

TITLE = ("og:title", "citation_title", "dc.title", "dcterms.title", "twitter:title")
PUBLISHER = ("og:site_name", "citation_publisher", "dc.publisher", "dcterms.publisher", "publisher")
PUBLISHED = (
    *("article:published_time", "og:article:published_time", "citation_publication_date", "datepublished"),
    *("dc.date.issued", "dcterms.issued", "parsely-pub-date", "publication_date", "pubdate", "publishdate"),
)
ADDRESS = ("og:url",)
LANGUAGE = ("content-language", "dc.language", "dcterms.language", "language", "og:locale")

WORKS = {"blogposting", "report", "creativework", "webpage", "socialmediaposting"}
"""Types of schema.org that a page may be, beside every kind of article; in lower case."""

_JOINTS = (" | ", " - ", " – ", " — ", " :: ", " • ")


def describe(page: HtmlElement) -> tuple[Described, tuple[str, ...]]:
    """Return what a page says of itself, and notes on what it says twice and differently."""
    work = next(iter(_works(page)), {})
    meta = _meta(page)
    publisher = _first((_name(work.get("publisher")), *(meta.get(name, "") for name in PUBLISHER)), as_title)
    days = [
        day for day in (as_date(work.get("datePublished")), *(as_date(meta.get(name)) for name in PUBLISHED)) if day
    ]
    described = Described(
        title=_title(page, work, meta, publisher),
        publisher=publisher,
        published=days[0] if days else "",
        url=_first((*_canonical(page), work.get("url"), *(meta.get(name) for name in ADDRESS)), as_address),
        language=_first(
            (
                page.get("lang"),
                page.get("{http://www.w3.org/XML/1998/namespace}lang"),
                work.get("inLanguage"),
                *(meta.get(name) for name in LANGUAGE),
            ),
            as_language,
        ),
    )
    others = [day for day in dict.fromkeys(days) if day != described.published]
    notes = (f"it names {' and '.join((described.published, *others))} as days of publication; the first was taken",)
    return described, notes if others else ()


def _first(values: Iterable[object], as_wanted: Callable[[object], str]) -> str:
    return next((wanted for value in values if (wanted := as_wanted(value))), "")


def _title(page: HtmlElement, work: Mapping[str, object], meta: Mapping[str, str], publisher: str) -> str:
    """Return the title of the page, without the name of the site behind it."""
    said = (work.get("headline"), *(meta.get(name) for name in TITLE), page.findtext(".//head/title"))
    title = _first(said, as_title)
    for joint in _JOINTS:
        title = title.removesuffix(f"{joint}{publisher}") if publisher else title
    return title


def _meta(page: HtmlElement) -> dict[str, str]:
    """Return the contents of `<meta>` and of elements with an `itemprop`, by lower-case name; the first of each."""
    said: dict[str, str] = {}
    for element in page.iter("meta", "time"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = element.get("content") or element.get("datetime")
        if name and content:
            said.setdefault(name.strip().lower(), content)
    return said


def _canonical(page: HtmlElement) -> Iterator[str]:
    for link in page.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split():
            yield link.get("href") or ""


def _works(page: HtmlElement) -> list[Mapping[str, object]]:
    """Return the works that the JSON-LD of a page describes, articles first."""
    nodes = [node for script in page.iter("script") if _is_json_ld(script) for node in _nodes(_loaded(script.text))]
    known = {name: node for node in nodes if isinstance(name := node.get("@id"), str) and len(node) > 1}
    works = [_resolved(node, known) for node in nodes if _kinds(node) & WORKS or _is_article(node)]
    return sorted(works, key=lambda node: not _is_article(node))


def _is_json_ld(script: HtmlElement) -> bool:
    return (script.get("type") or "").strip().lower().startswith("application/ld+json")


def _loaded(text: str | None) -> object:
    try:
        return json.loads(text or "", strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(made: object) -> Iterator[Mapping[str, object]]:
    """Yield the objects of JSON-LD that stand for themselves: one, a list of them, or those of a graph."""
    if isinstance(made, list):
        for one in made:
            yield from _nodes(one) if not isinstance(one, list) else ()
    elif isinstance(made, dict):
        yield made
        yield from _nodes(made.get("@graph")) if isinstance(made.get("@graph"), list) else ()


def _kinds(node: Mapping[str, object]) -> set[str]:
    kind = node.get("@type")
    several = kind if isinstance(kind, list) else [kind]
    return {one.lower() for one in several if isinstance(one, str)}


def _is_article(node: Mapping[str, object]) -> bool:
    return any(kind.endswith("article") for kind in _kinds(node))


def _resolved(node: Mapping[str, object], known: Mapping[str, Mapping[str, object]]) -> Mapping[str, object]:
    """Return a node whose publisher stands in its place where the node only refers to it."""
    publisher = node.get("publisher")
    name = publisher.get("@id") if isinstance(publisher, dict) else None
    return {**node, "publisher": known[name]} if isinstance(name, str) and name in known else node


def _name(made: object) -> str:
    """Return the name of an organisation, or of the first of several."""
    if isinstance(made, list):
        return next(filter(None, (_name(one) for one in made if not isinstance(one, list))), "")
    if isinstance(made, dict):
        return as_title(made.get("name"))
    return tidy(made) if isinstance(made, str) and not as_address(made) else ""

"""Facts as Web Annotations: as the recommendation has them, counted as it counts, and read back as they were."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from knowledge.curation.errors import NotExchanged
from knowledge.curation.exchanging.annotations import read_annotations, to_annotations
from knowledge.curation.exchanging.exchanging import Exchanged, gathered, text_name
from knowledge.curation.exchanging.rows import Refused, Subject
from knowledge.curation.importing.reading import read_rows
from knowledge.models import FactRecord, NameRecord
from tests.exchanged import FACTS, HOSTILE, document_of, exchanged_of

ROOT = Path(__file__).resolve().parents[4]
SHIPPED = (ROOT / "seeds", ROOT / "knowledge" / "facts")
TRAMWAY = (ROOT / "tests" / "facts" / "tramway" / "documents", ROOT / "tests" / "facts" / "tramway" / "facts")
HARBOUR = (ROOT / "tests" / "bot" / "harbour" / "documents", ROOT / "tests" / "bot" / "harbour" / "facts")
SCHEMA = json.loads(Path(__file__).with_name("annotations.schema.json").read_text("utf-8"))
DEMANDED = Draft202012Validator(SCHEMA)


def utf16(text: str) -> list[int]:
    """Return the code units of a text, as a browser counts."""
    raw = text.encode("utf-16-le")
    return [int.from_bytes(raw[at : at + 2], "little") for at in range(0, len(raw), 2)]


def items_of(made: dict[str, Any]) -> list[dict[str, Any]]:
    page: dict[str, Any] = made.get("first", {})
    items: list[dict[str, Any]] = page.get("items", [])
    return items


@pytest.mark.parametrize("base", [SHIPPED, TRAMWAY, HARBOUR], ids=["shipped", "tramway", "harbour"])
@pytest.mark.parametrize("drafts", [False, True])
def test_what_is_exported_is_as_the_recommendation_demands(base: tuple[Path, Path], drafts: bool) -> None:
    made = to_annotations(gathered(*base, drafts=drafts))

    assert [error.message for error in DEMANDED.iter_errors(made)] == []
    assert made["total"] == len(items_of(made))


@given(st.lists(FACTS, max_size=3), st.sampled_from(["", "https://a.example/b?c#d"]))
def test_whatever_is_written_is_as_the_recommendation_demands_and_read_back_as_it_was(
    records: list[FactRecord], url: str
) -> None:
    text = "\n".join(f"\U0001f600 {record.quote} so" for record in records)

    made = to_annotations(exchanged_of(records, document_of(text, url=url)))
    rows = read_rows(json.dumps(made).encode())

    assert [error.message for error in DEMANDED.iter_errors(made)] == []
    assert [FactRecord.model_validate(row.said) for row in rows.rows] == records
    assert rows.refused == ()


@given(HOSTILE, FACTS, HOSTILE)
def test_positions_count_code_points_from_0_to_the_character_behind_the_last(
    before: str, record: FactRecord, after: str
) -> None:
    text = f"{before} {record.quote} {after}"

    (annotation,) = items_of(to_annotations(exchanged_of([record], document_of(text))))
    words, position = annotation["target"]["selector"]

    assert text[position["start"] : position["end"]] == words["exact"] == record.quote
    assert f"{words['prefix']}{words['exact']}{words['suffix']}" in text


def test_character_beyond_16_bits_counts_once_and_not_as_the_two_units_of_a_browser() -> None:
    record = FactRecord(id="one", claim="It was built.", act="build", quote="built 🗼")
    text = "🇮🇹🇮🇹 was built 🗼 👩‍👧"

    (annotation,) = items_of(to_annotations(exchanged_of([record], document_of(text))))
    (_, position) = annotation["target"]["selector"]

    assert position == {"type": "TextPositionSelector", "start": 9, "end": 16}
    assert (len(utf16(text[:9])), len(utf16(text[:16]))) == (13, 21)


def test_annotation_of_a_fact_says_all_of_it() -> None:
    text = "Ada Lind said: “The lamp has not failed – in 40 years.” The lamp is old."
    document = document_of(text, url="https://a.example/orsa", language="en", published="2024-03-19", publisher="Orsa")
    record = FactRecord.model_validate(
        {
            "id": "lamp",
            "draft": True,
            "claim": "It has not failed.",
            "speakers": "lind",
            "attribution": "Ada Lind said",
            "antecedent": "The lamp is",
            "manner": "said",
            "act": "work",
            "themes": ["lamp"],
            "dimensions": {"plan": "sale"},
            "slots": {"duration": ["40 years"]},
            "quote": "has not failed – in 40 years",
            "phrasings": ["Does it work?"],
            "superseded_by": "later",
            "since": "2024-05-01",
        }
    )
    lind = NameRecord(id="lind", label="Ada Lind", kind="person", forms=("Lind",))
    sha256 = document.record.sha256

    made = to_annotations(exchanged_of([record], document, [lind]))

    def place(exact: str, prefix: str, suffix: str, start: int, fragment: str) -> dict[str, object]:
        return {
            "type": "SpecificResource",
            "source": "https://a.example/orsa",
            "state": {"type": "TimeState", "cached": text_name(sha256), "verbatim:sha256": sha256},
            "selector": [
                {"type": "TextQuoteSelector", "exact": exact, "prefix": prefix, "suffix": suffix},
                {"type": "TextPositionSelector", "start": start, "end": start + len(exact)},
                {
                    "type": "FragmentSelector",
                    "conformsTo": "https://wicg.github.io/scroll-to-text-fragment/",
                    "value": f":~:text={fragment}",
                },
            ],
            "verbatim:document": "orsa",
        }

    assert items_of(made) == [
        {
            "id": f"urn:verbatim:fact:{sha256}:lamp",
            "type": "Annotation",
            "motivation": "describing",
            "body": [
                {
                    "type": "TextualBody",
                    "value": "It has not failed.",
                    "format": "text/plain",
                    "language": "en",
                    "purpose": "describing",
                },
                {"type": "TextualBody", "value": "lamp", "purpose": "tagging"},
            ],
            "target": place(
                "has not failed – in 40 years",
                "Ada Lind said: “The lamp ",
                ".” The lamp is old.",
                25,
                "has%20not%20failed%20%E2%80%93%20in%2040%20years",
            ),
            "verbatim:fact": {
                "verbatim:id": "lamp",
                "verbatim:draft": True,
                "verbatim:speakers": [{"verbatim:id": "lind", "name": "Ada Lind"}],
                "verbatim:attribution": place(
                    "Ada Lind said", "", ": “The lamp has not failed – in ", 0, "Ada%20Lind%20said"
                ),
                "verbatim:antecedent": place(
                    "The lamp is", " has not failed – in 40 years.” ", " old.", 56, "The%20lamp%20is"
                ),
                "verbatim:manner": "said",
                "verbatim:act": "work",
                "verbatim:dimensions": [{"verbatim:dimension": "plan", "verbatim:value": "sale"}],
                "verbatim:slots": [{"verbatim:kind": "duration", "verbatim:words": ["40 years"]}],
                "verbatim:phrasings": ["Does it work?"],
                "verbatim:supersededBy": {"id": f"urn:verbatim:fact:{sha256}:later", "verbatim:id": "later"},
                "verbatim:since": "2024-05-01",
            },
        }
    ]
    assert made["verbatim:documents"] == [
        {
            "id": "https://a.example/orsa",
            "verbatim:document": "orsa",
            "verbatim:sha256": sha256,
            "language": "en",
            "dcterms:title": "The tower",
            "dcterms:publisher": "Orsa",
            "dcterms:issued": "2024-03-19",
        }
    ]


def test_document_without_address_is_named_by_what_it_holds_and_never_by_a_path() -> None:
    record = FactRecord(id="one", claim="It was built.", act="build", quote="built")
    document = document_of("hello built")

    made = to_annotations(exchanged_of([record], document))

    (annotation,) = items_of(made)
    assert annotation["target"]["source"] == text_name(document.record.sha256)
    assert len(annotation["target"]["selector"]) == 2


def test_name_of_a_text_is_that_of_the_standard() -> None:
    """Source: RFC 6920, section 8.1, names "Hello World!" so."""
    document = document_of("Hello World!")

    assert text_name(document.record.sha256) == "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"


def test_collection_of_nothing_has_no_page() -> None:
    made = to_annotations(Exchanged((document_of("x"),), (), {}))

    assert [error.message for error in DEMANDED.iter_errors(made)] == []
    assert (made["total"], read_annotations(json.dumps(made)).rows) == (0, ())


FOREIGN: dict[str, Any] = {
    "@context": "http://www.w3.org/ns/anno.jsonld",
    "id": "https://notes.example/1",
    "type": "Annotation",
    "body": {"type": "TextualBody", "value": "It was built.", "purpose": "commenting"},
    "target": {
        "source": "https://a.example/orsa#top",
        "selector": {
            "type": "XPathSelector",
            "value": "/p[2]",
            "refinedBy": {"type": "TextQuoteSelector", "exact": "was built"},
        },
    },
}
"""An annotation of another program."""


@pytest.mark.parametrize(
    "made",
    [
        FOREIGN,
        [FOREIGN],
        {"type": "AnnotationPage", "items": [FOREIGN]},
        {"type": "AnnotationCollection", "total": 1, "first": {"type": "AnnotationPage", "items": [FOREIGN]}},
        FOREIGN | {"type": ["Annotation"], "target": ["https://b.example/", FOREIGN["target"]]},
        FOREIGN | {"body": None, "bodyValue": "It was built."},
        FOREIGN | {"body": [{"type": "TextualBody", "value": "tower", "purpose": "replying"}, FOREIGN["body"]]},
    ],
)
def test_annotations_of_other_programs_are_read_by_their_words(made: object) -> None:
    rows = read_annotations(json.dumps(made))

    assert [(row.said, row.subject) for row in rows.rows] == [
        ({"claim": "It was built.", "quote": "was built"}, Subject(address="https://a.example/orsa"))
    ]


def test_tags_of_other_programs_are_themes_where_they_can_be() -> None:
    tags = [{"type": "TextualBody", "value": value, "purpose": "tagging"} for value in ("old-tower", "Not a slug", 7)]

    (row,) = read_annotations(json.dumps(FOREIGN | {"body": [FOREIGN["body"], *tags]})).rows

    assert row.said == {"claim": "It was built.", "quote": "was built", "themes": ["old-tower"]}


@pytest.mark.parametrize(
    ("annotation", "message"),
    [
        ({"type": "Note"}, "is no annotation"),
        (7, "is no annotation"),
        (FOREIGN | {"target": "https://a.example/"}, "no target has a TextQuoteSelector"),
        (FOREIGN | {"body": "https://a.example/"}, "no body says what it states"),
    ],
)
def test_annotation_that_makes_no_fact_is_told_and_the_others_are_read(annotation: object, message: str) -> None:
    rows = read_annotations(json.dumps([annotation, FOREIGN]))

    assert [(refused.place, refused.message) for refused in rows.refused] == [("annotation 1", message)]
    assert [row.place for row in rows.rows] == ["annotation 2"]
    assert all(isinstance(refused, Refused) and refused.mend for refused in rows.refused)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "is no JSON ("),
        ("[" * 100_000, "is nested too deeply; "),
        ("{}", "holds no annotations; compact it with the context http://www.w3.org/ns/anno.jsonld"),
        ('{"@graph": []}', "holds no annotations; "),
        ('{"first": {"items": [], "next": "x"}}', "has further pages; import each page by itself"),
        ('{"first": "https://a.example/1"}', "holds no annotations; "),
    ],
)
def test_json_without_annotations_is_refused_with_the_mend(text: str, told: str) -> None:
    with pytest.raises(NotExchanged) as refusal:
        read_rows(text.encode())

    assert str(refusal.value).startswith(told)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["Annotation", "tagging"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    *(
                        "type",
                        "body",
                        "target",
                        "selector",
                        "exact",
                        "value",
                        "purpose",
                        "state",
                        "source",
                        "refinedBy",
                    ),
                    *(
                        f"verbatim:{term}"
                        for term in ("fact", "id", "speakers", "slots", "supersededBy", "draft", "kind")
                    ),
                ]
            ),
            inner,
            max_size=6,
        )
    ),
    max_leaves=20,
)


def test_annotation_that_is_nested_too_deeply_is_refused_and_the_others_are_read() -> None:
    deep = '{"refinedBy": ' * 800 + "{}" + "}" * 800
    text = f'[{{"type": "Annotation", "bodyValue": "a", "target": {{"selector": {deep}}}}}, {json.dumps(FOREIGN)}]'

    rows = read_annotations(text)

    assert [(refused.place, refused.mend != "") for refused in rows.refused] == [("annotation 1", True)]
    assert [row.place for row in rows.rows] == ["annotation 2"]


@given(JSON)
def test_any_json_is_read_or_refused(made: object) -> None:
    rows = read_annotations(json.dumps([made]))

    assert len(rows.rows) + len(rows.refused) == 1

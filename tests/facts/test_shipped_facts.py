"""Every shipped record is true to its document."""

from pathlib import Path

import pytest

from knowledge.documents import Document
from knowledge.language.lexicon import load_lexicon
from knowledge.models import DimensionRecord, NameRecord
from knowledge.outcomes import Fact, Unsaid
from knowledge.proof.checking import check_base
from knowledge.proof.loading import Skipped, read_base

ROOT = Path(__file__).resolve().parents[2]
LOADED = read_base(ROOT / "seeds", ROOT / "knowledge" / "facts")
REPORT = check_base(ROOT / "seeds", ROOT / "knowledge" / "facts", load_lexicon().acts())
DOCUMENTS = {document.id: document for document in LOADED.documents}


def problems_of(record: str) -> list[str]:
    return [str(problem) for problem in REPORT.problems if problem.record == record]


def test_shipped_base_has_no_problems() -> None:
    assert [str(problem) for problem in REPORT.problems] == []


@pytest.mark.parametrize("document", LOADED.documents, ids=lambda document: document.id)
def test_document_is_covered_sentence_by_sentence(document: Document) -> None:
    coverage = next(covered for covered in REPORT.coverage if covered.document == document.id)

    assert [covered.sentence.text for covered in coverage.uncovered] == []
    assert len(coverage.sentences) == len(document.sentences) > 0


@pytest.mark.parametrize("fact", LOADED.facts, ids=lambda fact: fact.id)
def test_fact_is_true_to_its_document(fact: Fact) -> None:
    text = DOCUMENTS[fact.citation.document].text

    assert problems_of(f'fact "{fact.id}"') == []
    for citation in (fact.citation, fact.attribution) if fact.attribution else (fact.citation,):
        assert text[citation.start : citation.end] == citation.quote
        assert text.count(citation.quote) == 1
    assert LOADED.facts[fact.number] is fact


@pytest.mark.parametrize(("number", "unsaid"), list(enumerate(LOADED.unsaid, start=1)))
def test_what_is_unsaid_has_no_problem(number: int, unsaid: Unsaid) -> None:
    assert problems_of(f"unsaid {number}") == []
    assert unsaid.wordings


@pytest.mark.parametrize("skipped", LOADED.skipped, ids=lambda skipped: skipped.citation.quote)
def test_skipped_passage_stands_in_its_document_with_a_reason(skipped: Skipped) -> None:
    citation = skipped.citation

    assert DOCUMENTS[citation.document].text[citation.start : citation.end] == citation.quote
    assert skipped.reason


@pytest.mark.parametrize("name", LOADED.names.values(), ids=lambda name: name.id)
def test_name_has_no_problem(name: NameRecord) -> None:
    assert problems_of(f'name "{name.id}"') == []


@pytest.mark.parametrize("record", LOADED.dimensions, ids=lambda record: f"{record.dimension}-{record.value}")
def test_value_of_a_dimension_has_no_problem(record: DimensionRecord) -> None:
    assert problems_of(f'dimension "{record.dimension} = {record.value}"') == []

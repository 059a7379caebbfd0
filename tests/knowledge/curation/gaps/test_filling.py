"""What a curator writes because of a gap stands in the fact file, and the base is sound with it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.curation import NotWritten, file_of, save, save_all, with_drafts, with_phrasings, with_unsaid
from knowledge.outcomes import Abstention, Answer, Found
from knowledge.proof.records import read_fact_file

HARBOUR = Path(__file__).resolve().parents[3] / "bot" / "harbour"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A harbour that may be changed."""
    shutil.copytree(HARBOUR, tmp_path / "harbour")
    return tmp_path / "harbour"


def loaded(own: Path, *, drafts: bool = False) -> KnowledgeBase:
    return KnowledgeBase.load(own / "documents", own / "facts", drafts=drafts)


def saved(own: Path, path: Path, text: str) -> None:
    assert save(path, text, own / "documents", own / "facts") == ()


def sentence(base: KnowledgeBase, words: str) -> Found:
    return base.find(words, 1)[0]


def test_file_of_a_document_is_found_by_the_id_in_it(own: Path) -> None:
    assert file_of("harbour", own / "facts") == own / "facts" / "harbour.toml"


def test_document_without_a_fact_file_is_told(own: Path) -> None:
    with pytest.raises(NotWritten, match='no fact file of document "quay"'):
        file_of("quay", own / "facts")


def test_something_unsaid_is_declined_by_its_name_from_then_on(own: Path) -> None:
    path = own / "facts" / "ferry.toml"
    saved(own, path, with_unsaid(path, "age of the ferry", ["How old is the ferry?"], ["crossings-cancelled"]))

    outcome = loaded(own).ask("How old is the ferry?")

    assert isinstance(outcome, Abstention)
    assert outcome.about == "age of the ferry"


def test_wordings_are_added_to_what_is_known_to_be_unsaid(own: Path) -> None:
    path = own / "facts" / "harbour.toml"
    about = "what dock workers earn now"
    asked = ["how much do the dock workers earn", "docker salary", "Docker salary?"]
    saved(own, path, with_unsaid(path, about, asked, ()))

    (record,) = (filed.record for filed in read_fact_file(path).unsaid)
    assert record.wordings == (
        "How much do the dock workers earn?",
        "What is the wage of a dock worker?",
        "docker salary",
    )
    assert record.related == ("pay-rise-demanded",)


def test_phrasings_are_added_to_a_fact_and_comments_stay(own: Path) -> None:
    path = own / "facts" / "harbour.toml"
    saved(own, path, with_phrasings(path, "met-in-brena", ["rendezvous of the bosses and the union"]))

    assert path.read_text("utf-8").startswith("# An invented world")
    outcome = loaded(own).ask("rendezvous of the bosses and the union")
    assert isinstance(outcome, Answer)
    assert [cited.fact.id for cited in outcome.facts] == ["met-in-brena"]


def test_wordings_that_are_all_known_are_not_written(own: Path) -> None:
    path = own / "facts" / "harbour.toml"

    with pytest.raises(NotWritten, match='"met-in-brena" has all of these wordings already'):
        with_phrasings(path, "met-in-brena", ["where did the two sides meet"])


def test_unknown_fact_is_told(own: Path) -> None:
    path = own / "facts" / "harbour.toml"

    with pytest.raises(NotWritten, match='no fact "met-in-rome"'):
        with_phrasings(path, "met-in-rome", ["Where?"])


def test_words_that_make_no_record_are_told(own: Path) -> None:
    path = own / "facts" / "harbour.toml"

    with pytest.raises(NotWritten, match="cannot be written: about"):
        with_unsaid(path, " ", ["Where?"], ())


def test_draft_says_the_sentence_and_is_not_served(own: Path) -> None:
    found = sentence(loaded(own), "The two sides met in Brena on Tuesday.")
    asked = "Where was the rendezvous?"
    (name,), texts = with_drafts(found, own / "documents", own / "facts", [asked])
    assert save_all(texts, own / "documents", own / "facts") == ()

    assert loaded(own).fact(name) is None
    draft = loaded(own, drafts=True).fact(name)
    assert draft is not None
    assert (draft.act, draft.draft, draft.phrasings[0]) == ("meet", True, asked)
    ids = [filed.record.id for filed in read_fact_file(own / "facts" / "harbour.toml").facts]
    assert ids[2:4] == ["met-in-brena", name]


def test_drafts_bring_no_name_that_they_do_not_need(own: Path) -> None:
    found = sentence(loaded(own), "The two sides met in Brena on Tuesday.")
    _, texts = with_drafts(found, own / "documents", own / "facts", [])

    assert list(texts) == [own / "facts" / "harbour.toml"]

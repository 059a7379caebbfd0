"""Documents keep every character, and places in them are found again."""

import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.documents import Citation, Document, read_text
from knowledge.errors import DocumentError
from knowledge.models import DocumentRecord

TEXTS = st.text(alphabet=st.one_of(st.sampled_from(" \t\r\n.?!*#\"'«»。؟\u2028aB1é"), st.characters(codec="utf-8")))


def document(text: str) -> Document:
    return Document(DocumentRecord(id="d", title="A document", sha256="0" * 64), text)


def sentences(text: str) -> list[str]:
    return [sentence.text for sentence in document(text).sentences]


@given(TEXTS, st.integers(0, 200), st.integers(0, 200))
def test_citation_quotes_the_text_between_its_offsets(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))

    citation = document(text).cite(start, end)

    assert citation.quote == text[start:end]
    assert text.endswith(citation.prefix + citation.quote + citation.suffix + text[end + 32 :])


@given(TEXTS)
def test_paragraph_is_the_text_at_its_place_and_holds_no_end_of_line(text: str) -> None:
    for number, paragraph in enumerate(document(text).paragraphs, start=1):
        assert paragraph.text == text[paragraph.start : paragraph.end]
        assert paragraph.number == number
        assert not set(paragraph.text).intersection("\n\v\f\r\x85\u2028\u2029")


@given(TEXTS)
def test_every_letter_belongs_to_exactly_one_sentence_and_every_sentence_to_one_paragraph(text: str) -> None:
    read = document(text)

    assert "".join("".join(s.text.split()) for s in read.sentences) == "".join(text.split())
    for sentence in read.sentences:
        paragraph = read.paragraph_at(sentence.start)
        assert sentence.text == text[sentence.start : sentence.end] == sentence.text.strip()
        assert paragraph.start <= sentence.start < sentence.end <= paragraph.end


@given(TEXTS, st.text(min_size=1, max_size=3))
def test_quote_stands_wherever_it_is_found_and_nowhere_else(text: str, quote: str) -> None:
    assert document(text).find(quote) == tuple(at for at in range(len(text)) if text.startswith(quote, at))


def test_citation_keeps_the_words_around_it_and_its_paragraph() -> None:
    text = (
        "The tower stands.\n\nA keeper who had lived there for all his life left the tower in autumn, the report says."
    )

    assert document(text).cite_quote("left the tower") == Citation(
        document="d",
        start=65,
        end=79,
        quote="left the tower",
        prefix="who had lived there for all his life "[-32:],
        suffix=" in autumn, the report says.",
        paragraph=2,
    )


def test_quote_that_stands_twice_or_never_is_not_cited() -> None:
    assert document("the tower, the tower").cite_quote("the tower") is None
    assert document("the tower").cite_quote("the pier") is None
    assert document("the tower").cite_quote("") is None


def test_quote_found_in_itself_is_found_at_every_place() -> None:
    assert document("aaa").find("aa") == (0, 1)


def test_abbreviations_and_quoted_speech_do_not_end_a_sentence_too_early() -> None:
    assert sentences('Dr. Lind met U.S. officials. "We agree." He paid $3.5 million at 5 p.m. on Monday.') == [
        "Dr. Lind met U.S. officials.",
        '"We agree."',
        "He paid $3.5 million at 5 p.m. on Monday.",
    ]


def test_heading_is_one_sentence_whatever_stands_in_it() -> None:
    assert sentences("**Who? And why.**\nOne. Two.\n# What? When.") == [
        "**Who? And why.**",
        "One.",
        "Two.",
        "# What? When.",
    ]


def test_sentences_of_other_scripts_end_at_their_own_marks() -> None:
    assert sentences("他走了。「好！」她说。") == ["他走了。", "「好！」", "她说。"]
    assert sentences("هل وصل؟ نعم وصل.") == ["هل وصل؟", "نعم وصل."]


def test_paragraphs_end_where_any_system_ends_a_line() -> None:
    assert [p.text for p in document("one\r\n\r\ntwo\rthree\n \nfour\u2028five").paragraphs] == [
        "one",
        "two",
        "three",
        "four",
        "five",
    ]


def test_place_between_paragraphs_belongs_to_the_one_before() -> None:
    read = document("\none\n\ntwo\n")

    assert [read.paragraph_at(at).number for at in range(len(read.text))] == [1, 1, 1, 1, 1, 1, 2, 2, 2, 2]


def test_blank_document_is_one_paragraph_of_nothing() -> None:
    assert document(" \n").paragraphs == ()
    assert document(" \n").sentences == ()
    assert document(" \n").cite(0, 1).paragraph == 1


@given(text=st.text())
def test_text_is_read_without_changing_a_character(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("documents") / "d.txt"
    raw = text.encode()
    path.write_bytes(raw)

    assert read_text(path) == (text, hashlib.sha256(raw).hexdigest())


def test_document_that_is_not_there_is_named_with_its_mend(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match=r"d\.txt: cannot be read \(No such file or directory\); put the document"):
        read_text(tmp_path / "d.txt")


def test_document_that_is_not_text_is_named_with_the_byte_that_shows_it(tmp_path: Path) -> None:
    (tmp_path / "d.txt").write_bytes(b"caf\xe9")

    with pytest.raises(DocumentError, match=r"d\.txt: not UTF-8 text \(byte 3\); save it as UTF-8, then update sha256"):
        read_text(tmp_path / "d.txt")

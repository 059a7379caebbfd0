"""The rules by which results are judged, one by one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.curation import Judge, Kind, Labelled, Result, Verdict
from knowledge.documents import Citation
from tests.knowledge.curation.conftest import TEXTS, answer, cited, labelled

JUDGE = Judge(TEXTS)
CLOSED, HURT, SILENT = "The north gate was closed on Monday.", "Two guards were hurt.", "The mayor said nothing."
ABSTAINED, ASKED_BACK = Result(Kind.ABSTAIN), Result(Kind.CLARIFY)


def corrected(*citations: Citation) -> Result:
    return Result(Kind.CORRECTION, citations)


@pytest.mark.parametrize(
    ("question", "result", "verdict", "why"),
    [
        (labelled((CLOSED,)), answer(cited(CLOSED)), Verdict.CORRECT, ""),
        (labelled((CLOSED,)), corrected(cited(CLOSED)), Verdict.CORRECT, ""),
        (labelled((HURT, CLOSED)), answer(cited(CLOSED)), Verdict.CORRECT, ""),
        (labelled((CLOSED,)), answer(cited("north gate was closed")), Verdict.CORRECT, ""),
        (labelled(("closed",)), answer(cited(CLOSED)), Verdict.CORRECT, ""),
        (labelled((CLOSED,)), answer(cited(HURT)), Verdict.WRONG, f'does not cite "{CLOSED}"'),
        (labelled((CLOSED,), (HURT,)), answer(cited(CLOSED)), Verdict.WRONG, f'does not cite "{HURT}"'),
        (labelled((CLOSED,), (HURT,)), answer(cited(HURT), cited(CLOSED)), Verdict.CORRECT, ""),
        (labelled((CLOSED,)), answer(cited(HURT), cited(CLOSED)), Verdict.CORRECT, ""),
        (
            labelled((CLOSED,)),
            answer(cited(CLOSED), cited(HURT), cited(SILENT)),
            Verdict.WRONG,
            "only 1 of 3 citations bear on the question",
        ),
        (labelled((CLOSED,)), answer(), Verdict.WRONG, "cites nothing"),
        (
            labelled((CLOSED,), forbidden=(HURT,)),
            answer(cited(HURT), cited(CLOSED)),
            Verdict.WRONG,
            "cites first what it must not",
        ),
        (labelled((CLOSED,), forbidden=(HURT,)), answer(cited(CLOSED), cited(HURT)), Verdict.CORRECT, ""),
        (labelled((CLOSED,), forbidden=(CLOSED,)), answer(cited(CLOSED)), Verdict.CORRECT, ""),
        (labelled((CLOSED,)), ABSTAINED, Verdict.MISSED, "not answered"),
        (labelled((CLOSED,)), ASKED_BACK, Verdict.MISSED, "asked back instead of answered"),
        (labelled((CLOSED,), note="hard; [abstain_ok]"), ABSTAINED, Verdict.HELD, ""),
        (labelled(), ABSTAINED, Verdict.HELD, ""),
        (labelled(), ASKED_BACK, Verdict.HELD, ""),
        (labelled(), answer(cited(CLOSED)), Verdict.FALSE, "answered, though the documents do not say"),
        (labelled(), corrected(cited(CLOSED)), Verdict.FALSE, "corrected, though the documents do not say"),
        (labelled(note="[correction_ok]"), corrected(cited(CLOSED)), Verdict.HELD, ""),
        (
            labelled(note="[correction_ok]"),
            answer(cited(CLOSED)),
            Verdict.FALSE,
            "answered, though the documents do not say",
        ),
    ],
)
def test_result_is_judged(question: Labelled, result: Result, verdict: Verdict, why: str) -> None:
    assert JUDGE.verdict(question, result) == (verdict, why)


def test_citation_counts_in_its_own_document_only() -> None:
    question = labelled(("The south gate stayed open.",))

    assert JUDGE.verdict(question, answer(cited("The south gate stayed open.", "south")))[0] is Verdict.CORRECT
    assert JUDGE.verdict(question, answer(cited("The north gate")))[0] is Verdict.WRONG


def test_quote_that_stands_in_two_documents_is_cited_by_either() -> None:
    for document in TEXTS:
        assert JUDGE.verdict(labelled((SILENT,)), answer(cited(SILENT, document)))[0] is Verdict.CORRECT


@pytest.mark.parametrize(
    "citation",
    [
        Citation("north", 0, 3, "Thé", "", "", 1),
        Citation("east", 0, 3, "The", "", "", 1),
        Citation("north", 5, 5, "", "", "", 1),
        Citation("long", 0, 451, "x" * 451, "", "", 1),
    ],
    ids=["other words", "no such document", "empty", "too long"],
)
def test_citation_that_does_not_count_spoils_the_answer(citation: Citation) -> None:
    judge = Judge({**TEXTS, "long": "x" * 1000})

    assert judge.verdict(labelled((CLOSED,)), answer(cited(CLOSED), citation)) == (
        Verdict.WRONG,
        "cites what is not the document's own text, or is too long",
    )


@pytest.mark.parametrize(
    ("start", "end", "touches"),
    [(3, 9, True), (4, 10, False), (5, 6, True), (6, 10, False)],
)
def test_citation_touches_with_half_of_the_shorter_quote(start: int, end: int, touches: bool) -> None:
    text = "abcdefghij"
    citation = Citation("letters", start, end, text[start:end], "", "", 1)

    assert Judge({"letters": text}).is_cited_by(citation, [("letters", 0, 6)]) is touches


@given(
    answerable=st.booleans(),
    kind=st.sampled_from(Kind),
    quotes=st.lists(st.sampled_from((CLOSED, HURT, SILENT)), max_size=4),
    note=st.sampled_from(("", "[abstain_ok]", "[correction_ok]")),
)
def test_verdict_fits_what_the_documents_say(answerable: bool, kind: Kind, quotes: list[str], note: str) -> None:
    question = labelled((CLOSED,), note=note) if answerable else labelled(note=note)
    result = Result(kind, tuple(map(cited, quotes)))

    verdict, why = JUDGE.verdict(question, result)

    allowed = (
        {Verdict.CORRECT, Verdict.WRONG, Verdict.MISSED, Verdict.HELD} if answerable else {Verdict.HELD, Verdict.FALSE}
    )
    assert verdict in allowed
    assert bool(why) is (verdict in {Verdict.WRONG, Verdict.MISSED, Verdict.FALSE})

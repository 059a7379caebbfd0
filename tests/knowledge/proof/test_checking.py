"""Every way in which a base can be broken is found, named and mended; a sound base has no problems.

Each folder of `tests/cases/invalid` is a small base, broken in one way, with the problems that must be found in its
`expected.txt`, one a line; each folder of `tests/cases/valid` is a sound one. A new case is a new folder.
"""

import shutil
from pathlib import Path

import pytest

from knowledge.base import KnowledgeBase
from knowledge.documents import Passage
from knowledge.errors import InvalidBase
from knowledge.outcomes import Abstention
from knowledge.problems import Problem, shown
from knowledge.proof.checking import DocumentCoverage, Report, SentenceCoverage, SentenceState, check_base
from knowledge.rules import RULES, Severity

CASES = Path(__file__).resolve().parents[2] / "cases"
VALID = sorted((CASES / "valid").iterdir())
INVALID = sorted((CASES / "invalid").iterdir())
ACTS = frozenset({"build", "reject", "work"})


def check(case: Path) -> Report:
    return check_base(case / "documents", case / "facts", ACTS)


def test_there_are_cases() -> None:
    assert len(VALID) >= 3
    assert len(INVALID) >= 45


@pytest.mark.parametrize("case", VALID, ids=lambda case: case.name)
def test_sound_base_has_no_problems(case: Path) -> None:
    assert check(case).problems == ()


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.name)
def test_broken_base_has_exactly_the_problems_that_break_it(case: Path) -> None:
    expected = (case / "expected.txt").read_text(encoding="utf-8").splitlines()

    assert [str(problem).replace(f"{case}/", "") for problem in check(case).problems] == expected


@pytest.mark.parametrize("case", INVALID, ids=lambda case: case.name)
def test_what_keeps_a_base_from_loading_is_an_error_and_no_warning(case: Path) -> None:
    report = check(case)

    assert {str(problem.severity) for problem in report.problems} == {"error"}
    assert report.warnings == ()


def test_every_rule_for_errors_has_a_case() -> None:
    broken = {problem.rule for case in INVALID for problem in check(case).problems}

    assert broken == {rule.id for rule in RULES.values() if rule.severity == Severity.ERROR}


def test_coverage_tells_what_has_become_of_every_sentence() -> None:
    orsa = check(CASES / "invalid" / "sentence_uncovered").coverage[0]

    assert orsa == DocumentCoverage(
        "orsa",
        "The tower at Cape Orsa",
        (
            SentenceCoverage(
                Passage("The tower at Cape Orsa was built in 1874 by the Norre family.", 0, 61, 1),
                1,
                ("built-in-1874", "built-by-norre"),
                None,
            ),
            SentenceCoverage(
                Passage("Engineer Ada Lind said the lamp of the tower had not failed in 40 years.", 62, 134, 2),
                1,
                ("lamp-has-not-failed",),
                None,
            ),
            SentenceCoverage(
                Passage("The harbour council rejected a plan to sell the tower for 31,000 crowns.", 136, 208, 3),
                2,
                (),
                None,
            ),
        ),
    )
    assert [sentence.sentence.number for sentence in orsa.uncovered] == [3]


def test_skipped_sentence_is_covered_by_its_reason() -> None:
    mole = check(CASES / "valid" / "two_documents_in_two_languages").coverage[0]

    assert [(sentence.facts, sentence.skipped) for sentence in mole.sentences] == [
        ((), "heading"),
        (("pier-built-in-1901",), None),
        (("pier-cost-12500",), None),
    ]
    assert mole.uncovered == ()


def test_draft_beside_a_reviewed_fact_is_told_and_leaves_the_sentence_reviewed() -> None:
    (orsa,) = check(CASES / "valid" / "drafts_revisions_and_originals").coverage

    assert [(sentence.state, sentence.facts, sentence.drafts) for sentence in orsa.sentences] == [
        (SentenceState.REVIEWED, ("built-in-1874", "built-by-norre"), ("built-by-norre",)),
        (SentenceState.REVIEWED, ("lamp-has-not-failed",), ()),
        (SentenceState.REVIEWED, ("council-rejected-sale",), ()),
    ]


def drafts_of(case: Path, *facts: str) -> Report:
    """Return the report on the tower when some of its facts are drafts."""
    path = case / "facts" / "orsa.toml"
    text = path.read_text("utf-8")
    for fact in facts:
        assert f'id = "{fact}"' in text
        text = text.replace(f'id = "{fact}"', f'id = "{fact}"\ndraft = true')
    path.write_text(text, "utf-8")
    return check(case)


def test_sentence_that_only_drafts_quote_is_work_left_and_no_problem(tmp_path: Path) -> None:
    shutil.copytree(CASES / "valid" / "three_sentences", tmp_path / "case")
    report = drafts_of(tmp_path / "case", "lamp-has-not-failed")
    (orsa,) = report.coverage

    assert (report.problems, report.in_work) == ((), frozenset())
    assert [sentence.sentence.number for sentence in orsa.drafted] == [2]
    assert orsa.uncovered == ()


def test_document_of_which_every_fact_is_a_draft_is_in_work(tmp_path: Path) -> None:
    shutil.copytree(CASES / "valid" / "three_sentences", tmp_path / "case")
    before = check(tmp_path / "case")
    report = drafts_of(tmp_path / "case", *(fact for each in before.coverage[0].sentences for fact in each.facts))

    assert (report.problems, report.in_work) == ((), frozenset({"orsa"}))


def test_base_has_documents_in_work_with_their_drafts_only(tmp_path: Path) -> None:
    case = without_facts(tmp_path)
    gate = case / "facts" / "gate.toml"
    gate.write_text(gate.read_text("utf-8").replace('act = "work"', 'act = "open"'), "utf-8")
    facts = CASES / "valid" / "three_sentences" / "facts"
    shutil.copy(facts / "names.toml", case / "facts")
    orsa = (facts / "orsa.toml").read_text("utf-8").replace('act = "work"', 'act = "open"')
    (case / "facts" / "orsa.toml").write_text(orsa.replace("[[fact]]", "[[fact]]\ndraft = true"), "utf-8")

    without = KnowledgeBase.load(case / "documents", case / "facts")
    with_drafts = KnowledgeBase.load(case / "documents", case / "facts", drafts=True)

    assert [document.id for document in without.documents] == ["gate"]
    assert [document.id for document in with_drafts.documents] == ["gate", "orsa"]


def test_report_is_plain_json() -> None:
    case = CASES / "valid" / "without_names"

    assert check(case).as_json() == {
        "problems": [],
        "warnings": [],
        "documents": [
            {
                "id": "gate",
                "title": "The gate",
                "in_work": False,
                "uncovered": 0,
                "drafted": 0,
                "sentences": [
                    {
                        "number": 1,
                        "paragraph": 1,
                        "start": 0,
                        "end": 24,
                        "text": "The gate opened in 1990.",
                        "state": "reviewed",
                        "facts": ["gate-opened"],
                        "drafts": [],
                        "skipped": None,
                    }
                ],
            }
        ],
    }


def test_problem_of_a_report_keeps_its_parts_apart() -> None:
    case = CASES / "invalid" / "attribution_without_speakers"

    assert check(case).as_json()["problems"] == [
        {
            "file": f"{case}/facts/orsa.toml",
            "record": 'fact "lamp-has-not-failed"',
            "message": "attribution without speakers",
            "mend": "name who is speaking there, as speakers",
            "rule": "speaker-unproven",
            "severity": "error",
            "line": 23,
            "column": 1,
            "others": [],
        }
    ]


def test_problem_names_the_file_the_record_and_the_mend() -> None:
    assert str(Problem("facts/x.toml", 'fact "a"', "quote found 2 times", "lengthen it")) == (
        'facts/x.toml: fact "a": quote found 2 times; lengthen it'
    )
    assert str(Problem("facts/x.toml", "", "empty", "delete it")) == "facts/x.toml: empty; delete it"


def test_text_in_a_message_stays_one_readable_line() -> None:
    assert shown("one\ntwo\x00") == '"one␤two␤"'
    assert shown("a" * 200) == f'"{"a" * 120}…"'


def test_invalid_base_carries_and_shows_every_problem() -> None:
    problems = check(CASES / "invalid" / "part_of_circular").problems

    error = InvalidBase(problems)

    assert error.problems == problems
    assert str(error) == f"the base has 2 problems:\n  {problems[0]}\n  {problems[1]}"


# Documents in work ----------------------------------------------------------------------------------------------------


def without_facts(tmp_path: Path) -> Path:
    """Return a base with a document of which nobody has written anything yet, beside a finished one."""
    case = tmp_path / "case"
    shutil.copytree(CASES / "valid" / "without_names", case)
    shutil.copy(CASES / "valid" / "three_sentences" / "documents" / "orsa.txt", case / "documents")
    orsa = (CASES / "valid" / "three_sentences" / "facts" / "orsa.toml").read_text("utf-8")
    (case / "facts" / "orsa.toml").write_text(orsa.partition("[[")[0], "utf-8")
    return case


def test_document_without_any_record_is_in_work_and_no_problem(tmp_path: Path) -> None:
    report = check(without_facts(tmp_path))

    assert (report.problems, report.in_work) == ((), frozenset({"orsa"}))
    assert [(covered.document, len(covered.uncovered)) for covered in report.coverage] == [("gate", 0), ("orsa", 3)]


def test_document_that_was_begun_and_is_not_finished_has_problems() -> None:
    report = check(CASES / "invalid" / "sentence_uncovered")

    assert (len(report.problems), report.in_work) == (1, frozenset())


def test_base_is_loaded_without_documents_in_work(tmp_path: Path) -> None:
    case = without_facts(tmp_path)
    gate = case / "facts" / "gate.toml"
    gate.write_text(gate.read_text("utf-8").replace('act = "work"', 'act = "open"'), "utf-8")

    base = KnowledgeBase.load(case / "documents", case / "facts")

    assert [document.id for document in base.documents] == ["gate"]
    assert base.find("the tower at Cape Orsa") == ()


def test_base_of_documents_in_work_alone_answers_nothing(tmp_path: Path) -> None:
    case = without_facts(tmp_path)
    (case / "facts" / "gate.toml").unlink()
    (case / "documents" / "gate.txt").unlink()

    base = KnowledgeBase.load(case / "documents", case / "facts")

    assert (base.documents, base.facts) == ((), ())
    assert isinstance(base.ask("When was the tower built?"), Abstention)

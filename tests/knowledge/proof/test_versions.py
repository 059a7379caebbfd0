"""What is said now is answered, and what it replaced told; what was said before is found by asking for it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from knowledge import Abstention, Answer, Conversation, Correction, KnowledgeBase, Outcome, facts_of, recalling
from knowledge.curation import Shelf
from knowledge.curation.examining.colliding import reached
from knowledge.problems import Problem
from knowledge.proof.checking import check_base
from knowledge.proof.versions import UNREVISED
from tests.observatory import ROAD, in_july, loaded, observatory, reviewed, revised


@pytest.fixture(scope="module")
def july(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return loaded(in_july(tmp_path_factory.mktemp("july")))


def shown(outcome: Outcome) -> list[str]:
    return [cited.fact.id for cited in facts_of(outcome)]


def said(base: KnowledgeBase, turns: Sequence[str]) -> Outcome:
    """Return the outcome of the last of several turns."""
    conversation = Conversation()
    for turn in turns:
        outcome = base.ask(turn, conversation)
        conversation = conversation.after(outcome)
    return outcome


def replaced(outcome: Outcome) -> list[tuple[str, str, str]]:
    return [(one.earlier.id, one.later.id, one.since) for one in outcome.successions]


# Answers --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question",
    ["When will the dome reopen?", "In which month does the dome open again?", "Will the dome reopen in June?"],
)
def test_answer_is_what_is_said_now_and_tells_what_it_replaced_and_since_when(
    july: KnowledgeBase, question: str
) -> None:
    outcome = july.ask(question)

    assert shown(outcome) == ["dome-reopens-v3"]
    assert replaced(outcome) == [("dome-reopens", "dome-reopens-v3", "2024-05-02")]


def test_fact_that_says_the_same_again_is_told_once_and_replaced_nothing(july: KnowledgeBase) -> None:
    outcome = july.ask("Where was the motor ordered?")

    assert (shown(outcome), replaced(outcome)) == (["motor-from-lund-v3"], [])


def test_words_that_only_the_earlier_fact_was_asked_by_lead_to_the_newest(tmp_path: Path) -> None:
    shelf = observatory(tmp_path)
    march = shelf.facts / "dome-march.toml"
    march.write_text(march.read_text("utf-8").replace('"Who painted the stairs?"', '"Whose handiwork are the steps?"'))
    may, _ = revised(shelf, "dome-may", "dome-march", "2024-05-02")
    new = ROAD.replace('id = "road-closed-in-july"', 'id = "road-closed-in-july"\nsupersedes = "pupils-painted-stairs"')
    reviewed(may, "dome-may", new)

    outcome = loaded(may).ask("Whose handiwork are the steps?")

    assert shown(outcome) == ["road-closed-in-july"]
    assert replaced(outcome) == [("pupils-painted-stairs", "road-closed-in-july", "2024-05-02")]


def test_day_of_the_fact_goes_before_that_of_its_document(tmp_path: Path) -> None:
    shelf, _ = revised(observatory(tmp_path), "dome-may", "dome-march", "")
    path = shelf.facts / "dome-may.toml"
    path.write_text(
        path.read_text("utf-8").replace(
            'supersedes = "dome-reopens"', 'supersedes = "dome-reopens"\nsince = "2024-04-20"'
        )
    )
    reviewed(shelf, "dome-may", ROAD)
    base = loaded(shelf)

    assert replaced(base.ask("When will the dome reopen?")) == [("dome-reopens", "dome-reopens-v2", "2024-04-20")]
    assert ("motor-cost", "motor-cost-v2", "") in replaced(base.ask("How much does the new motor cost?"))


def test_superseded_fact_is_none_that_is_answered_with_and_can_still_be_read(july: KnowledgeBase) -> None:
    assert "dome-reopens" not in {fact.id for fact in july.facts}
    assert july.fact("dome-reopens") in july.superseded
    assert [fact.number for fact in july.every_fact] == list(range(len(july.every_fact)))


def test_suggestion_of_a_superseded_fact_leads_to_the_newest(july: KnowledgeBase) -> None:
    earliest = july.fact("motor-cost")
    assert earliest is not None

    outcome = july.tell([earliest], "What did the motor cost?")

    assert shown(outcome)[0] == "motor-cost-v3"


def test_fact_of_an_earlier_version_alone_is_told_as_such(july: KnowledgeBase) -> None:
    outcome = july.ask("Who painted the stairs?")

    assert shown(outcome) == ["pupils-painted-stairs"]
    assert [(one.fact.id, one.document) for one in outcome.withdrawn] == [("pupils-painted-stairs", "dome-july")]


def test_gap_of_the_newest_version_alone_counts(july: KnowledgeBase) -> None:
    assert [(gap.about, gap.document, gap.related) for gap in july.unsaid] == [
        ("what a visit costs", "dome-july", ("telescope-on-fridays-v3",))
    ]
    outcome = july.ask("What does a ticket cost?")
    assert isinstance(outcome, Abstention)
    assert outcome.about == "what a visit costs"


def test_revision_with_a_sentence_left_to_cover_is_in_work_and_the_version_before_it_answers(tmp_path: Path) -> None:
    shelf, _ = revised(observatory(tmp_path), "dome-may", "dome-march", "2024-05-02")

    base = loaded(shelf)

    assert [document.id for document in base.documents] == ["dome-march", "gazette", "leaflet"]
    outcome = base.ask("Where was the motor ordered?")
    assert (shown(outcome), outcome.successions, outcome.withdrawn) == (["motor-from-lund"], (), ())


def test_draft_supersedes_nothing_until_it_is_reviewed(tmp_path: Path) -> None:
    shelf, _ = revised(observatory(tmp_path), "dome-may", "dome-march", "2024-05-02")
    path = shelf.facts / "dome-may.toml"
    path.write_text(path.read_text("utf-8") + ROAD)

    waiting = loaded(shelf).ask("When will the dome reopen?")
    reviewed(shelf, "dome-may")

    assert (shown(waiting), replaced(waiting)) == (["dome-reopens"], [])
    assert shown(loaded(shelf).ask("When will the dome reopen?")) == ["dome-reopens-v2"]


# Follow-ups -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        "what did they say before?",
        "and before?",
        "what was it before that?",
        "and earlier?",
        "What did the earlier version say?",
        "has that changed?",
        "what was said previously?",
        "what did the society say originally?",
        "what did the old document say?",
        "was it always so?",
        "what did it replace?",
    ],
)
def test_follow_up_for_what_was_said_before_is_answered_from_the_earlier_document(
    july: KnowledgeBase, asked: str
) -> None:
    outcome = said(july, ["When will the dome reopen?", asked])

    assert isinstance(outcome, Answer)
    assert [(cited.fact.id, cited.citations[0].document) for cited in outcome.facts] == [("dome-reopens", "dome-march")]
    assert replaced(outcome) == [("dome-reopens", "dome-reopens-v2", "2024-05-02")]


def test_each_further_follow_up_goes_one_version_back_and_the_first_has_nothing_before(july: KnowledgeBase) -> None:
    turns = ["What will the motor cost?", "what was it before?", "and before that?", "and earlier?"]

    assert [shown(said(july, turns[:many]))[:1] for many in (1, 2, 3)] == [
        ["motor-cost-v3"],
        ["motor-cost-v2"],
        ["motor-cost"],
    ]
    last = said(july, turns)
    assert isinstance(last, Abstention)
    assert (last.about, last.nearest) == ("anything before this", ())


@pytest.mark.parametrize("asked", ["and now?", "is that still so?", "what does the latest version say?"])
def test_of_an_earlier_version_one_may_ask_for_what_is_said_now(july: KnowledgeBase, asked: str) -> None:
    outcome = said(july, ["When will the dome reopen?", "and before?", asked])

    assert shown(outcome) == ["dome-reopens-v3"]


def test_who_said_so_is_told_of_an_earlier_version_too(july: KnowledgeBase) -> None:
    outcome = said(july, ["What will the motor cost?", "what was it before?", "who said that?"])

    assert shown(outcome) == ["motor-cost-v2"]
    assert facts_of(outcome)[0].citations[0].quote == "Treasurer Odile Marsh said"


def test_what_has_not_changed_is_told_as_said_again(july: KnowledgeBase) -> None:
    outcome = said(july, ["Where was the motor ordered?", "has that changed?"])

    assert shown(outcome) == ["motor-from-lund-v2"]
    assert [(one.later.id, one.changed) for one in outcome.successions] == [("motor-from-lund-v3", False)]


def test_what_stands_in_an_earlier_version_alone_is_told_so_again(july: KnowledgeBase) -> None:
    outcome = said(july, ["Who painted the stairs?", "has that changed?"])

    assert (shown(outcome), [one.document for one in outcome.withdrawn]) == (["pupils-painted-stairs"], ["dome-july"])


def test_follow_up_with_a_topic_of_its_own_asks_for_that_topic(july: KnowledgeBase) -> None:
    outcome = said(july, ["When will the dome reopen?", "what did the warden write down before?"])

    assert shown(outcome) == ["warden-keeps-logbook-v3"]


def test_follow_up_where_nothing_was_replaced_is_declined(july: KnowledgeBase) -> None:
    outcome = said(july, ["How many birches will be planted?", "what did they say before?"])

    assert isinstance(outcome, Abstention)


def test_base_that_recalls_what_it_has_worked_out_tells_the_same(july: KnowledgeBase) -> None:
    turns = ["What will the motor cost?", "what was it before?"]

    assert said(recalling(july), turns) == said(july, turns)


# Documents that do not agree ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "question", ["How many birches will be planted?", "What number of birches does the society plant?"]
)
def test_answer_of_one_document_gives_what_another_says_too(july: KnowledgeBase, question: str) -> None:
    outcome = july.ask(question)

    assert isinstance(outcome, Answer)
    assert sorted(shown(outcome)) == ["gazette-birches", "leaflet-birches"]
    assert [{one.id, other.id} for one, other in outcome.disagreements] == [{"gazette-birches", "leaflet-birches"}]


def test_question_that_supposes_what_one_of_two_documents_says_is_not_corrected_by_the_other(
    july: KnowledgeBase,
) -> None:
    for number in ("30", "45"):
        outcome = july.ask(f"Will the society plant {number} birches?")

        assert isinstance(outcome, Answer)
        assert sorted(shown(outcome)) == ["gazette-birches", "leaflet-birches"]


def test_question_that_supposes_what_no_document_says_is_corrected_by_both(july: KnowledgeBase) -> None:
    outcome = july.ask("Will the society plant 80 birches?")

    assert isinstance(outcome, Correction)
    assert sorted(shown(outcome)) == ["gazette-birches", "leaflet-birches"]


def test_versions_of_one_document_do_not_disagree(july: KnowledgeBase) -> None:
    every = {
        fact for key, several in july.scales.versions.rivals.items() for fact in (key, *(one.id for one in several))
    }

    assert every == {"gazette-birches", "leaflet-birches", "gazette-motor-cost", "motor-cost-v3"}


def test_facts_that_are_shown_together_because_they_disagree_are_not_confused(july: KnowledgeBase) -> None:
    rivals = [fact for fact in july.facts if fact.id in {"gazette-birches", "leaflet-birches"}]

    assert [(reach.found, reach.shared) for reach in reached(july.ask, rivals)] == [(3, {}), (2, {})]


def test_draft_disagrees_with_nobody(tmp_path: Path) -> None:
    shelf = observatory(tmp_path)
    path = shelf.facts / "leaflet.toml"
    path.write_text(path.read_text("utf-8").replace('id = "leaflet-birches"', 'id = "leaflet-birches"\ndraft = true'))

    base = loaded(shelf, drafts=True)

    assert "leaflet-birches" not in base.scales.versions.rivals
    assert base.ask("How many birches will be planted?").disagreements == ()


def test_base_of_one_document_has_no_versions() -> None:
    base = KnowledgeBase.load()

    assert (bool(base.scales.versions), bool(UNREVISED), base.superseded) == (False, False, ())


# Proof ----------------------------------------------------------------------------------------------------------------


def broken(shelf: Shelf, fact: str, line: str) -> list[str]:
    """Return what is wrong with the base when a line is added to one of its facts."""
    for path in shelf.facts.glob("*.toml"):
        path.write_text(path.read_text("utf-8").replace(f'id = "{fact}"\n', f'id = "{fact}"\n{line}\n'), "utf-8")
    return [problem.message for problem in check_base(shelf.documents, shelf.facts).problems]


@pytest.mark.parametrize(
    ("fact", "line", "problem"),
    [
        ("gazette-birches", 'supersedes = "nobody"', 'supersedes "nobody" is unknown'),
        ("gazette-birches", 'supersedes = "gazette-birches"', "supersedes leads back to the fact itself"),
        (
            "gazette-birches",
            'supersedes = "leaflet-birches"\nsuperseded_by = "leaflet-birches"',
            "superseded_by leads back to the fact itself",
        ),
    ],
)
def test_succession_that_is_broken_is_a_problem(tmp_path: Path, fact: str, line: str, problem: str) -> None:
    assert problem in broken(observatory(tmp_path), fact, line)


def test_two_facts_that_supersede_one_are_a_problem(tmp_path: Path) -> None:
    shelf = observatory(tmp_path)
    broken(shelf, "gazette-birches", 'supersedes = "second-rod"')

    assert broken(shelf, "leaflet-birches", 'supersedes = "second-rod"') == [
        'supersedes "second-rod", which "gazette-birches" has superseded already'
    ]


def test_question_may_stand_at_a_fact_and_at_what_it_supersedes_and_nowhere_else(tmp_path: Path) -> None:
    shelf = observatory(tmp_path)
    path = shelf.facts / "leaflet.toml"
    text = path.read_text("utf-8")
    asked = '"How many birches will be planted?", "What number'

    path.write_text(text.replace('"What number', asked))
    twice = [problem.message for problem in _problems(shelf)]
    path.write_text(text.replace('"What number', asked).replace("themes", 'supersedes = "gazette-birches"\nthemes', 1))

    assert twice == ['question "How many birches will be planted?" stands at fact "gazette-birches" already']
    assert _problems(shelf) == ()


def _problems(shelf: Shelf) -> tuple[Problem, ...]:

    return check_base(shelf.documents, shelf.facts).problems

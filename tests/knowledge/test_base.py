"""The one door: whatever is asked comes to an outcome that can be proven, and the same one every time."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.base import SHIPPED_DOCUMENTS, SHIPPED_FACTS, KnowledgeBase
from knowledge.errors import InvalidBase
from knowledge.message.dialogue import Conversation, Turn
from knowledge.outcomes import Answer, Correction, Outcome, citations_of, facts_of
from tests.knowledge.conftest import ANY_TEXT, HARBOUR, MESSAGES, Library, shown

CASES = Path(__file__).resolve().parents[1] / "cases"

QUESTIONS = (
    *(
        "what did Hamas demand?",
        "What did Tel Aviv reject?",
        "Did Tel Aviv accept the selection of names?",
        "hello",
        "",
    ),
    *(
        "How old is David Barnea?",
        "Who leads the Israeli negotiating team and where did it meet?",
        "What did Iran say?",
    ),
    *("who says that disagreements persist?", "Compare the US proposal with Hamas's response", "qwzx", "why?"),
)


def with_parts(outcome: Outcome) -> tuple[Outcome, ...]:
    return (outcome, *outcome.parts)


def unproven(base: KnowledgeBase, outcome: Outcome) -> list[str]:
    """Return the quotes of an outcome that do not stand in their document where they are said to."""
    texts = {document.id: document.text for document in base.documents}
    return [
        citation.quote
        for part in with_parts(outcome)
        for citation in citations_of(part)
        if texts[citation.document][citation.start : citation.end] != citation.quote
    ]


@given(message=ANY_TEXT | MESSAGES)
@example("\ud800")
@example("\u202eWhat did Hamas demand?\u2066")
@example("ما الذي طلبته حماس؟ " * 20)
@example("W\u200bh\u200ba\u200bt did Ha\u0301mas dema\u0336nd?" * 5)
@example("What did Hamas demand? " * 217)
@example("hamasisraelgaza" * 333)
@example("(((((" * 1000)
@example("1,000 " * 833)
@example("Did Hamas demand more than " + "9" * 5000)
@settings(deadline=None, max_examples=150)
def test_any_message_comes_to_an_outcome_whose_every_citation_stands_in_its_document(
    library: Library, message: str
) -> None:
    outcome = library.base.ask(message)

    assert unproven(library.base, outcome) == []
    assert all(part.facts for part in with_parts(outcome) if isinstance(part, Answer | Correction))
    assert [fact for fact in outcome.nearest if fact not in library.base.facts] == []


@given(messages=st.lists(MESSAGES | st.sampled_from(QUESTIONS), min_size=1, max_size=5))
@settings(deadline=None, max_examples=40)
def test_any_conversation_comes_to_the_same_outcomes_twice(library: Library, messages: list[str]) -> None:
    def outcomes() -> list[Outcome]:
        said: list[Outcome] = []
        conversation = Conversation()
        for message in messages:
            said.append(library.base.ask(message, conversation))
            conversation = conversation.after(said[-1])
        return said

    first = outcomes()
    assert first == outcomes()
    assert [quote for outcome in first for quote in unproven(library.base, outcome)] == []


@given(read_as=ANY_TEXT, fact=ANY_TEXT, message=st.sampled_from(["and Israel?", "why?", "who says so?", "any others?"]))
@settings(deadline=None, max_examples=40)
def test_conversation_that_was_stored_with_anything_in_it_is_no_error(
    library: Library, read_as: str, fact: str, message: str
) -> None:
    outcome = library.base.ask(message, Conversation((Turn(read_as, (fact,)),)))

    assert unproven(library.base, outcome) == []


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_of_a_kind_is_proven_by_the_document(base: KnowledgeBase, question: str) -> None:
    assert unproven(base, base.ask(question)) == []


def test_every_fact_can_be_proven_with_all_its_citations(base: KnowledgeBase) -> None:
    texts = {document.id: document.text for document in base.documents}
    citations = [
        citation
        for fact in base.facts
        for citation in (fact.citation, fact.attribution, fact.antecedent)
        if citation is not None
    ]

    assert [cited.quote for cited in citations if texts[cited.document][cited.start : cited.end] != cited.quote] == []


def test_every_fact_is_proposed_for_its_own_phrasings(base: KnowledgeBase) -> None:
    lost = [
        (fact.id, phrasing)
        for fact in base.facts
        for phrasing in fact.phrasings[::8]
        if not any(
            fact in [weighed.fact for weighed in base.scales.weigh(question).facts]
            for question in base.scales.reader.questions(phrasing)
        )
    ]

    assert lost == []


def test_every_fact_is_shown_for_some_of_its_own_phrasings_and_nearly_all_are_for_nearly_all(
    base: KnowledgeBase,
) -> None:
    asked = {fact.id: fact.phrasings[::9] for fact in base.facts}
    found = {fact: [fact in shown(base.ask(phrasing)) for phrasing in phrasings] for fact, phrasings in asked.items()}
    every = [hit for hits in found.values() for hit in hits]

    assert [fact for fact, hits in found.items() if not any(hits)] == []
    assert sum(every) / len(every) >= 0.85


def test_what_is_unsaid_is_hardly_ever_answered_when_it_is_asked_for_in_its_own_words(base: KnowledgeBase) -> None:
    answered = [gap.about for gap in base.unsaid if isinstance(base.ask(gap.wordings[0]), Answer)]

    assert len(answered) / len(base.unsaid) <= 0.15


# Kept bases ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("question", QUESTIONS)
def test_base_that_was_kept_answers_as_the_made_one(
    made_and_kept: tuple[KnowledgeBase, KnowledgeBase], question: str
) -> None:
    made, kept = made_and_kept
    follow_ups = ("and Israel?", "who says so?", "any others?")
    conversation = Conversation().after(made.ask(question))

    assert kept.ask(question) == made.ask(question)
    assert [kept.ask(message, conversation) for message in follow_ups] == [
        made.ask(message, conversation) for message in follow_ups
    ]


@pytest.fixture(scope="module")
def made_and_kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[KnowledgeBase, KnowledgeBase]:
    """The shipped base made anew, and restored from the file of that start."""
    folder = tmp_path_factory.mktemp("kept")
    made = KnowledgeBase.load(cache=folder)
    (file,) = folder.iterdir()
    before = file.stat().st_mtime_ns
    restored = KnowledgeBase.load(cache=folder)
    assert file.stat().st_mtime_ns == before
    return made, restored


# Loading ------------------------------------------------------------------------------------------------------------


def test_shipped_base_is_the_default(base: KnowledgeBase) -> None:
    assert [document.id for document in base.documents] == [
        path.stem for path in sorted(SHIPPED_DOCUMENTS.glob("*.txt"))
    ]
    assert (SHIPPED_FACTS / "names.toml").is_file()
    assert {"hamas", "israel"} <= set(base.names)


def test_other_base_knows_its_own_world_only(harbour: KnowledgeBase) -> None:
    assert [fact.id for fact in harbour.facts] == [
        *(
            "crossings-cancelled",
            "weather-blamed",
            "pay-rise-demanded",
            "demand-rejected",
            "met-in-brena",
            "ready-to-talk",
        ),
    ]
    assert "hamas" not in harbour.names


def test_facts_are_numbered_by_their_place(base: KnowledgeBase) -> None:
    assert [fact.number for fact in base.facts] == list(range(len(base.facts)))


def test_base_with_problems_is_not_loaded() -> None:
    case = CASES / "invalid" / "quote_not_found"

    with pytest.raises(InvalidBase, match="quote not found"):
        KnowledgeBase.load(case / "documents", case / "facts")


def test_ready_base_is_the_same_from_any_folder(tmp_path: Path, harbour: KnowledgeBase) -> None:
    KnowledgeBase.load(HARBOUR / "documents", HARBOUR / "facts", cache=tmp_path)
    again = KnowledgeBase.load(HARBOUR / "documents", HARBOUR / "facts", cache=tmp_path)

    assert (again.documents, again.facts, again.unsaid, again.names) == (
        *(harbour.documents, harbour.facts, harbour.unsaid, harbour.names),
    )
    assert [cited.fact.id for cited in facts_of(again.ask("What did the dock workers demand?"))] == [
        "pay-rise-demanded"
    ]


def with_drafts(folder: Path) -> tuple[Path, Path]:
    """Return the folders of a harbour base whose facts are drafts, all but the first of each file."""
    for path in (HARBOUR / "facts").glob("*.toml"):
        head, *facts = path.read_text("utf-8").split("[[fact]]\n")
        drafts = [
            f"[[fact]]\n{'' if number == 0 else 'draft = true' + chr(10)}{fact}" for number, fact in enumerate(facts)
        ]
        (folder / path.name).write_text(head + "".join(drafts), "utf-8")
    return HARBOUR / "documents", folder


def test_drafts_are_served_only_to_those_who_ask_for_them(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    documents, facts = with_drafts(tmp_path)
    cache = tmp_path_factory.mktemp("ready")

    reviewed = KnowledgeBase.load(documents, facts, cache=cache)
    both = KnowledgeBase.load(documents, facts, cache=cache, drafts=True)

    assert len(reviewed.facts) == 2
    assert [fact.id for fact in reviewed.facts if fact.draft] == []
    assert len(both.facts) == len(KnowledgeBase.load(HARBOUR / "documents", HARBOUR / "facts").facts)
    assert {fact.draft for fact in both.facts} == {True, False}
    hidden = {fact.id for fact in both.facts if fact.draft}
    assert shown(both.ask("Where did the two sides meet?")) == ["met-in-brena"]
    assert "met-in-brena" in hidden
    assert shown(reviewed.ask("Where did the two sides meet?")) == []
    assert not hidden & {fact for gap in reviewed.unsaid for fact in gap.related}


def test_base_of_drafts_alone_declines_every_question(tmp_path: Path) -> None:
    documents, facts = with_drafts(tmp_path)
    for path in facts.glob("*.toml"):
        path.write_text(path.read_text("utf-8").replace("[[fact]]\nid", "[[fact]]\ndraft = true\nid"), "utf-8")

    base = KnowledgeBase.load(documents, facts)

    assert base.facts == ()
    assert shown(base.ask("Where did the two sides meet?")) == []
    assert shown(base.ask("why?")) == []
    assert (base.documents, base.find("Brena")) == ((), ())

"""A message takes from the conversation what it lacks, and nothing where it lacks nothing."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import KnowledgeBase
from knowledge.message.dialogue import LONGEST_MEMORY, Completed, Conversation, Lack, Turn, complete, understood
from knowledge.message.reading import Reader
from knowledge.outcomes import COURTESY, Abstention, Answer, Correction, Reason, facts_of
from tests.knowledge.conftest import MESSAGES, Chat, Library, shown
from tests.knowledge.court.test_listing import OF_HAMAS, OF_ISRAEL

NAME_SELECTION = "hamas-wants-to-select-names"


def completed(reader: Reader, message: str, *before: Turn) -> Completed:
    (segment,) = reader.splitter.segments(message)
    return complete(segment, before, reader)


# What a message takes -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "message", "read_as"),
    [
        ("What did Hamas demand?", "and Israel?", "What did Israel demand?"),
        ("What did Hamas demand?", "what about Israel", "What did Israel demand?"),
        ("What did Hamas demand?", "what about the other side?", "What did Israel demand?"),
        ("What did Israel demand?", "and the other side?", "What did Hamas demand?"),
        ("What did Israel reject?", "and Hamas?", "What did Hamas reject?"),
        ("Who withdraws from southern Gaza?", "and northern?", "Who withdraws from northern Gaza?"),
    ],
)
def test_name_takes_the_place_of_its_like(reader: Reader, before: str, message: str, read_as: str) -> None:
    asked = completed(reader, message, Turn(before))

    assert (asked.before, asked.question.read_as) == (Turn(before), read_as)


@pytest.mark.parametrize(
    ("message", "lack"),
    [
        ("why?", Lack.TOPIC),
        ("when was that?", Lack.TOPIC),
        ("did they accept it?", Lack.TOPIC),
        ("who says so?", Lack.SPEAKER),
        ("according to whom?", Lack.SPEAKER),
        ("any others?", Lack.REST),
        ("anything else?", Lack.REST),
        ("Who leads the Israeli team?", Lack.NOTHING),
        ("How many Palestinians have been killed in Gaza?", Lack.NOTHING),
        ("What did the United States propose?", Lack.NOTHING),
        ("hello", Lack.NOTHING),
        ("By the way, where did the teams meet?", Lack.NOTHING),
    ],
)
def test_message_says_what_it_lacks(reader: Reader, message: str, lack: Lack) -> None:
    assert completed(reader, message, Turn("What did Hamas demand?", (NAME_SELECTION,))).lack is lack


@pytest.mark.parametrize(
    ("message", "lack"),
    [
        ("and Israel?", Lack.NOTHING),
        ("why?", Lack.NOTHING),
        ("any others?", Lack.NOTHING),
        ("the other side?", Lack.BEFORE),
    ],
)
def test_nothing_is_taken_where_nothing_was_said(reader: Reader, message: str, lack: Lack) -> None:
    assert (completed(reader, message).lack, completed(reader, message).before) == (lack, None)


def test_message_looks_back_to_the_last_turn(reader: Reader) -> None:
    turns = (Turn("Who leads the Israeli team?"), Turn("What did Hamas demand?"))

    assert completed(reader, "and Israel?", *turns).question.read_as == "What did Israel demand?"


def test_question_keeps_what_was_written_beside_what_it_was_completed_to(reader: Reader) -> None:
    asked = completed(reader, "and Israel?", Turn("What did Hamas demand?"))

    assert asked.question.text == "and Israel?"


# What comes of it ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "follow_up", ["and Israel?", "what about the other side?", "and isreal", "what about Tel Aviv?"]
)
def test_other_side_is_answered_with_its_own_facts(chat: Chat, follow_up: str) -> None:
    assert shown(chat.asks("What did Hamas demand?", follow_up)) == OF_ISRAEL


def test_courtesy_in_between_is_not_what_a_follow_up_looks_back_to(chat: Chat) -> None:
    assert shown(chat.asks("What did Hamas demand?", "thanks!", "and Israel?")) == OF_ISRAEL


def test_follow_up_of_a_follow_up_looks_back_to_what_it_was_read_as(chat: Chat) -> None:
    assert shown(chat.asks("What did Hamas demand?", "and Israel?", "and Hamas?")) == OF_HAMAS


def test_reason_that_no_document_gives_is_declined(chat: Chat) -> None:
    outcome = chat.asks("What did Tel Aviv reject?", "why?")

    assert isinstance(outcome, Abstention)
    assert outcome.reason is Reason.NOT_STATED


def test_time_and_place_are_asked_of_what_was_shown(chat: Chat) -> None:
    assert shown(chat.asks("Who did the Israeli negotiating team meet?", "where?")) == ["met-monday-in-doha"]
    assert shown(chat.asks("and when?")) == ["met-monday-in-doha"]


def test_pronoun_stands_for_who_was_shown(chat: Chat) -> None:
    outcome = chat.asks("Who leads the Israeli team?", "how old is he?")

    assert isinstance(outcome, Abstention)
    assert outcome.about == "David Barnea's age"


def test_some_of_those_are_counted(chat: Chat) -> None:
    first = chat.asks("How many Palestinian prisoners does the US proposal include?")
    second = chat.asks("how many of those are serving life sentences?")

    assert (shown(first), shown(second)) == (["us-plan-400-palestinians"], ["us-plan-15-life-sentences"])


def test_acceptance_of_what_was_refused_is_corrected(chat: Chat) -> None:
    outcome = chat.asks("What did Israel demand?", "Did Hamas accept it?")

    assert isinstance(outcome, Correction)
    assert (shown(outcome), outcome.supposed) == (["hamas-refused-israeli-demands"], "accept")


def test_one_who_says_so_is_named_with_the_attribution_first(chat: Chat) -> None:
    outcome = chat.asks("Would the ceasefire be temporary?", "who says so?")

    assert isinstance(outcome, Answer)
    assert shown(outcome) == ["ceasefire-would-be-temporary"]
    assert [citation.quote for citation in outcome.facts[0].citations] == [
        "Israeli officials and a knowledgeable source revealed",
        "a potential temporary ceasefire agreement in Gaza",
    ]


def test_of_several_facts_those_with_a_speaker_are_shown(chat: Chat) -> None:
    outcome = chat.asks("What did Hamas demand?", "who says so?")

    assert shown(outcome) == ["hamas-wants-to-select-names", "names-above-all-life-sentences"]
    assert outcome.topic == "What did Hamas demand?"


def test_it_is_said_that_no_speaker_is_named(chat: Chat) -> None:
    outcome = chat.asks("How many Palestinians have been killed in Gaza?", "who says so?")

    assert isinstance(outcome, Abstention)
    assert (outcome.reason, outcome.about) == (Reason.NOT_STATED, "who says so")
    assert outcome.nearest[0].id == "over-31000-palestinians-killed"


def test_question_behind_who_says_so_looks_back_to_the_topic(chat: Chat) -> None:
    assert shown(chat.asks("What did Hamas demand?", "who says so?", "and Israel?")) == OF_ISRAEL


def test_nothing_remains_when_all_was_shown(chat: Chat) -> None:
    outcome = chat.asks("What did Hamas demand?", "any others?")

    assert isinstance(outcome, Abstention)
    assert (outcome.about, outcome.topic) == ("anything more on this", "What did Hamas demand?")


def test_rest_is_what_was_not_shown_before(base: KnowledgeBase) -> None:
    before = Conversation((Turn("What did Hamas demand?", tuple(OF_HAMAS[:4])),))
    outcome = base.ask("any others?", before)

    assert isinstance(outcome, Answer)
    assert (shown(outcome), outcome.listed) == (OF_HAMAS[4:], True)


def test_region_takes_the_place_of_the_other_one(chat: Chat) -> None:
    first = chat.asks("What did Hamas demand for southern Gaza?")
    second = chat.asks("and for northern Gaza?")

    assert (shown(first), shown(second)) == (
        *(["hamas-requests-withdrawal-from-south"], ["hamas-requests-return-to-north"]),
    )


@pytest.mark.parametrize(
    "message",
    [
        "Where did the teams meet?",
        "By the way, where did the Israeli team meet?",
        "new question: where did the teams meet?",
    ],
)
def test_new_topic_takes_nothing(chat: Chat, message: str) -> None:
    assert shown(chat.asks("What did Hamas demand?", message)) == ["met-monday-in-doha"]


def test_sentence_that_tells_is_what_the_next_question_looks_back_to(chat: Chat) -> None:
    assert shown(chat.asks("Hamas demanded something. And Israel?")) == OF_ISRAEL


@pytest.mark.parametrize("message", ["why?", "any others?", "and?", "the other side?"])
def test_follow_up_of_nothing_is_not_answered(chat: Chat, message: str) -> None:
    assert shown(chat.asks(message)) == []


# The conversation ---------------------------------------------------------------------------------------------------


def test_conversation_remembers_what_was_understood_and_shown(chat: Chat) -> None:
    chat.asks("wat did isreal demnd?")

    assert chat.conversation == Conversation((Turn("What did Israel demand?", tuple(OF_ISRAEL)),))


def test_each_question_of_a_message_is_a_turn(chat: Chat) -> None:
    chat.asks("What did Israel demand? Who leads the Israeli team?")

    assert chat.conversation.turns == (
        Turn("What did Israel demand?", tuple(OF_ISRAEL)),
        Turn("Who leads the Israeli team?", ("barnea-leads-israeli-team",)),
    )


def test_conversation_is_a_value_that_asking_leaves_alone(base: KnowledgeBase) -> None:
    before = Conversation((Turn("What did Hamas demand?"),))
    base.ask("and Israel?", before)

    assert before == Conversation((Turn("What did Hamas demand?"),))


@given(messages=st.lists(MESSAGES, max_size=2 * LONGEST_MEMORY))
@settings(deadline=None, max_examples=15)
def test_conversation_is_bounded_to_the_last_turns(harbour_library: Library, messages: list[str]) -> None:
    conversation = Conversation()
    for message in messages:
        outcome = harbour_library.base.ask(message, conversation)
        parts = outcome.parts or (outcome,)
        asked = [
            part.topic or part.read_as
            for part in parts
            if not (isinstance(part, Abstention) and part.about == COURTESY)
        ]
        conversation = conversation.after(outcome)

        assert len(conversation.turns) <= LONGEST_MEMORY
        assert [turn.read_as for turn in conversation.turns][len(conversation.turns) - len(asked) :] == asked


# What the facts shown lead to -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "follow_up", ["did they get their way?", "what was the answer to that?", "did the other side go along with it?"]
)
def test_reply_to_what_was_shown_is_found_by_who_was_asked_and_on_what(chat: Chat, follow_up: str) -> None:
    chat.asks("Did Hamas request to select the names of the prisoners?")

    assert shown(chat.asks(follow_up)) == ["tel-aviv-rejected-name-selection"]


def test_no_reply_is_made_of_one_to_something_else(chat: Chat) -> None:
    chat.asks("How many prisoners did Hamas demand the release of?")

    assert shown(chat.asks("was that accepted?")) == []


def test_other_one_is_the_fact_that_says_the_same_of_another_plan(chat: Chat) -> None:
    chat.asks("How many life sentences are in Hamas's demand?")

    assert shown(chat.asks("and in the other one?")) == ["us-plan-15-life-sentences"]


def test_other_side_that_does_nothing_of_the_kind_is_the_one_that_does(chat: Chat) -> None:
    assert shown(chat.asks("Who leads the Israeli delegation?", "and the other side?")) == ["al-thani-leads-mediators"]


def test_named_side_of_which_nothing_of_the_kind_is_told_stays_unanswered(chat: Chat) -> None:
    assert shown(chat.asks("Who leads the Israeli team?", "and Hamas's?")) == []
    assert shown(chat.asks("their name then?")) == []


@pytest.mark.parametrize(
    ("before", "message", "fact"),
    [
        ("Who leads the Israeli team?", "and the mediators?", "al-thani-leads-mediators"),
        ("Who leads the mediators?", "what about the Israeli team?", "barnea-leads-israeli-team"),
        ("What does Hamas ask for about the army?", "And about the civilians?", "hamas-requests-return-to-north"),
    ],
)
def test_noun_takes_the_place_of_what_stood_behind_the_verb(chat: Chat, before: str, message: str, fact: str) -> None:
    chat.asks(before)

    assert shown(chat.asks(message)) == [fact]


def test_he_is_who_was_named_last(chat: Chat) -> None:
    chat.asks("Who leads the Israeli team?")

    assert chat.asks("what is his job?").read_as == "What is David Barnea job?"


def test_those_for_whom_a_person_acts_are_asked_about_where_the_person_is_not(
    reader: Reader, base: KnowledgeBase
) -> None:
    (segment,) = reader.splitter.segments("who did he meet?")
    asked = complete(segment, (Turn("Who is David Barnea?"),), reader, base.facts)

    assert asked.otherwise is not None
    assert (asked.question.read_as, asked.otherwise.question.read_as) == (
        *("Who did David Barnea meet?", "Who did Israel meet?"),
    )


@pytest.mark.parametrize("follow_up", ["what were the exact words?", "quote it please", "where does it say that?"])
def test_words_of_what_was_shown_are_shown_again(chat: Chat, follow_up: str) -> None:
    chat.asks("How long could this round of talks take?")

    assert shown(chat.asks(follow_up)) == ["talks-at-least-two-weeks"]


def test_others_beside_the_largest_are_of_its_kind(chat: Chat) -> None:
    outcome = chat.asks("What is the biggest gap?", "any others?")

    assert "hamas-demands-permanent-ceasefire" in shown(outcome)
    assert "largest-gap" not in shown(outcome)


def test_turn_gone_back_to_is_the_one_that_shares_the_words(reader: Reader) -> None:
    turns = (Turn("Where did the teams meet?"), Turn("How many Palestinians were killed?"))

    assert completed(reader, "going back to the teams, when was that?", *turns).before == turns[0]


def test_another_kind_of_answer_alone_is_not_answered_by_a_fact_without_it(chat: Chat) -> None:
    assert shown(chat.asks("What did Israel demand about deportation?", "which country?")) == []


def test_question_after_a_follow_up_in_brackets_reads_both(reader: Reader) -> None:
    question = understood("For how many? (Who leads the Israeli team?)", reader)

    assert (question.wanted and question.wanted.kind, "lead" in question.acts) == ("number", True)


@pytest.mark.parametrize("message", ["who says so?", "says who?", "according to whom?"])
def test_nobody_says_what_was_not_shown(base: KnowledgeBase, message: str) -> None:
    outcome = base.ask(message)

    assert isinstance(outcome, Abstention)
    assert outcome.about == "who says so"


def test_words_are_those_in_quotation_marks_too(tramway: KnowledgeBase) -> None:
    outcome = Chat(tramway).asks("How was Monday's meeting?", "the exact words?")

    assert shown(outcome) == ["meeting-cool-but-useful", "numbers-now-known"]


def test_by_whom_asks_for_the_speaker_of_what_was_described(chat: Chat) -> None:
    outcome = chat.asks("How was the opening session described?", "by whom?")

    assert shown(outcome) == ["opening-session-positive"]
    assert "A source familiar" in facts_of(outcome)[0].citations[0].quote


def test_time_is_told_by_what_stands_beside_what_was_shown(chat: Chat) -> None:
    assert shown(chat.asks("What did Hamas say on the number of prisoners?", "when was that?")) == [
        "hamas-response-thursday"
    ]


def test_rest_leaves_out_parts_of_what_was_shown(chat: Chat) -> None:
    rest = shown(chat.asks("What is the largest gap?", "is that the only one?"))

    assert "hamas-demands-permanent-ceasefire" in rest
    assert "hamas-requests-withdrawal-from-south" not in rest


def test_others_are_those_whom_the_same_fact_names(chat: Chat) -> None:
    assert shown(chat.asks("Is Egypt a mediator?", "who else?")) == ["mediators-us-egypt-qatar"]


def test_noun_before_the_question_is_what_its_pronoun_means(tramway: KnowledgeBase) -> None:
    outcome = Chat(tramway).asks("Who leads the talks?", "the strike, who announced it?")

    assert (shown(outcome), outcome.read_as) == (["union-announced-strike"], "The strike, who announced it?")

"""The JSON object of an outcome: its keys, their order, and what they hold."""

from __future__ import annotations

import json
from collections.abc import Mapping

from bot.contract import as_line, as_object
from knowledge import Abstention, Answer, CitedFact, Evidence, Explanation, Fact, KnowledgeBase, Reason

Facts = Mapping[str, Fact]

KEYS = ["question", "read_as", "language", "outcome", "reason", "text", "facts", "citations", "nearest", "ms"]


def pay_rise(facts: Facts) -> Answer:
    fact = facts["pay-rise-demanded"]
    assert fact.attribution is not None
    shown = (CitedFact(fact, 0.93214159, (fact.citation, fact.attribution)),)
    return Answer(question="pay?", read_as="Pay?", facts=shown)


def test_answer_has_every_key_of_the_contract(base: KnowledgeBase, facts: Facts) -> None:
    assert as_object(pay_rise(facts), base, 0.8412) == {
        "question": "pay?",
        "read_as": "Pay?",
        "language": "English",
        "outcome": "answer",
        "reason": None,
        "text": (
            "According to the Alba Courier: Dock workers in Port Alba demanded a pay rise of 7 percent. [1][2]\n"
            "\n"
            "[1] “Dock workers in Port Alba demanded a pay rise of 7 percent on Monday” (the Alba Courier, ¶1)\n"
            "[2] “according to the Alba Courier” (¶1)\n"
            "Source: Dock workers demand a pay rise, Alba Courier, 2024-03-19"
        ),
        "facts": [
            {
                "id": "pay-rise-demanded",
                "claim": "Dock workers in Port Alba demanded a pay rise of 7 percent.",
                "speaker": "the Alba Courier",
                "score": 0.9321,
                "citations": [0, 1],
            }
        ],
        "citations": [
            {
                "document": "harbour",
                "start": 0,
                "end": 68,
                "quote": "Dock workers in Port Alba demanded a pay rise of 7 percent on Monday",
                "prefix": "",
                "suffix": ", according to the Alba Courier.",
                "paragraph": 1,
            },
            {
                "document": "harbour",
                "start": 70,
                "end": 99,
                "quote": "according to the Alba Courier",
                "prefix": "ay rise of 7 percent on Monday, ",
                "suffix": ". The harbour company rejected t",
                "paragraph": 1,
            },
        ],
        "nearest": [],
        "ms": 0.8,
    }


def test_keys_stand_in_the_order_of_the_contract(base: KnowledgeBase, facts: Facts) -> None:
    assert list(as_object(pay_rise(facts), base, 0.8)) == KEYS


def test_abstention_has_its_reason_and_the_ids_of_related_facts(base: KnowledgeBase, facts: Facts) -> None:
    nearest = (facts["met-in-brena"],)
    outcome = Abstention(question="why?", read_as="Why?", reason=Reason.NOT_STATED, nearest=nearest)

    made = as_object(outcome, base, 1.0)

    assert (made["outcome"], made["reason"], made["facts"], made["citations"], made["nearest"]) == (
        "abstain",
        "not_stated",
        [],
        [],
        ["met-in-brena"],
    )


def test_several_questions_have_their_facts_together_and_their_outcomes_apart(
    base: KnowledgeBase, facts: Facts
) -> None:
    met = facts["met-in-brena"]
    first = pay_rise(facts)
    second = Answer(question="where?", read_as="Where?", facts=(CitedFact(met, 0.5, (met.citation,)),))
    third = Abstention(question="why?", read_as="Why?", reason=Reason.NOT_STATED)
    whole = Answer(question="all?", read_as="All?", facts=first.facts, parts=(first, second, third))

    made = as_object(whole, base, 1.0)

    assert list(made) == [*KEYS, "parts"]
    assert [(fact["id"], fact["citations"]) for fact in made["facts"]] == [
        ("pay-rise-demanded", [0, 1]),
        ("met-in-brena", [2]),
    ]
    assert [citation["quote"] for citation in made["citations"]][2] == "The two sides met in Brena on Tuesday."
    assert [(part["question"], part["outcome"]) for part in made["parts"]] == [
        ("pay?", "answer"),
        ("where?", "answer"),
        ("why?", "abstain"),
    ]
    assert made["parts"][1]["facts"][0]["citations"] == [0]


def test_reasons_are_added_on_request(base: KnowledgeBase) -> None:
    evidence = Evidence("met-in-brena", 0.51239, {"words": 0.25}, ("met",), ("why",), ("another number: 3",))
    explanation = Explanation((("act", "meet"),), (evidence,), "too much is left unexplained", 0.1)
    outcome = Abstention(question="why?", read_as="Why?", reason=Reason.NOT_STATED, explanation=explanation)

    assert as_object(outcome, base, 1.0, explain=True)["explanation"] == [
        {
            "reading": [["act", "meet"]],
            "evidence": [
                {
                    "fact": "met-in-brena",
                    "score": 0.5124,
                    "signals": {"words": 0.25},
                    "explained": ["met"],
                    "unexplained": ["why"],
                    "vetoes": ["another number: 3"],
                }
            ],
            "decision": "too much is left unexplained",
            "margin": 0.1,
        }
    ]


def test_line_escapes_what_a_terminal_would_obey_and_keeps_letters() -> None:
    line = as_line({"question": "مرحبا \x1b[31m \x9b31m \u2028"})

    assert line == '{"question": "مرحبا \\u001b[31m \\u009b31m \\u2028"}'
    assert json.loads(line) == {"question": "مرحبا \x1b[31m \x9b31m \u2028"}

"""Both sides are served by the same mechanisms, or declined by the same.

Three proofs. The mirrored question: what is asked about one side, asked about the other. The exchange of names: in a
base in which the two sides have each other's name, everywhere, the questions with the names exchanged come to the same.
And the source: no weight, no rule and no sentence of the program names a side.
"""

from __future__ import annotations

import ast
import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge import (
    Abstention,
    Answer,
    Clarification,
    Correction,
    KnowledgeBase,
    Outcome,
    Reason,
    facts_of,
)
from knowledge.base import SHIPPED_DOCUMENTS, SHIPPED_FACTS
from knowledge.outcomes import Fact
from knowledge.proof.loading import read_base

ROOT = Path(__file__).resolve().parents[2]

SIDES = {"israel": "hamas", "hamas": "israel"}
"""Ids of the two sides, which are their names in lower case too, each with that of the other."""

LOADED = read_base(SHIPPED_DOCUMENTS, SHIPPED_FACTS)
ONE_SIDED = tuple(fact for fact in LOADED.facts if len(fact.agent) == 1 and fact.agent[0] in SIDES)
"""The facts in which one side acts, and nobody with it."""

DECISIONS = {
    Answer: {
        "enough speaks for it and nothing against",
        "all facts that share what was asked for",
        "the two facts that the question compares",
    },
    Correction: {"the documents state otherwise"},
    Clarification: {"not enough speaks for one of these alone"},
    Abstention: {
        "an opinion or a forecast is asked for",
        "most of its words are foreign to the documents",
        "it is nearest to something unsaid",
        "too little speaks for any fact",
        "the best fact is vetoed",
    },
}
"""Why a first question gets an outcome of each kind, up to the colon; whoever is asked about, for no other reason."""

MODULES = sorted(
    path
    for path in (*ROOT.glob("knowledge/**/*.py"), *ROOT.glob("bot/**/*.py"))
    if path != ROOT / "knowledge" / "models.py"  # what it says, editors show to curators of the records
)
HALF_A_SAMPLE = 100

LEAST_ALIKE = 0.99
"""Share of a sample that comes to the same in the base with exchanged names. Source: measured 1.0 on 200 questions."""

MOST_MISTAKEN = 0.18
"""Share of mirrored questions that may be answered with the fact of the first side.

Source: measured 0.156 on 353. These are faults of reading, the same for both sides: the other side is named as an owner
("Israel's answer"), as a source ("according to Israel") or in keywords, and nobody is read to act; or it is read to do
something that the fact holds beside its own act ("made conditional"). None should be; the bar is to come down.
"""


def exchanged(text: str) -> str:
    """Return a text in which the sides have each other's name; an Israeli is then called a Hamasi."""

    def other(match: re.Match[str]) -> str:
        written, name = match.group(), SIDES[match.group().lower()]
        return name.upper() if written.isupper() else name.capitalize() if written[0].isupper() else name

    return re.sub("israel|hamas", other, text, flags=re.IGNORECASE)


def exchanged_base(folder: Path) -> KnowledgeBase:
    """Return the shipped base with the names of the sides exchanged in document, facts and names."""
    documents, facts = folder / "documents", folder / "facts"
    digests: dict[str, str] = {}
    for made in (documents, facts):
        made.mkdir()
    for path in SHIPPED_DOCUMENTS.iterdir():
        raw = exchanged(path.read_bytes().decode("utf-8")).encode("utf-8")
        (documents / path.name).write_bytes(raw)
        digests[hashlib.sha256(path.read_bytes()).hexdigest()] = hashlib.sha256(raw).hexdigest()
    for path in SHIPPED_FACTS.glob("*.toml"):
        text = exchanged(path.read_text("utf-8"))
        for before, after in digests.items():
            text = text.replace(before, after)
        (facts / path.name).write_text(text, "utf-8")
    return KnowledgeBase.load(documents, facts)


@pytest.fixture(scope="module")
def mirror(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The shipped base in which the sides have each other's name."""
    return exchanged_base(tmp_path_factory.mktemp("exchanged"))


# The mirrored question ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Mirrored:
    """A question about the side that acts in a fact, asked about the other one."""

    fact: Fact
    question: str


def asked_plainly(fact: Fact) -> str:
    """Return what somebody asks who knows only who acts and what is done."""
    return f"What did {fact.agent[0].capitalize()} {fact.act}?"


def asked_as_curated(fact: Fact) -> Iterator[str]:
    """Yield the claim of a fact as a question, and those of its phrasings that name its side alone, and plainly."""
    own, other = fact.agent[0], SIDES[fact.agent[0]]
    yield f"Is it true that {fact.claim.removesuffix('.')}?"
    for phrasing in fact.phrasings:
        lower = phrasing.lower()
        if own in lower and other not in lower and "israeli" not in lower and "palestinian" not in lower:
            yield phrasing


def mirrored() -> list[Mirrored]:
    return [Mirrored(fact, exchanged(question)) for fact in ONE_SIDED for question in asked_as_curated(fact)]


def is_mistaken(one: Mirrored, base: KnowledgeBase) -> bool:
    """Tell whether a mirrored question is answered with the fact of the side that it does not ask about."""
    outcome = base.ask(one.question)
    return isinstance(outcome, Answer) and one.fact.id in [cited.fact.id for cited in facts_of(outcome)]


def reason_of(outcome: Outcome) -> str:
    """Return why an outcome is what it is, without the words of the question."""
    return outcome.explanation.decision.split(":")[0]


@pytest.mark.parametrize("fact", ONE_SIDED, ids=lambda fact: fact.id)
def test_what_the_other_side_did_is_not_answered_with_what_this_side_did(fact: Fact, base: KnowledgeBase) -> None:
    assert not is_mistaken(Mirrored(fact, exchanged(asked_plainly(fact))), base)


@pytest.mark.parametrize("fact", ONE_SIDED, ids=lambda fact: fact.id)
def test_question_and_mirrored_question_are_decided_for_reasons_that_hold_for_everybody(
    fact: Fact, base: KnowledgeBase
) -> None:
    questions = [asked_plainly(fact), *list(asked_as_curated(fact))[:4]]
    outcomes = [base.ask(asked) for question in questions for asked in (question, exchanged(question))]

    assert [outcome for outcome in outcomes if reason_of(outcome) not in DECISIONS[type(outcome)]] == []


def test_mirrored_questions_are_seldom_answered_with_the_fact_of_the_first_side(base: KnowledgeBase) -> None:
    questions = mirrored()
    mistaken = [one for one in questions if is_mistaken(one, base)]

    assert len(mistaken) <= MOST_MISTAKEN * len(questions), "\n".join(
        f"{one.fact.id}: {one.question}" for one in mistaken
    )


# The exchange of names ----------------------------------------------------------------------------------------------


def sample(questions: Sequence[str], count: int) -> list[str]:
    """Return questions spread evenly over a row."""
    return [questions[number * len(questions) // count] for number in range(count)]


def with_names() -> list[str]:
    """Return questions that name a side: half of them as curated, half about the other side than they were curated for.

    The second half holds none with "Israeli": a "Hamasi" would be nobody in the shipped base.
    """
    named = [phrasing for fact in LOADED.facts for phrasing in fact.phrasings if exchanged(phrasing) != phrasing]
    plainly = [exchanged(phrasing) for phrasing in named if "israeli" not in phrasing.lower()]
    return [*sample(named, HALF_A_SAMPLE), *sample(plainly, HALF_A_SAMPLE)]


def told(outcome: Outcome, named: Callable[[str], str] = str) -> tuple[str, Reason | None, tuple[str, ...], str]:
    """Return what comes of a question: the kind, why it was declined, the facts, and the rule that decided."""
    facts = tuple(named(cited.fact.id) for cited in facts_of(outcome))
    reason = outcome.reason if isinstance(outcome, Abstention) else None
    return type(outcome).__name__, reason, facts, named(outcome.explanation.decision)


def test_outcomes_do_not_depend_on_which_side_has_which_name(base: KnowledgeBase, mirror: KnowledgeBase) -> None:
    """Kind, reason, facts and deciding rule are the same. The forms that do not hold a name, such as cities, stay."""
    questions = with_names()
    pairs = [(each, told(base.ask(each)), told(mirror.ask(exchanged(each)), exchanged)) for each in questions]
    unlike = [pair for pair in pairs if pair[1] != pair[2]]

    assert len(set(questions)) > HALF_A_SAMPLE
    assert len(unlike) <= (1 - LEAST_ALIKE) * len(pairs), "\n".join(map(str, unlike))


# The source -----------------------------------------------------------------------------------------------------------


def spoken(path: Path) -> Iterator[str]:
    """Yield the texts in a module that are not docstrings."""
    tree = ast.parse(path.read_text("utf-8"))
    said = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_that_the_program_says_or_compares_names_a_side(path: Path) -> None:
    forms = [form for side in SIDES for form in LOADED.names[side].forms]
    named = re.compile("|".join(rf"\b{re.escape(form)}\b" for form in forms), re.IGNORECASE)

    assert [text for text in spoken(path) if named.search(text)] == []


def test_no_weight_is_that_of_a_name() -> None:
    weights = tomllib.loads((ROOT / "knowledge" / "ranking" / "weights.toml").read_text("utf-8"))
    keys = {key for table in weights.values() if isinstance(table, dict) for key in table} | weights.keys()

    assert [key for key in keys if key in LOADED.names or ":" in key] == []

"""What each mechanism of the engine is worth: a set is asked again with one of them switched off.

A mechanism is switched off by value: another base is made of the same parts, and nothing in the program is changed. The
weights stay as they are, so a figure tells what is lost when a part breaks, not what a fit without it would reach.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from knowledge.base import KnowledgeBase
from knowledge.court.deciding import SWITCHES
from knowledge.court.weighing import scales
from knowledge.curation.errors import AskingFailed
from knowledge.curation.measuring.asking import Ask, Asked, ask_all
from knowledge.curation.measuring.comparing import Comparison, compared
from knowledge.curation.measuring.figures import Figures, figures_of
from knowledge.curation.measuring.judging import Judge
from knowledge.language.lexicon import Lexicon, Phrases, Sense
from knowledge.language.spelling import Pool, Speller
from knowledge.message.reading import Reader
from knowledge.outcomes import Fact, Unsaid
from knowledge.ranking.scoring import Weights


@dataclass(frozen=True, slots=True)
class Mechanism:
    """Something that the engine does, and how a base is asked that does not do it."""

    name: str
    without: Callable[[KnowledgeBase], Ask]


@dataclass(frozen=True, slots=True)
class Ablation:
    """What comes of switching a mechanism off.

    Attributes:
        figures: of all questions; empty when the engine failed.
        comparison: what changed beside the whole engine; empty when it failed.
        failure: why it failed; "" when it did not. Nothing is counted of an engine that fails.
    """

    mechanism: str
    figures: Figures
    comparison: Comparison
    failure: str = ""


def mechanisms(base: KnowledgeBase) -> tuple[Mechanism, ...]:
    """Return all that can be switched off: each signal that has a weight, each rule and veto, then the others."""
    weights = base.scales.weights
    signals = sorted(weights.fact.keys() | weights.gap.keys() | weights.none.keys())
    silenced = (Mechanism(f"signal:{name}", _silencing(name)) for name in signals)
    vetoes = frozenset(switch for switch in SWITCHES if switch.startswith("veto:"))
    switched = (Mechanism(switch, _switching_off(frozenset((switch,)))) for switch in SWITCHES)
    return (*silenced, *switched, Mechanism("vetoes", _switching_off(vetoes)), *OTHERS)


def ablated(mechanism: Mechanism, base: KnowledgeBase, whole: Sequence[Asked], judge: Judge) -> Ablation:
    """Return what comes of asking a set again with a mechanism switched off; `whole` is what the base itself gave."""
    questions = [one.question for one in whole]
    try:
        asked = list(ask_all(mechanism.without(base), questions, judge))
    except AskingFailed as failed:
        return Ablation(mechanism.name, Figures.of(()), Comparison((), 0), str(failed))
    before = {one.question.id: one.result for one in whole}
    return Ablation(mechanism.name, figures_of(asked), compared(before, asked, judge))


def _silencing(signal: str) -> Callable[[KnowledgeBase], Ask]:
    """Return what makes a base in which a signal weighs nothing."""

    def without(base: KnowledgeBase) -> Ask:
        weights = base.scales.weights
        silenced = replace(
            weights,
            fact={name: weight for name, weight in weights.fact.items() if name != signal},
            gap={name: weight for name, weight in weights.gap.items() if name != signal},
            none={name: weight for name, weight in weights.none.items() if name != signal},
        )
        return _counting(base, silenced)

    return without


def _switching_off(switches: frozenset[str]) -> Callable[[KnowledgeBase], Ask]:
    """Return what makes a base that decides without a rule, or without vetoes of some kinds."""
    return lambda base: replace(base, scales=replace(base.scales, off=base.scales.off | switches)).ask


def _without_conversation(base: KnowledgeBase) -> Ask:
    """Every message is asked as if nothing had been said before."""
    return lambda message, _conversation: base.ask(message)


def _without_threshold(base: KnowledgeBase) -> Ask:
    """What is nearest is answered, however little speaks for it."""
    return _counting(base, replace(base.scales.weights, answer_at=0.0))


def _without_company(base: KnowledgeBase) -> Ask:
    """Only the best fact is shown for a question that did not ask for a list."""
    return _counting(base, replace(base.scales.weights, beside=1.0))


def _without_gaps(base: KnowledgeBase) -> Ask:
    """Nothing is known to be unsaid."""
    return _weighing_anew(base, base.scales.reader, base.facts, ())


def _without_phrasings(base: KnowledgeBase) -> Ask:
    """A fact is its claim and its quote; nothing tells how people ask for it."""
    facts = tuple(replace(fact, phrasings=()) for fact in base.facts)
    return _weighing_anew(base, base.scales.reader, facts, base.unsaid)


def _without_spelling(base: KnowledgeBase) -> Ask:
    """Words are taken as they are written: a speller that knows no word mends none."""
    splitter = replace(base.scales.reader.splitter, speller=Speller(frozenset(), frozenset(), {}, Pool(frozenset())))
    return _reading(base, replace(base.scales.reader, splitter=splitter))


def _without_chat_spellings(base: KnowledgeBase) -> Ask:
    """What is typed in a hurry ("wats") is not written out."""
    return _reading(base, _speaking(base.scales.reader, replace(base.scales.reader.lexicon, chat_spellings=Phrases())))


def _without_framing(base: KnowledgeBase) -> Ask:
    """Greetings, thanks and instructions around a question stay in it."""
    return _reading(base, _speaking(base.scales.reader, replace(base.scales.reader.lexicon, framing=Phrases())))


def _without_manners(base: KnowledgeBase) -> Ask:
    """No phrase tells that a message is small talk, asks for an opinion or is about something else."""
    return _reading(base, _speaking(base.scales.reader, replace(base.scales.reader.lexicon, manners=Phrases())))


def _without_world(base: KnowledgeBase) -> Ask:
    """No name is known but those of the base."""
    return _reading(base, _speaking(base.scales.reader, replace(base.scales.reader.lexicon, world=Phrases())))


def _without_concepts(base: KnowledgeBase) -> Ask:
    """A word means itself, and a name the one who is named; no two words mean the same."""
    reader = base.scales.reader
    named = {row: names for row, senses in reader.vocabulary.forms.meanings.items() if (names := _names(senses))}
    forms: Phrases[Sense] = Phrases(named, reader.vocabulary.forms.longest)
    return _weighing_anew(
        base, replace(reader, vocabulary=replace(reader.vocabulary, forms=forms)), base.facts, base.unsaid
    )


def _names(senses: Sequence[Sense]) -> tuple[Sense, ...]:
    return tuple(sense for sense in senses if sense[0].startswith("name:"))


def _speaking(reader: Reader, lexicon: Lexicon) -> Reader:
    """Return a reader with other vocabularies."""
    return replace(reader, lexicon=lexicon, splitter=replace(reader.splitter, lexicon=lexicon))


def _counting(base: KnowledgeBase, weights: Weights) -> Ask:
    """Return how a base is asked that decides by other numbers."""
    return replace(base, scales=replace(base.scales, weights=weights)).ask


def _reading(base: KnowledgeBase, reader: Reader) -> Ask:
    """Return how a base is asked that reads questions in another way; what it holds was read as before."""
    return replace(base, scales=replace(base.scales, reader=reader)).ask


def _weighing_anew(base: KnowledgeBase, reader: Reader, facts: Sequence[Fact], unsaid: Sequence[Unsaid]) -> Ask:
    """Return how a base is asked that holds something else, or reads it in another way."""
    made = scales(reader, facts, unsaid, base.scales.concepts, base.scales.weights, base.scales.versions)
    return replace(base, facts=tuple(facts), unsaid=tuple(unsaid), scales=made).ask


OTHERS = (
    Mechanism("spelling", _without_spelling),
    Mechanism("chat-spellings", _without_chat_spellings),
    Mechanism("framing", _without_framing),
    Mechanism("manners", _without_manners),
    Mechanism("world-names", _without_world),
    Mechanism("concepts", _without_concepts),
    Mechanism("phrasings", _without_phrasings),
    Mechanism("gaps", _without_gaps),
    Mechanism("threshold", _without_threshold),
    Mechanism("company", _without_company),
    Mechanism("conversation", _without_conversation),
)
"""What can be switched off beside the signals, in the order in which a message meets it."""

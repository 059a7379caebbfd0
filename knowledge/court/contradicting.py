"""Facts that cannot both be true: the same frame with another number, with the opposite act, or denied.

A contradiction is told only where nothing tells the two apart. Facts of one sentence never contradict each other, nor
do those of different plans, groups, phases, places, days, persons or topics, or of which one tells a part of the
other. What is left may still be about two things; then the mend is to say so, by a dimension.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from knowledge.court.evidence import with_owners
from knowledge.court.statements import Amount, Meaning, Statement, load_counting_words, statements_of
from knowledge.language.lexicon import Concept, Lexicon
from knowledge.models import NameRecord
from knowledge.problems import Problem, shown
from knowledge.proof.loading import Loaded
from knowledge.rules import RuleId

NEARLY = 0.1
"""How far, of the larger, two numbers may be apart of which one is said to be about right."""

_OF_PLACES = frozenset(("city", "country", "place"))


def contradictions(loaded: Loaded, lexicon: Lexicon) -> Iterator[Problem]:
    """Yield a problem for each two facts that contradict each other, at the later of the two."""
    statements = [statement for statement in statements_of(loaded, lexicon) if not statement.fact.superseded_by]
    for one, other in combinations(statements, 2):
        finding = _contradiction(one, other, lexicon.concepts, loaded.names)
        if finding is not None:
            yield _problem(*finding, one, other)


def disagreements(loaded: Loaded, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield the ids of each two facts of different documents that contradict each other."""
    for one, other in combinations(statements_of(loaded, lexicon), 2):
        apart = one.document.id != other.document.id
        if apart and _contradiction(one, other, lexicon.concepts, loaded.names) is not None:
            yield one.fact.id, other.fact.id


def _contradiction(
    one: Statement, other: Statement, concepts: Mapping[str, Concept], names: Mapping[str, NameRecord]
) -> tuple[RuleId, str] | None:
    """Return the rule that two facts break together, and how; None when both can be true."""
    act, another = concepts[one.fact.act], concepts[other.fact.act]
    acts = frozenset((act.id, another.id))
    if (
        _of_one_sentence(one, other)
        or _replaced(one, other)
        or not _same_frame(one, other, names)
        or not _same_matter(one, other, acts, concepts, names)
    ):
        return None
    if another.id in act.opposite or act.id in another.opposite:
        opposed = one.denies == other.denies and one.agent and other.agent
        return (RuleId.OPPOSITE_ACT, f'"{another.id}" here, "{act.id}" there') if opposed else None
    if not (act.id == another.id or another.id in act.near or act.id in another.near):
        return None
    if one.denies != other.denies:
        return RuleId.DENIED_ELSEWHERE, "one of them denies it"
    return _other_number(tuple(_rivals(one, other, concepts)))


def _other_number(rivals: Sequence[tuple[Amount, Amount]]) -> tuple[RuleId, str] | None:
    """Return that two amounts differ; None when days or years differ as well: of another year, another number."""
    if not rivals or len({amount.is_time for amount, _ in rivals}) == 2:
        return None
    amount, rival = rivals[0]
    return RuleId.OTHER_NUMBER, f"{rival.written} here, {amount.written} there"


def _problem(rule: RuleId, how: str, one: Statement, other: Statement) -> Problem:
    """Return the problem of a contradiction, with both quotes, and the mend that fits."""
    quote, rival = one.fact.citation.quote, other.fact.citation.quote
    message = f'contradicts fact "{one.fact.id}" ({how}): {shown(rival)} against {shown(quote)}'
    others = ((one.filed.file, one.filed.label),)
    if reason := _told_apart(one, other):
        mend = f"{reason}; where one has replaced the other, write superseded_by"
        return Problem(other.filed.file, other.filed.label, message, mend, RuleId.KNOWN_DISAGREEMENT, others)
    dated = "" if one.document.id == other.document.id else ", or, to keep both, published for each document"
    mend = f"write a dimension that tells them apart, superseded_by where one has replaced the other{dated}"
    return Problem(other.filed.file, other.filed.label, message, mend, rule, others)


def _told_apart(one: Statement, other: Statement) -> str:
    """Return how readers see why two facts disagree; "" when they do not."""
    speakers, rivals = set(one.fact.speakers), set(other.fact.speakers)
    if speakers and rivals and not speakers & rivals:
        return "both are shown, each with who says so"
    days = {statement.fact.since or statement.document.record.published for statement in (one, other)}
    if one.document.id != other.document.id and len(days) == 2 and "" not in days:
        return "both are shown, each with its date"
    return ""


def _replaced(one: Statement, other: Statement) -> bool:
    """Return whether one of two facts, or the document of one, has replaced the other."""
    return (
        one.fact.superseded_by == other.fact.id
        or other.fact.superseded_by == one.fact.id
        or one.document.record.replaces == other.document.id
        or other.document.record.replaces == one.document.id
    )


def _of_one_sentence(one: Statement, other: Statement) -> bool:
    return one.document.id == other.document.id and one.sentence == other.sentence


def _same_frame(one: Statement, other: Statement, names: Mapping[str, NameRecord]) -> bool:
    """Return whether two facts may tell of the same ones, in the same plan, group, phase, and topic."""
    shared = one.fact.dimensions.keys() & other.fact.dimensions.keys()
    if any(one.fact.dimensions[name] != other.fact.dimensions[name] for name in shared):
        return False
    themes, others = set(one.fact.themes), set(other.fact.themes)
    if themes and others and not themes & others:
        return False
    return _same_ones(one.agent, other.agent, names) and _same_ones(one.target, other.target, names)


def _same_ones(one: frozenset[str], other: frozenset[str], names: Mapping[str, NameRecord]) -> bool:
    """Return whether two rows of names may mean the same: a side and its army do, a side and its envoy do not."""
    if not one or not other or one == other:
        return True
    if any(names[name].kind == "person" for name in one ^ other if name in names):
        return False
    return one <= with_owners(other, names) or other <= with_owners(one, names)


def _same_matter(
    one: Statement,
    other: Statement,
    acts: frozenset[str],
    concepts: Mapping[str, Concept],
    names: Mapping[str, NameRecord],
) -> bool:
    """Return whether two claims say the same but for act and number.

    What both say in words of their own tells them apart; what only one says does so when it is a topic of that one
    alone, a place, or "the first" of several.
    """
    extra = _unmatched(one.content, other.content, acts, concepts)
    missing = _unmatched(other.content, one.content, acts, concepts)
    if extra and missing:
        return False
    common = [meaning for meaning in one.content if not acts & meaning and _matches(meaning, other.content, concepts)]
    told = {key for meaning in (*extra, *missing) for key in meaning}
    topics = (set(one.fact.themes) ^ set(other.fact.themes)) | load_counting_words().ordinals
    return bool(common) and not told & topics and not any(_is_place(key, names) for key in told)


def _unmatched(
    content: Sequence[Meaning], others: Sequence[Meaning], acts: frozenset[str], concepts: Mapping[str, Concept]
) -> list[Meaning]:
    """Return the words of a claim that mean nothing of what the other claim says, the acts of the facts apart."""
    return [meaning for meaning in content if not acts & meaning and not _matches(meaning, others, concepts)]


def _matches(meaning: Meaning, others: Sequence[Meaning], concepts: Mapping[str, Concept]) -> bool:
    """Return whether some other word means the same and not the opposite, as two days of the week do."""
    against = {rival for key in meaning if key in concepts for rival in concepts[key].opposite}
    return any(meaning & other and not against & other for other in others)


def _is_place(key: str, names: Mapping[str, NameRecord]) -> bool:
    name = names.get(key.removeprefix("name:"))
    return key.startswith("name:") and name is not None and name.kind in _OF_PLACES


def _rivals(one: Statement, other: Statement, concepts: Mapping[str, Concept]) -> Iterator[tuple[Amount, Amount]]:
    """Yield the amounts of two claims that count the same and differ.

    A number that both facts know, by their claims or their sentences, tells a whole and its part apart.
    """
    left = [amount for amount in one.amounts if not amount.values & other.known]
    right = [amount for amount in other.amounts if not amount.values & one.known]
    yield from (
        (amount, rival)
        for amount in left
        for rival in right
        if amount.step == rival.step and _same_unit(amount.unit, rival.unit, concepts) and _differ(amount, rival)
    )


def _same_unit(one: Sequence[Meaning], other: Sequence[Meaning], concepts: Mapping[str, Concept]) -> bool:
    """Return whether two numbers count the same: "950 imprisoned people" are 950 prisoners, 400 children are not."""
    known = load_counting_words()
    left, right = ([meaning for meaning in unit if not meaning & known.people] for unit in (one, other))
    measures = [{key for meaning in unit for key in meaning if key in known.measures} for unit in (left, right)]
    if measures[0] != measures[1]:
        return False
    if not left or not right:
        return not left and not right and bool(one) == bool(other)
    return all(_matches(meaning, right, concepts) for meaning in left) and all(
        _matches(meaning, left, concepts) for meaning in right
    )


def _differ(one: Amount, other: Amount) -> bool:
    """Return whether no value fits both amounts: "over 31,000" and 31,500 do not differ, "over 33,000" does."""
    if not all(_is_figure(value) for value in one.values | other.values):
        return not one.values & other.values
    return all(_apart(float(a), one.bound, float(b), other.bound) for a in one.values for b in other.values)


def _is_figure(value: str) -> bool:
    """Return whether a value is a number, and no day such as "31 march"."""
    return " " not in value and value[-1].isdigit()


def _apart(one: float, bound: str, other: float, rival: str) -> bool:
    """Return whether two numbers with their bounds exclude each other."""
    if "~" in {bound, rival}:
        return abs(one - other) > NEARLY * max(one, other)
    if bound == rival:
        return one != other
    if bound == ">" or rival == "<":
        return one > other
    return one < other

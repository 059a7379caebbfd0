"""How well questions that ask for the same fall together: `python -m tests.benchmarks.clustering`.

Two kinds of question are clustered, on both bases: labelled questions, of which those with the same fact belong
together, and the wordings of gaps, drawn at random, that the base is made to forget first: what readers ask in vain is
not known to it either. Beside them stands what RapidFuzz makes of the same readings, at the threshold that suits it
best.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from rapidfuzz import fuzz

from knowledge import Fact, KnowledgeBase, Unsaid
from knowledge.court.weighing import scales
from knowledge.curation.gaps.clustering import ALIKE, Profile, clustered, profile_of
from knowledge.message.reading import Question

HERE = Path(__file__).parent
TRAMWAY = HERE.parent / "facts" / "tramway"
READ = tuple(HERE / "questions" / f"{name}.jsonl" for name in ("reworded", "contrasts", "several", "set-aside"))
UNREAD = HERE / "questions" / "unread.jsonl"
DRAWS, DRAWN, MOST_WORDINGS = 10, 40, 9

Labelled = list[tuple[str, str]]
"""Questions, each with the name of what it asks for."""


def main() -> None:
    """Print precision and recall of pairs, and the adjusted Rand index, for both ways of clustering."""
    for name, base, files in (
        ("shipped base", KnowledgeBase.load(), READ),
        ("shipped base, unread", KnowledgeBase.load(), (UNREAD,)),
        ("second base", KnowledgeBase.load(TRAMWAY / "documents", TRAMWAY / "facts"), (TRAMWAY / "questions.jsonl",)),
    ):
        bare = _without_gaps(base)
        _show(f"{name}, same fact", [_same_fact(base, files)], bare)
        if files != (UNREAD,):
            _show(f"{name}, unknown gaps", [_drawn_gaps(base, seed) for seed in range(DRAWS)], bare)


def _show(title: str, draws: Sequence[Labelled], base: KnowledgeBase) -> None:
    read = [[_question(text, base) for text, _ in draw] for draw in draws]
    golds = [[label for _, label in draw] for draw in draws]
    sys.stdout.write(f"{title}: {sum(map(len, draws)) // len(draws)} questions, {len(set(golds[0]))} things\n")
    profiles = [[profile_of(question, base.scales) for question in questions] for questions in read]
    for least in (ALIKE - 0.1, ALIKE - 0.05, ALIKE, ALIKE + 0.05, ALIKE + 0.1):
        _print(f"  meanings and candidates {least:.2f}", [_by_profile(each, least) for each in profiles], golds)
    best = max(
        (
            (least, [_by_characters([question.read_as for question in questions], least) for questions in read])
            for least in (55, 60, 65, 70, 75, 80)
        ),
        key=lambda tried: sum(agreement(*pair)[2] for pair in zip(tried[1], golds, strict=True)),
    )
    _print(f"  token_sort_ratio        {best[0] / 100:.2f}", best[1], golds)


def _print(name: str, found: Sequence[Sequence[int]], golds: Sequence[Sequence[str]]) -> None:
    figures = [agreement(*pair) for pair in zip(found, golds, strict=True)]
    precision, recall, rand = (sum(each) / len(figures) for each in zip(*figures, strict=True))
    sys.stdout.write(f"{name}  precision {precision:.2f}  recall {recall:.2f}  adjusted Rand index {rand:.3f}\n")


def agreement(found: Sequence[int], gold: Sequence[str]) -> tuple[float, float, float]:
    """Return precision and recall of pairs that are together, and the adjusted Rand index."""
    both = _pairs(Counter(zip(found, gold, strict=True)))
    ours, theirs, total = _pairs(Counter(found)), _pairs(Counter(gold)), len(gold) * (len(gold) - 1) / 2
    by_chance = ours * theirs / total
    return both / ours if ours else 1.0, both / theirs, (both - by_chance) / ((ours + theirs) / 2 - by_chance)


def _pairs(counts: Counter[object] | Counter[int] | Counter[str] | Counter[tuple[int, str]]) -> float:
    return sum(count * (count - 1) / 2 for count in counts.values())


def _by_profile(profiles: Sequence[Profile], least: float) -> list[int]:
    return _labels(clustered(profiles, least), len(profiles))


def _by_characters(texts: Sequence[str], least: float) -> list[int]:
    """Return the components of the graph of texts that are alike by their characters."""
    of = list(range(len(texts)))
    for one, text in enumerate(texts):
        for other in range(one):
            if of[one] != of[other] and fuzz.token_sort_ratio(text, texts[other], score_cutoff=least):
                old, new = of[one], of[other]
                of = [new if each == old else each for each in of]
    return of


def _labels(clusters: Sequence[Sequence[int]], many: int) -> list[int]:
    labels = [0] * many
    for label, numbers in enumerate(clusters):
        for number in numbers:
            labels[number] = label
    return labels


def _question(text: str, base: KnowledgeBase) -> Question:
    return max(base.scales.reader.questions(text), key=lambda question: len(question.heavy))


def _without_gaps(base: KnowledgeBase) -> KnowledgeBase:
    known = base.scales
    return replace(base, unsaid=(), scales=scales(known.reader, base.facts, (), known.concepts, known.weights))


def _same_fact(base: KnowledgeBase, files: Sequence[Path]) -> Labelled:
    """Return the questions of one turn that one fact answers, with its id."""
    found: Labelled = []
    for file in files:
        for line in file.read_text("utf-8").splitlines():
            question = json.loads(line)
            quotes = [group[0] for group in question.get("gold", [])]
            facts = {fact.id for quote in quotes if (fact := _fact_of(quote, base)) is not None}
            if question["answerable"] and len(question["turns"]) == 1 and len(facts) == 1:
                found.append((question["turns"][0], facts.pop()))
    return found


def _fact_of(quote: str, base: KnowledgeBase) -> Fact | None:
    """Return the fact whose quote shares most with a quote."""

    def shared(fact: Fact) -> float:
        document = next(document for document in base.documents if document.id == fact.citation.document)
        start = document.text.find(quote)
        overlap = min(fact.citation.end, start + len(quote)) - max(fact.citation.start, start)
        return overlap / max(len(quote), len(fact.citation.quote)) if start >= 0 else 0.0

    best = max(base.facts, key=shared)
    return best if shared(best) > 0 else None


def _drawn_gaps(base: KnowledgeBase, seed: int) -> Labelled:
    """Return wordings of gaps as readers might ask them: few gaps often, most of them once or twice."""
    chance = random.Random(seed)  # noqa: S311  a draw that can be repeated
    gaps: list[Unsaid] = chance.sample(base.unsaid, DRAWN)
    many = [min(len(gap.wordings), chance.choice((1, 1, 2, 2, 3, 4, 6, MOST_WORDINGS))) for gap in gaps]
    return [
        (wording, gap.about)
        for gap, count in zip(gaps, many, strict=True)
        for wording in chance.sample(gap.wordings, count)
    ]


if __name__ == "__main__":
    main()

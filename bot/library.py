"""How a terminal shows what a base holds: its documents, what is found in them, its facts, and what those cover."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from rich.text import Text

from bot.finding import NOTHING_NEAR, SEARCH_ONLY
from bot.replies import label_of, source_of, speaker_of
from bot.screens import LOUD, NUMBER, QUIET, QUOTED, WARNING, WRONG, Line, drawn, in_place, marked, passage_line, plain
from knowledge import Document, Fact, Found, KnowledgeBase, Report, Severity

_GRAVE = {Severity.ERROR: WRONG, Severity.WARNING: WARNING, Severity.NOTE: QUIET}

IN_WORK = "in work: nobody has reviewed a fact of it yet, and nothing of it is served"
"""What is said of a document that a base is loaded without."""

REVISION_IN_WORK = "in work: sentences are left to be covered; until then the version that it replaces is answered from"
"""The same of a revision."""


def source_list(base: KnowledgeBase) -> Iterator[Line]:
    """Yield the documents, numbered from 1, each with the number of its facts."""
    counts = Counter(fact.citation.document for fact in base.every_fact)
    for number, document in enumerate(base.documents, start=1):
        count = counts[document.id]
        body = Text.assemble(drawn(source_of(document)), (f"  {count} fact{'' if count == 1 else 's'}", QUIET))
        yield Line(f"  {number}. ", body, style=NUMBER)


def document_lines(document: Document) -> Iterator[Line]:
    """Yield a document by paragraphs."""
    yield plain(source_of(document), LOUD)
    if document.record.url:
        yield plain(document.record.url, QUIET)
    for passage in document.paragraphs:
        yield plain("")
        yield passage_line(passage)


def fact_list(base: KnowledgeBase) -> Iterator[Line]:
    """Yield every fact: its id, and its claim beneath."""
    for fact in base.every_fact:
        yield plain(fact.id, NUMBER)
        state = " (draft)" if fact.draft else f" (superseded by {fact.superseded_by})" if fact.superseded_by else ""
        yield Line("    ", drawn(f"{fact.claim}{state}"))


def fact_lines(fact: Fact, base: KnowledgeBase) -> Iterator[Line]:
    """Yield all that is known of one fact, and its quote in its place."""
    document = next(document for document in base.documents if document.id == fact.citation.document)
    yield plain(fact.id, NUMBER)
    yield plain(fact.claim, LOUD)
    for name, words in _described(fact, base):
        if words:
            yield Line(f"  {name:<11} ", drawn(words), style=QUIET)
    for name, values in fact.slots.items():
        yield Line(f"  {'answers':<11} ", drawn(f"{name}: {'; '.join(values)}"), style=QUIET)
    for phrasing in fact.phrasings:
        yield Line(f"  {'asked as':<11} ", drawn(phrasing), style=QUIET)
    yield plain("")
    yield plain(source_of(document), QUIET)
    yield in_place(fact.citation, document)
    for meaning, citation in (("who says so:", fact.attribution), ("what it points to:", fact.antecedent)):
        if citation is not None:
            yield plain(meaning, QUIET)
            yield in_place(citation, document)


def _described(fact: Fact, base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield what is known of a fact beside its claim and its quote; empty where it has none of it."""
    yield "speaker", speaker_of(fact, base) or "the document itself"
    yield "manner", fact.manner
    yield "agent", ", ".join(label_of(name, base) for name in fact.agent)
    yield "act", fact.act
    yield "target", ", ".join(label_of(name, base) for name in fact.target)
    yield "themes", ", ".join(fact.themes)
    yield "holds since", fact.since
    yield "superseded", fact.superseded_by and f"by {fact.superseded_by}"
    yield "dimensions", ", ".join(f"{name}: {value}" for name, value in fact.dimensions.items())


def found_lines(found: Sequence[Found], base: KnowledgeBase) -> Iterator[Line]:
    """Yield the sentences that a search found, each with its share, and beneath where it stands and what quotes it."""
    yield plain(SEARCH_ONLY if found else NOTHING_NEAR, WARNING)
    documents = {document.id: document for document in base.documents}
    for one in found:
        state, style, words = state_of(one.facts, one.skipped)
        place = f"¶{one.citation.paragraph} of {source_of(documents[one.citation.document])}"
        yield Line(f"  {one.share:.2f}  ", marked(one.citation.quote, one.shared), style=NUMBER)
        yield Line("        ", drawn(place, QUIET))
        yield Line(f"        {state}  ", drawn(words, QUIET), style=style)


def report_lines(report: Report) -> Iterator[Line]:
    """Yield every problem of a base, then what has become of every sentence of its documents."""
    found = (*report.problems, *report.warnings)
    for problem in found:
        yield plain(f"{problem} [{problem.severity}: {problem.rule}]", _GRAVE[problem.severity])
    if found:
        yield plain("")
    for document in report.coverage:
        total, drafted = len(document.sentences), len(document.drafted)
        waiting = f"; {drafted} to review, which only drafts quote" if drafted else ""
        yield plain(f"{document.document}: {document.title}", LOUD)
        covered = total - drafted - len(document.uncovered)
        yield Line("  ", drawn(f"{covered} of {total} sentences are covered{waiting}", QUIET))
        if document.document in report.in_work:
            yield Line("  ", drawn(REVISION_IN_WORK if document.replaces else IN_WORK, WARNING))
        for each in document.sentences:
            state, style, words = state_of(each.facts, each.skipped, each.drafts)
            mark = f"  {each.sentence.number:>3} ¶{each.paragraph:<2} {state:<9} "
            yield Line(mark, Text.assemble(drawn(each.sentence.text), "  ", drawn(words, QUIET)), style=style)
        yield plain("")
    yield plain(_counted(report), _GRAVE[found[0].severity] if found else QUOTED)


def _counted(report: Report) -> str:
    """Return how many problems there are: "no problems", "2 problems, 1 warning"."""
    graves = Counter(problem.severity for problem in report.warnings)
    counted = (
        f"{many} {word}{'' if many == 1 else 's'}"
        for word, many in (("problem", len(report.problems)), *((str(grave), graves[grave]) for grave in Severity))
        if many
    )
    waiting = len(report.in_work)
    drafted = sum(len(document.drafted) for document in report.coverage)
    work = (
        *((f"{waiting} document{'' if waiting == 1 else 's'} in work",) if waiting else ()),
        *((f"{drafted} sentence{'' if drafted == 1 else 's'} to review",) if drafted else ()),
    )
    return ", ".join((*counted, *work) if report.problems else ("no problems", *counted, *work))


def state_of(facts: tuple[str, ...], skipped: str | None, drafts: tuple[str, ...] = ()) -> tuple[str, str, str]:
    """Return what has become of a sentence as a word, its style, and the facts or the reason."""
    if facts and facts == drafts:
        return "drafts", WARNING, ", ".join(facts)
    if facts:
        return "facts", QUOTED, ", ".join(facts)
    if skipped is not None:
        return "skipped", WARNING, skipped
    return "UNCOVERED", WRONG, ""

"""Whether records name only what there is: names, acts, dimensions and other records, each of them known once.

A broken record is a problem already; that others name it is not another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from knowledge.models import FactRecord, NameRecord
from knowledge.problems import Problem, shown
from knowledge.proof.closest import suggestion
from knowledge.proof.records import Filed, NamesRead, RecordFile
from knowledge.rules import RuleId

_LABEL = re.compile(r'(\w+) "([^"]*)"')
_ADD_NAME = "add it to names.toml"


def reference_problems(files: Sequence[RecordFile], named: NamesRead, acts: frozenset[str] | None) -> Iterator[Problem]:
    """Yield every problem of a record that names what is unknown, or what is known twice.

    Args:
        files: the fact files of the base.
        named: its names file.
        acts: ids of the acts that the lexicon knows; None leaves acts unchecked.
    """
    facts = [filed for file in files for filed in file.facts]
    yield from _twice(facts)
    yield from _twice(named.names)
    yield from _shared_forms(named.names)
    yield from _lost_parents(named)
    if named.is_toml:
        yield from _unknown_names(facts, _called("name", named.labels))
        yield from _unknown_dimensions(facts, _called("dimension", named.labels))
    if acts is not None:
        yield from _unknown_acts(facts, acts)
    yield from _unknown_related(files)
    yield from _lost_successors(facts, _called("fact", (label for file in files for label in file.labels)))
    yield from _unknown_replaced(files)


def _called(kind: str, labels: Iterable[str]) -> set[str]:
    """Return what the records of one kind call themselves, well-formed or not."""
    matches = (_LABEL.fullmatch(label) for label in labels)
    return {match[2] for match in matches if match and match[1] == kind}


def _twice(several: Iterable[Filed[FactRecord] | Filed[NameRecord]]) -> Iterator[Problem]:
    """Yield a problem for each record whose id an earlier one has."""
    first: dict[str, str] = {}
    for filed in several:
        if filed.record.id in first:
            message = f"id is taken by an earlier record in {first[filed.record.id]}"
            yield filed.problem(message, "choose another id", RuleId.ID_TAKEN)
        first.setdefault(filed.record.id, filed.file)


def _unknown_names(facts: Iterable[Filed[FactRecord]], names: set[str]) -> Iterator[Problem]:
    for filed in facts:
        record = filed.record
        for key, ids in (("speakers", record.speakers), ("agent", record.agent), ("target", record.target)):
            for name in ids:
                if name not in names:
                    mend = suggestion(name, names, _ADD_NAME)
                    yield filed.problem(f'{key} "{name}" is unknown', mend, RuleId.UNKNOWN_REFERENCE)


def _unknown_acts(facts: Iterable[Filed[FactRecord]], acts: frozenset[str]) -> Iterator[Problem]:
    for filed in facts:
        if filed.record.act not in acts:
            mend = suggestion(filed.record.act, acts, "add it to the lexicon")
            yield filed.problem(f'act "{filed.record.act}" is unknown', mend, RuleId.UNKNOWN_REFERENCE)


def _unknown_dimensions(facts: Iterable[Filed[FactRecord]], called: Iterable[str]) -> Iterator[Problem]:
    values: dict[str, set[str]] = {}
    for label in called:
        dimension, _, value = label.partition(" = ")
        values.setdefault(dimension, set()).add(value)
    for filed in facts:
        for dimension, value in filed.record.dimensions.items():
            if dimension not in values:
                mend = suggestion(dimension, values, _ADD_NAME)
                yield filed.problem(f'dimension "{dimension}" is unknown', mend, RuleId.UNKNOWN_REFERENCE)
            elif value not in values[dimension]:
                mend = suggestion(value, values[dimension], _ADD_NAME)
                yield filed.problem(f'dimension {dimension} has no value "{value}"', mend, RuleId.UNKNOWN_REFERENCE)


def _unknown_related(files: Sequence[RecordFile]) -> Iterator[Problem]:
    """Yield a problem for each fact that something unsaid refers to and that is not there."""
    ids = _called("fact", (label for file in files for label in file.labels))
    for filed in (filed for file in files for filed in file.unsaid):
        for related in filed.record.related:
            if related not in ids:
                mend = suggestion(related, ids, "name the id of a fact")
                yield filed.problem(f'related fact "{related}" is unknown', mend, RuleId.UNKNOWN_REFERENCE)


def _lost_successors(facts: Sequence[Filed[FactRecord]], known: set[str]) -> Iterator[Problem]:
    """Yield a problem for each fact that an unknown one supersedes, a draft, or in the end the fact itself."""
    records = {filed.record.id: filed.record for filed in facts}
    successors = _successors(facts)
    for filed in facts:
        successor, passed = filed.record.superseded_by, {filed.record.id}
        if successor and successor not in known:
            mend = suggestion(successor, known, "name a fact")
            yield filed.problem(f'superseded_by "{successor}" is unknown', mend, RuleId.UNKNOWN_REFERENCE)
        elif successor in records and records[successor].draft and not filed.record.draft:
            mend = "review that one, or leave superseded_by out until then"
            yield filed.problem(f'superseded_by "{successor}" is a draft', mend, RuleId.SUCCESSION_BROKEN)
        yield from _lost_predecessor(filed, successors, known)
        successor = successors.get(filed.record.id, "")
        while successor in records and successor not in passed:
            passed.add(successor)
            successor = successors.get(successor, "")
        if successor == filed.record.id:
            mend = "let the newest one stand alone"
            key = "superseded_by" if filed.record.superseded_by else "supersedes"
            yield filed.problem(f"{key} leads back to the fact itself", mend, RuleId.SUCCESSION_BROKEN)


def _lost_predecessor(filed: Filed[FactRecord], successors: Mapping[str, str], known: set[str]) -> Iterator[Problem]:
    """Yield a problem when a fact supersedes an unknown one, or one that another fact has superseded."""
    earlier = filed.record.supersedes
    if earlier and earlier not in known:
        mend = suggestion(earlier, known, "name a fact")
        yield filed.problem(f'supersedes "{earlier}" is unknown', mend, RuleId.UNKNOWN_REFERENCE)
    elif earlier and not filed.record.draft and successors.get(earlier) != filed.record.id:
        message = f'supersedes "{earlier}", which "{successors[earlier]}" has superseded already'
        yield filed.problem(message, "let one of them supersede it", RuleId.SUCCESSION_BROKEN)


def _successors(facts: Iterable[Filed[FactRecord]]) -> dict[str, str]:
    """Return the id of the fact that supersedes each, by what either of the two says; a draft supersedes nothing."""
    records = [filed.record for filed in facts]
    successors = {record.id: record.superseded_by for record in records if record.superseded_by}
    for record in records:
        if record.supersedes and not record.draft:
            successors.setdefault(record.supersedes, record.id)
    return successors


def _unknown_replaced(files: Sequence[RecordFile]) -> Iterator[Problem]:
    """Yield a problem for each document that is the revision of an unknown one, or in the end of itself."""
    records = {file.document.record.id: file.document.record for file in files if file.document}
    for filed in (file.document for file in files if file.document):
        earlier, passed = filed.record.replaces, {filed.record.id}
        if earlier and earlier not in records:
            mend = suggestion(earlier, records, "name the id of a document")
            yield filed.problem(f'replaces "{earlier}" is unknown', mend, RuleId.UNKNOWN_REFERENCE)
        while earlier in records and earlier not in passed:
            passed.add(earlier)
            earlier = records[earlier].replaces
        if earlier == filed.record.id:
            mend = "let the oldest one replace nothing"
            yield filed.problem("replaces leads back to the document itself", mend, RuleId.SUCCESSION_BROKEN)


def _shared_forms(names: Sequence[Filed[NameRecord]]) -> Iterator[Problem]:
    """Yield a problem for each form that an earlier name has too: it could not say who is meant."""
    owner: dict[str, str] = {}
    for filed in names:
        for form in filed.record.forms:
            first = owner.setdefault(form.casefold(), filed.record.id)
            if first != filed.record.id:
                message = f'form {shown(form)} is a form of "{first}" too'
                yield filed.problem(message, "leave it to one of them", RuleId.FORM_SHARED)


def _lost_parents(named: NamesRead) -> Iterator[Problem]:
    """Yield a problem for each name that belongs to an unknown one, or in the end to itself."""
    known = _called("name", named.labels)
    parents = {filed.record.id: filed.record.part_of for filed in named.names}
    for filed in named.names:
        parent, passed = filed.record.part_of, {filed.record.id}
        if parent is not None and parent not in known:
            mend = suggestion(parent, known, _ADD_NAME)
            yield filed.problem(f'part_of "{parent}" is unknown', mend, RuleId.UNKNOWN_REFERENCE)
        while parent is not None and parent not in passed:
            passed.add(parent)
            parent = parents.get(parent)
        if parent == filed.record.id:
            mend = "let the larger one stand alone"
            yield filed.problem("part_of leads back to the name itself", mend, RuleId.NAME_CIRCULAR)

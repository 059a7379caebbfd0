"""Rows become facts when they are proven, drafts where rules had to help, and are refused with the mend otherwise."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from knowledge.curation.errors import NotExchanged
from knowledge.curation.exchanging.annotations import to_annotations
from knowledge.curation.exchanging.exchanging import gathered
from knowledge.curation.exchanging.tables import to_table
from knowledge.curation.importing.importing import Fate, ImportWishes, Plan, Taken, plan_import
from knowledge.curation.importing.reading import read_rows
from knowledge.curation.writing import FactText, save_all
from knowledge.models import FactRecord
from knowledge.proof.records import read_fact_file

ROOT = Path(__file__).resolve().parents[4]
SHIPPED = (ROOT / "seeds", ROOT / "knowledge" / "facts")
TRAMWAY = (ROOT / "tests" / "facts" / "tramway" / "documents", ROOT / "tests" / "facts" / "tramway" / "facts")

TEXT = """# The Old Bridge

The town council of Vell closed the Old Bridge to lorries in March, after engineers found cracks in two of its arches. \
Mayor Ilse Brandt said that the repair would cost 4 million crowns. A petition was signed in Norhaven on Sunday.

The old bridge is = not new, “said” =A1; it costs +5 @ 👩‍👧 שלום, and -3 is 𝔘.
"""
OTHER = "The ferry sank.\n"

FACTS = """\
[document]
id = "bridge"
title = "The Old Bridge"
url = "https://gazette.example/bridge"
sha256 = "{}"

# what the council did

[[fact]]
id = "closed"  # the first
claim = "The town council closed the Old Bridge to lorries in March."
agent = "council"
act = "close"
quote = "The town council of Vell closed the Old Bridge to lorries in March"
phrasings = ["When was it closed?"]

[[unsaid]]
about = "its age"
wordings = ["How old is it?"]
"""

OTHERS = """\
[document]
id = "ferry"
title = "The ferry"
sha256 = "{}"

[[fact]]
id = "sank"
claim = "The ferry sank."
act = "stop"
quote = "The ferry sank"
"""

NAMES = """\
[[name]]
id = "council"
label = "the town council"
kind = "organisation"
forms = ["council", "town council"]

[[name]]
id = "brandt"
label = "Mayor Ilse Brandt"
kind = "person"
forms = ["Brandt", "Ilse Brandt"]
"""

PETITION = "A petition was signed in Norhaven on Sunday"
COST = "the repair would cost 4 million crowns"


@dataclass(frozen=True)
class Base:
    """A base that may be changed."""

    documents: Path
    facts: Path

    def plan(self, text: str | bytes, document: str = "bridge", **wishes: bool) -> Plan:
        """Return what becomes of a file."""
        raw = text.encode() if isinstance(text, str) else text
        return plan_import(read_rows(raw), document, self.documents, self.facts, ImportWishes(**wishes))

    def take(self, text: str | bytes, document: str = "bridge", **wishes: bool) -> Plan:
        """Take a file over."""
        plan = self.plan(text, document, **wishes)
        assert save_all(plan.texts, self.documents, self.facts) == ()
        return plan

    def records(self, document: str = "bridge") -> dict[str, FactRecord]:
        """Return the facts of a document, by id."""
        return {
            filed.record.id: filed.record
            for path in self.facts.glob("*.toml")
            if path.name != "names.toml"
            for filed in read_fact_file(path).facts
            if path.stem == document
        }


@pytest.fixture
def bridge(tmp_path: Path) -> Base:
    """A bridge with one fact, and a ferry."""
    base = Base(tmp_path / "documents", tmp_path / "facts")
    for document, text, facts in (("bridge", TEXT, FACTS), ("ferry", OTHER, OTHERS)):
        for path, content in (
            (base.documents / f"{document}.txt", text),
            (base.facts / f"{document}.toml", facts.format(hashlib.sha256(text.encode()).hexdigest())),
            (base.facts / "names.toml", NAMES),
        ):
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, encoding="utf-8", newline="\n")
    return base


def told(plan: Plan) -> list[tuple[str, str, str]]:
    """Return what was refused: where, why, and the mend."""
    return [(refused.place, refused.message, refused.mend) for refused in plan.refused]


# Round trips ----------------------------------------------------------------------------------------------------------


def as_csv(documents: Path, facts: Path, *, drafts: bool = False) -> bytes:
    return to_table(gathered(documents, facts, drafts=drafts)).encode()


def as_annotations(documents: Path, facts: Path, *, drafts: bool = False) -> bytes:
    return json.dumps(to_annotations(gathered(documents, facts, drafts=drafts))).encode()


@pytest.mark.parametrize("base", [SHIPPED, TRAMWAY], ids=["shipped", "tramway"])
@pytest.mark.parametrize("export", [as_csv, as_annotations])
def test_what_is_exported_is_imported_into_an_empty_fact_file_as_it_was(
    base: tuple[Path, Path], export: Callable[[Path, Path], bytes], tmp_path: Path
) -> None:
    facts = shutil.copytree(base[1], tmp_path / "facts")
    (path,) = (path for path in facts.glob("*.toml") if path.name != "names.toml")
    before = read_fact_file(path)
    assert before.document is not None
    path.write_text(FactText.new(before.document.record).text, encoding="utf-8", newline="\n")
    copy = Base(base[0], facts)

    plan = copy.take(export(*base), before.document.record.id)
    again = copy.plan(export(*base), before.document.record.id)

    records = {filed.record.id: filed.record for filed in before.facts}
    assert plan.refused == ()
    assert [one.fate for one in plan.taken] == [Fate.ADDED] * len(records)
    assert {filed.record.id: filed.record for filed in read_fact_file(path).facts} == records
    assert {one.fate for one in again.taken} == {Fate.SAME}
    assert (again.texts, again.refused) == ({}, ())


HOSTILE: tuple[dict[str, object], ...] = (
    {"claim": "=1+1 is A1.", "quote": "=A1; it costs +5 @ 👩‍👧 שלום, and -3 is 𝔘", "draft": True},
    {
        "claim": "+5 is not “said”, 'so'; \u202eא\u202c.",
        "quote": "is = not new, “said” =A1",
        "slots": {"state": ["= not new"]},
    },
    {"claim": "@ -3, not 5.", "quote": "-3 is 𝔘", "phrasings": ["-3?", "=cmd|' /C calc'!A0", "a, b; c\t|d = e"]},
)


@pytest.mark.parametrize("export", [as_csv, as_annotations])
def test_facts_on_a_hostile_text_make_the_round_trip_too(export: Callable[..., bytes], bridge: Base) -> None:
    path = bridge.facts / "bridge.toml"
    records = [
        FactRecord.model_validate({"id": f"hostile-{number}", "act": "describe"} | record)
        for number, record in enumerate(HOSTILE)
    ]
    text = FactText.read(path)
    for record in records:
        text = text.add(record)
    assert save_all({path: text.text}, bridge.documents, bridge.facts) == ()
    exported, known = export(bridge.documents, bridge.facts, drafts=True), bridge.records()
    document = read_fact_file(path).document
    assert document is not None
    path.write_text(FactText.new(document.record).text, encoding="utf-8", newline="\n")

    bridge.take(exported, skip_bad=True)

    assert bridge.records() == known


def test_drafts_stay_at_home_unless_they_are_asked_for(bridge: Base) -> None:
    bridge.take(f"id,claim,quote,act,draft\none,It costs 4 million crowns.,{COST},cost,yes\n")

    assert [one.record.id for one in gathered(bridge.documents, bridge.facts, ["bridge"]).facts] == ["closed"]
    assert [one.record.id for one in gathered(bridge.documents, bridge.facts, ["bridge"], drafts=True).facts] == [
        "closed",
        "one",
    ]


def test_unknown_document_cannot_be_exported(bridge: Base) -> None:
    with pytest.raises(NotExchanged, match='no document "brigde"; did you mean "bridge"'):
        gathered(bridge.documents, bridge.facts, ["brigde"])


# Rows -----------------------------------------------------------------------------------------------------------------


def test_row_that_says_all_that_a_fact_needs_is_a_fact_and_the_rest_of_the_file_stays(bridge: Base) -> None:
    before = (bridge.facts / "bridge.toml").read_text("utf-8")

    plan = bridge.take(f"claim;quote;act;agent\nResidents signed a petition.;{PETITION};sign;the town council\n")

    assert plan.taken == (Taken("line 2", "residents-signed-petition", Fate.ADDED, draft=False),)
    after = (bridge.facts / "bridge.toml").read_text("utf-8")
    added = (
        '[[fact]]\nid = "residents-signed-petition"\nclaim = "Residents signed a petition."\nagent = "council"\n'
        f'act = "sign"\nquote = "{PETITION}"\n\n'
    )
    head, tail = before.split("[[unsaid]]")
    assert after == f"{head}{added}[[unsaid]]{tail}"


def test_row_that_rules_had_to_complete_is_a_draft(bridge: Base) -> None:
    plan = bridge.take(f'claim,quote\n"The repair would cost 4 million crowns, Brandt said.",{COST}\n')

    (one,) = plan.taken
    record = bridge.records()["repair-cost-4-million-crowns-brandt"]
    assert (one.draft, record.draft) == (True, True)
    assert one.notes[0].startswith("filled in by rules: ")
    assert (record.act, record.speakers, record.manner) == ("cost", ("brandt",), "said")


def test_row_that_rules_cannot_complete_is_refused(bridge: Base) -> None:
    path = bridge.facts / "bridge.toml"
    path.write_text(path.read_text("utf-8").replace("url =", 'language = "de"\nurl ='), encoding="utf-8")

    plan = bridge.plan(f"claim,quote\nIt costs 4 million crowns.,{COST}\n")

    assert told(plan) == [
        (
            "line 2",
            "no act, and rules could propose none",
            "write an act: a heading of lexicon/en/acts.toml, such as say",
        )
    ]


@pytest.mark.parametrize(
    ("row", "message", "mend"),
    [
        (
            "x,It costs 4 million crowns.,the repair would cost 4 million crown,cost",
            "quote ends inside a word or number",
            "quote whole words",
        ),
        (
            "x,It costs 4 million crowns.,the repair will cost 4 million crowns,cost",
            "quote not found in document",
            'closest text is "the repair would cost 4 million crowns" (¶2, 3 characters differ)',
        ),
        (f"x,It costs 5 million crowns.,{COST},cost", 'claim says "5 million", which its sentence does not', ""),
        (f"x,It does not cost 4 million crowns.,{COST},cost", 'claim says "not", but its sentence denies nothing', ""),
        (f"x,It costs 4 million crowns.,{COST},costt", 'act "costt" is unknown', 'did you mean "cost"?'),
        (f"X 1,It costs 4 million crowns.,{COST},cost", 'id "X 1" is not lower-case words', 'write "x-1"'),
        (f"x,,{COST},cost", 'key "claim" is missing', "add it: one neutral sentence in our words"),
        (f"sank,It costs 4 million crowns.,{COST},cost", "id is taken by a fact in", "choose another id, or import"),
    ],
)
def test_row_that_is_not_proven_is_refused_with_its_line_and_the_mend(
    row: str, message: str, mend: str, bridge: Base
) -> None:
    plan = bridge.plan(f"id,claim,quote,act\n{row}\n")

    ((place, why, what),) = told(plan)
    assert place == "line 2"
    assert why.startswith(message)
    assert what.startswith(mend)
    assert (plan.taken, plan.texts) == ((), {})


BAD_AND_GOOD = f"id,claim,quote,act\nbad,It costs 5.,{COST},cost\ngood,Residents signed.,{PETITION},sign\n"


def test_nothing_is_written_when_a_row_is_refused_unless_it_may_be_left_out(bridge: Base) -> None:
    assert bridge.plan(BAD_AND_GOOD).texts == {}

    plan = bridge.take(BAD_AND_GOOD, skip_bad=True)

    assert [refused.id for refused in plan.refused] == ["bad"]
    assert bridge.records().keys() == {"closed", "good"}


def test_row_that_leans_on_one_that_is_refused_is_refused_too(bridge: Base) -> None:
    rows = (
        BAD_AND_GOOD.replace("act\n", "act,superseded_by\n")
        .replace("sign\n", "sign,bad\n")
        .replace("cost\n", "cost,\n")
    )

    plan = bridge.plan(rows, skip_bad=True)

    assert [refused.message for refused in plan.refused] == [
        'claim says "5", which its sentence does not',
        'superseded_by "bad" is unknown',
    ]
    assert plan.texts == {}


def test_names_are_known_by_id_label_and_form_and_unknown_ones_are_told(bridge: Base) -> None:
    rows = (
        "id,claim,quote,act,agent\n"
        f'a,Residents signed.,{PETITION},sign,"Brandt, the town council"\n'
        f"b,Residents signed so.,{PETITION},sign,bishop\n"
    )

    plan = bridge.take(rows, skip_bad=True)

    assert bridge.records()["a"].agent == ("brandt", "council")
    assert told(plan) == [("line 3", 'agent "bishop" is unknown', "add it to names.toml")]


def test_name_that_the_document_speaks_of_is_proposed_and_its_fact_is_a_draft(bridge: Base) -> None:
    plan = bridge.take(f"id,claim,quote,act,agent\na,Residents of Norhaven signed.,{PETITION},sign,Norhaven\n")

    assert [(name.id, name.draft) for name in plan.names] == [("norhaven", True)]
    assert plan.taken == (Taken("line 2", "a", Fate.ADDED, draft=True, notes=('name "norhaven" is new, and a draft',)),)
    assert bridge.records()["a"].agent == ("norhaven",)
    assert (bridge.facts / "names.toml").read_text("utf-8").startswith(NAMES.rstrip())


def test_facts_that_are_there_stay_unless_they_are_to_be_changed(bridge: Base) -> None:
    rows = "id,claim,quote\nclosed,The Old Bridge was closed to lorries.,{}\n".format(
        "The town council of Vell closed the Old Bridge to lorries in March"
    )

    refused, plan = bridge.plan(rows), bridge.take(rows, update=True)

    assert told(refused) == [
        ("line 2", "is there and says otherwise in claim", "--update takes the row, or choose another id")
    ]
    assert plan.taken == (Taken("line 2", "closed", Fate.CHANGED, draft=False),)
    after = (bridge.facts / "bridge.toml").read_text("utf-8")
    assert 'id = "closed"  # the first\nclaim = "The Old Bridge was closed to lorries."\nagent = "council"\n' in after
    assert bridge.plan(rows).texts == {}


def test_whatever_is_new_is_a_draft_when_that_is_wished(bridge: Base) -> None:
    plan = bridge.take(f"id,claim,quote,act\na,It costs 4 million crowns.,{COST},cost\n", as_drafts=True)

    assert [one.draft for one in plan.taken] == [True]
    assert [record.draft for record in bridge.records().values()] == [False, True]


def test_two_rows_of_one_id_are_told(bridge: Base) -> None:
    row = f"a,It costs 4 million crowns.,{COST},cost\n"

    same = bridge.plan(f"id,claim,quote,act\n{row}{row}")
    other = bridge.plan(f"id,claim,quote,act\n{row}a,Residents signed.,{PETITION},sign\n")

    assert [one.fate for one in same.taken] == [Fate.ADDED, Fate.SAME]
    assert told(other) == [("line 3", "id is taken by line 2", "give each row an id of its own")]


def test_question_that_another_record_has_is_refused(bridge: Base) -> None:
    rows = (
        "id,claim,quote,act,phrasings\n"
        f"a,It costs 4 million crowns.,{COST},cost,when was it CLOSED\n"
        f"b,Residents signed.,{PETITION},sign,How old is it?\n"
    )

    assert [message for _, message, _ in told(bridge.plan(rows))] == [
        'question "when was it CLOSED" stands at fact "closed" already',
        'question "How old is it?" stands at something unsaid already',
    ]


def test_question_may_move_from_one_fact_to_another_in_one_file(bridge: Base) -> None:
    closed = "closed,The town council closed the Old Bridge to lorries in March.,{},close,Why closed?\n"
    rows = f"id,claim,quote,act,phrasings\nb,Residents signed.,{PETITION},sign,When was it closed?\n" + closed.format(
        "The town council of Vell closed the Old Bridge to lorries in March"
    )

    plan = bridge.take(rows, update=True)

    assert plan.refused == ()
    assert {key: record.phrasings for key, record in bridge.records().items()} == {
        "closed": ("Why closed?",),
        "b": ("When was it closed?",),
    }


# Which document is meant ----------------------------------------------------------------------------------------------


def test_row_about_another_document_is_refused(bridge: Base) -> None:
    plan = bridge.plan(f"document,claim,quote,act\nferry,It costs 4 million crowns.,{COST},cost\n")

    assert told(plan) == [
        ("line 2", 'is about the document "ferry"', "import it into that one, or say nothing of a document")
    ]


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ({"source": "https://gazette.example/bridge#:~:text=x"}, ""),
        ({"source": "https://gazette.example/other"}, 'is about "https://gazette.example/other"'),
        ({"source": "ni:///sha-256;f4OxZX_x_FO5LcGBSKHWXfwtSx-j1ncoSt3SABJtkGk"}, 'is about "ni:///sha-256;f4OxZX'),
        ({"state": {"verbatim:sha256": "0" * 64}}, "is about a document with the sha256 000"),
        ({"verbatim:document": "bridge", "state": {"verbatim:sha256": "0" * 64}}, ""),
        ({}, ""),
    ],
)
def test_annotation_is_taken_into_the_document_that_it_names(
    target: dict[str, object], message: str, bridge: Base
) -> None:
    selected = {"selector": {"type": "TextQuoteSelector", "exact": COST}}
    body = {"type": "TextualBody", "value": "It would cost 4 million crowns.", "purpose": "describing"}

    plan = bridge.plan(json.dumps({"type": "Annotation", "body": body, "target": selected | target}))

    assert [one.message.startswith(message) for one in plan.refused] == ([True] if message else [])
    assert [(one.place, one.draft) for one in plan.taken] == ([] if message else [("annotation 1", True)])


def test_facts_of_an_earlier_version_are_found_anew_in_the_later_one(bridge: Base) -> None:
    exported = as_csv(bridge.documents, bridge.facts)
    later = TEXT.replace("# The Old Bridge\n", "# The Old Bridge, revised\n")
    (bridge.documents / "later.txt").write_text(later, encoding="utf-8", newline="\n")
    sha256 = hashlib.sha256(later.encode()).hexdigest()
    (bridge.facts / "later.toml").write_text(
        f'[document]\nid = "later"\ntitle = "Later"\nsha256 = "{sha256}"\nreplaces = "bridge"\n', encoding="utf-8"
    )
    rows = exported.replace(b'"closed"', b'"closed-still"').replace(b"When was it closed?", b"When did it close?")

    plan = bridge.take(rows, "later", skip_bad=True)

    assert [one.id for one in plan.taken] == ["closed-still"]
    assert [refused.message for refused in plan.refused] == ['is about the document "ferry"']


def test_document_that_is_unknown_or_altered_takes_nothing(bridge: Base) -> None:
    with pytest.raises(NotExchanged, match='no document "brigde"; did you mean "bridge"'):
        bridge.plan("claim,quote\na,b\n", "brigde")
    (bridge.documents / "bridge.txt").write_text(TEXT + "more", encoding="utf-8")
    with pytest.raises(NotExchanged, match="is not the document that was curated"):
        bridge.plan("claim,quote\na,b\n")


def test_sentences_that_are_left_are_counted(bridge: Base) -> None:
    assert bridge.plan(f"claim,quote,act\nIt costs 4 million crowns.,{COST},cost\n").uncovered == 3


# Questions and answers ------------------------------------------------------------------------------------------------

CRACKS = "engineers found cracks in two of its arches"


def test_question_with_the_words_that_carry_its_answer_is_a_draft_that_quotes_them(bridge: Base) -> None:
    plan = bridge.take(f"question,answer,source\nWhat is wrong?,Two arches are cracked.,“{CRACKS}”\n")

    (one,) = plan.taken
    record = bridge.records()["two-arches-cracked"]
    assert (one.fate, one.draft) == (Fate.ADDED, True)
    assert (record.claim, record.quote, record.phrasings, record.draft) == (
        "Two arches are cracked.",
        CRACKS,
        ("What is wrong?",),
        True,
    )


def test_question_with_an_act_and_the_words_of_its_answer_is_a_fact(bridge: Base) -> None:
    plan = bridge.take(f"question,answer,source,act\nWhat is wrong?,Two arches are cracked.,{CRACKS},find\n")

    assert [one.draft for one in plan.taken] == [False]


@pytest.mark.parametrize("source", ["", "bridge", "The Old Bridge", "https://gazette.example/bridge#part"])
def test_answer_that_is_a_quote_needs_no_source_but_the_document(source: str, bridge: Base) -> None:
    line = json.dumps({"question": "What did engineers find?", "answer": f"{CRACKS}.", "source": source})

    bridge.take(line)

    assert [record.quote for record in bridge.records().values()][1] == CRACKS


def test_nearest_sentence_is_proposed_for_an_answer_that_is_no_quote(bridge: Base) -> None:
    plan = bridge.take("question,answer,source\nWhat was signed in Norhaven on Sunday?,It was a petition.,\n")

    (one,) = plan.taken
    assert one.draft
    assert one.notes[0].startswith("the nearest sentence is proposed as its quote (")
    assert bridge.records()[one.id].quote == f"{PETITION}."


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("Cost?,5 million crowns.,", 'claim says "5 million", which its sentence does not ("Mayor Ilse Brandt said'),
        (
            "Who is the king?,Nobody knows the king of Spain.,",
            "the answer is no quote, and no sentence of the document",
        ),
        ("What?,Two.,engineer found cracks", 'source "engineer found cracks" not found in document'),
        ("What?,Two.,the", "source found 2 times"),
        ("What?,It sank.,The ferry", 'its source is the document "ferry"'),
        (",It sank.,", "has no question"),
        ("What?,,", "has no answer"),
        ("When was it closed?,In March,", 'question "When was it closed?" stands at fact "closed" already'),
    ],
)
def test_answer_that_is_not_proven_is_refused(row: str, message: str, bridge: Base) -> None:
    plan = bridge.plan(f"question,answer,source\n{row}\n")

    ((place, why, mend),) = told(plan)
    assert place == "line 2"
    assert why.startswith(message)
    assert mend


def test_questions_with_one_answer_are_phrasings_of_one_fact_and_are_there_when_they_come_again(bridge: Base) -> None:
    rows = "\n".join(
        json.dumps({"question": question, "answer": "Two arches are cracked.", "source": CRACKS})
        for question in ("What is wrong?", "how many arches?", "What is wrong")
    )

    plan, again = bridge.take(rows), bridge.plan(rows)

    assert [one.fate for one in plan.taken] == [Fate.ADDED, Fate.JOINED, Fate.JOINED]
    assert bridge.records()["two-arches-cracked"].phrasings == ("What is wrong?", "how many arches?")
    assert ({one.fate for one in again.taken}, again.texts) == ({Fate.SAME}, {})


def test_question_whose_answer_is_the_claim_of_a_fact_becomes_another_question_of_it(bridge: Base) -> None:
    row = "question,answer\nWhat did the council do?,The town council closed the Old Bridge to lorries in March.\n"

    refused, plan = bridge.plan(row), bridge.take(row, update=True)

    assert told(refused)[0][1] == "is there and says otherwise in phrasings"
    assert [(one.id, one.fate, one.draft) for one in plan.taken] == [("closed", Fate.CHANGED, False)]
    assert bridge.records()["closed"].phrasings == ("When was it closed?", "What did the council do?")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('{"question": "a", "answer": ', "is no JSON ("),
        ('{"question": "a", "answer": 7}', "is no object of texts"),
        ('{"question": "a", "answer": "b", "sauce": "c"}', 'unknown key "sauce"'),
    ],
)
def test_line_that_is_no_question_is_told_and_the_others_are_taken(line: str, message: str, bridge: Base) -> None:
    good = json.dumps({"question": "What is wrong?", "answer": "Two arches are cracked.", "source": CRACKS})

    plan = bridge.plan(f"{good}\n\n{line}\n", skip_bad=True)

    ((place, why, mend),) = told(plan)
    assert (place, mend) == ("line 3", 'write it as {"question": "…", "answer": "…", "source": "…"}')
    assert why.startswith(message)
    assert [one.place for one in plan.taken] == ["line 1"]


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (b"", "is empty; "),
        (b" \r\n ", "is empty; "),
        (b"claim,quote\n\xff,b", "is not UTF-8 text (byte 12); save it as UTF-8"),
        (b"x" * 20_000_001, "has 20.0 MB, more than 20; split it"),
    ],
)
def test_file_that_is_none_is_refused_with_the_mend(raw: bytes, told: str) -> None:
    with pytest.raises(NotExchanged) as refusal:
        read_rows(raw)

    assert str(refusal.value).startswith(told)

"""Drafts are proven like facts, whatever the text; what they say, who says it and what they answer, by examples."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.base import SHIPPED_DOCUMENTS, SHIPPED_FACTS, KnowledgeBase
from knowledge.curation.drafting.drafting import Drafted, draft, draft_files
from knowledge.curation.errors import NotDrafted
from knowledge.curation.writing import FactText, save_all
from knowledge.documents import Document
from knowledge.language.lexicon import load_lexicon
from knowledge.models import DocumentRecord, FactRecord, NameRecord
from knowledge.proof.checking import check_base, proof_of
from knowledge.proof.loading import Loaded, read_base
from knowledge.proof.records import Filed

LEXICON = load_lexicon()
HARBOUR = Path(__file__).resolve().parents[3] / "bot" / "harbour"
EMPTY = replace(
    read_base(HARBOUR / "documents", HARBOUR / "facts"),
    documents=(), facts=(), unsaid=(), skipped=(), names={}, dimensions=(), files=(),
)  # fmt: skip

PIECES = (
    *("Mayor Ilse Brandt said that", "According to", "officials noted", "it would", "not", "the union", "of the town"),
    *(
        "demanded that",
        "and that",
        "which",
        "who",
        ", which",
        ", led by",
        ", including",
        "but",
        "and rejected",
        "while",
    ),
    *(
        "40",
        "2.5 million crowns",
        "three weeks",
        "on Monday",
        "in March 2024",
        "Harbour Company",
        "Doha",
        "its",
        "this",
    ),
    *(
        ".",
        ",",
        "?",
        '"',
        "“",
        "”",
        "\n",
        "**",
        "# ",
        ";",
        "—",
        "(",
        ")",
        "\u200b",
        "\u2028",
        "\x1c",
        "é",
        "漢字。",
        "😀",
    ),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200) | st.lists(
    st.sampled_from(PIECES), max_size=25
).map(" ".join)


def document_of(text: str) -> Document:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return Document(DocumentRecord(id="given", title="Given", sha256=sha256), text)


def drafted(text: str, *names: NameRecord) -> Drafted:
    """Return what is proposed for a text in a base that knows some names."""
    base: Loaded = replace(EMPTY, names={name.id: name for name in names})
    return draft(document_of(text), base, frozenset(), LEXICON)


def only(text: str, *names: NameRecord) -> FactRecord:
    """Return the one fact that is proposed for a text."""
    (fact,) = drafted(text, *names).facts
    return fact


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_whatever_the_text_every_draft_is_proven_and_every_sentence_accounted_for(text: str) -> None:
    document = document_of(text)
    made = drafted(text)

    names = {name.id: name for name in made.names}
    assert [proof_of(Filed(fact, "", fact.id), document, names) for fact in made.facts] == [()] * len(made.facts)
    assert all(fact.draft for fact in made.facts)
    assert len({fact.id for fact in made.facts}) == len(made.facts)
    quotes = [*(fact.quote for fact in made.facts), *(skipped.quote for skipped in made.skipped)]
    quoted = [document.find(quote)[0] for quote in quotes]
    for sentence in document.sentences:
        assert sentence in made.left or any(sentence.start <= at < sentence.end for at in quoted)


def test_day_on_which_somebody_spoke_is_no_part_of_what_they_said() -> None:
    fact = only("The minister said late on Monday that the tunnel is safe.")

    assert (fact.claim, fact.quote) == ("The tunnel is safe.", "the tunnel is safe")
    assert fact.attribution == "The minister said"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "The council closed the bridge, but the mayor opened it again.",
            ["The council closed the bridge.", "The mayor opened it again."],
        ),
        (
            "The union demanded that wages be raised and that the old crane be replaced.",
            ["The union demanded that wages be raised.", "The union demanded that the old crane be replaced."],
        ),
        (
            "The delegation, led by Ada Lind, met the council on Monday.",
            ["The delegation is led by Ada Lind.", "The delegation met the council on Monday."],
        ),
        (
            "The firm accepted the first point but rejected the second.",
            ["The firm accepted the first point.", "The firm rejected the second."],
        ),
        (
            "The harbour, which could close in winter, employs 300 workers.",
            ["The harbour could close in winter.", "The harbour employs 300 workers."],
        ),
    ],
)
def test_sentence_with_several_claims_becomes_several_drafts(text: str, claims: list[str]) -> None:
    assert [fact.claim for fact in drafted(text).facts] == claims


def test_sentence_whose_parts_are_not_true_alone_stays_whole() -> None:
    assert [
        fact.claim for fact in drafted("If the talks fail, the drivers would stop work, and the town would pay.").facts
    ] == ["If the talks fail, the drivers would stop work, and the town would pay."]


@pytest.mark.parametrize(
    ("text", "speaker", "attribution", "manner", "claim"),
    [
        (
            "Mayor Ilse Brandt said that the repair would cost 4 million crowns.",
            "ilse-brandt", "Mayor Ilse Brandt said", "said", "The repair would cost 4 million crowns.",
        ),
        (
            "The tower has no lamp, according to the Vell Gazette.",
            "vell-gazette", "according to the Vell Gazette", "reported", "The tower has no lamp.",
        ),
        (
            "Officials noted that two arches were cracked.",
            "officials", "Officials noted", "noted", "Two arches were cracked.",
        ),
        (
            "“We are ready to open the bridge,” Ada Lind said.",
            "ada-lind", "Ada Lind said", "said", "We are ready to open the bridge.",
        ),
    ],
)  # fmt: skip
def test_who_says_so_is_the_speaker_and_stands_in_the_attribution(
    text: str, speaker: str, attribution: str, manner: str, claim: str
) -> None:
    fact = only(text)

    assert (fact.speakers, fact.attribution, fact.manner, fact.claim) == ((speaker,), attribution, manner, claim)


def test_what_somebody_denies_is_not_told_as_so() -> None:
    fact = only("The company denied that the ferry was unsafe.")

    assert fact.speakers == ()
    assert (fact.manner, fact.claim) == ("denied", "The company denied that the ferry was unsafe.")


def test_slots_hold_the_very_words_of_the_quote() -> None:
    fact = only(
        "On Monday, 12 March 2024, the union collected over 3,800 signatures within two weeks for 2 million crowns."
    )

    assert fact.slots == {
        "date": ("12 March 2024",),
        "duration": ("two weeks",),
        "group": ("signatures",),
        "money": ("2 million crowns",),
        "number": ("3,800", "two", "2 million"),
        "weekday": ("Monday",),
    }


def test_frame_is_read_with_the_names_of_the_base() -> None:
    union = NameRecord(id="union", label="the union", kind="organisation", forms=("union",))
    company = NameRecord(id="company", label="the company", kind="organisation", forms=("company",))

    fact = only("The plan was rejected by the company.", union, company)
    other = only("The union rejected the plan.", union, company)

    assert (fact.agent, fact.act) == (("company",), "reject")
    assert (other.agent, other.act) == (("union",), "reject")


def test_names_are_proposed_by_capitals_titles_and_places_and_marked_as_drafts() -> None:
    made = drafted("Mayor Ilse Brandt met engineers of Calder Tramways in Hexley. Brandt left for Israel.")

    assert [(name.id, name.kind, name.forms, name.draft) for name in made.names][:4] == [
        ("ilse-brandt", "person", ("Ilse Brandt", "Brandt"), True),
        ("calder-tramways", "organisation", ("Calder Tramways",), True),
        ("hexley", "place", ("Hexley",), True),
        ("israel", "country", ("Israel",), True),
    ]


def test_headings_are_proposed_to_be_skipped() -> None:
    made = drafted("# The Old Bridge\n\nThe council closed the bridge.\n\n***\n")

    assert [(skipped.quote, skipped.reason) for skipped in made.skipped] == [
        ("# The Old Bridge", "heading"),
        ("***", "no words"),
    ]


def test_sentence_that_stands_twice_is_left_to_the_curator() -> None:
    made = drafted("The council met.\n\nThe council met.")

    assert made.facts == ()
    assert [sentence.text for sentence in made.left] == ["The council met."] * 2


@pytest.fixture
def base(tmp_path: Path) -> Path:
    """A copy of the harbour base whose ferry document lost its facts."""
    shutil.copytree(HARBOUR, tmp_path / "base")
    path = tmp_path / "base" / "facts" / "ferry.toml"
    text = FactText.read(path)
    for key in text.keys()[1:]:
        text = text.remove(key)
    for key in text.keys("unsaid"):
        text = text.remove(key, "unsaid")
    path.write_text(text.text, "utf-8")
    return tmp_path / "base"


def test_files_with_drafts_are_sound_and_keep_what_a_curator_wrote(base: Path) -> None:
    before = (base / "facts" / "ferry.toml").read_text("utf-8")
    made = draft_files("ferry", base / "documents", base / "facts")

    assert save_all(made.texts, base / "documents", base / "facts") == ()

    assert check_base(base / "documents", base / "facts", LEXICON.acts()).problems == ()
    after = (base / "facts" / "ferry.toml").read_text("utf-8")
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    served = KnowledgeBase.load(base / "documents", base / "facts")
    assert not any(fact.draft for fact in served.facts)
    assert not any(name.draft for name in served.names.values())


def test_drafting_again_proposes_nothing(base: Path) -> None:
    made = draft_files("ferry", base / "documents", base / "facts")
    save_all(made.texts, base / "documents", base / "facts")

    again = draft_files("ferry", base / "documents", base / "facts")

    assert again.drafted == Drafted()
    assert again.texts == {}


def test_document_that_cannot_be_drafted_is_told_with_the_mend(base: Path) -> None:
    with pytest.raises(NotDrafted, match=r'no document "fery"; did you mean "ferry"\?'):
        draft_files("fery", base / "documents", base / "facts")


def test_shipped_document_is_drafted_whole_without_its_facts() -> None:
    loaded = read_base(SHIPPED_DOCUMENTS, SHIPPED_FACTS)
    hidden = replace(loaded, facts=(), unsaid=(), skipped=(), files=())

    made = draft(loaded.documents[0], hidden, frozenset(), LEXICON)

    assert made.left == ()
    assert made.names == ()
    assert len(made.facts) >= 30
    assert [skipped.reason for skipped in made.skipped] == ["heading", "heading"]

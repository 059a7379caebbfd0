"""Who does what to whom is told by order, possessives, passives and prepositions."""

from __future__ import annotations

import pytest

from knowledge.base import KnowledgeBase
from knowledge.message.reading import Reader
from knowledge.message.roles import Role
from tests.knowledge.conftest import only_question

AGENT, TARGET, MENTIONED = Role.AGENT, Role.TARGET, Role.MENTIONED


def roles_of(reader: Reader, question: str) -> dict[str, Role]:
    return dict(only_question(reader, question).roles)


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("What did Hamas demand?", {"hamas": AGENT}),
        ("What did Hamas demand from Israel?", {"hamas": AGENT, "israel": TARGET}),
        ("What did Israel demand from Hamas?", {"israel": AGENT, "hamas": TARGET}),
        ("Did Israel attack Gaza?", {"israel": AGENT}),
        ("Hamas demands", {"hamas": Role.PROBABLE}),
        ("Who met the Qatari Prime Minister?", {"al-thani": TARGET}),
    ],
)
def test_who_stands_before_the_act_does_it_and_who_stands_behind_it_suffers_it(
    reader: Reader, question: str, roles: dict[str, Role]
) -> None:
    assert roles_of(reader, question) == roles


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("What was rejected by Tel Aviv?", {"israel": AGENT}),
        ("Which demands were made by Hamas?", {"hamas": AGENT}),
        ("Was the demand of Hamas rejected by Israel?", {"hamas": AGENT, "israel": AGENT}),
        ("Were Israelis attacked?", {"israel": TARGET}),
        ("Were Israelis freed?", {"israel": TARGET}),
        ("Would Israelis be released by Hamas?", {"israel": TARGET, "hamas": AGENT}),
    ],
)
def test_passive_turns_them_round(reader: Reader, question: str, roles: dict[str, Role]) -> None:
    assert roles_of(reader, question) == roles


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("What is Hamas's demand?", {"hamas": AGENT}),
        ("What were Israel's demands?", {"israel": AGENT}),
        ("What demands did Hamas make?", {"hamas": AGENT}),
        ("Which demands did Israel make?", {"israel": AGENT}),
        ("What are Hamas demands?", {"hamas": AGENT}),
        ("What are the Israeli demands?", {"israel": AGENT}),
    ],
)
def test_who_makes_a_demand_is_who_demands(reader: Reader, question: str, roles: dict[str, Role]) -> None:
    assert roles_of(reader, question) in (roles, dict.fromkeys(roles, MENTIONED))


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("According to Axios, what did Hamas demand?", {"axios": MENTIONED, "hamas": AGENT}),
        ("What is the age of Barnea?", {"barnea": MENTIONED}),
        ("Is Barnea old?", {"barnea": MENTIONED}),
    ],
)
def test_who_is_only_named_does_nothing(reader: Reader, question: str, roles: dict[str, Role]) -> None:
    assert roles_of(reader, question) == roles


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        ("Do Israel and Hamas trust each other's maps?", {"israel": AGENT, "hamas": AGENT}),
        ("What did Hamas or Israel refuse?", {"hamas": AGENT, "israel": AGENT}),
        ("Was the plan thrown out by Israel and Hamas?", {"israel": AGENT, "hamas": AGENT}),
        ("Were Israel and Hamas attacked?", {"israel": TARGET, "hamas": TARGET}),
        ("What did Qatar hand to Hamas and Israel?", {"qatar": AGENT, "hamas": TARGET, "israel": TARGET}),
    ],
)
def test_those_who_are_joined_play_the_same_part(reader: Reader, question: str, roles: dict[str, Role]) -> None:
    assert roles_of(reader, question) == roles


def test_those_who_are_joined_do_the_same(reader: Reader) -> None:
    deeds = only_question(reader, "What did neither Israel nor Hamas demand?").deeds

    assert deeds["israel"] == deeds["hamas"]
    assert "demand" in deeds["hamas"]


@pytest.mark.parametrize("question", ["How many Israeli towns are there?", "Did it rain on Israeli towns?"])
def test_who_describes_a_noun_does_nothing(reader: Reader, question: str) -> None:
    assert roles_of(reader, question) == {"israel": MENTIONED}


def test_place_and_city_play_no_role(reader: Reader) -> None:
    assert roles_of(reader, "Was Rafah bombed while they met in Doha?") == {}


@pytest.mark.parametrize(
    ("question", "roles"),
    [
        (
            "What did the dock workers demand from the harbour company?",
            {"dock-workers": AGENT, "harbour-company": TARGET},
        ),
        ("Was the demand rejected by the port company?", {"harbour-company": AGENT}),
        ("Whom did Mara Venn accuse?", {"mara-venn": AGENT}),
        ("Who met the harbour company?", {"harbour-company": TARGET}),
    ],
)
def test_roles_are_read_alike_in_another_base(harbour: KnowledgeBase, question: str, roles: dict[str, Role]) -> None:
    assert roles_of(harbour.scales.reader, question) == roles

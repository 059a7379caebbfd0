"""The JSON Schemas that editors use are those of the models."""

import json
import tomllib
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from knowledge.proof.schema import SCHEMAS, schema_text, write_schemas

ROOT = Path(__file__).resolve().parents[3]
KNOWLEDGE = ROOT / "knowledge"
CASES = ROOT / "tests" / "cases"
SOUND = [*(KNOWLEDGE / "facts").glob("*.toml"), *(CASES / "valid").glob("*/facts/*.toml")]


def schema_for(path: Path) -> Draft202012Validator:
    name = "names.schema.json" if path.name == "names.toml" else "fact.schema.json"
    return Draft202012Validator(json.loads((KNOWLEDGE / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("name", SCHEMAS)
def test_written_schema_is_that_of_the_models(name: str) -> None:
    assert (KNOWLEDGE / name).read_text(encoding="utf-8") == schema_text(SCHEMAS[name]), (
        "run: python -m knowledge.proof.schema"
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_schema_is_one(name: str) -> None:
    Draft202012Validator.check_schema(json.loads(schema_text(SCHEMAS[name])))


def test_schemas_are_written_the_same_twice(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    first = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    write_schemas(tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == first
    assert sorted(first) == ["fact.schema.json", "names.schema.json"]
    assert all(raw.endswith(b"}\n") for raw in first.values())


@pytest.mark.parametrize("path", SOUND, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_sound_file_is_valid_to_an_editor(path: Path) -> None:
    tables = tomllib.loads(path.read_bytes().decode("utf-8-sig"))

    assert [error.message for error in schema_for(path).iter_errors(tables)] == []


@pytest.mark.parametrize(
    ("case", "message"),
    [
        ("key_unknown", "Additional properties are not allowed ('phrasing' was unexpected)"),
        ("key_missing", "'act' is a required property"),
        ("slot_kind_unknown", "'grup' is not one of ["),
        ("id_not_a_slug", "'Built by Norre' does not match"),
    ],
)
def test_editor_marks_what_is_malformed(case: str, message: str) -> None:
    path = CASES / "invalid" / case / "facts" / "orsa.toml"
    tables = tomllib.loads(path.read_text(encoding="utf-8"))

    assert [error.message[: len(message)] for error in schema_for(path).iter_errors(tables)] == [message]


def test_one_name_may_stand_without_a_list_around_it() -> None:
    facts = json.loads((KNOWLEDGE / "fact.schema.json").read_text(encoding="utf-8"))["$defs"]["FactRecord"][
        "properties"
    ]

    assert [choice["type"] for choice in facts["agent"]["anyOf"]] == ["string", "array"]

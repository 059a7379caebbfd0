"""The JSON Schemas of the curated files, by which an editor completes and checks while a curator types.

    python -m knowledge.proof.schema

writes `knowledge/fact.schema.json` and `knowledge/names.schema.json`, to which the first line of each file points.
"""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from knowledge.models import FactFile, NamesFile

SCHEMAS: dict[str, type[BaseModel]] = {"fact.schema.json": FactFile, "names.schema.json": NamesFile}
"""The models, by the name of the file that holds their schema."""


def schema_text(model: type[BaseModel]) -> str:
    """Return the JSON Schema of a model as a text, the same for the same model."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | model.model_json_schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def write_schemas(folder: Path) -> None:
    """Write the schema of every curated file into a folder."""
    for name, model in SCHEMAS.items():
        (folder / name).write_text(schema_text(model), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_schemas(Path(__file__).resolve().parents[1])

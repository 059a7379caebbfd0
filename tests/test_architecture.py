"""The house as `DESIGN.md` draws it: seeds <- knowledge <- bot, read from the imports."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
MODULES = sorted((*ROOT.glob("knowledge/**/*.py"), *ROOT.glob("bot/**/*.py")))

FOUNDATION = ("rules", "problems", "errors", "models", "language.grammar", "language.text", "documents", "outcomes")
ROOMS = {
    "proof": (
        *("closest", "boundaries", "claims", "records", "placing", "references"),
        *("loading", "versions", "checking", "schema"),
    ),
    "language": (
        *("lexicon", "languages", "glossaries", "numbers", "glossing"),
        *("terms", "slips", "usage", "spelling"),
    ),
    "message": ("clauses", "splitting", "wanting", "roles", "reading", "linking", "dialogue"),
    "ranking": ("bm25", "neighbours", "ngrams", "rarity", "scoring", "sentences", "passages"),
    "court": (
        *("index", "evidence", "weighing", "explaining"),
        *("narrowing", "listing", "comparing", "deciding"),
        *("telling", "statements", "contradicting"),
    ),
}
ROOF = ("finding", "compiled", "base", "recalling")

PIPELINE = (*FOUNDATION, *(f"{room}.{module}" for room, modules in ROOMS.items() for module in modules), *ROOF)
"""The modules of `knowledge` from the ground up; each may import those before it."""

CURATION_ROOMS = {
    "measuring": (
        *("question_sets", "results", "judging", "durations", "figures"),
        *("asking", "comparing", "ablating"),
    ),
    "probing": ("texts", "slips", "kinds", "makers", "probing"),
    "fitting": ("ranking", "fitting", "crossing", "calibrating", "weights_file"),
    "drafting": ("words", "attributing", "clipping", "slotting", "naming", "drafting"),
    "reviewing": ("reviewing", "amending", "dividing"),
    "gaps": ("masking", "filling", "clustering", "gaps"),
    "examining": ("mentioning", "crediting", "colliding", "examining"),
    "extracting": (
        *("extracted", "unwrapping", "plain", "markdown", "describing", "html"),
        *("unpacking", "docx", "pdf", "detecting", "extracting"),
    ),
    "receiving": ("receiving", "aligning", "revising"),
    "exchanging": ("exchanging", "links", "rows", "tables", "annotations", "claims", "faq"),
    "importing": ("reading", "filling", "sources", "subjects", "importing"),
}
CURATION = (
    *("errors", "writing"),
    *(f"{room}.{module}" for room, modules in CURATION_ROOMS.items() for module in modules),
)
"""The modules of `knowledge.curation`; they stand on the whole pipeline, and each may import those before it."""

NOT_FOR_KNOWLEDGE = {
    *("aiohttp", "asyncio", "http", "httpx", "requests", "socket", "ssl", "urllib"),
    *("random", "secrets", "threading", "time", "uuid"),
    *("pydantic_settings", "subprocess"),
    *("bot", "jinja2", "rich", "telegram", "textual", "typer"),
}
"""Networks, clocks, chance, the environment, and the ways in which people reach the bot."""

OF_CURATION = {"time": {"perf_counter"}, "random": {"Random"}}
"""What measuring needs of the forbidden: a stopwatch that tells no time of day, and chance with a seed."""

SURFACES = {"knowledge", "knowledge.curation"}
"""What `bot` may import of `knowledge`; the second is not needed to answer."""

MISSING_WORDS = {"utils", "helpers", "common", "manager", "service", "misc"}
"""Names that say nothing of what is in the room."""


def name_of(module: Path) -> str:
    """Return the path of a module as the repository lists it."""
    return module.relative_to(ROOT).as_posix()


def dotted(module: Path, folder: str) -> str:
    """Return the dotted name of a module below a folder of the repository."""
    return module.relative_to(ROOT / folder).with_suffix("").as_posix().replace("/", ".")


def imported(module: Path) -> Iterator[str]:
    """Yield the dotted name of everything that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(module)}: imports are absolute here"
            yield node.module or ""


def packages(module: Path) -> set[str]:
    """Return the top-level packages that a module imports."""
    return {name.split(".")[0] for name in imported(module)}


def importers_of(package: str) -> list[str]:
    """Return the modules that import a package, by path."""
    return [name_of(module) for module in MODULES if package in packages(module)]


def named(module: Path, names: set[str]) -> set[str]:
    """Return those of `names` that a module uses as an attribute or imports by name."""
    tree = ast.walk(ast.parse(module.read_text("utf-8")))
    used = {
        word
        for node in tree
        for word in (
            [node.attr]
            if isinstance(node, ast.Attribute)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    return used & names


def taken_from(package: str, module: Path) -> set[str]:
    """Return what a module takes from a package, as `package.word` or by importing the word."""
    return {
        word
        for node in ast.walk(ast.parse(module.read_text("utf-8")))
        for word in (
            [node.attr]
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == package
            else [alias.name for alias in node.names]
            if isinstance(node, ast.ImportFrom) and node.module == package
            else []
        )
    }


def test_modules_are_found() -> None:
    assert {"knowledge/base.py", "bot/cli.py", "bot/telegram/application.py"} <= {name_of(module) for module in MODULES}


@pytest.mark.parametrize("module", sorted(ROOT.glob("knowledge/**/*.py")), ids=name_of)
def test_knowledge_knows_no_network_clock_environment_or_bot(module: Path) -> None:
    spared = OF_CURATION if "curation" in module.parts else {}
    assert (packages(module) & NOT_FOR_KNOWLEDGE) - spared.keys() == set()
    for package, words in spared.items():
        assert taken_from(package, module) <= words
    assert named(module, {"now", "today", "utcnow", "getenv", "environ"}) == set()


def test_seeds_hold_documents_and_no_program() -> None:
    assert list(ROOT.glob("seeds/**/*.py")) == []


@pytest.mark.parametrize("module", sorted(ROOT.glob("bot/**/*.py")), ids=name_of)
def test_bot_imports_knowledge_by_its_public_surfaces_only(module: Path) -> None:
    assert {name for name in imported(module) if name.startswith("knowledge.")} <= SURFACES


def test_every_module_of_knowledge_has_its_place_in_the_pipeline() -> None:
    modules = {dotted(module, "knowledge") for module in ROOT.glob("knowledge/**/*.py") if module.stem != "__init__"}

    assert sorted(PIPELINE) == sorted(module for module in modules if not module.startswith("curation."))


@pytest.mark.parametrize("place", range(len(PIPELINE)), ids=PIPELINE)
def test_module_of_knowledge_imports_only_those_before_it(place: int) -> None:
    module = ROOT / "knowledge" / f"{PIPELINE[place].replace('.', '/')}.py"
    used = {name.removeprefix("knowledge.") for name in imported(module) if name.startswith("knowledge.")}

    assert used <= set(PIPELINE[:place])


def test_every_module_of_curation_has_its_place() -> None:
    modules = [module for module in ROOT.glob("knowledge/curation/**/*.py") if module.stem != "__init__"]

    assert sorted(CURATION) == sorted(dotted(module, "knowledge/curation") for module in modules)


@pytest.mark.parametrize("place", range(len(CURATION)), ids=CURATION)
def test_module_of_curation_imports_only_those_before_it_and_the_pipeline(place: int) -> None:
    module = ROOT / "knowledge" / "curation" / f"{CURATION[place].replace('.', '/')}.py"
    used = {name.removeprefix("knowledge.") for name in imported(module) if name.startswith("knowledge.")}

    assert used <= {*PIPELINE, *(f"curation.{earlier}" for earlier in CURATION[:place])}


def test_what_answers_does_not_stand_on_curation() -> None:
    pipeline = [module for module in ROOT.glob("knowledge/**/*.py") if "curation" not in module.parts]

    assert [name_of(module) for module in pipeline if any("curation" in name for name in imported(module))] == []


def test_extra_that_fits_weights_is_imported_by_what_needs_it_only() -> None:
    assert importers_of("scipy") == ["knowledge/curation/fitting/fitting.py"]
    assert importers_of("numpy") == ["knowledge/curation/fitting/fitting.py"]


def test_edit_distances_of_the_answer_path_are_in_one_module() -> None:
    """`closest` mends what a curator wrote; it is imported by a base with problems only."""
    assert importers_of("rapidfuzz") == ["knowledge/language/spelling.py", "knowledge/proof/closest.py"]


def test_fact_files_are_written_by_one_module() -> None:
    assert importers_of("tomlkit") == ["knowledge/curation/writing.py"]


def test_environment_is_read_in_one_module() -> None:
    """`transport` reads none, but sets one that python-telegram-bot reads while it is imported."""
    readers = [name_of(module) for module in MODULES if named(module, {"environ", "environb", "getenv"})]

    assert readers == ["bot/settings.py", "bot/telegram/delivery/transport.py"]
    assert importers_of("pydantic_settings") == ["bot/settings.py"]


def test_telegram_is_imported_by_its_own_room_only() -> None:
    elsewhere = [name for name in importers_of("telegram") if not name.startswith("bot/telegram/")]
    through = [
        name_of(module) for module in MODULES if any(name.startswith("bot.telegram") for name in imported(module))
    ]

    assert elsewhere == []
    assert [name for name in through if not name.startswith("bot/telegram/")] == ["bot/cli.py"]


def test_desk_is_the_only_room_that_needs_its_library() -> None:
    """Importing textual takes a fifth of a second, which no other command pays."""
    assert {name.rpartition("/")[0] for name in importers_of("textual")} == {"bot/curating/reviewing"}


def test_rooms_are_named_by_what_is_in_them() -> None:
    words = {part for module in MODULES for part in module.relative_to(ROOT).with_suffix("").parts}

    assert words & MISSING_WORDS == set()

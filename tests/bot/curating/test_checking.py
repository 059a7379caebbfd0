"""`verbatim check` as a build uses it: JSON, SARIF, exit codes, and the hook for pre-commit."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]  # ships no types

from bot.curating.sarif import as_sarif
from knowledge import Places, Problem, Report, load_lexicon
from knowledge.curation import examine
from tests.bot.conftest import HARBOUR, Program

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[2]
CASES = ROOT / "tests" / "cases"
BROKEN = [*sorted((CASES / "invalid").iterdir()), *sorted((CASES / "warned").iterdir())]
DATED = CASES / "warned" / "number_of_another_document_with_dates"
UNDATED = CASES / "warned" / "number_of_another_document"


def folders(case: Path) -> tuple[str, ...]:
    return "--documents", str(case / "documents"), "--facts", str(case / "facts")


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_every_report_is_valid_sarif(case: Path) -> None:
    report = examine(case / "documents", case / "facts", load_lexicon())
    log = as_sarif(report, ROOT)

    schema = json.loads((HERE / "sarif.schema.json").read_text("utf-8"))
    Draft202012Validator(schema).validate(json.loads(json.dumps(log)))
    run = log["runs"][0]
    assert [result["ruleId"] for result in run["results"]] == [
        run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] for result in run["results"]
    ]
    prints = [result["partialFingerprints"]["verbatimProblem/v1"] for result in run["results"]]
    assert len(prints) == len(set(prints)) == len(report.problems) + len(report.warnings)


def test_sarif_tells_the_line_of_the_record_and_of_the_other_one(verbatim: Program) -> None:
    done = verbatim("check", *folders(UNDATED), "--sarif", "-")

    (result,) = json.loads(done.stdout)["runs"][0]["results"]
    assert done.returncode == 0
    assert result["level"] == "warning"
    assert result["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": (UNDATED / "facts" / "orsa.toml").as_uri()},
                "region": {"startLine": 6, "startColumn": 1},
            },
            "logicalLocations": [{"name": 'fact "built-in-1874"', "kind": "element"}],
        }
    ]
    (other,) = result["relatedLocations"]
    assert other["message"] == {"text": 'fact "built-in-1878"'}
    assert other["physicalLocation"]["region"]["startLine"] == 6


def test_fingerprint_stays_when_lines_move(tmp_path: Path) -> None:
    def prints() -> list[str]:
        log = as_sarif(examine(tmp_path / "documents", tmp_path / "facts", load_lexicon()), tmp_path)
        return [result["partialFingerprints"]["verbatimProblem/v1"] for result in log["runs"][0]["results"]]

    shutil.copytree(UNDATED, tmp_path, dirs_exist_ok=True)
    before = prints()
    file = tmp_path / "facts" / "orsa.toml"
    file.write_text(f"# moved\n\n{file.read_text('utf-8')}", "utf-8")

    assert prints() == before != []


def test_file_below_the_root_is_named_from_there_in_letters_that_addresses_allow(tmp_path: Path) -> None:
    problem = Problem(str(tmp_path / "facts of ü" / "x.toml"), "", "empty", "delete it")
    log = as_sarif(Report((problem,), ()), tmp_path)

    assert log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "facts%20of%20%C3%BC/x.toml",
        "uriBaseId": "%SRCROOT%",
    }


def test_sarif_goes_to_a_file_beside_the_report(verbatim: Program, tmp_path: Path) -> None:
    done = verbatim("check", "--sarif", "found.sarif")

    assert done.returncode == 0
    assert done.stdout.decode().endswith("no problems\n")
    assert json.loads((tmp_path / "found.sarif").read_text("utf-8"))["runs"][0]["results"] == []


@pytest.mark.parametrize("target", ["gone/found.sarif", "."])
def test_sarif_that_cannot_be_written_is_told_before_any_work(target: str, verbatim: Program) -> None:
    done = verbatim("check", "--sarif", target)

    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(f"verbatim: {target}".encode())


def test_json_and_sarif_do_not_mix_on_one_output(verbatim: Program) -> None:
    done = verbatim("check", "--json", "--sarif", "-")

    assert (done.returncode, done.stdout) == (2, b"")


@pytest.mark.parametrize(
    ("case", "least", "code"),
    [
        (UNDATED, "error", 0),
        (UNDATED, "warning", 1),
        (UNDATED, "note", 1),
        (DATED, "warning", 0),
        (DATED, "note", 1),
        (CASES / "invalid" / "quote_not_found", "error", 1),
        (CASES / "invalid" / "quote_not_found", "note", 1),
        (HARBOUR, "note", 0),
    ],
)
def test_exit_code_tells_whether_something_is_as_grave_as_wished(
    case: Path, least: str, code: int, verbatim: Program
) -> None:
    assert verbatim("check", *folders(case), "--fail-on", least).returncode == code


def test_unknown_gravity_is_wrong_use(verbatim: Program) -> None:
    assert verbatim("check", "--fail-on", "everything").returncode == 2


def test_json_tells_rule_severity_and_line_of_a_warning(verbatim: Program) -> None:
    report = json.loads(verbatim("check", *folders(DATED), "--json").stdout)

    (warning,) = report["warnings"]
    assert report["problems"] == []
    assert {key: warning[key] for key in ("rule", "severity", "line", "column", "others")} == {
        "rule": "known-disagreement",
        "severity": "note",
        "line": 7,
        "column": 1,
        "others": [{"file": str(DATED / "facts" / "atlas.toml"), "record": 'fact "built-in-1878"', "line": 7}],
    }


def test_warning_is_a_line_with_its_rule_and_the_base_loads(verbatim: Program) -> None:
    done = verbatim("check", *folders(UNDATED))

    lines = done.stdout.decode().splitlines()
    assert lines[0].endswith("[warning: other-number]")
    assert lines[-1] == "no problems, 1 warning"
    assert verbatim("facts", *folders(UNDATED)).returncode == 0


def test_deep_check_asks_the_facts_their_own_questions(verbatim: Program) -> None:
    case = CASES / "asked" / "confused_and_unreachable"
    quick, deep = verbatim("check", *folders(case)), verbatim("check", *folders(case), "--deep", "--fail-on", "warning")

    assert quick.stdout.decode().splitlines()[-1] == "no problems"
    assert deep.stdout.decode().splitlines()[-1] == "no problems, 2 warnings"
    assert (deep.returncode, deep.stderr) == (1, b"")


def test_deep_check_of_a_base_that_does_not_load_tells_why(verbatim: Program) -> None:
    done = verbatim("check", *folders(CASES / "invalid" / "quote_not_found"), "--deep")

    assert done.returncode == 1
    assert "[error: quote-not-found]" in done.stdout.decode()


def hook() -> dict[str, str]:
    """Return the one hook that `.pre-commit-hooks.yaml` defines."""
    lines = (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8").splitlines()
    return {match[1]: match[2] for line in lines if (match := re.match(r"[- ] (\w+): (.+)", line))}


def test_hook_runs_what_it_says(verbatim: Program, tmp_path: Path) -> None:
    program, *arguments = shlex.split(hook()["entry"])
    shutil.copytree(HARBOUR, tmp_path / "base")
    sound = verbatim(*arguments, *folders(tmp_path / "base"))
    facts = tmp_path / "base" / "facts" / "harbour.toml"
    facts.write_text(facts.read_text("utf-8").replace("7 percent.", "8 percent."), "utf-8")
    broken = verbatim(*arguments, *folders(tmp_path / "base"))

    assert program == "verbatim"
    assert (sound.returncode, broken.returncode) == (0, 1)
    assert "pass_filenames: false" in (ROOT / ".pre-commit-hooks.yaml").read_text("utf-8")


@pytest.mark.parametrize("path", ["facts/harbour.toml", "facts/names.toml", "documents/ferry.txt", "documents/a.pdf"])
def test_hook_minds_facts_and_documents(path: str) -> None:
    assert re.search(hook()["files"], path)


def test_hook_minds_no_programs() -> None:
    assert not re.search(hook()["files"], "bot/cli.py")


def test_line_of_a_shipped_record_is_the_line_of_its_heading() -> None:
    file = ROOT / "knowledge" / "facts" / "000_8256fad7c370c679.toml"
    lines = file.read_text("utf-8").splitlines()

    place = Places().at(str(file), 'fact "hamas-demands-950-prisoners"')
    assert lines[place.line - 1 : place.line + 1] == ["[[fact]]", 'id = "hamas-demands-950-prisoners"']

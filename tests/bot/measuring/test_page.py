"""The report: one file, whatever stands in a set, that a browser without scripts or a network can show to anybody."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from bot.measuring.curve import BOTTOM, LEFT, RIGHT, TOP, picture
from knowledge.curation import Covered
from tests.bot.measuring.conftest import SET, Write

Program = Callable[..., subprocess.CompletedProcess[bytes]]

HOSTILE = '<script>alert("1")</script> {{ 7 * 7 }} </pre></article> &amp; \' " \u202e'
VOID = {"meta", "line", "circle", "polyline"}


class Page(HTMLParser):
    """The elements of a page with their attributes, and its text; what is opened must be closed."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(page)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, text: str) -> None:
        self.text += text

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def page(verbatim: Program, write: Write, tmp_path: Path) -> Page:
    """The report on a set in which all that can be hostile is, with a comparison and an ablation."""
    met = "Where did the two sides meet?"
    name = write(
        {"id": HOSTILE, "kind": HOSTILE, "turns": [HOSTILE, met], "answerable": False},
        {
            "id": "m-2",
            "turns": [met],
            "answerable": True,
            "gold": [["The company blamed the weather.", "Dock workers"]],
        },
        {"id": "m-3", "turns": [HOSTILE], "answerable": True, "gold": [["7 percent"], ["12 crossings"]]},
        {"id": "m-4", "turns": [met], "answerable": True, "gold": [["Brena"]]},
        name=f"{HOSTILE.replace('/', '')[:40]}.jsonl",
    )
    (tmp_path / "run.jsonl").write_text('{"id": "m-4", "outcome": "abstain"}\n', "utf-8")
    done = verbatim("eval", name, "--html", "page.html", "--compare", "run.jsonl", "--ablate=conversation")
    assert (done.returncode, done.stderr) == (0, b"")
    return Page((tmp_path / "page.html").read_text("utf-8"))


def test_whatever_stands_in_a_set_is_text(page: Page) -> None:
    assert page.named("script") == []
    assert "{{ 7 * 7 }}" in page.text
    assert page.text.count('<script>alert("1")</script>') >= 3
    assert not any(name.startswith("on") for _, attributes in page.elements for name in attributes)


def test_page_needs_nothing_from_elsewhere(page: Page, tmp_path: Path) -> None:
    linked = {"href", "src", "srcset", "data", "action", "poster", "background", "xlink:href"}
    style = re.findall(r"<style>(.*?)</style>", (tmp_path / "page.html").read_text("utf-8"), re.DOTALL)[0]

    assert [attributes for _, attributes in page.elements if linked & set(attributes)] == []
    assert "url(" not in style
    assert "@import" not in style
    assert {"http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"} in (
        page.named("meta")
    )


def test_page_is_made_for_phones_and_for_the_dark(page: Page, tmp_path: Path) -> None:
    assert {"name": "viewport", "content": "width=device-width, initial-scale=1"} in page.named("meta")
    assert "prefers-color-scheme: dark" in (tmp_path / "page.html").read_text("utf-8")


def test_page_can_be_listened_to(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    (svg,) = page.named("svg")
    pointed = {name for _, attributes in page.elements for name in (attributes.get("aria-labelledby") or "").split()}

    assert page.named("html") == [{"lang": "en"}]
    assert len(page.named("caption")) == len(page.named("table")) >= 4
    assert all(attributes.get("scope") in {"col", "row"} for attributes in page.named("th"))
    assert (svg["role"], svg["aria-labelledby"]) == ("img", "curve-title curve-desc")
    assert {"curve-title", "curve-desc"} <= pointed <= set(ids)
    assert len(ids) == len(set(ids))


def test_every_miss_is_told_with_what_was_wanted_what_was_shown_and_why(page: Page) -> None:
    assert len(page.named("article")) == len(page.named("details")) == 3
    for told in (
        "answered, though the documents do not say",
        'does not cite "The company blamed the weather."',
        "A right answer cites one of each:",
        "or Dock workers",
        "The two sides met in Brena on Tuesday. [1]",
        "enough speaks for it and nothing against",
    ):
        assert told in page.text


def test_comparison_and_ablation_stand_in_the_report(page: Page) -> None:
    assert "1 better, 0 worse, 0 otherwise; 1 compared." in page.text
    assert "conversation" in page.text


def test_report_on_a_set_without_a_miss_says_so(verbatim: Program, tmp_path: Path) -> None:
    verbatim("eval", str(SET), "--html", "page.html")

    page = Page((tmp_path / "page.html").read_text("utf-8"))
    assert page.named("article") == []
    assert "0 of 8: wrong and false answers first, then what was missed.\nNothing." in page.text


def test_curve_lies_on_its_canvas() -> None:
    drawn = picture([Covered(0.9, 0.25, 0.0), Covered(0.5, 1.0, 0.05)])

    assert drawn.points == f"{LEFT + (RIGHT - LEFT) / 4},{BOTTOM} {RIGHT},{TOP}"
    assert drawn.end == (RIGHT, TOP)
    assert [label for _, label in drawn.up] == ["0%", "1.25%", "2.5%", "3.75%", "5%"]
    assert [label for _, label in drawn.across] == ["0%", "25%", "50%", "75%", "100%"]


def test_curve_of_nothing_is_empty() -> None:
    assert (picture([]).points, picture([]).end) == ("", None)

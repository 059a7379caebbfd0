"""Bytes become text, or a clear refusal: whatever they are and whatever their name promises."""

from __future__ import annotations

import codecs
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.curation.errors import NotExtracted
from knowledge.curation.extracting.extracted import Described, Extracted, as_address, as_date, as_language, tidy
from knowledge.curation.extracting.extracting import extract
from knowledge.documents import Document
from knowledge.models import DocumentRecord
from tests.received import BRIDGE, PARAGRAPHS, docx, html, packed, pdf, replaced, scanned_pdf, with_body

FIRST = (
    "The town council of Vell closed the Old Bridge to lorries in March, after engineers found cracks in two of its "
    "seven arches."
)
SECOND = "Mayor Ilse Brandt said that the repair would cost 4 million crowns."

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in BRIDGE)


def refusal(content: bytes, name: str = "x", encoding: str = "") -> str:
    with pytest.raises(NotExtracted) as refused:
        extract(content, name, encoding)
    return str(refused.value)


# Plain text -----------------------------------------------------------------------------------------------------------


def test_text_in_utf_8_is_taken_to_the_letter() -> None:
    text = "One line.\r\n\r\n  Another\tline with é, “quotes” and \u00a0spaces.  \n"

    assert extract(text.encode(), "x.txt") == Extracted("text", text)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_byte_order_mark_says_the_encoding_and_is_no_part_of_the_text(mark: bytes, encoding: str) -> None:
    text = "Où est la forêt ?\n\nNulle part.\n"

    assert extract(mark + text.encode(encoding), "x.txt") == Extracted("text", text)


def test_old_encoding_without_a_rival_is_read_and_told() -> None:
    text = "Министр заявил, что переговоры продолжатся во вторник. Это сказал он.\n" * 4

    extracted = extract(text.encode("cp1251"), "x.txt")

    assert extracted.text == text
    assert extracted.notes == (
        'nothing says in which encoding it is; read as cp1251: see that "Министр … заявил, … что" is right',
    )


def test_old_encodings_that_fit_alike_are_refused_with_what_each_reads() -> None:
    text = "Où est la forêt ? Elle a été coupée à Paris, ça va de soi, dit le maire de la ville.\n" * 3

    told = refusal(text.encode("cp1252"), "x.txt")

    assert told.startswith("is no UTF-8 text (byte 1), and more than one encoding fits: ")
    assert 'cp1252 reads "' in told
    assert told.endswith("; name the right one with --encoding, or save it as UTF-8")


def test_encoding_that_a_curator_names_decides() -> None:
    text = "Où est la forêt ?\n"

    assert extract(text.encode("cp1252"), "x.txt", "windows-1252") == Extracted("text", text)
    assert refusal(b"\xe9a", "x.txt", "utf-8") == "is not utf-8 text (byte 0); save it as UTF-8, or name its encoding"
    assert refusal(b"abc", "x.txt", "latein") == (
        'cannot be read as "latein", which is no encoding; name one such as windows-1252'
    )
    assert "no encoding" in refusal(b"abc", "x.txt", "rot13")


def test_lines_that_a_program_broke_become_paragraphs() -> None:
    text = (
        "The town council of Vell closed the Old Bridge to lorries\n"
        "in March, after engineers found cracks in two of its seven\n"
        "arches. Mayor Ilse Brandt said that the repair would cost\n"
        "4 million crowns.\n\nShopkeepers on the east bank demanded a temporary ferry,\n"
        "but the council rejected this.\n"
    )

    extracted = extract(text.encode(), "x.txt")

    assert extracted.text.split("\n\n") == [
        f"{FIRST} {SECOND}",
        "Shopkeepers on the east bank demanded a temporary ferry, but the council rejected this.\n",
    ]
    assert extracted.notes == ("its lines are broken after some 58 characters; they were joined to paragraphs",)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(BRIDGE) + "\n",
        "Vell\nThe Old Bridge\n12 April\n\nDear Sir,\n",
        "One sentence that stands by itself on its line.\n" * 8,
    ],
)
def test_lines_that_are_paragraphs_stay_as_they_are(text: str) -> None:
    assert extract(text.encode(), "x.txt") == Extracted("text", text)


# Markdown -------------------------------------------------------------------------------------------------------------


def test_markdown_loses_its_marks_and_keeps_its_words() -> None:
    text = (
        '---\ntitle: "The Old Bridge"\npublisher: Vell Gazette\ndate: 2024-04-02\nlang: en-GB\n'
        "url: https://a.example/b\n---\n"
        "# The Bridge\n\nThe *town* council **closed**\nthe [Old Bridge](https://x.example) to `lorries`.\n\n"
        "![a picture](p.png)\n\n- one\n- two\n\n> said she\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<!-- hidden -->\n"
    )

    assert extract(text.encode(), "x.md") == Extracted(
        "markdown",
        "# The Bridge\n\nThe town council closed the Old Bridge to lorries.\n\n"
        "one\n\ntwo\n\nsaid she\n\na | b\n\n1 | 2\n",
        Described("The Old Bridge", "Vell Gazette", "2024-04-02", "https://a.example/b", "en"),
    )


def test_first_heading_of_markdown_is_its_title_and_a_rule_is_no_front_matter() -> None:
    extracted = extract(b"# The Bridge\n\nIt is old.\n", "x.md")

    assert extracted.described == Described(title="The Bridge")
    assert extract(b"---\n\nIt is old.\n\n---\n\nYes.\n", "x.md").text == "It is old.\n\nYes.\n"


# HTML -----------------------------------------------------------------------------------------------------------------


def test_page_is_its_article_without_menu_and_footer() -> None:
    extracted = extract(html(f"<h1>The Old Bridge</h1>{ARTICLE}<table><tr><td>a</td><td>b</td></tr></table>"), "x.html")

    assert extracted == Extracted("html", f"# The Old Bridge\n\n{PARAGRAPHS}\na | b\n")


def test_page_says_who_published_it_when_and_where() -> None:
    head = (
        '<meta property="og:title" content="Bridge shut"><meta property="og:site_name" content="Gazette">'
        '<link rel="canonical" href="https://gazette.example/bridge">'
        '<script type="application/ld+json">{"@graph": [{"@type": "Organization", "@id": "#o", "name": "Vell Gazette"},'
        '{"@type": "NewsArticle", "headline": "Old Bridge closed", "publisher": {"@id": "#o"},'
        '"datePublished": "2024-04-02T23:30:00-05:00", "dateModified": "2024-05-01"}]}</script>'
    )

    extracted = extract(html(ARTICLE, head, ' lang="en-GB"'), "x.html")

    assert extracted.described == Described(
        "Old Bridge closed", "Vell Gazette", "2024-04-02", "https://gazette.example/bridge", "en"
    )


def test_page_without_statements_of_its_own_is_not_guessed_at() -> None:
    head = "<title>Bridge - Gazette</title><meta name='date' content='2024-01-01'><meta name='author' content='Roe'>"

    extracted = extract(html(f"<p>Published on 3 March 2024</p>{ARTICLE}", head), "2024-03-03-bridge.html")

    assert extracted.described == Described(title="Bridge - Gazette")


def test_days_of_publication_that_differ_are_told() -> None:
    head = (
        '<meta property="article:published_time" content="2024-04-02"><meta name="pubdate" content="2024-04-03">'
        '<meta property="og:site_name" content="Gazette"><title>Bridge | Gazette</title>'
    )

    extracted = extract(html(ARTICLE, head), "x.html")

    assert extracted.described == Described("Bridge", "Gazette", "2024-04-02")
    assert extracted.notes == ("it names 2024-04-02 and 2024-04-03 as days of publication; the first was taken",)


def test_mark_of_a_footnote_is_not_read_as_a_digit() -> None:
    costs = "<p>It costs 4 million crowns<sup>1</sup> or 31<sup><a href='#2'>2</a></sup> on 9 m<sup>2</sup>.</p>"

    extracted = extract(html(f"{costs}{ARTICLE}"), "x.html")

    assert extracted.text.startswith("It costs 4 million crowns or 31 on 9 m2.\n")


def test_declared_encoding_is_that_of_browsers_and_a_wrong_one_is_told() -> None:
    page = html("<p>Café “fermé” à Vell, dit le maire.</p>", "<meta charset='iso-8859-1'>").decode()

    assert "“fermé”" in extract(page.encode("cp1252"), "x.html").text
    wrong = extract(
        html("<p>Министр заявил, что переговоры продолжатся.</p>" * 5, "<meta charset='utf-8'>")
        .decode()
        .encode("cp1251"),
        "x.html",
    )
    assert wrong.text.startswith("Министр заявил")
    assert wrong.notes[0] == "it says that it is utf-8, which it is not; read as cp1251"


def test_page_that_scripts_would_fill_is_refused() -> None:
    assert refusal(b"<!doctype html><html><body><div id=app></div><script>x()</script></body></html>").startswith(
        "holds no text; save the page"
    )


# DOCX -----------------------------------------------------------------------------------------------------------------


def test_docx_is_its_paragraphs_with_headings() -> None:
    content = docx(heading="The Old Bridge", title="Old Bridge closed", language="en-GB")

    assert extract(content, "x.docx") == Extracted(
        "docx", f"# The Old Bridge\n\n{PARAGRAPHS}", Described(title="Old Bridge closed", language="en")
    )


def test_docx_holds_what_was_inserted_and_not_what_was_deleted_or_hidden() -> None:
    content = with_body(
        "<w:p><w:r><w:t>The bridge </w:t></w:r><w:ins><w:r><w:t>is </w:t></w:r></w:ins><w:del><w:r>"
        "<w:delText>was </w:delText></w:r></w:del><w:r><w:rPr><w:vanish/></w:rPr><w:t>never </w:t></w:r>"
        "<w:sdt><w:sdtContent><w:r><w:t>closed.</w:t></w:r></w:sdtContent></w:sdt></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>2019</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>31</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl>"
    )

    assert extract(content, "x.docx") == Extracted(
        "docx",
        "The bridge is closed.\n\n2019 | 31\n",
        notes=(
            "it holds tracked changes: what was inserted was taken, what was deleted was not",
            "it holds hidden text, which was left out",
        ),
    )


def test_docx_with_entities_is_refused_before_they_are_read() -> None:
    bomb = b"<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]><w:document "

    assert refusal(replaced(docx(), "word/document.xml", b"<w:document ", bomb)) == (
        "holds XML entities (word/document.xml), which no DOCX has; do not trust it"
    )


def test_archive_that_swells_is_refused_before_it_is_unpacked() -> None:
    bomb = packed({"word/document.xml": b"<w/>", "word/media/x": b"\0" * 30_000_000})

    assert refusal(bomb, "x.docx").startswith("holds a part that is 1,0")


def test_part_whose_name_leads_out_of_its_archive_is_refused() -> None:
    assert refusal(packed({"word/document.xml": b"<w/>", "../../etc/x": b""})) == (
        "holds a part whose name leads out of it ('../../etc/x'); do not trust it"
    )


def test_archive_with_a_password_is_refused() -> None:
    content = bytearray(packed({"word/document.xml": b"<w/>"}))
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1

    assert refusal(bytes(content)) == "is encrypted; save a copy without a password"


# PDF ------------------------------------------------------------------------------------------------------------------


def test_pdf_is_its_paragraphs() -> None:
    content = pdf(title="The Old Bridge", language="en-GB")

    assert extract(content, "x.pdf") == Extracted("pdf", PARAGRAPHS, Described(title="The Old Bridge", language="en"))


def test_pdf_takes_no_name_of_a_file_for_a_title_and_no_day_of_making_for_one_of_publication() -> None:
    assert extract(pdf(title="Microsoft Word - bridge.doc"), "x.pdf").described == Described()


def test_header_and_page_number_of_most_pages_are_left_out_and_told() -> None:
    extracted = extract(pdf(["Page {page} of this report tells one thing."], header="Vell Gazette", pages=3), "x.pdf")

    assert extracted.text.split("\n\n") == [
        "Page b of this report tells one thing.",
        "Page c of this report tells one thing.",
        "Page d of this report tells one thing.\n",
    ]
    assert extracted.notes == ("what stands at the edge of most pages was left out: “Vell Gazette”, “Page 1”",)


def test_line_that_begins_two_pages_is_no_header() -> None:
    extracted = extract(pdf(["The same words.", "And {page} more."], pages=2), "x.pdf")

    assert extracted.text.split() == [
        "The",
        "same",
        "words.",
        "And",
        "b",
        "more.",
        "The",
        "same",
        "words.",
        "And",
        "c",
        "more.",
    ]
    assert extracted.notes == ()


def test_word_divided_at_the_end_of_a_line_is_put_together_unless_the_document_writes_the_hyphen() -> None:
    content = pdf(["The infor-\nmation was well-\nknown to all of us.", "It is a well-known thing."])

    extracted = extract(content, "x.pdf")

    assert extracted.text == "The information was well-known to all of us.\n\nIt is a well-known thing.\n"
    assert extracted.notes == ("a word was put together over the end of a line: information",)


def test_pdf_with_a_password_or_of_pictures_is_refused() -> None:
    assert refusal(pdf(password="secret")) == (  # noqa: S106  of a file that is made here
        "is encrypted; save a copy without a password, or print it to a new PDF"
    )
    assert refusal(scanned_pdf()) == "holds pictures and no text; run text recognition (OCR) on it first"
    assert refusal(pdf([])) == "holds no text; see whether it is the right file"


def test_damaged_pdf_is_refused() -> None:
    assert refusal(b"%PDF-1.7\nnothing").startswith("is damaged: ")


# Any file -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "name", "note"),
    [
        (pdf(), "x.txt", "its name ends in .txt, but it is PDF; it was read as that"),
        (docx(), "x.pdf", "its name ends in .pdf, but it is DOCX; it was read as that"),
        (html(ARTICLE), "x.docx", "its name ends in .docx, but it is HTML; it was read as that"),
        (PARAGRAPHS.encode(), "x.pdf", "its name ends in .pdf, but it is plain text; it was read as that"),
    ],
)
def test_content_decides_where_the_name_promises_another_kind(content: bytes, name: str, note: str) -> None:
    extracted = extract(content, name)

    assert (extracted.text, extracted.notes) == (PARAGRAPHS, (note,))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty; see whether it was received wholly"),
        (b" \r\n\t", "is empty; see whether it was received wholly"),
        (codecs.BOM_UTF8, "is empty; see whether it was received wholly"),
        (b"\x89PNG\r\n\x1a\n", "is a picture; run text recognition (OCR) on it first"),
        (b"{\\rtf1 x}", "is RTF, which is not read; save it as DOCX, PDF, HTML or text"),
        (OLE + b"\0" * 99, "is of an old Office format, which is not read; save it as DOCX, PDF, HTML or text"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "is encrypted; save a copy without a password"),
        (packed({"xl/workbook.xml": b""}), "is a spreadsheet, which is not read; save it as DOCX, PDF, HTML or text"),
        (packed({"a.txt": b"a"}), "is an archive; unpack it, and name the files in it"),
        (b"<?xml version='1.0'?><rss/>", "is XML, which is not read; save it as DOCX, PDF, HTML or text"),
        (b"abc\x1bdef", "is no text: it holds the control character U+001B; save it as text, PDF, DOCX or HTML"),
    ],
)  # fmt: skip
def test_what_is_no_document_is_refused_by_what_it_is(content: bytes, message: str) -> None:
    assert refusal(content) == message


def test_broken_archive_is_refused() -> None:
    assert refusal(docx()[:500]).startswith("is damaged: ")
    with zipfile.ZipFile(BytesIO(docx())) as archive:
        without_types = {name: archive.read(name) for name in archive.namelist() if name != "[Content_Types].xml"}
    assert refusal(packed(without_types)).startswith("is damaged: ")


@pytest.mark.parametrize(
    "content", [pdf(), docx(), html(ARTICLE), PARAGRAPHS.encode()], ids=["pdf", "docx", "html", "txt"]
)
def test_text_is_paragraphs_as_a_document_reads_them(content: bytes) -> None:
    text = extract(content, "x").text
    record = DocumentRecord(id="x", title="x", sha256="0" * 64)

    assert tuple(paragraph.text for paragraph in Document(record, text).paragraphs) == BRIDGE


SOUND = (pdf(), docx(), html(ARTICLE), PARAGRAPHS.encode("utf-16"), b"# a\n\n*b* [c](d)\n")
NAMES = st.sampled_from(("x", "x.txt", "x.md", "x.html", "x.pdf", "x.docx"))


def test_what_is_said_of_a_damaged_file_can_be_shown() -> None:
    with pytest.raises(NotExtracted) as error:
        extract(pdf().replace(b"/FlateDecode", b"/\x00lateDecode"), "x.pdf")
    assert str(error.value).isprintable()


def refused_or_read(content: bytes, name: str) -> None:
    try:
        text, told = extract(content, name).text, "; "
    except NotExtracted as error:
        text, told = "refused", str(error)

    assert "; " in told
    assert told.isprintable()
    assert text.strip()
    assert text.encode()


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")), NAMES)
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    refused_or_read(content, name)


@settings(max_examples=150)
@given(st.sampled_from(SOUND), st.data(), NAMES)
def test_any_change_of_a_sound_file_is_read_or_refused(sound: bytes, data: st.DataObject, name: str) -> None:
    content = bytearray(sound)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, len(content)))
        content[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=20))

    refused_or_read(bytes(content), name)


# What a document says of itself ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-04-02", "2024-04-02"),
        ("2024-04-02T10:00:00Z", "2024-04-02"),
        ("2024/04/02", "2024-04-02"),
        ("20240402", "2024-04-02"),
        ("2024-02-31", ""),
        ("2 April 2024", ""),
        ("2024-04", ""),
        ("2024-04-02abc", ""),
        (None, ""),
    ],
)
def test_day_is_taken_from_iso_dates_only(written: object, day: str) -> None:
    assert as_date(written) == day


def test_language_and_address_are_taken_where_they_are_such() -> None:
    assert [as_language(tag) for tag in ("en-GB", "de_AT", "fr", "x-default", "English", "", None)] == [
        *("en", "de", "fr", "", "", "", ""),
    ]
    assert [as_address(address) for address in ("https://a.b/c", "/c", "javascript:x", "https://a b", None)] == [
        *("https://a.b/c", "", "", "", ""),
    ]


@given(st.text())
def test_tidy_text_is_one_line_that_stays_as_it_is(text: str) -> None:
    line = tidy(text)

    assert tidy(line) == line
    assert len(line.splitlines()) <= 1
    assert line.strip() == line
    assert line.encode().decode() == line


def test_space_inside_a_number_stays() -> None:
    assert tidy(" 31\u00a0000\u00a0people\u200b \u202e were ") == "31\u00a0000 people were"

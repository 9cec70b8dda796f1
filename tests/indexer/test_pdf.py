"""Two readers of PDF files, page by page."""

from dataclasses import replace
from pathlib import Path

import pytest

from indexer.extractors import miner, pdf, pdfium
from indexer.extractors.drawn import Drawn
from indexer.extractors.glyphs import Word
from indexer.readings import About, Outline, Page, Reason, Unreadable
from tests.indexer.corpora import PRICES, WASTE, report, scan
from tests.pdfs import Line, lines, written
from tests.pdfs import pdf as made


def _file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    return path


def _read(path: Path, first: int = 1, *, careful: bool = False) -> list[About | Page]:
    with path.open("rb") as stream:
        return list(pdf.read(stream, first, careful=careful))


def test_both_readers_read_a_report_alike(tmp_path: Path) -> None:
    path = _file(tmp_path, report())

    assert _read(path) == _read(path, careful=True)


def test_both_readers_find_the_same_words_in_the_same_places(tmp_path: Path) -> None:
    turned = b"BT /F2 12 Tf 0 1 -1 0 300 100 Tm (turned to the left) Tj ET"
    for page in ([*lines(*WASTE), *lines(*PRICES, x=90, y=300)], turned):
        path = _file(tmp_path, made(page))
        with path.open("rb") as stream:
            slow = miner.Document(stream).page(1)
        fast = pdfium.Document(str(path)).page(1)

        assert fast
        assert slow
        assert fast.turned.keys() == slow.turned.keys()
        for turn, words in fast.turned.items():
            for ours, other in zip(words, slow.turned[turn], strict=True):
                assert (ours.text, ours.bold, ours.row) == (other.text, other.bold, other.row)
                assert ours[1:5] == pytest.approx(other[1:5], abs=0.5)


def test_reading_goes_on_from_a_page(tmp_path: Path) -> None:
    path = _file(tmp_path, report())

    assert _read(path, 2, careful=True) == _read(path)[2:]


def test_the_number_of_a_footnote_stands_apart(tmp_path: Path) -> None:
    page = [
        Line("waste", size=10),
        Line("3", x=98, y=724, size=6),
        Line("is sorted", x=108, size=10),
    ]

    found = _read(_file(tmp_path, made(page)))[1]

    assert isinstance(found, Page)
    assert [block.text for block in found.blocks] == ["waste 3 is sorted"]


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize("apart", [1, 3, 6])
@pytest.mark.parametrize("between", [b"", b") Tj ("])
def test_a_heading_that_is_set_wide_has_words(
    tmp_path: Path, between: bytes, apart: int, *, careful: bool
) -> None:
    letters = between.join(b"%c" % letter for letter in b"LESSONS IN KOIDU")
    heading = b"BT /F2 14 Tf %d Tc 72 700 Td (%s) Tj ET " % (apart, letters)
    page = heading + b"BT /F1 9 Tf 0 Tc 72 500 Td (the carts of a town) Tj ET"

    found = _read(_file(tmp_path, made(page)), careful=careful)

    assert isinstance(found[0], About)
    assert isinstance(found[1], Page)
    assert found[0].title == "LESSONS IN KOIDU"
    assert [block.text for block in found[1].blocks] == ["LESSONS IN KOIDU", "the carts of a town"]


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize("beside", [(0, 0), (0.3, 0), (1, -1), (-0.5, 0.5)])
def test_what_is_drawn_twice_to_look_bold_stands_once(
    tmp_path: Path, beside: tuple[float, float], *, careful: bool
) -> None:
    text = lines(*["the carts had had bells and a lid"] * 9)
    copy = [replace(line, x=line.x + beside[0], y=line.y + beside[1]) for line in text]

    found = _read(_file(tmp_path, made([*text, *copy])), careful=careful)[1]

    assert isinstance(found, Page)
    assert found.blocks[0].text == " ".join(["the carts had had bells and a lid"] * 9)


@pytest.mark.parametrize("careful", [False, True])
@pytest.mark.parametrize(
    ("box", "seen"),
    [
        ("", "left right"),
        ("/CropBox [0 0 300 842]", "left"),
        ("/CropBox [300 0 595 842]", "right"),
        ("/CropBox [300 0 595 842] /Rotate 90", "right"),
        ("/CropBox [80 0 595 842]", "left right"),
        ("/CropBox [0 0 300 725]", "left"),
        ("/CropBox [0 0 0 0]", "left right"),
    ],
)
def test_what_stands_outside_the_visible_page_is_not_read(
    tmp_path: Path, box: str, seen: str, *, careful: bool
) -> None:
    page = [Line("left"), Line("right", x=400), Line("beside", x=700), Line("below", y=-40)]

    found = _read(_file(tmp_path, made(page, more=box)), careful=careful)[1]

    assert isinstance(found, Page)
    assert " ".join(block.text for block in found.blocks) == seen


@pytest.mark.parametrize("careful", [False, True])
def test_a_page_whose_text_stands_outside_it_is_blank(tmp_path: Path, *, careful: bool) -> None:
    page = [Line("beside", x=700), Line("below", y=-40)]

    assert _read(_file(tmp_path, made(page)), careful=careful)[1] == Page(1)


def test_a_blank_page_is_read_and_a_picture_is_not(tmp_path: Path) -> None:
    assert _read(_file(tmp_path, made(b" ")))[1] == Page(1)
    assert _read(_file(tmp_path, scan()))[1] == Page(1, reason="empty-text")


def test_what_is_written_into_a_form_is_text(tmp_path: Path) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>",
        b"<< /Type /Annot /Subtype /Widget /FT /Tx /T (city) /V (Koidu) /F 4 /P 3 0 R"
        b" /Rect [100 100 300 120] /AP << /N 5 0 R >> >>",
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 200 20] /Length 36 /Resources"
        b" << /Font << /F1 6 0 R >> >> >>\nstream\nBT /F1 12 Tf 2 5 Td (Koidu) Tj ET   \nendstream",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]

    found = _read(_file(tmp_path, written(objects)))[1]

    assert isinstance(found, Page)
    assert [block.text for block in found.blocks] == ["Koidu"]


@pytest.mark.parametrize(
    ("given", "title"),
    [
        ("Carts of Koidu", "Carts of Koidu"),
        ("Carts of www.koidu.example", "Carts of www.koidu.example"),
        ("carts-2021.html", "LESSONS"),
        ("Microsoft Word - carts.doc", "LESSONS"),
        ("http://koidu.example/carts", "LESSONS"),
        ("www.koidu.example", "LESSONS"),
        ("about:blank", "LESSONS"),
        ("carts.txt", "LESSONS"),
    ],
)
def test_the_name_or_address_of_a_file_is_no_title(tmp_path: Path, given: str, title: str) -> None:
    page = [Line("LESSONS", size=20), Line("the carts of www.koidu.example", y=500)]

    about = _read(_file(tmp_path, made(page, title=given)))[0]

    assert isinstance(about, About)
    assert about.title == title


def _with_outline(entries: list[bytes]) -> bytes:
    return written(
        [
            b"<< /Type /Catalog /Pages 2 0 R /Outlines 5 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
            b"<< >>",
            b"<< /Type /Outlines /First 6 0 R /Last 6 0 R >>",
            *entries,
        ]
    )


def test_the_outline_has_levels_and_pages(tmp_path: Path) -> None:
    content = _with_outline(
        [
            b"<< /Title (Waste\\r\\nin Koidu) /Parent 5 0 R /Dest [3 0 R /Fit] /First 7 0 R >>",
            b"<< /Title (Lessons) /Parent 6 0 R /A << /S /GoTo /D [3 0 R /Fit] >> /Next 8 0 R >>",
            b"<< /Title (Nowhere) /Parent 6 0 R >>",
        ]
    )

    about = _read(_file(tmp_path, content))[0]

    assert isinstance(about, About)
    assert about.outline == (Outline("Waste in Koidu", 1, 1), Outline("Lessons", 2, 1))


def test_an_outline_that_bites_its_tail_ends(tmp_path: Path) -> None:
    entry = b"<< /Title (Again) /Parent 5 0 R /Dest [3 0 R /Fit] /First 6 0 R /Next 6 0 R >>"

    about = _read(_file(tmp_path, _with_outline([entry])))[0]

    assert isinstance(about, About)
    assert set(about.outline) <= {Outline("Again", level, 1) for level in range(1, 9)}


def test_a_file_that_no_reader_opens_has_one_reason(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as caught:
        _read(_file(tmp_path, b"%PDF-1.7\n"))
    assert caught.value.reason == "malformed"


def _drawn(*texts: str) -> Drawn:
    words = [Word(text, 0, 9, 0, 9, bold=False, row=0) for text in texts]
    return Drawn({0: words}, shows=True, has_fonts=True)


@pytest.mark.parametrize(
    ("first", "second", "better"),
    [
        (_drawn("\ufffd\ufffd"), _drawn("waste"), 2),
        (_drawn("waste"), _drawn("\ufffd\ufffd"), 1),
        (_drawn("waste", "is", "sorted"), "malformed", 1),
        ("malformed", _drawn("waste"), 2),
        ("malformed", "timeout", 2),
        (_drawn("المدينة"), _drawn("المدينة"), 2),
    ],
)
def test_the_better_reading_is_kept(
    first: Drawn | Reason, second: Drawn | Reason, better: int
) -> None:
    assert pdf._better(first, second) is (first if better == 1 else second)


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (b"/Subtype /Widget /FT /Tx /V (Koidu)", "Koidu"),
        (b"/Subtype /Widget /FT /Ch /V (Koidu)", "Koidu"),
        (b"/Subtype /FreeText /Contents (Koidu)", "Koidu"),
        (b"/Subtype /Widget /FT /Tx /Ff 8192 /V (Koidu)", ""),
        (b"/Subtype /Widget /FT /Tx /F 2 /V (Koidu)", ""),
        (b"/Subtype /Widget /FT /Btn /V /Koidu", ""),
        (b"/Subtype /Text /Contents (Koidu)", ""),
    ],
)
def test_a_field_without_a_picture_has_the_text_that_a_viewer_shows(
    tmp_path: Path, field: bytes, text: str
) -> None:
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Annots [4 0 R] >>",
        b"<< /Type /Annot /P 3 0 R /Rect [100 100 300 120] %s >>" % field,
    ]

    found = _read(_file(tmp_path, written(objects)))[1]

    assert isinstance(found, Page)
    assert " ".join(block.text for block in found.blocks) == text

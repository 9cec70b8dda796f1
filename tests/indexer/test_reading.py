"""Files are read in a child that no file can bring down, each ending in one reason."""

import os
import signal
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer import reading
from indexer.reading import Reader
from indexer.readings import About, Block, Page, Reading
from tests.indexer.corpora import PRICES, WASTE, page, report, scan
from tests.pdfs import lines, pdf, written


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    reader.close()


def _read(reader: Reader, tmp_path: Path, content: bytes, name: str = "a.pdf") -> Reading:
    path = tmp_path / name
    path.write_bytes(content)
    return reader.read(path)


def test_a_report_is_read_page_by_page(reader: Reader, tmp_path: Path) -> None:
    heard: list[tuple[int, int]] = []
    path = tmp_path / "a.pdf"
    path.write_bytes(report())

    found = reader.read(path, lambda pages, of: heard.append((pages, of)))

    assert found == Reading(
        About(2, "Waste sorting in Koidu", "2021-04-30", "en"),
        (
            Page(1, (Block("Waste sorting in Koidu", 0, 24.0), Block(" ".join(WASTE), 0, 11.0))),
            Page(2, (Block("Lessons learned", 0, 16.0), Block(" ".join(PRICES), 0, 11.0))),
        ),
    )
    assert heard[-1] == (2, 2)


def test_a_web_page_is_one_page(reader: Reader, tmp_path: Path) -> None:
    found = _read(reader, tmp_path, page().encode(), "a.html")

    assert found == Reading(
        About(1, "A pilot in Banjul", "2022-04-29", "en"),
        (
            Page(
                1,
                (
                    Block("A pilot in Banjul", level=1),
                    Block("Young people count the trees."),
                ),
            ),
        ),
    )


def test_what_a_file_is_decides_how_it_is_read(reader: Reader, tmp_path: Path) -> None:
    assert _read(reader, tmp_path, page().encode(), "a.pdf").about.title == "A pilot in Banjul"
    assert _read(reader, tmp_path, report(), "a.html").about.pages == 2


def _endless() -> bytes:
    """Return a page whose forms draw each other, more often than anyone can wait for."""
    forms = b"".join(b"/X%d Do " % at for at in range(10))
    objects = [
        _CATALOGUE,
        _PAGES,
        _PAGE % b"/XObject << /X0 6 0 R >>",
        b"<< >>",
        _stream(b"/X0 Do"),
    ]
    for depth in range(20):
        inner = b" ".join(b"/X%d %d 0 R" % (at, 7 + depth) for at in range(10))
        kind = b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"
        objects.append(_stream(forms, b"%s /Resources << /XObject << %s >> >>" % (kind, inner)))
    return written(objects)


def _bomb() -> bytes:
    """Return a page of a few kilobytes that unpacks to 800 megabytes of spaces."""
    packed = zlib.compressobj(9)
    stream = b"".join(packed.compress(b" " * 2**24) for _ in range(48)) + packed.flush()
    twice = _stream(zlib.compress(stream, 9), b"/Filter [/FlateDecode /FlateDecode]")
    return written([_CATALOGUE, _PAGES, _PAGE % b"", b"<< >>", twice])


_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R /Resources << %s >> >>"


def _stream(content: bytes, entries: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), entries, content)


@pytest.mark.parametrize(
    ("content", "name", "reason"),
    [
        (b"", "a.pdf", "not-a-pdf"),
        (b"PK\x03\x04", "a.pdf", "not-a-pdf"),
        (b"PK\x03\x04", "a.html", "unsupported"),
        (b"", "a.html", "empty-text"),
        (b"<html><body></body></html>", "a.html", "empty-text"),
        (b"<html><title>404 Not Found</title><h1>404 Not Found</h1>nginx", "a.pdf", "http-error"),
        (b"<html><body><h1>Page not found | Town</h1><p>Sorry.</p>", "a.pdf", "http-error"),
        (b"<html><title>Just a moment...</title><body></body>", "a.pdf", "http-error"),
        (b"<HTML><TITLE>Access Denied</TITLE><P>You may not.", "a.pdf", "http-error"),
        (b"<html><title>Error 503 Service Unavailable</title>", "a.pdf", "http-error"),
        ("<html><meta charset=utf-8><h1>Страница не найдена</h1>".encode(), "a.pdf", "http-error"),
        (b"<html><title>404 Not Found</title><p>The town has no such page.", "a.html", ""),
        (b"<html><title>404 households</title><p>They have water now.", "a.pdf", ""),
        (b"<html><title>404 Not Found</title>" + b"<p>Long text. " * 300, "a.pdf", ""),
        (b"%PDF-1.7\n", "a.pdf", "malformed"),
        (report()[:400], "a.pdf", "malformed"),
        (scan(), "a.pdf", "empty-text"),
        (pdf(lines(*["P@8I:QIDJ;6AR<ISFF>KKL?NFT@A8A"] * 9)), "a.pdf", "garbled"),
        (b"<html>" + b" " * 10_000_001, "a.html", "too-large"),
        (pdf(b"BT /F1 9 Tf " + b"(%s) Tj " % (b"x" * 20_000) * 11 + b"ET"), "a.pdf", "too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)  # fmt: skip
def test_what_cannot_be_read_has_one_reason(
    reader: Reader, tmp_path: Path, content: bytes, name: str, reason: str
) -> None:
    assert _read(reader, tmp_path, content, name).reason == reason


def test_a_page_that_unpacks_to_more_than_there_is_room_for_has_a_reason(
    reader: Reader, tmp_path: Path
) -> None:
    assert _read(reader, tmp_path, _bomb()).reason == "memory"


def test_a_pdf_is_read_though_its_mark_is_missing_or_far_in(reader: Reader, tmp_path: Path) -> None:
    whole = _read(reader, tmp_path, report())

    for content in (report().partition(b"\n")[2], b"1 0 obj\n" + b" " * 2000 + report()):
        assert _read(reader, tmp_path, content) == whole
        assert _read(reader, tmp_path, content, "a.txt").reason == "unsupported"


def test_organisations_are_known_where_no_file_can_be_opened(
    reader: Reader, tmp_path: Path
) -> None:
    page = b"<title>Carts that pay | United Nations Development Programme</title><p>Two carts."

    assert _read(reader, tmp_path, page, "a.html").about.title == "Carts that pay"


def test_a_file_that_is_gone_crashes_the_child_only(reader: Reader, tmp_path: Path) -> None:
    assert reader.read(tmp_path / "gone.pdf") == Reading(reason="crash")
    assert _read(reader, tmp_path, report()).about.pages == 2


def test_an_endless_page_ends_and_the_next_file_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "PATIENCE", 3.0)
    reader = Reader()
    try:
        assert _read(reader, tmp_path, _endless()).reason == "timeout"
        assert _read(reader, tmp_path, report()).about.pages == 2
    finally:
        reader.close()


def test_deep_nesting_of_a_web_page_ends(reader: Reader, tmp_path: Path) -> None:
    deep = b"<html><body>" + b"<div>" * 20_000 + b"The city pays the carters."

    found = _read(reader, tmp_path, deep, "a.html")

    assert found.reason in ("", "malformed", "empty-text", "timeout", "memory")


def test_a_child_that_is_killed_is_replaced(tmp_path: Path) -> None:
    reader = Reader()
    try:
        _read(reader, tmp_path, report())
        reader.stop()
        assert _read(reader, tmp_path, report()) == Reading(reason="crash")
        assert _read(reader, tmp_path, report()).about.pages == 2
    finally:
        reader.close()


@pytest.mark.parametrize("by", [signal.SIGSEGV, signal.SIGPROF])
def test_after_a_crash_the_rest_is_read_with_care(tmp_path: Path, by: signal.Signals) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf(*[lines(f"Page {at} {WASTE[0]}", *WASTE[1:]) for at in range(400)]))
    reader = Reader()
    crashed: list[int] = []

    def crash(pages: int, _of: int) -> None:
        if not crashed and reader._process:
            (child,) = _children(reader._process.pid)
            os.kill(int(child), by)
            crashed.append(pages)

    try:
        whole = reader.read(path)
        found = reader.read(path, crash)
    finally:
        reader.close()

    assert crashed
    assert crashed[0] < 400
    assert found == whole
    assert not found.reason


def test_no_process_is_left(tmp_path: Path) -> None:
    before = _children()
    reader = Reader()
    _read(reader, tmp_path, report())

    assert len(_children()) == len(before) + 1
    reader.close()
    assert _children() == before


def _children(process: int | str = "self") -> set[str]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return {child for task in tasks for child in task.read_text().split()}

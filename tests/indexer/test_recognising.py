"""Pages that are pictures are recognised, in their language and whichever way they are turned.

Needs the extra `ocr` and Tesseract's data for English, French and Arabic.
"""

import io
import os
import random
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from engine.documents import Coverage, Document, Unread
from engine.embedded.engine import EmbeddedEngine
from indexer import recognising, tessdata
from indexer.building import Summary, build, update
from indexer.extracting import recognise_new
from indexer.frames import Drawing
from indexer.progress import Progress
from indexer.readings import Page
from indexer.recognising import Pictures, recognise_all
from indexer.store import Store
from indexer.tessdata import Tessdata
from tests.indexer.corpora import PRICES, WASTE, folder, report, scan
from tests.pdfs import Line, lines, pdf, pictured, scanned

DEMONSTRATION = Path(__file__).parents[2] / "corpus" / "demonstration"
FRENCH = (
    "Une ville moyenne trie ses déchets depuis le printemps. Chaque rue a deux bacs, l'un pour",
    "les déchets de cuisine, l'autre pour tout le reste, et une charrette passe les jours de",
    "marché. La deuxième année, le prix du compost a baissé : personne n'avait interrogé les",
    "paysans. Il faut d'abord les écouter, puis convenir avec eux d'un prix équitable.",
)


@pytest.fixture(scope="module")
def data() -> Tessdata:
    found = tessdata.installed()
    if found is None or not {"ara", "eng", "fra", "osd"} <= set(found.names):
        pytest.skip("needs the extra ocr, and Tesseract's data for English, French and Arabic")
    return found


def _recognised(data: Tessdata, path: Path, language: str = "", page: int = 1) -> Page:
    """Return a page of a file as it is recognised."""
    pictures = Pictures(path, "content", language, (page,))
    ((of, found),) = recognise_all([pictures], data, lambda _content, _page: None)
    assert (of, found.number, found.recognised) == (pictures, page, True)
    return found


def _text(page: Page) -> str:
    return " ".join(block.text for block in page.blocks)


def _written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def test_the_scanned_page_of_the_demonstration_is_read(data: Tessdata) -> None:
    page = _recognised(data, DEMONSTRATION / "flood-early-warning.pdf", "en", 10)
    words = set(_text(page).replace(",", " ").split())
    assert not page.reason
    assert {"Attendance", "rehearsal", "Tannery", "volunteer", "captain", "Shopkeeper"} <= words
    heading = next(block for block in page.blocks if block.text.startswith("Attendance"))
    assert heading.size > 1.2 * page.blocks[-1].size


def test_a_scan_is_read_in_its_language(data: Tessdata, tmp_path: Path) -> None:
    text = (Line("Rapport de formation", size=20, y=780), *lines(*FRENCH))
    page = _recognised(data, _written(tmp_path / "a.pdf", scanned(pdf(text))))
    assert [block.text for block in page.blocks] == ["Rapport de formation", " ".join(FRENCH)]


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_scan_is_read_upright(data: Tessdata, tmp_path: Path, turns: int) -> None:
    text = lines(*WASTE, *PRICES)
    content = scanned(pdf(text), turns=turns)
    page = _recognised(data, _written(tmp_path / "a.pdf", content), "en")
    assert _text(page) == " ".join((*WASTE, *PRICES))


def test_arabic_is_read_from_right_to_left(data: Tessdata, tmp_path: Path) -> None:
    content = scanned((DEMONSTRATION / "farz-al-nufayat.pdf").read_bytes(), 5)
    words = _text(_recognised(data, _written(tmp_path / "a.pdf", content))).split()
    assert {"في", "من", "السماد"} <= set(words)


@pytest.mark.parametrize(
    "content",
    [
        scan(),
        pictured(Drawing(300, 400, b"\xff" * 120_000)),
        pictured(Drawing(300, 400, random.Random(1).randbytes(120_000))),
    ],
    ids=["lines", "blank", "noise"],
)
def test_a_page_without_legible_text_stays_without(
    data: Tessdata, tmp_path: Path, content: bytes
) -> None:
    path = _written(tmp_path / "a.pdf", content)
    assert _recognised(data, path) == Page(1, reason="empty-text", recognised=True)


def test_a_file_that_is_no_pdf_has_a_reason(data: Tessdata, tmp_path: Path) -> None:
    page = _recognised(data, _written(tmp_path / "a.pdf", b"no file at all"))
    assert page == Page(1, reason="malformed", recognised=True)


def test_a_page_that_takes_too_long_is_given_up(
    data: Tessdata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recognising, "PATIENCE", 0.01)
    page = _recognised(data, _written(tmp_path / "a.pdf", scanned(report())))
    assert page == Page(1, reason="timeout", recognised=True)


def test_a_page_that_ends_its_child_leaves_the_others(
    data: Tessdata, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _process: {0})
    path = _written(tmp_path / "a.pdf", report())
    before = _children("self")
    killed: list[int] = []
    over = threading.Event()

    def begin(_content: str, page: int) -> None:
        if page == 1:
            killer.start()

    def kill() -> None:
        while not killed and not over.is_set():
            for server in _children("self") - before:
                for child in _children(server):
                    os.kill(int(child), signal.SIGSEGV)
                    killed.append(int(child))

    killer = threading.Thread(target=kill)
    pages = [page for _, page in recognise_all([Pictures(path, "a", "en", (1, 2))], data, begin)]
    over.set()
    killer.join()
    assert [page.reason for page in pages] == ["crash", ""]
    assert "Ask them first" in _text(pages[1])
    assert _children("self") == before


def _children(process: str) -> set[str]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return {child for task in tasks for child in task.read_text().split()}


class Place:
    """An engine, a store and what a run tells, in a folder, over a corpus of two scanned pages and
    one that is text."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.engine = EmbeddedEngine(path / "index")
        self.store = Store(path / "store.sqlite")
        self.told = io.StringIO()
        content = {"a__pdf": scanned(report()), "b__pdf": scanned(report(), 2), "c__pdf": report()}
        self.corpus = folder(path / "corpus", **content)

    def build(self, data: Tessdata | None) -> Summary:
        """Build with this data, or none."""
        return build(self.corpus, self.engine, self.store, Progress(self.told), tessdata=data)

    def update(self, data: Tessdata | None) -> Summary:
        """Update with this data, or none."""
        return update(self.corpus, self.engine, self.store, Progress(self.told), tessdata=data)

    def document(self, own: str) -> Document:
        """Return a document that is there."""
        found = self.engine.document(own)
        assert found is not None
        return found


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    place.store.__exit__()
    place.engine.close()


def test_what_was_not_recognised_is_with_the_next_update(data: Tessdata, place: Place) -> None:
    without = place.build(None)
    assert (without.recognised, without.scans) == (0, (0, 2))
    assert place.document("a").coverage == Coverage(1, (Unread(1, "empty-text"),))

    summary = place.update(data)
    assert (summary.put, summary.recognised, summary.scans, summary.skipped) == (2, 2, (2, 0), ())
    for own, text in (("a", WASTE), ("b", PRICES)):
        found = place.document(own)
        assert (found.coverage, found.reason) == (Coverage(1, (), (1,)), "")
        assert [passage.text for passage in place.engine.passages(own)] == [" ".join(text)]
    assert place.document("a").language == "en"
    assert place.engine.passages("b")[0].section == "lessons"
    assert "2/2 pages recognised: " in place.told.getvalue()

    again = place.update(data)
    assert (again.put, again.recognised) == (0, 0)
    kept = place.build(None)
    assert (kept.recognised, kept.scans) == (0, (2, 0))


def test_a_run_that_was_broken_off_goes_on_where_it_was(data: Tessdata, place: Place) -> None:
    class Broken(Progress):
        def recognised(self, *_: object) -> None:
            raise KeyboardInterrupt

    place.build(None)
    contents = build(place.corpus, place.engine, place.store, Progress(place.told)).contents
    with pytest.raises(KeyboardInterrupt):
        recognise_new(contents, place.store, Broken(place.told), data)
    assert recognise_new(contents, place.store, Progress(place.told), data) == 1
    assert recognise_new(contents, place.store, Progress(place.told), data) == 0


def test_without_tesseract_all_is_said_once(place: Place) -> None:
    run = (
        "import sys; sys.modules['tesserocr'] = None;"
        "from indexer.commands import main; main(sys.argv[1:])"
    )
    engine = ("--engine", f"whoosh:{place.path / 'index'}")
    store = ("--store", str(place.path / "store.sqlite"))

    def told(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-c", run, *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    advice = "Not read: 2 pages that are pictures; with the extra “ocr” and Tesseract's language"
    ended, said = told("build", str(place.corpus), *engine, *store)
    assert ended == 3
    assert said.count(advice) == said.count("ocr") == 1
    assert "skipped a.pdf: empty-text: there is no text in it; it may be a scan." in said
    _, quiet = told("update", str(place.corpus), *engine, *store, "--no-ocr")
    assert "ocr" not in quiet
    _, said = told("status", *engine)
    assert said.count(advice) == said.count("ocr") == 1
    assert "2 of 4 pages read\n" in said

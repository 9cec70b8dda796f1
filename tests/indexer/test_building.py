"""Builds and updates write what a corpus holds, and say what they could not take in."""

import io
from pathlib import Path

import pytest

from engine.documents import Coverage, Document, Passage, Unread
from engine.embedded.engine import EmbeddedEngine
from engine.protocol import Skipped
from engine.queries import Query
from engine.search import search
from indexer.building import Summary, build, update
from indexer.errors import CatalogueError
from indexer.progress import Progress
from indexer.store import Store
from tests.indexer.corpora import PRICES, WASTE, folder, page, report, scan
from tests.pdfs import lines, pdf

SCAN = "empty-text: there is no text in it; it may be a scan."


class Place:
    """An engine and a store to index into."""

    def __init__(self, path: Path) -> None:
        self.engine = EmbeddedEngine(path / "index")
        self.store = Store(path / "store.sqlite")
        self.told = io.StringIO()

    def build(self, corpus: Path) -> Summary:
        """Build, and return the summary."""
        return build(corpus, self.engine, self.store, Progress(self.told))

    def update(self, corpus: Path) -> Summary:
        """Update, and return the summary."""
        return update(corpus, self.engine, self.store, Progress(self.told))

    def document(self, own: str) -> Document:
        """Return a document that is there."""
        found = self.engine.document(own)
        assert found is not None
        return found

    def ids(self, text: str = "") -> set[str]:
        """Return the ids that a search finds."""
        return {hit.document.id for hit in search(self.engine, Query(text)).hits}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    manifest = (
        "id,file,title,date,type,clusters\n"
        "koidu,report.pdf,Waste in Koidu,2021,training-report,waste\n"
        "scan,scan.pdf,A scan,2019,training-report,waste\n"
        "known,,Known by name,2020,news,tourism\n"
    )
    return folder(
        tmp_path / "corpus", manifest__csv=manifest, report__pdf=report(), scan__pdf=scan()
    )


def test_a_build_takes_in_documents_and_passages(place: Place, corpus: Path) -> None:
    summary = place.build(corpus)

    assert summary == Summary(3, 3, 0, 2, (Skipped("scan.pdf", SCAN),))
    assert place.engine.passages("koidu") == (
        Passage(1, " ".join(WASTE), "Waste sorting in Koidu"),
        Passage(2, " ".join(PRICES), "Lessons learned", "lessons"),
    )
    koidu, unread = place.document("koidu"), place.document("scan")
    assert (koidu.coverage, koidu.language) == (Coverage(2), "en")
    assert (koidu.countries, koidu.cities) == (("Sierra Leone",), ("Koidu",))
    assert koidu.guessed == ("language", "countries", "cities")
    assert (unread.coverage, unread.reason) == (Coverage(1, (Unread(1, "empty-text"),)), SCAN)
    assert place.engine.status().skipped == (Skipped("scan.pdf", SCAN),)


def test_progress_is_told_line_by_line(place: Place, corpus: Path) -> None:
    place.build(corpus)

    assert sorted(line.partition(" ")[2] for line in place.told.getvalue().splitlines()) == [
        "report.pdf: 2 pages",
        "scan.pdf: 1 page (empty-text)",
    ]


def test_a_rebuild_reads_no_file(place: Place, corpus: Path, tmp_path: Path) -> None:
    first = place.build(corpus)
    place.engine = EmbeddedEngine(tmp_path / "another")

    second = place.build(corpus)

    assert (first.read, second.read) == (2, 0)
    assert len(place.engine.passages("koidu")) == 2


def test_an_update_of_nothing_makes_no_new_generation(place: Place, corpus: Path) -> None:
    place.build(corpus)
    before = place.engine.status()

    summary = place.update(corpus)

    assert summary == Summary(3, 0, 0, 0, (Skipped("scan.pdf", SCAN),))
    assert place.engine.status() == before


def test_an_update_reads_only_what_changed_and_removes_what_is_gone(
    place: Place, tmp_path: Path
) -> None:
    corpus = folder(tmp_path / "bare", a__pdf=report(), b__html=page(), c__html=page("Gone"))
    place.build(corpus)
    (corpus / "c.html").unlink()
    (corpus / "b.html").write_text(page(text="Young people plant mangroves."))

    summary = place.update(corpus)

    assert summary == Summary(2, 1, 1, 1, ())
    assert place.ids() == {"a", "b"}
    assert place.ids("mangroves") == {"b"}
    assert place.ids("trees") == set()


def test_a_new_row_changes_its_document_without_reading(place: Place, corpus: Path) -> None:
    place.build(corpus)
    manifest = corpus / "manifest.csv"
    manifest.write_text(manifest.read_text().replace("Waste in Koidu", "Carts in Koidu"))

    summary = place.update(corpus)

    assert (summary.put, summary.read) == (1, 0)
    assert place.document("koidu").title == "Carts in Koidu"
    assert len(place.engine.passages("koidu")) == 2


def test_a_new_vocabulary_is_published(place: Place, corpus: Path) -> None:
    place.build(corpus)
    vocabulary = corpus / "vocabulary.toml"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("Tourism", "Travel"), "utf-8")

    place.update(corpus)

    assert place.engine.vocabulary().label("cluster", "tourism") == "Travel"


def test_an_update_of_no_index_is_a_build(place: Place, corpus: Path) -> None:
    assert place.update(corpus).put == 3


def test_corpora_stay_apart(place: Place, corpus: Path, tmp_path: Path) -> None:
    other = folder(tmp_path / "other", koidu__html=page("Another Koidu"), banjul__html=page())
    place.build(corpus)

    summary = place.update(other)

    taken = f"taken: the id “koidu” belongs to {corpus}."
    assert summary == Summary(2, 1, 0, 2, (Skipped("koidu.html", taken),))
    assert place.ids() == {"koidu", "scan", "known", "banjul"}
    assert place.document("koidu").title == "Waste in Koidu"


def test_a_folder_that_was_moved_is_told(place: Place, corpus: Path, tmp_path: Path) -> None:
    place.build(corpus)
    moved = corpus.rename(tmp_path / "moved")

    with pytest.raises(CatalogueError, match=f"already, from {corpus}: build it again"):
        place.update(moved)
    assert place.document("koidu").corpus == str(corpus)


def test_what_is_gone_is_removed_though_the_rest_is_of_another_corpus(
    place: Place, corpus: Path, tmp_path: Path
) -> None:
    other = folder(tmp_path / "other", koidu__html=page("Another Koidu"), banjul__html=page())
    place.build(corpus)
    place.update(other)
    (other / "banjul.html").unlink()

    assert place.update(other).removed == 1
    assert "banjul" not in place.ids()


def test_a_folder_without_a_manifest_is_guessed_and_says_so(place: Place, tmp_path: Path) -> None:
    untitled = pdf(lines(*WASTE, *PRICES), created="D:20180203")
    corpus = folder(tmp_path / "bare", training_report_2020__pdf=untitled)

    place.build(corpus)

    found = place.document("training-report-2020")
    assert (found.title, found.type, found.date) == (
        "training report 2020",
        "training-report",
        "2020",
    )
    assert found.guessed == ("title", "type", "date", "language")


def test_the_same_file_twice_goes_in_once(place: Place, tmp_path: Path) -> None:
    corpus = folder(tmp_path / "bare", a__pdf=report(), b__pdf=report())

    summary = place.build(corpus)

    reason = "duplicate: the file is the same as that of “a.pdf”."
    assert summary == Summary(2, 2, 0, 1, (Skipped("b.pdf", reason),))
    assert place.engine.passages("b") == ()


def test_pages_that_cannot_be_read_are_known(place: Place, tmp_path: Path) -> None:
    corpus = folder(tmp_path / "bare", a__pdf=pdf(lines(*WASTE), b"0 0 m 9 9 l S\n" * 50))

    assert place.build(corpus).skipped == ()
    assert place.document("a").coverage == Coverage(2, (Unread(2, "empty-text"),))


def test_a_corpus_that_became_empty_removes_nothing(place: Place, tmp_path: Path) -> None:
    corpus = folder(tmp_path / "bare", a__pdf=report())
    place.build(corpus)
    (corpus / "a.pdf").unlink()

    with pytest.raises(CatalogueError):
        place.update(corpus)

    assert place.ids() == {"a"}

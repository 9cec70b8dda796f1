"""Images of pages: drawn in a confined child, made to PNG by the parent, kept once."""

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.documents import IMAGES
from engine.embedded.engine import EmbeddedEngine
from indexer import building
from indexer.building import Summary
from indexer.commands import main
from indexer.drawing import draw_all
from indexer.frames import HIGHEST, WIDEST, Drawing, FrameError, frame, take
from indexer.images import MOST_PAGES, Images, png
from indexer.progress import Progress
from indexer.store import Store
from tests.indexer.corpora import folder, page, report

DRAWINGS = st.tuples(st.integers(1, 9), st.integers(1, 9)).flatmap(
    lambda size: st.builds(
        Drawing,
        st.just(size[0]),
        st.just(size[1]),
        st.binary(min_size=size[0] * size[1], max_size=size[0] * size[1]),
    )
)


def _levels(image: bytes) -> list[list[int]]:
    """Return the levels of a PNG of 16 grey levels without filters, by row."""
    width, height, *form = struct.unpack_from(">IIBBBBB", image, 16)
    assert form == [4, 0, 0, 0, 0]
    size = struct.unpack_from(">I", image, 33)[0]
    rows = zlib.decompress(image[41 : 41 + size])
    stride = 1 + (width + 1) // 2
    assert len(rows) == stride * height
    assert not any(rows[::stride])
    packed = [rows[at + 1 : at + stride] for at in range(0, len(rows), stride)]
    return [[level for two in row for level in (two >> 4, two & 15)][:width] for row in packed]


def _draw(images: Images, path: Path, content: str, pages: int) -> None:
    drawn: list[tuple[Path, int]] = []
    missing = images.missing(content, pages)
    draw_all([(path, content, missing)], images, lambda path, n: drawn.append((path, n)))
    assert drawn == [(path, len(missing))]


@given(DRAWINGS)
def test_a_png_has_the_levels_of_its_drawing(drawing: Drawing) -> None:
    width = drawing.width
    levels = [pixel >> 4 for pixel in drawing.pixels]
    rows = [levels[at : at + width] for at in range(0, len(levels), width)]
    assert _levels(png(drawing)) == rows


@given(st.lists(st.tuples(st.integers(1, MOST_PAGES), st.none() | DRAWINGS)), st.integers(1, 40))
def test_frames_come_out_as_they_went_in_however_they_are_cut(
    pages: list[tuple[int, Drawing | None]], step: int
) -> None:
    sent = b"".join(frame(number, drawing) for number, drawing in pages)
    received, found = bytearray(), []
    for at in range(0, len(sent), step):
        received += sent[at : at + step]
        while taken := take(received):
            found.append(taken)
    assert found == pages
    assert not received


@pytest.mark.parametrize("size", [(WIDEST + 1, 1), (1, HIGHEST + 1), (0, 1), (2**32 - 1,) * 2])
def test_a_frame_of_another_size_is_refused(size: tuple[int, int]) -> None:
    with pytest.raises(FrameError):
        take(bytearray(struct.pack(">III", 1, *size)))


def test_every_page_is_drawn_once(tmp_path: Path) -> None:
    images = Images(tmp_path / "images")
    path = folder(tmp_path / "corpus", a__pdf=report()) / "a.pdf"
    _draw(images, path, "content", 2)
    rows = _levels((images.folder("content") / "2.png").read_bytes())
    assert len(rows[0]) == WIDEST
    assert {0, 15} <= {level for row in rows for level in row}
    assert images.missing("content", 2) == ()


def test_a_run_that_was_broken_off_goes_on_where_it_was(tmp_path: Path) -> None:
    images = Images(tmp_path / "images")
    path = folder(tmp_path / "corpus", a__pdf=report()) / "a.pdf"
    images.keep("content", 1, None)
    assert images.missing("content", 2) == (2,)
    _draw(images, path, "content", 2)
    assert not (images.folder("content") / "1.png").read_bytes()
    assert _levels((images.folder("content") / "2.png").read_bytes())


@pytest.mark.parametrize("content", [b"%PDF-1.4 and nothing else", report()[:-400]])
def test_what_cannot_be_drawn_is_not_tried_again(tmp_path: Path, content: bytes) -> None:
    images = Images(tmp_path / "images")
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    _draw(images, path, "content", 9)
    assert images.missing("content", 9) == ()
    assert not (images.folder("content") / "9.png").read_bytes()


def test_a_document_says_where_its_images_are(tmp_path: Path) -> None:
    corpus = folder(tmp_path / "corpus", a__pdf=report(), b__html=page())
    (corpus / "manifest.csv").write_text(
        f"id,file,title,{IMAGES}\na,a.pdf,A,/etc\nb,b.html,B,/etc\nc,,C,/etc\n", "utf-8"
    )
    engine = EmbeddedEngine(tmp_path / "index")
    images = Images(tmp_path / "images")
    with Store(tmp_path / "store.sqlite") as store:
        summary = _built(corpus, engine, store, images)
        with (tmp_path / "told").open("w") as told:
            assert building.draw(summary.contents, store, images, Progress(told)) == 2
            assert building.draw(summary.contents, store, images, Progress(told)) == 0
    where = {own: document.metadata[IMAGES] for own in "abc" if (document := engine.document(own))}
    engine.close()
    assert sorted(path.name for path in Path(where["a"]).iterdir()) == ["1.png", "2.png"]
    assert Path(where["a"]).parent == Path(where["b"]).parent == tmp_path / "images"
    assert not Path(where["b"]).exists()
    assert where["c"] == ""


def _built(corpus: Path, engine: EmbeddedEngine, store: Store, images: Images) -> Summary:
    with (corpus.parent / "progress").open("w") as told:
        return building.build(corpus, engine, store, Progress(told), None, images)


def test_the_index_is_published_where_images_cannot_be_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = folder(tmp_path / "corpus", a__pdf=report())
    (tmp_path / "images").write_text("not a folder")
    engine = f"whoosh:{tmp_path / 'index'}"
    with pytest.raises(SystemExit) as end:
        main(["build", str(corpus), "--engine", engine, "--store", str(tmp_path / "store.sqlite")])
    assert end.value.code == 0
    told = capsys.readouterr()
    assert "The index has 1 documents" in told.out
    assert "The index is published, but some pages have no image:" in told.err

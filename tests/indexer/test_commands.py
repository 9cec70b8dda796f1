"""The command `cities-index` keeps its contract: what it prints, and its exit status."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.commands import main
from tests.indexer.corpora import folder, page, report, scan


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder to work in, where the defaults put index and store."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CITIES_SEARCH_ENGINE", raising=False)
    monkeypatch.delenv("CITIES_SEARCH_STORE", raising=False)
    return tmp_path


def _run(*arguments: str | Path) -> int:
    """Run the command and return its exit status."""
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as end:
        main([*map(str, arguments)])
    signal.signal(signal.SIGTERM, before)
    assert isinstance(end.value.code, int)
    return end.value.code


def test_a_build_where_all_went_in_ends_with_0(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("build", folder(place / "corpus", a__pdf=report())) == 0
    assert (place / "var" / "index").is_dir()
    assert (place / "var" / "store.sqlite").is_file()
    assert capsys.readouterr().out == (
        f"1 documents in {place / 'corpus'}: 1 written, 0 removed, 0 skipped; 1 files read.\n"
        "The index has 1 documents, 2 passages, 2 of 2 pages read.\n"
    )


def test_skipped_products_end_with_3_and_are_named(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = folder(place / "corpus", a__pdf=report(), b__pdf=scan())

    assert _run("build", corpus) == 3
    assert _run("update", corpus) == 3
    assert "skipped b.pdf: empty-text: " in capsys.readouterr().err


def test_names_of_files_tell_a_terminal_nothing(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = folder(place / "corpus", a__pdf=report())
    (corpus / "a\nb\x1b[31m\u202e.docx").write_bytes(b"no document")

    assert _run("build", corpus) == 3
    assert _run("status") == 0

    said = "".join(capsys.readouterr())
    assert said.count("skipped a�b�[31m�.docx: ") == 2
    assert not {"\x1b", "\u202e"} & {*said}


def test_status_has_its_shape(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run("build", folder(place / "corpus", a__pdf=report(), b__pdf=scan()), "--no-ocr")
    capsys.readouterr()

    assert _run("status", "--json") == 0
    found = json.loads(capsys.readouterr().out)
    assert {key: found[key] for key in found if key not in ("generation", "built")} == {
        "documents": 2,
        "passages": 2,
        "pages": 3,
        "pages_read": 2,
        "languages": {"en": 1},
        "skipped": [
            {"file": "b.pdf", "reason": "empty-text: there is no text in it; it may be a scan."}
        ],
    }
    assert set(found) >= {"generation", "built"}

    assert _run("status") == 0
    assert "2 of 3 pages read\nLanguages: en 1\nskipped b.pdf: " in capsys.readouterr().out


def test_a_sound_index_passes_its_check(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = folder(place / "corpus", a__pdf=report(), b__html=page(), c__html=page("Trees"))
    _run("build", corpus)
    capsys.readouterr()

    assert _run("check") == 0
    assert capsys.readouterr().out.startswith("The index is sound")


def test_a_damaged_index_fails_its_check(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _run("build", folder(place / "corpus", a__pdf=report()))
    for path in (place / "var" / "index").rglob("*"):
        if path.is_file() and path.stat().st_size > 200:
            damaged = bytearray(path.read_bytes())
            damaged[len(damaged) // 2] ^= 255
            path.chmod(0o600)
            path.write_bytes(damaged)

    assert _run("check") == 1
    assert "Traceback" not in capsys.readouterr().err


def test_engine_and_store_can_stand_elsewhere(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus = folder(place / "corpus", a__pdf=report())
    monkeypatch.setenv("CITIES_SEARCH_ENGINE", "whoosh:elsewhere/index")

    assert _run("build", corpus, "--store", "kept.sqlite") == 0
    assert (place / "elsewhere" / "index").is_dir()
    assert (place / "kept.sqlite").is_file()
    assert not (place / "var").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (("build",), 2, "Missing argument 'CORPUS'."),
        (("build", "nowhere"), 2, "Invalid value for 'CORPUS': Directory 'nowhere'"),
        (("bild",), 2, "No such command 'bild'."),
        (("status", "--jsn"), 2, "No such option '--jsn'."),
        (("status", "--engine", "lucene:x"), 2, "“lucene:x” is not the address of an engine"),
        (("status",), 1, ""),
        (("check",), 1, ""),
        (("build", "empty"), 1, "There is neither a manifest.csv nor any PDF or web page in "),
        (("build", "broken"), 1, "manifest.csv has no column “id”."),
        (("build", "unlabelled"), 1, "“waste” in the vocabulary needs labels by language."),
        (("build", "full", "--store", "full/a.pdf"), 1, "The store full/a.pdf is damaged"),
        (("build", "full", "--store", "full/a.pdf/store"), 1, "The store full/a.pdf/store cannot"),
        (("build", "full", "--engine", "whoosh:full/a.pdf/index"), 1, ""),
    ],
)  # fmt: skip
def test_failures_are_one_sentence(
    place: Path,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    status: int,
    sentence: str,
) -> None:
    folder(place / "empty")
    folder(place / "full", a__pdf=scan())
    folder(place / "broken", manifest__csv="title\nWaste\n")
    folder(place / "unlabelled", a__pdf=scan())
    (place / "unlabelled" / "vocabulary.toml").write_text("[clusters.waste]\n")

    ended, told = _sentence_after_progress(capsys, *arguments)

    assert ended == status
    assert told.startswith(sentence)
    assert "Traceback" not in told


def _sentence_after_progress(
    capsys: pytest.CaptureFixture[str], *arguments: str
) -> tuple[int, str]:
    """Leave out the lines that told of files being read."""
    status = _run(*arguments)
    told = capsys.readouterr()
    assert told.out == ""
    *before, last = told.err.splitlines()
    assert all(line.startswith("1/1 ") for line in before)
    return status, last


def test_help_is_no_failure(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert _run("--help") == 0
    assert "cities-index [OPTIONS] COMMAND" in capsys.readouterr().out


def test_a_killed_build_leaves_the_last_index_and_no_process(place: Path) -> None:
    corpus = folder(place / "corpus", a__pdf=report())
    assert _run("build", corpus) == 0
    for at in range(40):
        (corpus / f"b{at}.html").write_text(page(f"Pilot {at}"))
    program = "from indexer.commands import main; main()"
    root = Path(__file__).resolve().parents[2]
    running = subprocess.Popen(
        [sys.executable, "-c", program, "update", str(corpus)],
        cwd=place,
        env={**os.environ, "PYTHONPATH": str(root)},
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert running.stderr is not None
    running.stderr.readline()
    children = _descendants(running.pid)
    running.kill()
    running.communicate()

    assert children
    deadline = time.monotonic() + 30
    while any(Path(f"/proc/{child}").exists() for child in children):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert _run("check") == 0
    assert _run("update", corpus) == 0


def _descendants(process: int) -> set[str]:
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    found = {child for task in tasks for child in task.read_text().split()}
    return found.union(*(_descendants(int(child)) for child in found))

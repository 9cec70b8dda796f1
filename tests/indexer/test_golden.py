"""What the extractors read from example files is what was reviewed and kept beside them."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from indexer.extractors import read
from indexer.readings import About

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(path for path in GOLDEN.iterdir() if path.suffix in (".html", ".pdf"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_is_read_as_reviewed(path: Path, rewrite: bool) -> None:  # noqa: FBT001 - a fixture
    expected = path.with_suffix(path.suffix + ".json")
    found = json.dumps(_plain(path), ensure_ascii=False, indent=1) + "\n"

    if rewrite:
        expected.write_text(found, "utf-8")

    assert found == expected.read_text("utf-8")


def _plain(path: Path) -> dict[str, object]:
    """Return what is read of a file, a # for each level of heading that its markup gives."""
    about, pages = About(), {}
    with path.open("rb") as stream:
        for message in read(stream, path.suffix):
            if isinstance(message, About):
                about = message
            else:
                pages[message.number] = [
                    f"{'#' * block.level} {block.text}".strip() for block in message.blocks
                ]
    return {"about": asdict(about), "pages": pages}

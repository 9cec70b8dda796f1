"""The shared reports, which are read once for all tests and processes of a run."""

import os
from collections.abc import Mapping
from dataclasses import replace
from fcntl import LOCK_EX, flock
from io import StringIO

import pytest

from indexer.extracting import read_new
from indexer.files import content
from indexer.progress import Progress
from indexer.readings import Reading
from indexer.store import Store
from tests.conftest import SHARED


@pytest.fixture(scope="session")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Reading]:
    """What is read of each shared report, by the name of its file."""
    paths = sorted((SHARED / "reports").glob("*.pdf"))
    if not paths:
        pytest.skip("the folder of real files, shared/data, is not beside the project")
    place = tmp_path_factory.getbasetemp()
    # Processes that test side by side have a folder each, in one that is the run's.
    place = place.parent if "PYTEST_XDIST_WORKER" in os.environ else place
    contents = {path: content(path) for path in paths}
    with (place / "reports.lock").open("w") as lock:
        flock(lock, LOCK_EX)
        with Store(place / "reports.sqlite") as store:
            read_new(contents, store, Progress(StringIO()))
            return {path.name: _reading(store, known) for path, known in contents.items()}


def _reading(store: Store, known: str) -> Reading:
    found = store.summary(known)
    texts = {page.number: page for page in store.pages(known)}
    return replace(found, pages=tuple(texts.get(page.number, page) for page in found.pages))

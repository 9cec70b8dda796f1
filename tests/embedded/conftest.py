"""What the tests of the embedded engine share."""

import os
import tempfile
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session", autouse=True)
def own_temporary_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Whoosh's writer puts temporary files of an index in memory where those of every other
    program have the same names: two runs of the tests at once would remove each other's."""
    before, tempfile.tempdir = tempfile.tempdir, str(tmp_path_factory.mktemp("whoosh"))
    yield
    tempfile.tempdir = before


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process does not wait for the disk: its own writes are not what the test is about."""
    monkeypatch.setattr(os, "fsync", lambda _: None)

"""The collection of these tests, its files and its service, made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engine.protocol import Engine
from tests.service.collection import PDF, client_of, draw, indexed, products


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a corpus folder with the files of the collection, and one beside it."""
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text("secret")
    folder = outside / "corpus"
    (folder / "reports").mkdir(parents=True)
    (folder / "reports" / "compost.pdf").write_bytes(PDF)
    (folder / "reports" / "landfill.html").write_text("<script>alert(1)</script><p>Landfill</p>")
    (folder / "reports" / "waste.txt").write_text("النفايات")
    draw(folder)
    (folder / "notes.pdf").write_bytes(PDF)
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    return folder


@pytest.fixture(scope="session")
def engine(corpus: Path) -> Iterator[Engine]:
    """Return an engine that holds the collection."""
    engine = indexed(products(corpus))
    yield engine
    engine.close()


@pytest.fixture
def client(engine: Engine) -> FlaskClient:
    """Return a client of the service over the collection."""
    return client_of(engine)

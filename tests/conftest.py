"""What all tests share: the folder of real files, the wish to rewrite what is expected, and
that no test is timed."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# How quick a busy machine makes examples, or runs a test on one, says nothing about the test.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--rewrite`."""
    parser.addoption(
        "--rewrite", action="store_true", help="write what golden tests expect, for review"
    )


@pytest.fixture
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether golden tests write what they expect."""
    return bool(request.config.getoption("--rewrite"))


@pytest.fixture
def shared() -> Path:
    """The folder of real files beside the project."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real files, shared/data, is not beside the project")
    return SHARED

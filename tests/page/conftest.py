"""The served collection and the browser are those of the browser tests; without one it fails."""

import pytest

from tests.browser.conftest import CHROMIUM, address, browser

__all__ = ["address", "browser"]

_SPEED = pytest.StashKey[dict[str, float]]()


@pytest.fixture(scope="session", autouse=True)
def chromium() -> None:
    """Fail where there is no browser."""
    assert CHROMIUM, "chromium is not installed"


@pytest.fixture
def speed(pytestconfig: pytest.Config) -> dict[str, float]:
    """Return what is told in the end: Lighthouse's marks for the speed of pages, from 0 to 1."""
    return pytestconfig.stash.setdefault(_SPEED, {})


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Tell how quick the pages were."""
    for name, score in config.stash.get(_SPEED, {}).items():
        terminalreporter.write_line(f"Lighthouse performance {score * 100:3.0f}  {name}")

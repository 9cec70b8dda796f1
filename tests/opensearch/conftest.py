"""Tests that need a cluster are collected only where one is given; one line says so if not."""

import os

import pytest

from tests.opensearch.cluster import ADDRESS

collect_ignore = [] if os.environ.get(ADDRESS) else ["test_on_cluster.py", "test_measured.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell that a part was not tested."""
    if not os.environ.get(ADDRESS):
        terminalreporter.write_line(
            f"OpenSearch was not tested: {ADDRESS} names no cluster. Run make test-opensearch."
        )

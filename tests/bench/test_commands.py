"""The command line of the measurements."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from bench.__main__ import main


@pytest.mark.parametrize(
    "command", [[], ["speed"], ["relevance"], ["model"], ["reading"], ["undp"]]
)
def test_every_command_has_help(command: list[str]) -> None:
    result = CliRunner().invoke(main, [*command, "--help"])

    assert result.exit_code == 0
    assert result.output.startswith("Usage:")


def test_too_few_passages_are_wrong_use() -> None:
    result = CliRunner().invoke(main, ["speed", "--passages", "10"])

    assert result.exit_code == 2
    assert "10 is not in the range x>=2000" in result.output


def test_a_file_of_passages_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    missing = tmp_path / "passages.jsonl.gz"
    result = CliRunner().invoke(main, ["speed", "--data", str(missing)])

    assert result.exit_code == 2
    assert "does not exist" in result.output

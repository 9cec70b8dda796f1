"""The README tells the truth: what it names is there, and its commands do what it says."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), ROOT / "bench/README.md", *ROOT.glob("docs/decisions/*.md")]
)
TARGETS = re.findall(r"^([a-z-]+):.*?## (.+)$", MAKEFILE, re.MULTILINE)


def test_the_first_two_commands_are_run_and_test() -> None:
    commands = re.findall(r"^    (make \S+)", README, re.MULTILINE)

    assert commands[:2] == ["make run", "make test"]


def test_every_make_target_that_is_named_is_there_and_says_what_it_does() -> None:
    documents = README + (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    named = set(re.findall(r"`?make ([a-z-]+)", documents)) - {"a"}

    assert named <= {name for name, _ in TARGETS} | {"help"}
    phony = re.search(r"^\.PHONY: (.+)$", MAKEFILE, re.MULTILINE)
    assert phony
    assert set(phony[1].split()) == {name for name, _ in TARGETS}


@pytest.mark.parametrize("program", ["cities-index", "cities-search"])
def test_every_command_is_described_and_has_help(program: str) -> None:
    output = _run(program, "--help").stdout.partition("Commands:")[2]
    there = dict(re.findall(r"^  ([a-z]+)  +(\S.*)$", output, re.MULTILINE))
    described = set(re.findall(rf"^\| `{program} ([a-z]+)", README, re.MULTILINE))

    assert there
    assert described == there.keys()


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)

    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_commands_for_documents_of_ones_own_work(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "CITIES_SEARCH_ENGINE": f"whoosh:{tmp_path / 'index'}",
        "CITIES_SEARCH_STORE": str(tmp_path / "store.sqlite"),
    }

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return _run(*command, environment=environment)

    assert run("cities-index", "build", str(ROOT / "corpus")).returncode == 0
    assert run("cities-index", "update", str(ROOT / "corpus")).returncode == 0
    status = json.loads(run("cities-index", "status", "--json").stdout)
    assert (status["documents"], status["skipped"]) == (22, [])
    assert run("cities-index", "check").returncode == 0
    answer = json.loads(
        run("cities-search", "query", "waste", "--cluster", "waste", "--json").stdout
    )
    assert answer["hits"][0]["id"] == "koidu-kushtia-waste-partnership"


def _run(
    program: str, *arguments: str, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(Path(sys.executable).parent / program), *arguments],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_rows_of_a_table_have_as_many_cells_as_its_head(path: Path) -> None:
    tables = re.findall(r"(?:^\|.*\n)+", path.read_text("utf-8"), re.MULTILINE)
    for table in tables:
        head, line, *_ = rows = [re.split(r"(?<!\\)\|", row)[1:-1] for row in table.splitlines()]
        assert all(re.fullmatch(r" ?:?-+:? ?", cell) for cell in line), table
        assert {len(row) for row in rows} == {len(head)}, table

"""Who may import whom, and that the third-party parts are new enough to be safe."""

import ast
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROGRAMS = ("engine", "indexer", "search_service")
PACKAGES = (*PROGRAMS, "templates", "corpus", "bench")

FORBIDDEN = {
    "engine": {"indexer", "search_service", "templates", "corpus", "bench", "tests"},
    "indexer": {"search_service", "templates", "bench", "tests"},
    "search_service": {"indexer", "bench", "tests"},
    "templates": {"engine", "indexer", "search_service", "bench", "tests"},
    "corpus": {"engine", "indexer", "search_service", "bench", "tests"},
    "bench": {"tests"},
}
"""What no module of a package may import."""

KEPT_TO = {
    "whoosh": ("engine/embedded",),
    "opensearchpy": ("engine/opensearch",),
    "pdfminer": ("indexer/extractors",),
    "pypdfium2": ("indexer/extractors",),
    "tesserocr": ("indexer/extractors",),
    "bs4": ("indexer/extractors",),
    "lxml": ("indexer/extractors",),
    "trafilatura": ("indexer/extractors",),
    "htmldate": ("indexer/extractors",),
    "charset_normalizer": ("indexer/extractors",),
    "onnxruntime": ("engine/semantic.py",),
    "tokenizers": ("engine/semantic.py", "engine/literacy.py"),
    "py3langid": ("engine/language.py",),
    "flask": ("search_service",),
    "werkzeug": ("search_service",),
    "jinja2": ("search_service",),
    "waitress": ("search_service",),
    "babel": ("search_service", "indexer/tables"),
}
"""The folders that alone may import a library. Benchmarks may import any, to compare with it, and
so may the script that draws the bundled corpus."""

LOWEST = {
    "pdfminer.six": "20260107",
    "lxml": "6.1.1",
    "beautifulsoup4": "4.13",
    "soupsieve": "2.9",
    "Flask": "3.1.3",
    "Werkzeug": "3.1.6",
    "Jinja2": "3.1.6",
    "waitress": "3.0.2",
    "urllib3": "2.6.3",
}
"""The first versions without known holes that reach us."""
NEEDED = set(LOWEST) - {"urllib3"}
"""Those that the project itself installs; the others only have to be new where they are there."""


def modules(package: str) -> list[Path]:
    """Return the files of a package."""
    return sorted((ROOT / package).rglob("*.py"))


def imported(path: Path) -> Iterator[str]:
    """Yield the full name of every module that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} has a relative import"
            yield node.module or ""


def numbers(text: str) -> list[int]:
    """Return the numbers of a version, up to the first part that is none."""
    found = []
    for part in text.split("."):
        if not part.isdigit():
            break
        found.append(int(part))
    return found


@pytest.mark.parametrize("package", PACKAGES)
def test_imports_go_one_way(package: str) -> None:
    found = [
        (str(path.relative_to(ROOT)), name)
        for path in modules(package)
        for name in imported(path)
        if name.partition(".")[0] in FORBIDDEN[package]
    ]
    assert found == []


@pytest.mark.parametrize("library", KEPT_TO)
def test_a_library_is_used_in_its_place_alone(library: str) -> None:
    found = [
        str(path.relative_to(ROOT))
        for package in PROGRAMS
        for path in modules(package)
        if any(name.partition(".")[0] == library for name in imported(path))
        and not any(path.is_relative_to(ROOT / place) for place in KEPT_TO[library])
    ]
    assert found == []


def test_every_package_of_the_project_is_looked_at() -> None:
    having = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert having <= set(PACKAGES)
    assert all(modules(package) for package in PROGRAMS)


@pytest.mark.parametrize("package", sorted(LOWEST))
def test_what_is_installed_is_new_enough(package: str) -> None:
    try:
        installed = version(package)
    except PackageNotFoundError:
        assert package not in NEEDED
        return
    assert numbers(installed) >= numbers(LOWEST[package])


def test_the_parser_that_hangs_is_not_installed() -> None:
    with pytest.raises(PackageNotFoundError):
        version("html5lib")

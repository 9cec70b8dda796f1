"""Small corpora for tests of the indexer."""

from pathlib import Path

from engine.vocabulary import Vocabulary, parse
from tests.pdfs import Line, lines, pdf

VOCABULARY_TEXT = """
[clusters.waste]
labels = {en = "Waste", fr = "Déchets"}
aliases = ["solid waste"]

[clusters.tourism]
labels = {en = "Tourism"}

[types.training-report]
labels = {en = "Training report"}

[types.news]
labels = {en = "News"}
"""
VOCABULARY: Vocabulary = parse(VOCABULARY_TEXT)

WASTE = (
    "Koidu sorts its household waste since the spring. Every street has two bins, one for",
    "kitchen waste and one for all the rest, and a cart that comes on market days. The city",
    "pays the carters by the weight of what they bring to the composting yard.",
)
PRICES = (
    "The price of compost fell in the second year, because farmers outside the town had not",
    "been asked whether they wanted it. Ask them first, and agree on a price with them.",
)


def report() -> bytes:
    """Return a training report of two pages with a heading on the second."""
    first = (Line("Waste sorting in Koidu", size=24, y=780), *lines(*WASTE))
    second = (Line("Lessons learned", size=16, y=780), *lines(*PRICES))
    return pdf(first, second, title="Waste sorting in Koidu", created="D:20210430120000Z")


def scan() -> bytes:
    """Return a page on which only lines are drawn."""
    return pdf(b"0 0 m 100 100 l S\n" * 50)


def page(title: str = "A pilot in Banjul", text: str = "Young people count the trees.") -> str:
    """Return a news page."""
    return (
        f'<!doctype html><html lang="en"><head><title>{title} | City news</title>'
        '<meta property="article:published_time" content="2022-04-29T08:00:00Z"></head>'
        f"<body><nav>Home About</nav><article><h1>{title}</h1><p>{text}</p></article></body></html>"
    )


def folder(at: Path, **contents: bytes | str) -> Path:
    """Write files into a folder, `name__pdf` as name.pdf, with a vocabulary; return it."""
    at.mkdir(parents=True, exist_ok=True)
    (at / "vocabulary.toml").write_text(VOCABULARY_TEXT, "utf-8")
    for name, content in contents.items():
        path = at / name.replace("__", ".")
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content, "utf-8")
    return at

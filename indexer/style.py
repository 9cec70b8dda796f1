"""How a document is set: what most of it looks like, and what stands out from that."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from indexer.contents import contents
from indexer.numbering import key, numbered
from indexer.readings import Block, Outline, Page

LARGER = 1.12
"""A heading is this much larger than the text of the document; a bold one needs less."""
BOLDER = 1.04
LONGEST = 240
"""Characters of a heading."""
PROSE = 40
"""Characters of a paragraph that a heading in bold stands over."""
LONG = 150
"""Characters of one that a heading stands over which nothing marks but its place."""
OFTEN = 3
"""Pages at whose edge a running title stands."""
NEXT = 2
"""Pages from one of them to the next: titles on left and right pages alternate."""
PARAGRAPHS = 8
"""Numbered paragraphs of a document in which all are numbered."""
TRUSTED = 0.4
"""Share of the short blocks in one style with a paragraph below them, from which those of this
style are headings: names in a list and cells of a table have none."""
FIGURES = 0.34
"""Share of digits in what is a row of figures."""

BULLET = re.compile(r"[•‣▪●○◦◊➢❖\uf0b7*–—-](?:\s|$)")
CAPTION = re.compile(
    r"(?:fig(?:ure|ura|\.)?|table(?:au)?|tabla|tabela|gr[áa]fic[ao]s?|graphique|chart|cuadro"
    r"|quadro|mapa?|carte|diagram\w*|photo|foto|imagen?|ilustra\w+|schéma|рис(?:унок|\.)?"
    r"|таблица|график|карта|الجدول|جدول|الشكل|شكل|[图圖表])"
    r"\s*(?:n[°ºo.]+\s*)?(?:[0-9\u0660-\u0669]|[ivx]+\b|[a-z]\b)"
    r"|(?:data )?(?:source|fuente|fonte|источник|المصدر|来源|來源|note|nota)s?\s*[:：]",
    re.IGNORECASE,
)
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_SENTENCE = re.compile(r"[^\W\d_]{3}[.!?؟]\s+\w|[。！？]\w")
_ADDRESS = re.compile(r"https?:|www\.|@\w|\[\w+: ?\w+\]$")
_DAY = re.compile(r"(?:\w+, ?)?\d{1,2}\.?(?:er|º)?(?: de)? [^\W\d]+(?: de)? \d{4}$|\d{4}$")


class Style:
    """What the pages of a document have in common."""

    def __init__(self, pages: Sequence[Page], outline: Sequence[Outline]) -> None:
        sizes, bold = Counter[float](), Counter[bool]()
        for page in pages:
            sizes += _letters(page.blocks)
            for block in page.blocks:
                bold[block.bold] += len(block.text)
        self.body = max(sizes, key=lambda size: sizes[size], default=0.0)
        self.is_bold = bold[True] > bold[False]
        self.outline = {(entry.page, key(entry.title)): entry.level for entry in outline}
        self.contents = contents(pages)
        self.listed = frozenset[str]().union(*self.contents.values())
        self.running = _running(pages)
        paragraphs = sum(
            numbered(block.text).rank == 1 and is_prose(block)
            for page in pages
            for block in page.blocks
        )
        self.numbers_paragraphs = paragraphs >= PARAGRAPHS
        self._styles = self._trusted(pages)

    def trusts(self, block: Block) -> bool:
        """Tell whether blocks in this style are headings as a rule."""
        return self._styles.get((_size(block), block.bold), True)

    def _trusted(self, pages: Sequence[Page]) -> Mapping[tuple[float, bool], bool]:
        short, over = Counter[tuple[float, bool]](), Counter[tuple[float, bool]]()
        for page in pages:
            for block, after in zip_longest(page.blocks, page.blocks[1:]):
                style = _size(block), block.bold
                if not self._is_marked(block) or not can_be(block):
                    continue
                short[style] += 1
                over[style] += (
                    after is None or len(after.text) > PROSE or self.is_larger(after, self.body)
                )
        return {style: over[style] >= TRUSTED * count for style, count in short.items()}

    def _is_marked(self, block: Block) -> bool:
        return block.bold and not self.is_larger(block, self.body)

    def is_larger(self, block: Block, body: float) -> bool:
        """Tell a block that is set larger than the text of its page, or in bold and a little
        larger."""
        if block.bold and not self.is_bold:
            return block.size > BOLDER * body > 0
        return block.size > LARGER * self.body > 0

    def body_of(self, page: Page) -> float:
        """Return the size of the text of a page that is set smaller than others, as an annex."""
        sizes = _letters(filter(is_prose, page.blocks))
        size, letters = max(sizes.items(), key=lambda item: item[1], default=(0.0, 0))
        whole = sum(len(block.text) for block in page.blocks)
        return min(size, self.body) if 2 * letters > whole else self.body


def _running(pages: Sequence[Page]) -> set[str]:
    """Return the keys of what stands at the edge of pages that follow each other."""
    edges = defaultdict[str, list[int]](list)
    for page in pages:
        for block in {*page.blocks[:2], *page.blocks[-2:]}:
            edges[key(block.text)].append(page.number)
    return {
        text
        for text, at in edges.items()
        if any(
            last - first <= NEXT * (OFTEN - 1)
            for first, last in zip(at, at[OFTEN - 1 :], strict=False)
        )
    }


def _letters(blocks: Iterable[Block]) -> Counter[float]:
    """Return how much text is set in each size."""
    sizes = Counter[float]()
    for block in blocks:
        sizes[_size(block)] += len(block.text)
    return sizes


def _size(block: Block) -> float:
    return round(block.size * 2) / 2


def can_be(block: Block, *, much_larger: bool = False) -> bool:
    """Tell a text that can be a heading at all."""
    text = block.text
    if len(text) > LONGEST:
        return False
    letters = sum(map(str.isalpha, text))
    if length(text) > LONGEST or letters < 2 or (letters < 3 and text.isascii()):
        return False
    if sum(map(str.isdigit, text)) > FIGURES * (letters + sum(map(str.isdigit, text))):
        return False
    bare = numbered(text).rest
    if (bare[:1].islower() and not much_larger) or bare[:1] in "“«\"'‘(":
        return False
    if BULLET.match(text) and not block.bold:
        return False
    return not (
        CAPTION.match(text) or _ADDRESS.search(text) or _DAY.match(text) or _SENTENCE.search(bare)
    )


def is_prose(block: Block) -> bool:
    """Tell a paragraph of several lines."""
    return (len(block.text) > LONG or length(block.text) > LONG) and not CAPTION.match(block.text)


def length(text: str) -> int:
    """Return the number of characters; one of Chinese is worth two."""
    return len(text) + len(_HAN.findall(text))

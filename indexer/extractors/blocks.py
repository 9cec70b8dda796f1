"""Cuts a web page into the runs of text between its block-level elements: headings, paragraphs,
items of lists, rows of tables."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag
from bs4.element import CData, NavigableString

from indexer.cleaning import clean
from indexer.readings import Block

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BREAKS = 4
"""Lines that a cell ends by itself where it is a part of the page and no cell of a table."""
UNSEEN = frozenset(
    {
        *("script", "style", "noscript", "template", "svg", "math", "iframe", "object"),
        *("noframes", "head", "title", "select", "textarea"),
    }
)
"""Elements whose text is not read on the page."""
_BLOCKS = HEADINGS | {
    *("address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd"),
    *("details", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form"),
    *("header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table"),
    *("tbody", "tfoot", "thead", "tr", "ul"),
}
_PARTS = sorted(HEADINGS | {"table", "article", "section", "blockquote"})
_SPACED = frozenset({"br", "td", "th"})
_ASIDE = frozenset(["nav", "aside", "footer", "form", "button"])
_WHOLE = frozenset(["html", "body", "main", "article"])
_HIDDEN = re.compile(r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_ASIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|shar(?:e|ing)|social|related|breadcrumbs?|sidebar|cookies?|"
    r"newsletter|menu|promo|subscribe|subscription|advert\w*|ads?|footer|pagination|skip|banner|"
    r"navigation|navbar|nav|tags|popup|modal)(?:$|[\s_-])"
)


@dataclass(frozen=True, slots=True)
class Part:
    """A block of a page, and whether it stands in what calls itself a menu, a share bar, …, or is
    not shown."""

    block: Block
    is_aside: bool


def parts(root: Tag) -> Iterator[Part]:
    """Yield the blocks of an element in order; a row of a table is one block."""
    asides: dict[int, bool] = {}
    for element, block in _blocks(root):
        yield Part(block, is_aside(element, asides))


def is_aside(element: Tag, known: dict[int, bool]) -> bool:
    """Tell whether an element is, or stands in, an aside; `known` keeps what was told."""
    passed = []
    at: Tag | None = element
    while at is not None and id(at) not in known:
        passed.append(at)
        at = at.parent
    found = at is not None and known[id(at)]
    for one in reversed(passed):
        found = found or one.name in _ASIDE or _is_named_aside(one) or _is_hidden(one)
        known[id(one)] = found
    return found


def _is_named_aside(tag: Tag) -> bool:
    if tag.name in _WHOLE:
        return False
    classes = tag.get("class")
    names = [tag.get("id"), *(classes if isinstance(classes, list) else [classes])]
    return any(isinstance(name, str) and _ASIDE_NAMES.search(name.lower()) for name in names)


def _blocks(root: Tag) -> Iterator[tuple[Tag, Block]]:
    inside: dict[int, Tag | None] = {}
    layouts: dict[int, bool] = {}
    current: Tag | None = None
    texts: list[str] = []
    for found in root.descendants:
        if isinstance(found, Tag):
            if found.name in _SPACED:
                texts.append(" ")
            continue
        if type(found) not in (NavigableString, CData) or found.parent is None:
            continue
        block = _block_of(found.parent, inside, layouts)
        if block is None:
            continue
        if current is not None and block is not current:
            yield from _block(current, texts)
            texts = []
        current = block
        texts.append(str(found))
    if current is not None:
        yield from _block(current, texts)


def _block_of(parent: Tag, inside: dict[int, Tag | None], layouts: dict[int, bool]) -> Tag | None:
    """Return the innermost block-level element that an element is or stands in, a heading or a
    row before what stands in it; None where it is not seen."""
    passed = []
    at: Tag | None = parent
    while at is not None and id(at) not in inside:
        passed.append(at)
        at = at.parent
    above = inside[id(at)] if at is not None else None
    is_seen = at is None or above is not None
    for element in reversed(passed):
        if not is_seen or element.name in UNSEEN:
            is_seen, above = False, None
        elif above is None or (
            (element.name in _BLOCKS or element.name == "td")
            and above.name not in HEADINGS
            and (above.name != "tr" or _is_layout(above, layouts))
        ):
            above = element
        inside[id(element)] = above
    return above


def _is_hidden(element: Tag) -> bool:
    """Tell an element that is not shown, unless a script shows it."""
    style = element.get("style")
    return element.name not in _WHOLE and (
        element.get("hidden") not in (None, "until-found")
        or (isinstance(style, str) and _HIDDEN.search(style) is not None)
    )


def _is_layout(row: Tag, known: dict[int, bool]) -> bool:
    """Tell a row that puts parts of the page side by side from a row of a table; `known` keeps
    what was told."""
    if id(row) not in known:
        cells = row.find_all("td")
        known[id(row)] = (
            row.find(_PARTS) is not None
            or len(row.find_all("p")) > len(cells)
            or any(len(cell.find_all("br", limit=BREAKS)) == BREAKS for cell in cells)
        )
    return known[id(row)]


def _block(element: Tag, texts: list[str]) -> Iterator[tuple[Tag, Block]]:
    text = clean("".join(texts))
    if text:
        yield element, Block(text, int(element.name[1]) if element.name in HEADINGS else 0)

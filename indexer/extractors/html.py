"""Reads the main text of web pages. Runs nothing, fetches nothing, and drops what is not text.

The part of the page that holds most of its paragraphs is the main text; without paragraphs, all
of it is. A web page counts as one page.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import BinaryIO

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from engine import dates
from indexer.cleaning import clean
from indexer.limits import allow_cpu
from indexer.readings import About, Block, Page, Unreadable

LARGEST_PAGE = 10_000_000
CPU_SECONDS = 25
SHORTEST_PARAGRAPH = 25
"""Characters of a paragraph that says where the main text is; less is a caption or a button."""
MOST_OF = 0.4
"""What holds this share of the text is never dropped for its name alone."""

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_DROPPED = (
    "script, style, noscript, template, svg, math annotation, iframe, object, nav, aside, footer, "
    "form, button, select, [hidden], [role=navigation], [role=banner], [role=contentinfo], "
    "[role=complementary], [role=search], [role=dialog], body > header, input, [aria-hidden=true]"
)
_DROPPED_NAMES = re.compile(
    r"(?:^|[\s_-])(?:comments?|disqus|shar(?:e|ing)|social|related|breadcrumbs?|sidebar|cookies?|"
    r"newsletter|menu|promo|subscribe|subscription|advert\w*|ads?|footer|pagination|skip|banner|"
    r"navigation|navbar|nav|tags|popup|modal)(?:$|[\s_-])"
)
_BLOCKS = HEADINGS | {
    "address",
    "article",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
}
_SPACED = frozenset({"br", "td", "th"})
_DATES = (
    ("meta[property='article:published_time']", "content"),
    ("meta[itemprop=datePublished]", "content"),
    ("[itemprop=datePublished]", "datetime"),
    (
        "meta[name='dc.date' i], meta[name='dc.date.issued' i], meta[name='dcterms.date' i]",
        "content",
    ),
    ("meta[name=date], meta[name=pubdate], meta[name='publish-date']", "content"),
    ("article time[datetime], main time[datetime], time[datetime]", "datetime"),
)
_LINKED_DATE = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\d)')
_DAY = re.compile(r"\d{4}-\d\d-\d\d|\d{4}-\d\d|\d{4}")
_SITE = re.compile(r"\s+(?:[|–—·«»]|::|-)\s+")


def read(stream: BinaryIO) -> Iterator[About | Page]:
    """Yield what the page says about itself, then its text. Raises Unreadable."""
    allow_cpu(CPU_SECONDS)
    source = stream.read(LARGEST_PAGE + 1)
    if len(source) > LARGEST_PAGE:
        raise Unreadable("too-large")
    soup = BeautifulSoup(source, "lxml")
    yield About(1, _title(soup), _date(soup), _language(soup))
    try:
        blocks = tuple(_blocks(_main(soup)))
    except RecursionError:
        raise Unreadable("malformed") from None
    yield Page(1, blocks, "" if blocks else "empty-text")


def _title(soup: BeautifulSoup) -> str:
    """Return the title without the name of the site: what the page's own heading also says,
    else the title for sharing, else the longest part of the window's title."""
    shared = _attribute(soup, "meta[property='og:title'], meta[name='twitter:title']", "content")
    window = clean(soup.title.get_text(" ")) if soup.title else ""
    headings = [clean(found.get_text(" ")) for found in soup.select("h1")]
    for heading in headings:
        if heading and (len(headings) == 1 or heading in shared or heading in window):
            return heading
    whole = shared or window
    return max(_SITE.split(whole), key=len).strip()


def _date(soup: BeautifulSoup) -> str:
    found = [_attribute(soup, selector, name) for selector, name in _DATES]
    scripts = soup.select("script[type='application/ld+json']")
    linked = (_LINKED_DATE.search(script.get_text()) for script in scripts)
    for written in [match[1] for match in linked if match] + found:
        day = _DAY.match(written)
        if day:
            try:
                return dates.normal(day[0])
            except ValueError:
                continue
    return ""


def _language(soup: BeautifulSoup) -> str:
    return _attribute(soup, "html[lang]", "lang").split("-")[0].lower()


def _attribute(soup: BeautifulSoup, selector: str, name: str) -> str:
    for found in soup.select(selector):
        value = found.get(name)
        if isinstance(value, str) and value.strip():
            return clean(value)
    return ""


def _main(soup: BeautifulSoup) -> Tag:
    """Return the element that holds the main text, without what is not text."""
    body = soup.body or soup
    for comment in body.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    whole = len(body.get_text())
    for found in body.select(_DROPPED):
        if found is not body and len(found.get_text()) < MOST_OF * whole:
            found.extract()
    for found in body.find_all(_is_named_aside):
        if len(found.get_text()) < MOST_OF * whole:
            found.extract()
    return _fullest(body)


def _is_named_aside(tag: Tag) -> bool:
    """Tell a part that calls itself a menu, a share bar, a list of comments, …"""
    if tag.name in ("html", "body", "article", "main"):
        return False
    classes = tag.get("class")
    names = [tag.get("id"), *(classes if isinstance(classes, list) else [classes])]
    return any(isinstance(name, str) and _DROPPED_NAMES.search(name.lower()) for name in names)


def _fullest(body: Tag) -> Tag:
    """Return the innermost element with most of the paragraphs, counted by their characters."""
    weights: dict[int, int] = defaultdict(int)
    elements: dict[int, Tag] = {}
    total = 0
    for paragraph in body.find_all(["p", "pre", "blockquote"]):
        length = len(paragraph.get_text(" ", strip=True))
        if length < SHORTEST_PARAGRAPH:
            continue
        total += length
        for parent in paragraph.parents:
            weights[id(parent)] += length
            elements[id(parent)] = parent
            if parent is body:
                break
    best = body
    size = sum(1 for _ in body.descendants)
    for key, weight in weights.items():
        if weight >= 0.7 * total:
            within = sum(1 for _ in elements[key].descendants)
            if within < size:
                best, size = elements[key], within
    return best


def _blocks(main: Tag) -> Iterator[Block]:
    """Yield the runs of text between block-level elements, in order."""
    inside: dict[int, Tag] = {}
    current: Tag | None = None
    parts: list[str] = []
    for found in main.descendants:
        if isinstance(found, Tag):
            if found.name in _SPACED:
                parts.append(" ")
            continue
        if not isinstance(found, NavigableString) or found.parent is None:
            continue
        block = _block_of(found.parent, inside)
        if current is not None and block is not current:
            yield from _block(current, parts)
            parts = []
        current = block
        parts.append(str(found))
    if current is not None:
        yield from _block(current, parts)


def _block_of(parent: Tag, inside: dict[int, Tag]) -> Tag:
    """Return the innermost block-level element that an element is or stands in."""
    known = inside.get(id(parent))
    if known is None:
        known = parent
        while known.name not in _BLOCKS and known.parent is not None:
            known = known.parent
        inside[id(parent)] = known
    return known


def _block(element: Tag, parts: list[str]) -> Iterator[Block]:
    text = clean("".join(parts))
    if text:
        yield Block(text, element.name in HEADINGS)

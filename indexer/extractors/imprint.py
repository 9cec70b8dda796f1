"""What a web page says about itself: title, date, language, author, and where it was written."""

import re
from collections.abc import Sequence

from bs4 import BeautifulSoup, Tag

from indexer.cleaning import clean
from indexer.extractors.attributes import attribute, values
from indexer.extractors.linked import Linked, linked
from indexer.extractors.published import SHORT, published
from indexer.extractors.titles import says_same, title
from indexer.readings import About, Block

LONGEST_NAME = 80
"""Characters of a byline that is hardly anything else."""
OPENING = 3
"""Blocks of the main text in which a dateline may stand."""
NEAR = 6
"""Blocks before and after the title in which a date is that of the page."""
MOST_HEADINGS = 200
MOST_BYLINES = 20

_TITLES = (
    "meta[property~='dc:title' i], meta[name='dc.title' i], meta[name='dcterms.title' i]",
    "meta[property~='og:title'], meta[name='og:title']",
    "meta[name='twitter:title'], meta[property~='twitter:title']",
    "meta[name='parsely-title'], meta[name='sailthru.title']",
)
_AUTHORS = (
    (
        "meta[name='parsely-author'], meta[name='sailthru.author'], meta[name='dc.creator' i], "
        "meta[name='dcterms.creator' i], meta[name=byl]",
        "content",
    ),
    ("meta[name=author i], meta[property=author]", "content"),
    ("meta[property='article:author']", "content"),
    ("[itemprop=author] [itemprop=name], [itemprop=author][content]", "content"),
)
_BYLINES = (
    "[itemprop=author] [itemprop=name], [itemprop=author], [rel=author]",
    ".byline .author, .author-name, .byline-name, .vcard .fn, a[href*='/author/'], "
    "a[href*='/autor/'], a[href*='/auteur/'], a[href*='/authors/'], a[href*='/autoren/']",
    ".byline a, .author a, [class*=author-name], [class*=authorName], [class*=author__name]",
    ".byline, [class*=byline], .post-author, .entry-author, .article-author, .author, "
    "[class*=author], [class*=autor], [class*=auteur], [class*=writer]",
)
_BY = re.compile(
    r"^\W*(?:(?:written |posted |published |story |texte? |ein beitrag |artikel |article |"
    r"geschrieben |veröffentlicht |publicado |publié |alle beiträge |zeige alle beiträge )?"
    r"(?:by|von|par|por|di|автор)|"
    r"authors?|autor(?:en|in|es)?|auteurs?|texte?|作者|记者|كتب|بقلم)\s*(?:[:：]\s*|\s)",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\s*(?:[|•·–—/(]|\s-\s|\d|,\s\d|\b(?:on|am|le|el|em|at|in|updated|published|kategorien)\b"
    r"(?!\w)).*$",
    re.IGNORECASE,
)
_NO_NAMES = frozenset(
    {
        *("admin", "administrator", "editor", "webmaster", "root", "user", "anonymous"),
        *("redaktion", "redaction", "redacción", "author", "autor", "follow author"),
    }
)
_PLACE_END = re.compile(r"[,;(–—\d]|\s-")
_DATELINE = re.compile(
    r"^(?P<place>[^\W\d_][^\d,.:;()–—]{1,38}?)(?:,\s[^\W\d_][^\d,.:;()–—]{1,28}?)?"
    r"(?:,\s(?P<day>[^–—()]{3,24}))?\s?"
    r"(?P<agency>\((?:AP|AFP|Reuters|dpa|EFE|IPS|ANSA|Lusa|PTI|Xinhua|TASS|ТАСС|РИА Новости|"
    r"UN News|IRIN|SciDev\.Net)\)\s?)?(?:–|—|--|-)\s"
)


def about(soup: BeautifulSoup, source: str, blocks: Sequence[Block]) -> About:
    """Return what a page says about itself; `source` is its text, `blocks` all that is on it."""
    said = linked(soup)
    site = attribute(soup, "meta[property='og:site_name']", "content")
    called = _title(soup, said, site)
    around = _around(called, blocks)
    return About(
        1,
        called,
        published(soup, said, around, blocks, source),
        _language(soup),
        author=_author(soup, said, site, around),
        place=said.dateline,
    )


def place(said: str, main: Sequence[Block]) -> str:
    """Return where a page says that it was written: its own dateline, else the one that its main
    text begins with (“NAIROBI, 3 May — …”), which is in capitals or has a day or an agency."""
    if said:
        return _PLACE_END.split(said)[0].strip()
    for block in main[:OPENING]:
        found = _DATELINE.match(block.text)
        if found and (found["place"].isupper() or found["agency"] or _has_day(found["day"])):
            return found["place"].strip()
    return ""


def _has_day(text: str | None) -> bool:
    return any(letter.isdigit() for letter in text or "")


def _title(soup: BeautifulSoup, said: Linked, site: str) -> str:
    catalogued, shared, *others = (attribute(soup, selector, "content") for selector in _TITLES)
    shared = next(filter(None, (catalogued, shared, said.headline, *others)), "")
    window = clean(soup.title.get_text(" ")) if soup.title else ""
    main = [clean(found.get_text(" ")) for found in soup.find_all("h1", limit=MOST_HEADINGS)]
    lesser = [
        clean(found.get_text(" ")) for found in soup.find_all(["h2", "h3"], limit=MOST_HEADINGS)
    ]
    return title(shared, window, main, lesser, site)


def _around(called: str, blocks: Sequence[Block]) -> list[str]:
    """Return the short texts near the title, those after it first."""
    found: list[str] = []
    for at, block in enumerate(blocks):
        if says_same(block.text, called):
            near = (*blocks[at + 1 : at + 1 + NEAR], *reversed(blocks[max(0, at - NEAR) : at]))
            found += [one.text for one in near if len(one.text) <= SHORT]
    return found


def _language(soup: BeautifulSoup) -> str:
    return attribute(soup, "html[lang]", "lang").split("-")[0].lower()


def _author(soup: BeautifulSoup, said: Linked, site: str, around: Sequence[str]) -> str:
    """Return who wrote the page, without the word for *by*: what is written for machines, then
    what calls itself a byline, then a line near the title that begins with that word."""
    found = [said.author]
    found += values(soup, _AUTHORS)
    found += [
        clean(one.get_text(" "))
        for selector in _BYLINES
        for one in soup.select(selector, limit=MOST_BYLINES)
        if not _is_of_reader(one)
    ]
    found += [text for text in around if _BY.match(text)]
    for written in found:
        name = _AFTER.sub("", _BY.sub("", f"{written} ")).strip(" ,;:|-")
        if "://" not in written and _is_name(name) and name.casefold() != site.casefold():
            return name
    return ""


def _is_of_reader(element: Tag) -> bool:
    """Tell whether an element stands among the comments of readers."""
    for parent in (element, *element.parents):
        classes = parent.get("class")
        names = [parent.get("id"), *(classes if isinstance(classes, list) else [classes])]
        if any(isinstance(name, str) and "comment" in name.lower() for name in names):
            return parent.name not in ("html", "body", "article", "main")
    return False


def _is_name(text: str) -> bool:
    return 1 < len(text) <= LONGEST_NAME and "@" not in text and text.casefold() not in _NO_NAMES

"""How a document is cited: as text, in RIS and in BibTeX."""

import re

from engine.documents import Document
from engine.vocabulary import Vocabulary
from search_service import addresses, labels
from search_service.interface import Interface

_REPORTS = frozenset({"training-report", "highlights", "publication", "spotlight"})
"""Types that are reports; everything else is cited as a page of the web."""
_SPECIAL = re.compile(r"[\\{}$&#^_%~]")
_SPECIAL_IN_URL = re.compile(r"[{}\\\s]")
_NO_KEY = re.compile(r"[^A-Za-z0-9:-]+")


def text(document: Document, vocabulary: Vocabulary, base_url: str, ui: Interface) -> str:
    """Return who published a document, its title, type, date and address, in one line."""
    kind = labels.label(ui, vocabulary, "type", document.type)
    day = ui.date(document.date) if document.date else ""
    parts = (
        ", ".join(document.partners),
        document.title or document.file or document.id,
        ", ".join(part for part in (kind, day) if part),
        _address(document, base_url),
    )
    return ". ".join(part.rstrip(".") for part in parts if part)


def ris(document: Document, base_url: str) -> str:
    """Return a document as a record of RIS, lines ended as its specification (2001) asks."""
    fields = [
        ("TY", "RPRT" if is_report(document) else "ELEC"),
        ("TI", document.title or document.file or document.id),
        *(("AU", partner) for partner in document.partners),
        ("PY", document.date[:4]),
        ("DA", "/".join([*document.date.split("-"), "", "", ""][:4]) if document.date else ""),
        ("AB", document.summary),
        *(("KW", keyword) for keyword in _keywords(document)),
        ("LA", document.language),
        ("UR", _address(document, base_url)),
        ("ID", document.id),
    ]
    lines = [f"{name}  - {' '.join(value.split())}" for name, value in fields if value.strip()]
    return "\r\n".join([*lines, "ER  - ", ""])


def bibtex(document: Document, base_url: str) -> str:
    """Return a document as an entry of BibTeX in UTF-8."""
    kind = "techreport" if is_report(document) else "misc"
    year, month = [*document.date.split("-"), ""][:2]
    fields = [
        ("title", f"{{{_plain(document.title or document.file or document.id)}}}"),
        ("author", " and ".join(f"{{{_plain(partner)}}}" for partner in document.partners)),
        ("institution", _plain(", ".join(document.partners)) if kind == "techreport" else ""),
        ("year", year),
        ("month", month.lstrip("0")),
        ("keywords", _plain(", ".join(_keywords(document)))),
        ("language", document.language),
        ("url", _SPECIAL_IN_URL.sub("", _address(document, base_url))),
    ]
    lines = [f"  {name} = {{{value}}}," for name, value in fields if value]
    key = _NO_KEY.sub("-", document.id).strip("-") or "document"
    return "\n".join([f"@{kind}{{{key},", *lines, "}", ""])


def is_report(document: Document) -> bool:
    """Tell whether a document is cited as a report."""
    return document.type in _REPORTS


def _address(document: Document, base_url: str) -> str:
    permalink = addresses.document(document.id)
    return addresses.outside(document.url) or addresses.absolute(base_url, permalink) or permalink


def _keywords(document: Document) -> tuple[str, ...]:
    return (*document.clusters, *document.countries, *document.cities)


def _plain(value: str) -> str:
    """Return a text with the characters that mean something to TeX taken literally."""
    said = {"\\": r"\textbackslash ", "~": r"\textasciitilde ", "^": r"\textasciicircum "}
    joined = " ".join(value.split())
    return _SPECIAL.sub(lambda found: said.get(found[0], f"\\{found[0]}"), joined)

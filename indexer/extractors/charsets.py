"""Tells the encoding of a web page that names none, or a wrong one."""

import codecs
import re

import charset_normalizer
from bs4.dammit import EncodingDetector

MOSTLY = 20
"""Characters that are right for one that is not, in a page that is UTF-8 all the same."""
SEARCHED = 200_000
"""Bytes of text by which an encoding is told."""

_WIDE = {b"<\0": "utf-16le", b"\0<": "utf-16be"}
_LEGACY = {
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "cp1256": "windows-1256",
    "koi8_r": "koi8-r",
    "iso8859_5": "iso-8859-5",
    "iso8859_6": "iso-8859-6",
    "gb18030": "gb18030",
    "big5": "big5",
    "euc_jp": "euc-jp",
    "cp932": "shift_jis",
}
"""What pages were written in before UTF-8: Python's names, and those of pages."""
_MARKUP = re.compile(rb"<[^<>]*>|[\0-\x20]+")
_FOREIGN = re.compile("[^\0-\x7f]")


def charset(source: bytes) -> str | None:
    """Return the encoding of a page, or None where what it names itself is to be believed.

    What can be read as UTF-8 is UTF-8: letters of other encodings next to each other hardly ever
    make such a sequence of bytes.
    """
    if source[:2] in _WIDE:
        return _WIDE[source[:2]]
    if source.isascii() or EncodingDetector.strip_byte_order_mark(source)[1]:
        return None
    if _is_utf8(source):
        return "utf-8"
    named = EncodingDetector.find_declared_encoding(source, is_html=True)
    return None if named and not _means_utf8(named) else _told(source)


def _is_utf8(source: bytes) -> bool:
    text = source.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return not wrong or wrong * MOSTLY < len(_FOREIGN.findall(text))


def _means_utf8(name: str) -> bool:
    try:
        return codecs.lookup(name).name == "utf-8"
    except LookupError:
        return False


def _told(source: bytes) -> str | None:
    """Return the encoding in which the text of a page looks most like a language."""
    text = _MARKUP.sub(b" ", source)[:SEARCHED]
    best = charset_normalizer.from_bytes(text, cp_isolation=list(_LEGACY)).best()
    return _LEGACY.get(best.encoding) if best else None

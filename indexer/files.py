"""The files of a corpus: found inside its folder, never outside, and known by their content."""

import hashlib
import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from pathlib import Path

WEB_PAGES = frozenset(
    {".html", ".htm", ".xhtml", ".xht", ".shtml", ".mhtml", ".mht"}
    | {".php", ".asp", ".aspx", ".jsp"}
)
"""Names that promise a web page; .mht and .mhtml are archives of one."""
READ = WEB_PAGES | {".pdf"}
"""Files that are products of a folder without a manifest."""
EXPECTED = frozenset(
    {".doc", ".docx", ".epub", ".odp", ".odt", ".ppt", ".pptx", ".rtf", ".txt", ".xls", ".xlsx"}
) | {".docm", ".xlsm", ".pptm", ".pps", ".ppsx", ".djvu", ".eml", ".msg", ".7z", ".rar", ".zip"}
"""Files that people take for products; they are told that these cannot be read."""
VOLUME = "lost+found"
"""A folder at the root of a volume that only the system reads."""
PDF_MARK = b"%PDF-"
PDF_BEGINNING = 1024
"""Bytes of a PDF file in which its mark stands."""


class FileError(ValueError):
    """A product's file cannot be had; the message begins with a reason and is a sentence."""


def walk(corpus: Path) -> Iterator[str]:
    """Yield the path inside the folder of every file that is a product or may be taken for one,
    sorted; hidden files and folders are passed over. Raises OSError where a folder cannot be
    read: what lies in it is not gone."""

    def stop(error: OSError) -> None:
        raise error

    found: list[str] = []
    for folder, folders, names in os.walk(corpus, onerror=stop):
        folders[:] = [name for name in folders if not name.startswith(".") and name != VOLUME]
        found += [
            (Path(folder) / name).relative_to(corpus).as_posix()
            for name in names
            if not name.startswith(".") and Path(name).suffix.lower() in READ | EXPECTED
        ]
    yield from sorted(found)


def located(corpus: Path, file: str) -> Path:
    """Return where a file of a corpus lies. `corpus` is a resolved path. Raises FileError."""
    try:
        path = (corpus / file).resolve()
        mode = path.stat().st_mode
    except (OSError, ValueError, RuntimeError):  # The last of a link to itself, before 3.13.
        if not _is_inside(corpus, file):
            raise FileError(f"outside: “{shown(file)}” is not inside the corpus.") from None
        raise FileError(f"missing: there is no file “{shown(file)}”.") from None
    if not path.is_relative_to(corpus) or not _is_inside(corpus, file):
        raise FileError(f"outside: “{shown(file)}” is not inside the corpus.")
    if not stat.S_ISREG(mode):
        raise FileError(f"missing: “{shown(file)}” is not a file.")
    if not os.access(path, os.R_OK):
        raise FileError(f"missing: “{shown(file)}” may not be read.")
    return path


def is_pdf(path: Path) -> bool:
    """Tell whether a file is a PDF file by its mark."""
    try:
        with path.open("rb") as stream:
            return PDF_MARK in stream.read(PDF_BEGINNING)
    except OSError:
        return False


def content(path: Path) -> str:
    """Return the SHA-256 of a file's content. Raises OSError."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def shown(file: str) -> str:
    """Return a file's name as it can be stored and printed; not every name is text."""
    return file.encode("utf-8", "replace").decode("utf-8")


def slug(text: str) -> str:
    """Return a text as it can stand in an address: small letters and digits joined by hyphens."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    composed = unicodedata.normalize("NFC", letters)
    return re.sub(r"[\W_]+", "-", composed).strip("-")[:120].strip("-")


def _is_inside(corpus: Path, file: str) -> bool:
    if Path(file).is_absolute() or "\0" in file:
        return False
    return Path(os.path.normpath(corpus / file)).is_relative_to(corpus)

"""Dates as precise as they are known: YYYY, YYYY-MM or YYYY-MM-DD."""

import calendar
import re
from datetime import date

YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""A year in a text."""
FORM = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)


def normal(text: str) -> str:
    """Return the date in its one form (`2021-4` becomes `2021-04`), or raise ValueError."""
    found = FORM.fullmatch(text.strip())
    if not found:
        raise ValueError(f"“{text}” is not a date: write 2021, 2021-04 or 2021-04-30")
    parts = [int(part) for part in found.groups() if part]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        raise ValueError(f"“{text}” is not a day of the calendar") from None
    return "-".join([f"{parts[0]:04d}", *(f"{part:02d}" for part in parts[1:])])


def first_day(text: str) -> date:
    """Return the earliest day that a date in normal form can mean."""
    parts = [int(part) for part in text.split("-")]
    return date(*[*parts, 1, 1][:3])


def last_day(text: str) -> date:
    """Return the latest day that a date in normal form can mean."""
    year, month, day = ([int(part) for part in text.split("-")] + [0, 0])[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])

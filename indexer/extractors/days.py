"""Finds days and months written in text, in the six languages of the UN, German and Portuguese."""

import re
from collections.abc import Iterator

from engine import dates

_MONTHS = (
    "january jan januar janvier janv enero ene janeiro января янв январь يناير كانون_الثاني جانفي",
    "february feb februar février févr fevrier febrero fevereiro fev февраля фев февраль"
    " فبراير شباط فيفري",
    "march mar märz maerz mars marzo março марта мар март مارس آذار اذار",
    "april apr avril avr abril abr апреля апр апрель أبريل ابريل إبريل نيسان أفريل افريل",
    "may mai mayo maio мая май مايو أيار ايار ماي",
    "june jun juni juin junio junho июня июн июнь يونيو يونيه حزيران جوان",
    "july jul juli juillet juil julio julho июля июл июль يوليو يوليه تموز جويلية يوليوز",
    "august aug août aout agosto ago августа авг август أغسطس اغسطس آب أوت غشت",
    "september sep sept septembre septiembre setiembre setembro set сентября сен сентябрь"
    " سبتمبر أيلول ايلول شتنبر",
    "october oct oktober okt octobre octubre outubro out октября окт октябрь"
    " أكتوبر اكتوبر تشرين_الأول تشرين_الاول",
    "november nov novembre noviembre novembro ноября ноя ноябрь نوفمبر تشرين_الثاني نونبر",
    "december dec dezember dez décembre déc decembre diciembre dic dezembro декабря дек декабрь"
    " ديسمبر كانون_الأول كانون_الاول دجنبر",
)
_NUMBER = {
    name.replace("_", " "): at for at, names in enumerate(_MONTHS, 1) for name in names.split()
}
_NAMES = "|".join(sorted(_NUMBER, key=len, reverse=True))
_OTHER = rf"(?:\s?/\s?(?:{_NAMES}))?\.?[,،]?"
"""The same month by its other Arabic name, and what ends a month."""
_OF = r"(?:(?:del?|of|من)\s)?"
_YEAR = r"(?P<year{0}>(?:19|20)\d\d)(?!\d)"
_DAY = re.compile(
    "|".join(
        (
            rf"(?<!\d){_YEAR.format(1)}[-/.](?P<month1>\d\d?)[-/.](?P<day1>\d\d?)(?!\d)",
            rf"{_YEAR.format(2)}\s?年\s?(?P<month2>\d\d?)\s?月\s?(?P<day2>\d\d?)\s?[日号號]",
            rf"(?<!\d)(?P<day3>\d\d?)\s?[./-]\s?(?P<month3>\d\d?)\s?[./-]\s?{_YEAR.format(3)}",
            rf"(?<!\d)(?P<day4>\d\d?)(?:er|st|nd|rd|th|\.)?\s{_OF}(?P<name4>{_NAMES}){_OTHER}"
            rf"\s{_OF}{_YEAR.format(4)}",
            rf"\b(?P<name5>{_NAMES})\.?\s(?P<day5>\d\d?)(?:st|nd|rd|th)?[,،]?\s{_OF}{_YEAR.format(5)}",
        )
    ),
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"(?:[^\d:：]*[:：]\s?)?(?:{_YEAR.format(1)}\s?年\s?(?P<month>\d\d?)\s?月"
    rf"|(?P<name>{_NAMES}){_OTHER}\s{_OF}{_YEAR.format(2)})[\s.]*",
    re.IGNORECASE,
)
_MOST_MONTHS = 12

_PLAIN = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９／．－", "0123456789" * 3 + "/.-")
_HAN = str.maketrans("零○〇一二三四五六七八九", "000123456789")
_HAN_NUMBER = re.compile(r"[零○〇一二三四五六七八九十]{1,4}(?=\s?[年月日号號])")


def days(text: str) -> Iterator[str]:
    """Yield the days written in a text, in order, as in `engine.dates`.

    Of a day and a month in numbers the day is taken to come first, unless that cannot be.
    """
    for found in _DAY.finditer(_plain(text)):
        form = next(at for at in range(1, 6) if found[f"year{at}"])
        year, day = int(found[f"year{form}"]), int(found[f"day{form}"])
        month = _numbered(found[f"name{form}"]) if form in (4, 5) else int(found[f"month{form}"])
        if form == 3 and month > _MOST_MONTHS:
            day, month = month, day
        try:
            yield dates.normal(f"{year}-{month}-{day}")
        except ValueError:
            continue


def month(text: str) -> str:
    """Return the month that a text is, but for a label before it (“Published: March 2021”), as in
    `engine.dates`, else nothing."""
    found = _MONTH.fullmatch(_plain(text))
    if not found:
        return ""
    number = _numbered(found["name"]) if found["name"] else int(found["month"])
    year = found["year1"] or found["year2"]
    return f"{year}-{number:02d}" if 1 <= number <= _MOST_MONTHS else ""


def _numbered(name: str) -> int:
    """Return the number of a month, or none, 0, for a name in letters that only fold to its own."""
    return _NUMBER.get(name.lower(), 0)


def _plain(text: str) -> str:
    """Return a text with the digits of its dates as ASCII has them."""
    if text.isascii():
        return text
    return _HAN_NUMBER.sub(lambda found: _number(found[0]), text.translate(_PLAIN))


def _number(written: str) -> str:
    """Return a Han number in digits: of a year each by itself, else tens and ones."""
    tens, ten, ones = written.translate(_HAN).partition("十")
    return f"{tens or 1}{ones or 0}" if ten else tens

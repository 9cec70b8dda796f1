"""Finds days written in text, in the six languages of the UN, German and Portuguese."""

import re
from collections.abc import Iterator

from engine import dates

_MONTHS = (
    "january jan januar janvier janv enero ene janeiro января янв يناير",
    "february feb februar février févr fevrier febrero fevereiro fev февраля фев فبراير",
    "march mar märz maerz mars marzo março марта мар مارس",
    "april apr avril avr abril abr апреля апр أبريل ابريل إبريل",
    "may mai mayo maio мая مايو",
    "june jun juni juin junio junho июня июн يونيو",
    "july jul juli juillet juil julio julho июля июл يوليو",
    "august aug août aout agosto ago августа авг أغسطس اغسطس",
    "september sep sept septembre septiembre setembro set сентября сен سبتمبر",
    "october oct oktober okt octobre octubre outubro out октября окт أكتوبر اكتوبر",
    "november nov novembre noviembre novembro ноября ноя نوفمبر",
    "december dec dezember dez décembre déc decembre diciembre dic dezembro декабря дек ديسمبر",
)
_NUMBER = {name: at for at, names in enumerate(_MONTHS, 1) for name in names.split()}
_NAMES = "|".join(sorted(_NUMBER, key=len, reverse=True))
_YEAR = r"(?P<year{0}>(?:19|20)\d\d)(?!\d)"
_DAY = re.compile(
    "|".join(
        (
            rf"(?<!\d){_YEAR.format(1)}[-/.](?P<month1>\d\d?)[-/.](?P<day1>\d\d?)(?!\d)",
            rf"{_YEAR.format(2)}\s?年\s?(?P<month2>\d\d?)\s?月\s?(?P<day2>\d\d?)\s?日",
            rf"(?<!\d)(?P<day3>\d\d?)\s?[./-]\s?(?P<month3>\d\d?)\s?[./-]\s?{_YEAR.format(3)}",
            rf"(?<!\d)(?P<day4>\d\d?)(?:er|st|nd|rd|th|\.)?\s(?:de\s)?(?P<name4>{_NAMES})\.?,?"
            rf"\s(?:de\s)?{_YEAR.format(4)}",
            rf"\b(?P<name5>{_NAMES})\.?\s(?P<day5>\d\d?)(?:st|nd|rd|th)?,?\s{_YEAR.format(5)}",
        )
    ),
    re.IGNORECASE,
)
_MOST_MONTHS = 12


def days(text: str) -> Iterator[str]:
    """Yield the days written in a text, in order, as in `engine.dates`.

    Of a day and a month in numbers the day is taken to come first, unless that cannot be.
    """
    for found in _DAY.finditer(text):
        form = next(at for at in range(1, 6) if found[f"year{at}"])
        year, day = int(found[f"year{form}"]), int(found[f"day{form}"])
        if form in (4, 5):
            month = _NUMBER[found[f"name{form}"].lower()]
        else:
            month = int(found[f"month{form}"])
        if form == 3 and month > _MOST_MONTHS:
            day, month = month, day
        try:
            yield dates.normal(f"{year}-{month}-{day}")
        except ValueError:
            continue

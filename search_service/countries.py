"""Names of countries in the languages of the interface, found by a name in any of them."""

from functools import cache, lru_cache

from babel import Locale

from engine.analysis import fold
from search_service.interface import LANGS

_OTHER_NAMES = {
    "Bolivia (Plurinational State of)": "BO",
    "Burma": "MM",
    "Cape Verde": "CV",
    "Congo": "CG",
    "Congo, Democratic Republic of the": "CD",
    "Czech Republic": "CZ",
    "Democratic People's Republic of Korea": "KP",
    "Democratic Republic of the Congo": "CD",
    "DRC": "CD",
    "Iran (Islamic Republic of)": "IR",
    "Ivory Coast": "CI",
    "Korea, Republic of": "KR",
    "Kyrgyz Republic": "KG",
    "Lao PDR": "LA",
    "Lao People's Democratic Republic": "LA",
    "Micronesia (Federated States of)": "FM",
    "Moldova, Republic of": "MD",
    "Myanmar": "MM",
    "Palestine": "PS",
    "Republic of Korea": "KR",
    "Republic of Moldova": "MD",
    "Republic of the Congo": "CG",
    "Russian Federation": "RU",
    "State of Palestine": "PS",
    "Swaziland": "SZ",
    "Syrian Arab Republic": "SY",
    "Tanzania, United Republic of": "TZ",
    "Turkey": "TR",
    "UK": "GB",
    "United Republic of Tanzania": "TZ",
    "United States of America": "US",
    "USA": "US",
    "Venezuela (Bolivarian Republic of)": "VE",
    "Viet Nam": "VN",
}
"""Names that documents of the United Nations use and the CLDR does not have."""
_UN_NAMES = {
    "PS": {
        "en": "State of Palestine",
        "fr": "État de Palestine",
        "es": "Estado de Palestina",
        "ar": "دولة فلسطين",
        "zh": "巴勒斯坦国",
        "ru": "Государство Палестина",
    },
}
"""Names of the United Nations where the CLDR's are others."""


@lru_cache(maxsize=10_000)
def name(written: str, code: str) -> str:
    """Return the name of a country in a language; as it is written where it is not known.

    In English it stays as the catalogue has it.
    """
    territory = code_of(written) if code != LANGS[0] else ""
    return of_code(territory, code) if territory else written


def of_code(territory: str, code: str) -> str:
    """Return the name of a country, given by its ISO 3166-1 code, in a language."""
    return _UN_NAMES.get(territory, {}).get(code) or _names(code).get(territory, territory)


def code_of(written: str) -> str:
    """Return the ISO 3166-1 code of a country by any of its names; nothing where it has none."""
    return _territories().get(_plain(written), "")


@cache
def _territories() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in LANGS:
        for territory, named in _names(code).items():
            found.setdefault(_plain(named), territory)
    return found | {_plain(other): territory for other, territory in _OTHER_NAMES.items()}


@cache
def _names(code: str) -> dict[str, str]:
    territories = Locale.parse(code).territories
    return {key: named for key, named in territories.items() if key.isalpha() and len(key) == 2}


def _plain(written: str) -> str:
    """Return a name without case, accents, punctuation and article."""
    words = "".join(c if c.isalnum() else " " for c in fold(written)).split()
    return " ".join(words[1:] if words[:1] == ["the"] else words)

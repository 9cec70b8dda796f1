"""What stands around every page: where to go, and the same page in the other languages."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

from search_service import addresses
from search_service.interface import LANGS, OWN_NAMES, Interface, message
from search_service.parameters import Pairs

NAVIGATION = (
    ("/search", message("All products")),
    ("/lessons", message("Lessons")),
    ("/facet/country", message("Countries")),
    ("/facet/city", message("Cities")),
)
"""Pages that are linked to from every other, and what they are called."""
DEFAULT = "x-default"


@dataclass(frozen=True, slots=True)
class Place:
    """A page that the header links to."""

    href: str
    text: str


@dataclass(frozen=True, slots=True)
class Version:
    """The same page in a language; `name` is the language's own name."""

    code: str
    name: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What every template gets besides its view. `kept` is the language that forms carry on,
    `alternates` are absolute addresses by language and `description` that of how to search here,
    where the service knows its own address; `problems` tell why parameters were not used."""

    code: str
    dir: str
    kept: str
    home: str
    coverage: str
    places: tuple[Place, ...]
    versions: tuple[Version, ...]
    alternates: tuple[tuple[str, str], ...]
    description: str
    problems: tuple[str, ...]


def frame(
    ui: Interface, path: str, given: Pairs, base_url: str, problems: tuple[str, ...]
) -> Frame:
    """Return the frame of the page at a path with these parameters."""
    rest = urlencode(given, errors="replace")
    here = quote(path, safe="/", errors="replace")
    before = f"{here}?{rest}&lang=" if rest else f"{here}?lang="
    versions = tuple(
        Version(code, OWN_NAMES[code], before + code, code == ui.code) for code in LANGS
    )
    alternates: tuple[tuple[str, str], ...] = ()
    description = addresses.plain("/opensearch.xml", ui.kept) if base_url else ""
    if base_url:
        without = f"{here}?{rest}" if rest else here
        alternates = (
            *((version.code, base_url + version.href) for version in versions),
            (DEFAULT, base_url + without),
        )
    home = addresses.plain(addresses.FIRST_PAGE, ui.kept)
    coverage = addresses.plain("/coverage", ui.kept)
    return Frame(
        code=ui.code,
        dir=ui.direction,
        kept=ui.kept,
        home=home,
        coverage=coverage,
        places=_places(ui),
        versions=versions,
        alternates=alternates,
        description=description,
        problems=problems,
    )


@lru_cache(maxsize=100)
def _places(ui: Interface) -> tuple[Place, ...]:
    return tuple(Place(addresses.plain(path, ui.kept), ui.say(text)) for path, text in NAVIGATION)

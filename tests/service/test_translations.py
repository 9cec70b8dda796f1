"""Every word of the interface is there in six languages, and every page speaks the one wanted."""

import ast
import re
from gettext import c2py
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import nodes

from engine import vocabulary
from search_service import countries, rendering
from search_service.interface import LANGS, OWN_NAMES, TRANSLATIONS, Interface, best
from tests.service.collection import client_of, indexed, products

PROGRAM = Path(rendering.__file__).parent
TEMPLATES = sorted(rendering.TEMPLATES.glob("*.html"))
OTHERS = LANGS[1:]
NAMES_OF_THINGS = {"Cities Search", "RIS", "BibTeX"}
"""Words in templates that are the same in every language."""
ADDRESSES = (
    "/",
    "/search?q=city",
    "/search?q=nowhere&country=Kenya&country=Egypt",
    "/facet/country",
    "/d/d1?q=compost",
    "/d/d1/p/2",
    "/d/d1/p/3?q=compost",
    "/coverage",
    "/lessons",
    "/none",
    "/search?page=99",
)

Message = tuple[str, str]
"""A message and its plural, or nothing in its place."""


def in_templates() -> set[Message]:
    environment = rendering.environment("en")
    trees = [environment.parse(path.read_text("utf-8")) for path in TEMPLATES]
    filters = [found for tree in trees for found in tree.find_all(nodes.Filter)]
    said = [found.node for found in filters if found.name == "t"]
    assert all(isinstance(node, nodes.Const) for node in said)
    return {(node.value, "") for node in said if isinstance(node, nodes.Const)}


def in_program() -> set[Message]:
    found = set()
    for path in PROGRAM.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            texts = [str(arg.value) for arg in node.args if isinstance(arg, ast.Constant)]
            if name in {"say", "message"} and texts:
                found.add((texts[0], ""))
            if name == "counted":
                found.add((texts[0], texts[1]))
    return found


def catalogue(code: str) -> Catalog:
    with (TRANSLATIONS / f"{code}.po").open("rb") as file:
        return read_po(file, locale=code)


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated_and_no_other(code: str) -> None:
    there = {
        (message.id, "") if isinstance(message.id, str) else tuple(message.id)
        for message in catalogue(code)
        if message.id
    }
    assert there == in_templates() | in_program()


@pytest.mark.parametrize("code", OTHERS)
def test_every_translation_has_its_words_and_its_places(code: str) -> None:
    for message in catalogue(code):
        if not message.id:
            continue
        assert not message.fuzzy
        if isinstance(message.id, str):
            assert message.string
            assert places(str(message.string)) == places(message.id), message.id
            continue
        forms = message.string
        assert isinstance(forms, tuple)
        assert all(forms)
        # A form for a single number may say it in a word of its own, or not at all.
        assert all(places(form) <= places(message.id[1]) for form in forms)
        assert places(forms[-1]) == places(message.id[1])


@pytest.mark.parametrize("code", OTHERS)
def test_plurals_are_those_of_the_cldr(code: str) -> None:
    form = c2py(catalogue(code).plural_expr)
    said = Locale.parse(code).plural_form
    pairs = {(form(number), said(number)) for number in range(1_000)}
    assert len({index for index, _ in pairs}) == len(pairs) == len({tag for _, tag in pairs})


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_word_in_a_template_is_outside_of_messages(path: Path) -> None:
    # What is worked out at run time becomes a character that is no letter.
    source = re.sub(r"{%.*?%}|{{.*?}}", "§", path.read_text("utf-8"), flags=re.DOTALL)
    soup = BeautifulSoup(re.sub(r'^§§?(?: [a-z]+="§"§?)+$', "", source, flags=re.MULTILINE), "lxml")
    shown = [text.strip(" \n§()–·:;,.…/") for text in soup.find_all(string=True)]
    shown += [
        str(tag[name]).strip("§ ")
        for name in ("alt", "title", "aria-label", "placeholder", "data-said")
        for tag in soup.select(f"[{name}]")
    ]
    words = {text for text in shown if re.search(r"[^\W\d_]", text)} - {"html"}
    assert words <= NAMES_OF_THINGS


@pytest.mark.parametrize("code", LANGS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_is_whole_in_its_language(client: FlaskClient, code: str, address: str) -> None:
    wanted = f"{address}{'&' if '?' in address else '?'}lang={code}"
    html = client.get(wanted).text
    soup = BeautifulSoup(html, "lxml")
    assert soup.html is not None
    assert soup.html["lang"] == code
    assert soup.html["dir"] == ("rtl" if code == "ar" else "ltr")
    ways = [str(tag["href"]) for tag in soup.select("a[href^='/']")]
    inside = [
        way for way in ways if not way.startswith(("/files/", "/images/")) and ".ris" not in way
    ]
    permalinks = {way for way in inside if re.fullmatch(r"/d/[^?]*", way)}
    assert all("lang=" in way for way in set(inside) - permalinks)
    assert all(tag["value"] == code for tag in soup.select("form [name=lang]"))
    assert len(soup.select("form")) == len(soup.select("form [name=lang]"))


def test_the_language_is_the_one_that_the_browser_likes_best(client: FlaskClient) -> None:
    def language(header: str, address: str = "/") -> tuple[str, str]:
        response = client.get(address, headers={"Accept-Language": header})
        return response.headers["Content-Language"], response.headers.get("Vary", "")

    assert language("ru-RU, en;q=0.5")[0] == "ru"
    assert language("de, zh-Hant;q=0.4, fr;q=0.3")[0] == "zh"
    assert language("fr;q=0, es;q=0.1")[0] == "es"
    assert language("de")[0] == "en"
    assert "Accept-Language" in language("ru")[1]
    code, vary = language("ru", "/?lang=ar")
    assert code == "ar"
    assert "Accept-Language" not in vary


@given(st.text())
def test_any_header_gives_a_language(header: str) -> None:
    assert best("", header).code in LANGS


def test_every_page_leads_to_itself_in_the_other_languages(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/search?q=city&country=Nepal&lang=fr").text, "lxml")
    links = soup.select(".languages a")
    assert [link["hreflang"] for link in links] == list(LANGS)
    assert [link.text for link in links] == list(OWN_NAMES.values())
    assert links[3]["href"] == "/search?q=city&country=Nepal&lang=ar"
    assert [link.text for link in soup.select(".languages [aria-current]")] == ["Français"]


def test_alternates_are_named_where_the_service_knows_its_address(corpus: Path) -> None:
    client = client_of(indexed(products(corpus)), "https://search.example")
    known = client.get("/d/d1", headers={"Host": "search.example"}).text
    links = BeautifulSoup(known, "lxml").select("link[rel=alternate]")
    assert {link["hreflang"]: link["href"] for link in links} == {
        **{code: f"https://search.example/d/d1?lang={code}" for code in LANGS},
        "x-default": "https://search.example/d/d1",
    }


def test_the_bundled_vocabulary_has_labels_in_every_language() -> None:
    terms = vocabulary.load(Path(__file__).parents[2] / "corpus" / "vocabulary.toml")
    for term in (*terms.clusters.values(), *terms.types.values()):
        assert set(term.labels) >= set(LANGS), term.slug


@pytest.mark.parametrize(
    ("written", "code", "name"),
    [
        ("The Gambia", "fr", "Gambie"),
        ("Viet Nam", "es", "Vietnam"),
        ("Sierra Leone", "ar", "سيراليون"),
        ("Népal", "zh", "尼泊尔"),
        ("Côte d'Ivoire", "ru", "Кот-д’Ивуар"),
        ("Lao People’s Democratic Republic", "fr", "Laos"),
        ("State of Palestine", "fr", "État de Palestine"),
        ("The Gambia", "en", "The Gambia"),
        ("Nowhere", "ar", "Nowhere"),
    ],
)
def test_countries_have_names_in_every_language(written: str, code: str, name: str) -> None:
    assert countries.name(written, code) == name


def test_dates_and_strange_words_keep_their_order_from_right_to_left(client: FlaskClient) -> None:
    for message in catalogue("ar"):
        dates = re.findall(r"2021-04(?:-30)?", str(message.string))
        assert re.findall("\u2066(2021-[^\u2069]*)\u2069", str(message.string)) == dates
    soup = BeautifulSoup(client.get("/search?from=lately&lang=ar").text, "lxml")
    problem = soup.select_one(".notice li")
    assert problem is not None
    assert problem.text.startswith("“\u2068lately\u2069”")
    assert Interface("ar").listed(["PDF", "16"]) == "\u200f\u2068PDF\u2069، \u206816\u2069"
    assert Interface("fr").listed(["PDF", "16"]) == "PDF, 16"


def test_numbers_and_dates_are_written_as_readers_expect() -> None:
    said = {
        code: (ui.number(12_345), ui.date("2021-04-30"))
        for code in LANGS
        for ui in [Interface(code)]
    }
    assert said["en"] == ("12,345", "30 April 2021")
    assert said["es"] == ("12.345", "30 de abril de 2021")
    assert said["zh"] == ("12,345", "2021年4月30日")
    assert Interface("en").date("2021-04") == "April 2021"
    assert Interface("ru").date("2021") == "2021"

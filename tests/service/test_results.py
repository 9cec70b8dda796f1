"""The results page: facets, chips, cards, pager, and what it says where nothing is found."""

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    response = client.get(address)
    assert response.status_code == status
    return BeautifulSoup(response.text, "lxml")


def text(tag: Tag | None) -> str:
    assert tag is not None
    return " ".join(tag.get_text().split())


def texts(soup: BeautifulSoup, selector: str) -> list[str]:
    return [text(tag) for tag in soup.select(selector)]


def boxes(soup: BeautifulSoup, name: str) -> list[tuple[str, str, bool]]:
    """Return value, count and tick of a facet's check boxes."""
    return [
        (str(box["value"]), text(box.find_parent("li")).split()[-1], box.has_attr("checked"))
        for box in soup.select(f"input[type=checkbox][name={name}]")
    ]


def total(soup: BeautifulSoup) -> int:
    return int(text(soup.select_one("#count")).split()[0].replace(",", ""))


def test_a_card_shows_where_the_words_stand(client: FlaskClient) -> None:
    soup = page(client, "/search?q=compost")
    card = soup.select_one(".card")
    assert card is not None
    assert text(card.h3) == "Composting in Kisumu"
    assert text(card.select_one(".badge")) == "Demonstration document"
    assert text(card.select_one(".facts")) == (
        "Training report · 30 April 2021 · Kisumu, Kenya · PDF, 4 pages, 3 readable · English"
    )
    links = [(text(link), link["href"]) for link in card.select(".passages a")]
    assert links == [
        ("p. 3 · What we learned", "/d/d1/p/3?q=compost"),
        ("p. 1 · Background", "/d/d1/p/1?q=compost"),
    ]
    assert texts(soup, "mark") == ["Compost", "compost"]


def test_a_title_stands_in_its_own_language(client: FlaskClient) -> None:
    title = page(client, "/search?type=news").select_one(".card h3")
    assert title is not None
    assert (title["lang"], title["dir"], text(title)) == ("ar", "rtl", "إدارة النفايات")


def test_a_facet_ignores_its_own_selection_and_heeds_the_others(client: FlaskClient) -> None:
    soup = page(client, "/search?country=Nepal&cluster=e-commerce")
    assert total(soup) == 1
    assert boxes(soup, "country") == [("Nepal", "1", True)]
    assert boxes(soup, "cluster") == [("e-commerce", "1", True), ("waste", "1", False)]


def test_a_ticked_value_stays_at_zero(client: FlaskClient) -> None:
    soup = page(client, "/search?q=compost&country=Egypt")
    assert boxes(soup, "country") == [("Kenya", "1", False), ("Egypt", "0", True)]


@pytest.mark.parametrize(
    "address", ["/search", "/search?q=city", "/search?q=city&cluster=waste&from=2020"]
)
def test_ticking_a_box_alone_gives_the_announced_number(client: FlaskClient, address: str) -> None:
    soup = page(client, address)
    mark = "&" if "?" in address else "?"
    for box in soup.select("input[type=checkbox]:not([checked])"):
        name, value = box["name"], box["value"]
        if soup.select(f"input[name={name}][checked]"):
            continue
        announced = text(box.find_parent("li")).split()[-1]
        assert total(page(client, f"{address}{mark}{name}={value}")) == int(announced)


def test_chips_name_what_they_remove(client: FlaskClient) -> None:
    soup = page(client, "/search?q=city&country=Nepal&from=2020-04&match=any")
    chips = {text(chip): chip["href"] for chip in soup.select(".chips a")}
    assert chips == {
        "Remove filter Country: Nepal": "/search?q=city&from=2020-04&match=any",
        "Remove filter From: April 2020": "/search?q=city&country=Nepal&match=any",
        "Remove filter Matching: any of the words": "/search?q=city&country=Nepal&from=2020-04",
        "Clear all": "/search?q=city",
    }


def test_words_that_no_document_has_together_are_said_so(client: FlaskClient) -> None:
    soup = page(client, "/search?q=landfill+telephone")
    assert texts(soup, ".notice") == [
        "No document has all of these words. These have at least one of them, best first."
    ]
    assert total(soup) == 3


def test_a_long_text_is_said_to_be_cut(client: FlaskClient) -> None:
    notices = texts(page(client, "/search?q=" + "city+" * 100), ".notice")
    assert notices == ["The text was long: only its beginning was used for the search."]


def test_nothing_found_offers_ways_out_with_their_numbers(client: FlaskClient) -> None:
    soup = page(client, "/search?q=compost&country=Egypt&year=2020")
    assert text(soup.select_one(".nothing p")) == (
        "No document matches compost with Year: 2020, Country: Egypt."
    )
    offers = {text(a): str(a["href"]) for a in soup.select(".nothing ul:first-of-type a")}
    assert offers == {"Without any filter – 1 document": "/search?q=compost"}
    for offer, address in offers.items():
        assert f"– {total(page(client, address))} document" in offer


def test_a_filter_too_many_can_be_dropped(client: FlaskClient) -> None:
    soup = page(client, "/search?q=telephone+landfill&match=all&country=Nepal")
    assert texts(soup, ".nothing ul:first-of-type li") == [
        "Without Matching: all words – 2 documents",
        "With any of the words – 2 documents",
        "Without any filter – 3 documents",
    ]


def test_a_wrong_date_is_told_beside_its_field_and_kept_in_it(client: FlaskClient) -> None:
    soup = page(client, "/search?from=lately")
    reason = "“lately” is not a date: write 2021, 2021-04 or 2021-04-30."
    field = soup.select_one("#from")
    assert field is not None
    assert (field["value"], field["aria-invalid"]) == ("lately", "true")
    assert text(soup.select_one("#from-problem")) == reason
    assert texts(soup, ".notice li") == [reason]
    assert total(soup) == 6


def test_sorting_is_by_date_without_a_query(client: FlaskClient) -> None:
    chosen = texts(page(client, "/search"), "option[selected]")
    assert chosen == ["Newest first"]
    assert texts(page(client, "/search?q=city"), "option[selected]") == ["Best match"]
    assert texts(page(client, "/search?q=city&sort=oldest"), "option[selected]") == ["Oldest first"]


def test_pages_are_numbered_and_named(client: FlaskClient) -> None:
    soup = page(client, "/search?per_page=2&page=2&country=Nepal&country=Kenya&country=Senegal")
    assert text(soup.title) == "All products – 4 documents (page 2 of 2) – Cities Search"
    assert texts(soup, ".pager a") == ["Previous", "Page 1", "Page 2"]
    kept = [(tag["name"], tag["value"]) for tag in soup.select("input[type=hidden]")]
    assert kept == [("per_page", "2")]


@pytest.mark.parametrize("number", ["7", "101", "999999999"])
def test_a_page_that_is_not_there_has_a_way_back(client: FlaskClient, number: str) -> None:
    soup = page(client, f"/search?country=Nepal&page={number}", 404)
    back = soup.select_one(".error li a")
    assert back is not None
    assert back["href"] == "/search?country=Nepal"


def test_parameters_that_the_form_does_not_show_are_kept(client: FlaskClient) -> None:
    soup = page(client, "/search?lang=fr&match=any&q=city")
    assert all("lang=fr" in str(link["href"]) for link in soup.select(".card a, .chips a"))
    kept = [(tag["name"], tag["value"]) for tag in soup.select("input[type=hidden]")]
    assert kept == [("match", "any"), ("lang", "fr")]


def test_every_number_on_a_facet_page_is_kept(client: FlaskClient) -> None:
    soup = page(client, "/facet/country?q=city&country=Kenya")
    links = soup.select(".values a")
    assert texts(soup, ".values a") == ["Kenya 2", "Nepal 2"]
    for link in links:
        assert total(page(client, str(link["href"]))) == int(text(link).split()[-1])


def test_a_facet_page_narrows_its_list_without_accents(client: FlaskClient) -> None:
    assert texts(page(client, "/facet/country?find=SÉNE"), ".values a") == ["Senegal 1"]
    assert text(page(client, "/facet/country?find=zzz").select_one("main")).endswith("zzz in it.")
    assert texts(page(client, "/facet/country"), ".back") == ["All products"]
    assert texts(page(client, "/facet/country?q=city"), ".back") == ["Back to the results"]
    field = page(client, f"/facet/country?find={'x' * 5_000}").select_one("#find")
    assert field is not None
    assert len(str(field["value"])) == 200


def test_a_facet_page_keeps_the_rest_of_the_query(client: FlaskClient) -> None:
    soup = page(client, "/facet/country?q=city&year=2021&country=Kenya")
    forms = [
        [(tag["name"], tag["value"]) for tag in form.select("input[type=hidden]")]
        for form in soup.select("form")
    ]
    assert forms == [
        [("q", "city"), ("year", "2021"), ("country", "Kenya")],
        [("q", "city"), ("year", "2021")],
    ]


@pytest.mark.parametrize(
    "address", ["/facet/country?year=20x1", "/d/d1?lang=xx", "/?lang=xx", "/lessons?year=20x1"]
)
def test_every_page_says_what_it_could_not_use(client: FlaskClient, address: str) -> None:
    said = texts(page(client, address), "main .notice.wrong")
    assert len(said) == 1
    assert "xx" in said[0] or "20x1" in said[0]


def test_what_is_browsed_from_the_first_page_is_as_usual(client: FlaskClient) -> None:
    hrefs = [str(link["href"]) for link in page(client, "/").select("section a[href^='/search?']")]
    assert hrefs
    assert not [href for href in hrefs if "per_page" in href or "sort" in href]


def test_the_first_page_tells_what_there_is(client: FlaskClient) -> None:
    soup = page(client, "/")
    assert text(soup.select_one(".holds")) == "In the collection: 6 documents, 9 pages of text."
    clusters = soup.select("section[aria-labelledby=browse-1] a")
    assert [text(link) for link in clusters] == ["COVID-19 1", "E-commerce 1", "Waste 4"]
    for link in soup.select(".counts a:has(.count)"):
        assert total(page(client, str(link["href"]))) == int(text(link).split()[-1])
    lists = {text(link): link["href"] for link in soup.select("section[aria-labelledby=lists] a")}
    assert lists["Lessons learned"] == "/lessons"
    assert texts(soup, ".card h3")[:2] == ["Gestion des déchets", "Composting in Kisumu"]


def test_every_bar_of_the_years_keeps_its_number(client: FlaskClient) -> None:
    soup = page(client, "/search?country=Kenya&country=Nepal&year=2021")
    bars = {text(bar): str(bar["href"]) for bar in soup.select(".years a")}
    assert list(bars) == ["2020: 1", "2021: 2"]
    for said, address in bars.items():
        assert total(page(client, address)) == int(said.split()[-1])
    assert texts(soup, "ul[aria-label='Documents by year'] li") == list(bars)
    assert texts(soup, ".years a:has(.on)") == ["2021: 2"]


def test_one_year_alone_is_not_drawn(client: FlaskClient) -> None:
    assert not page(client, "/search?type=training-report").select(".years")


def test_results_can_be_taken_away(client: FlaskClient) -> None:
    links = page(client, "/search?q=city&page=1&per_page=2").select(".takeaway a")
    assert [link["href"] for link in links] == [
        "/search.csv?q=city&per_page=2",
        "/api/v1/search?q=city&per_page=2",
    ]


def test_titles_and_places_complete_what_is_typed(client: FlaskClient) -> None:
    assert client.get("/suggest?q=compos").get_json() == ["compos", ["Composting in Kisumu"]]
    assert client.get("/suggest?q=omposting").get_json() == ["omposting", []]
    assert client.get("/suggest").get_json() == ["", []]

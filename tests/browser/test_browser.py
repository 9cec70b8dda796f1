"""The service in a real browser: a visitor searches, filters, opens a page and comes back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from search_service.interface import LANGS

PATHS = (
    "/",
    "/search?q=city&country=Kenya",
    "/search?q=nowhere&cluster=waste&from=lately",
    "/facet/country",
    "/d/d1?q=compost",
    "/d/d1/p/3?q=compost",
    "/lessons",
    "/coverage",
    "/none",
)


@pytest.fixture(params=[False, True], ids=["without script", "with script"])
def context(
    request: pytest.FixtureRequest, browser: Browser, address: str
) -> Iterator[BrowserContext]:
    """Return a browser at the size of a desk, without JavaScript and with it."""
    context = browser.new_context(
        base_url=address,
        viewport={"width": 1280, "height": 900},
        java_script_enabled=request.param,
        locale="en",
    )
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def scripted(browser: Browser, address: str) -> Iterator[Page]:
    """Return a page of a browser with JavaScript, on the results of a search."""
    context = browser.new_context(base_url=address, locale="en")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/search?q=city")
    page.evaluate("window.same = true")
    yield page
    context.close()


def test_a_visitor_finds_a_page_and_comes_back(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Search the knowledge products").fill("city market")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("2 documents for city market")

    page.get_by_role("checkbox", name="Waste").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("1 document for city market")
    expect(page.get_by_role("checkbox", name="Waste")).to_be_checked()
    expect(page.get_by_role("link", name="Remove filter Cluster: Waste")).to_be_visible()

    page.get_by_role("link", name="p. 1 · Background").click()
    expect(page).to_have_title("p. 1 – Composting in Kisumu – Cities Search")
    expect(page.locator(".paper mark")).to_have_text(["city", "markets"])
    page.get_by_role("link", name="Next page").first.click()
    expect(
        page.get_by_text("This page could not be read: only a picture, without text.")
    ).to_be_visible()

    page.go_back()
    page.go_back()
    page.get_by_role("link", name="Remove filter Cluster: Waste").click()
    expect(page.get_by_role("heading", level=2)).to_have_text("2 documents for city market")


def test_filters_are_folded_away_on_a_phone_and_stand_open_on_a_desk(page: Page) -> None:
    page.goto("/search")
    expect(page.get_by_role("checkbox", name="Waste")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.get_by_role("checkbox", name="Waste")).to_be_hidden()
    page.get_by_text("Filters", exact=True).click()
    expect(page.get_by_role("checkbox", name="Waste")).to_be_visible()


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_is_wider_than_the_screen(browser: Browser, address: str, lang: str) -> None:
    context = browser.new_context(base_url=address)
    page = context.new_page()
    too_wide = []
    for path in PATHS:
        page.goto(f"{path}{'&' if '?' in path else '?'}lang={lang}")
        for width in (320, 360, 768, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            if page.evaluate("document.documentElement.scrollWidth") > width:
                too_wide.append((path, width))
    context.close()
    assert too_wide == []


def test_a_page_loads_only_from_its_own_service_and_nothing_is_refused(
    page: Page, address: str
) -> None:
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))
    page.goto("/search?q=city")
    page.wait_for_load_state("networkidle")
    assert all(url.startswith(address) for url in asked)
    assert len(asked) <= 6
    assert refused == []


def press_to(page: Page, target: Locator) -> None:
    """Press Tab until something has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"{target} cannot be reached with the keyboard")


def test_a_practitioner_reaches_a_quotable_page_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    press_to(page, page.get_by_label("Search the knowledge products"))
    page.keyboard.type("compost wet")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=2)).to_have_text("1 document for compost wet")
    press_to(page, page.get_by_role("link", name="p. 3 · What we learned"))
    page.keyboard.press("Enter")
    expect(page.locator(".paper mark")).to_have_text(["Compost", "wet"])
    press_to(page, page.locator(".quote summary"))
    page.keyboard.press("Enter")
    expect(page.locator(".quotation")).to_have_text(
        "“Compost stayed wet. The landfill was far.” — Composting in Kisumu, p. 3. /d/d1/p/3"
    )
    press_to(page, page.get_by_role("link", name="Open the PDF at page 3"))


def test_staff_reach_a_report_and_its_citation_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/search")
    press_to(page, page.get_by_role("checkbox", name="Training report"))
    page.keyboard.press("Space")
    press_to(page, page.get_by_label("From"))
    page.keyboard.type("2021-04-30")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Remove filter From: 30 April 2021")).to_be_visible()
    expect(page.locator(".card")).to_have_count(2)
    press_to(page, page.get_by_role("link", name="Composting in Kisumu"))
    page.keyboard.press("Enter")
    # Who was there, what could not be read, and how to cite it.
    press_to(
        page,
        page.get_by_role("link", name="Page 2 (could not be read: only a picture, without text)"),
    )
    press_to(page, page.get_by_role("link", name="UNIDO"))
    expect(page.locator(".cite .quotation")).to_contain_text("UNIDO. Composting in Kisumu.")
    press_to(page, page.get_by_role("link", name="BibTeX"))
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename == "d1.bib"


def test_staff_learn_what_is_missing_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    press_to(page, page.get_by_role("link", name="Coverage of the collection"))
    page.keyboard.press("Enter")
    unread = page.get_by_role("region", name="Not read, or not whole")
    expect(unread).to_contain_text(
        "3 of 4 pages could be read; text read from a picture, perhaps with mistakes: p. 4; "
        "not read, only a picture, without text: p. 2"
    )
    press_to(page, page.get_by_role("row", name="Waste").get_by_role("link", name="4"))
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_have_text("4 documents")


def test_a_city_reads_in_its_language_with_the_keyboard_alone(page: Page) -> None:
    """On a phone, where the filters are folded away."""
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/search?q=city&cluster=waste")
    press_to(page, page.get_by_role("link", name="العربية"))
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    expect(page.locator("#count")).to_contain_text("وثيقتان")
    press_to(page, page.locator("#filters > summary"))
    page.keyboard.press("Enter")
    press_to(page, page.get_by_role("checkbox", name="نيبال"))
    page.keyboard.press("Space")
    press_to(page, page.get_by_role("button", name="طبّق عوامل التصفية"))
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_contain_text("وثيقة واحدة")
    press_to(page, page.get_by_role("link", name="أزل عامل التصفية المجموعة المواضيعية: Waste"))
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_contain_text("وثيقتان")
    assert "lang=ar" in page.url


def test_a_city_finds_its_place_in_a_list_with_the_keyboard_alone(page: Page) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("/")
    press_to(page, page.get_by_text("The map as a list"))
    page.keyboard.press("Enter")
    press_to(page, page.locator(".list").get_by_role("link", name="Kisumu"))
    press_to(page, page.get_by_role("link", name="Countries", exact=True))
    page.keyboard.press("Enter")
    press_to(page, page.get_by_label("Find in this list"))
    page.keyboard.type("nep")
    page.keyboard.press("Enter")
    expect(page.get_by_role("checkbox")).to_have_count(1)
    press_to(page, page.get_by_role("checkbox", name="Nepal"))
    page.keyboard.press("Space")
    press_to(page, page.get_by_role("button", name="Apply ticked values"))
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_have_text("2 documents")


def test_the_first_link_leads_to_the_content_and_searches_nothing(page: Page) -> None:
    page.goto("/search?q=city")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**#main")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Tab")
    expect(page.locator("#q")).to_be_focused()


def test_results_are_swapped_in_place_and_history_goes_back(scripted: Page) -> None:
    page = scripted
    page.get_by_role("checkbox", name="Kenya").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator("#count")).to_have_text("2 documents for city")
    expect(page.locator("#status")).to_have_text("2 documents for city")
    expect(page.locator("#count")).to_be_focused()
    expect(page).to_have_url(re.compile(r"/search\?q=city&country=Kenya$"))
    expect(page).to_have_title("city – 2 documents – Cities Search")
    page.get_by_role("link", name="Remove filter Country: Kenya").click()
    expect(page.locator("#count")).to_have_text("4 documents for city")
    page.go_back()
    expect(page.locator("#count")).to_have_text("2 documents for city")
    expect(page.get_by_role("checkbox", name="Kenya")).to_be_checked()
    page.get_by_label("Order").select_option("oldest")
    expect(page).to_have_url(re.compile("sort=oldest"))
    expect(page.get_by_label("Order")).to_be_focused()
    assert page.evaluate("window.same")


def test_a_search_that_fails_in_place_is_made_whole(scripted: Page) -> None:
    page = scripted
    page.route(
        re.compile("cluster=waste"),
        lambda route: (
            route.abort() if route.request.resource_type == "fetch" else route.continue_()
        ),
    )
    page.get_by_role("checkbox", name="Waste").check()
    page.get_by_role("button", name="Apply filters").click()
    expect(page.locator("#count")).to_have_text("2 documents for city")
    assert page.evaluate("window.same") is None


def test_titles_are_suggested_and_can_be_picked_with_the_keyboard(scripted: Page) -> None:
    page = scripted
    box = page.get_by_role("combobox", name="Search the knowledge products")
    box.fill("compo")
    expect(page.get_by_role("option", name="Composting in Kisumu")).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    box.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "suggestion-0")
    box.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box.press("ArrowDown")
    box.press("Enter")
    expect(page.locator("#count")).to_have_text("1 document for Composting in Kisumu")
    assert page.evaluate("window.same")


def test_a_quotation_is_copied_with_an_address_that_leads_back(
    scripted: Page, address: str
) -> None:
    page = scripted
    page.goto("/d/d1")
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("UNIDO. Composting in Kisumu.")
    page.goto("/d/d1/p/3")
    page.locator(".quote summary").first.click()
    page.get_by_role("button", name="Copy").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"Composting in Kisumu, p. 3. {address}/d/d1/p/3")

"""Web pages give their main text in order with its headings, and what they say of themselves."""

import json
from email.message import EmailMessage
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from engine.documents import Document
from engine.vocabulary import Vocabulary
from indexer.catalogue import Product
from indexer.documents import document
from indexer.extractors import blocks, read
from indexer.extractors.blocks import Part
from indexer.extractors.days import days, month
from indexer.extractors.main_text import matching
from indexer.extractors.titles import title
from indexer.readings import About, Block, Page, Reading, Unreadable

SENTENCES = (
    "The town pays its carters for every cart of sorted waste that reaches the new yard.",
    "After a year the streets near the market were clean, and forty women had steady work.",
    "The council now wants to know what the compost is worth to the farmers upstream.",
    "Nobody had asked the schools, and so the bins beside them stayed empty for months.",
)


def _page(body: str, head: str = "", title: str = "Carts that pay | Town news") -> bytes:
    head = f"<head><title>{title}</title>{head}</head>"
    return f"<!doctype html><html lang=en>{head}<body>{body}".encode()


def _read(source: bytes) -> tuple[About, Page]:
    about, page = read(BytesIO(source), ".html")
    assert isinstance(about, About)
    assert isinstance(page, Page)
    return about, page


def _article(before: str = "", after: str = "") -> str:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    return f"<article><h1>Carts that pay</h1>{before}{text}{after}</article>"


def _texts(page: Page) -> list[str]:
    return [block.text for block in page.blocks]


def test_the_main_text_is_kept_in_order_and_the_rest_left_out() -> None:
    menu = "<nav><ul><li>Home<li>Contact</ul></nav>"
    foot = "<footer><p>Town news, 12 Long Road. All rights reserved.</p></footer>"
    _, page = _read(_page(f"{menu}{_article()}{foot}"))

    assert _texts(page) == ["Carts that pay", *SENTENCES]


def test_headings_keep_their_level() -> None:
    paragraphs = [f"<p>{sentence}</p>" for sentence in SENTENCES]
    body = f"<h1>Carts that pay</h1>{paragraphs[0]}{paragraphs[1]}<h3>Lessons learned</h3>"
    _, page = _read(_page(f"<article>{body}{paragraphs[2]}{paragraphs[3]}</article>"))

    assert [(block.text, block.level) for block in page.blocks if block.level] == [
        ("Carts that pay", 1),
        ("Lessons learned", 3),
    ]
    assert _texts(page).index("Lessons learned") == _texts(page).index(SENTENCES[2]) - 1


def test_items_stay_apart_and_rows_together() -> None:
    parts = (
        "<ul><li>Two bins for each house<li>One cart for each street</ul>"
        "<table><tr><th>Year<th>Carts<tr><td>2020<td>14<tr><td>2021<td>38</table>"
    )
    _, page = _read(_page(_article(after=f"{parts}<p>{SENTENCES[0][::-1]}</p>")))

    assert "Two bins for each house" in _texts(page)
    assert "One cart for each street" in _texts(page)
    assert "2021 38" in _texts(page)


def test_a_page_laid_out_as_a_table_is_not_one_row() -> None:
    text = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
    _, page = _read(_page(f"<table><tr><td>Home<td><h1>Carts that pay</h1>{text}</table>"))

    assert [text for text in _texts(page) if text in SENTENCES] == list(SENTENCES)


def test_parts_of_a_page_that_only_lines_part_stay_apart() -> None:
    menu = "<td><a href=a>Menu one</a><br><a href=b>Menu two</a>"
    text = f"<td><b>Carts that pay</b><br><br>{'<br><br>'.join(SENTENCES)}"
    _, page = _read(_page(f"<table><tr>{menu}{text}<td>Sunny</table>"))

    assert " ".join(["Carts that pay", *SENTENCES]) in _texts(page)


def test_a_row_of_ten_thousand_cells_ends() -> None:
    soup = BeautifulSoup(f"<table><tr>{'<td>14<br>carts' * 10_000}</table>", "lxml")

    assert len(list(blocks.parts(soup))) == 1


@pytest.mark.parametrize(
    "how", ["hidden", 'style="display:none"', "style='color: red; visibility : hidden'"]
)
def test_text_that_is_not_shown_is_left_out_unless_it_is_most_of_the_page(how: str) -> None:
    secret = "<p>Nobody sees that the editors keep this sentence here for later use.</p>"
    _, page = _read(_page(_article(after=f"<div {how}>{secret}</div>")))
    _, late = _read(_page(f"<div {how}>{_article()}</div><p>Loading</p>"))

    assert _texts(page) == ["Carts that pay", *SENTENCES]
    assert [text for text in _texts(late) if text in SENTENCES] == list(SENTENCES)


@pytest.mark.parametrize("element", ["template", "noframes"])
def test_what_browsers_never_show_is_no_text(element: str) -> None:
    secret = f"<{element}><p>Your browser cannot show what the town has to say.</p></{element}>"
    _, page = _read(_page(_article(secret)))

    assert _texts(page) == ["Carts that pay", *SENTENCES]


def test_lines_that_lead_away_are_left_out() -> None:
    _, page = _read(_page(_article(after="<p>Lea también</p><p>À lire aussi</p>")))

    assert _texts(page) == ["Carts that pay", *SENTENCES]


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "这座城市向清运工支付每一车分类垃圾的费用，市场附近的街道因此变得干净。"),
        ("big5", "這座城市向清運工支付每一車分類垃圾的費用，市場附近的街道因此變得乾淨。"),
        ("windows-1256", "تدفع المدينة لعمال النقل أجرا عن كل عربة من النفايات المفروزة في السوق."),
        ("windows-1251", "Город платит возчикам за каждую телегу отсортированного мусора у рынка."),
        ("koi8-r", "Город платит возчикам за каждую телегу отсортированного мусора у рынка."),
        (
            "utf-8",
            "المدينة تدفع، город платит, 城市付款。 La ville paie les charretiers du marché.",
        ),
    ],
)
def test_text_is_read_in_the_encoding_that_the_page_names(encoding: str, text: str) -> None:
    paragraphs = f"<p>{text}</p>" * 3
    page = f"<!doctype html><html><head><meta charset={encoding}><title>A</title><body>{paragraphs}"

    assert text in _texts(_read(page.encode(encoding))[1])


ARABIC = "تدفع المدينة لعمال النقل أجرا عن كل عربة من النفايات المفروزة في السوق."
RUSSIAN = "Город платит возчикам за каждую телегу отсортированного мусора у рынка."
CHINESE = "这座城市向清运工支付每一车分类垃圾的费用，市场附近的街道因此变得干净。"
GREEK = (
    "Η πόλη πληρώνει τους μεταφορείς για κάθε κάρο διαχωρισμένων απορριμμάτων. Οι κάτοικοι της "
    "γειτονιάς περίμεναν πολύ καιρό, και σήμερα το κομπόστ επιστρέφει στους κήπους τους."
)
SPANISH = "El año pasado la ciudad pagó a los señores que llevan los carros; así fue más rápido."


@pytest.mark.parametrize(
    ("encoding", "named", "text"),
    [
        ("utf-8", "windows-1251", RUSSIAN),
        ("utf-8", "windows-1256", ARABIC),
        ("utf-8", "gb2312", CHINESE),
        ("utf-8", "iso-8859-1", SPANISH),
        ("windows-1251", "utf-8", RUSSIAN),
        ("windows-1256", "utf-8", ARABIC),
        ("gb18030", "utf-8", CHINESE),
        ("windows-1252", "utf8", SPANISH),
        ("windows-1253", "", GREEK),
        ("euc-jp", "", "市は新しいごみの分別を来年春から全ての地区で始めると発表した。"),
        ("utf-16-le", "", RUSSIAN),
        ("utf-16-be", "utf-8", CHINESE),
    ],
)
def test_text_is_read_though_the_page_names_another_encoding(
    encoding: str, named: str, text: str
) -> None:
    paragraphs = f"<p>{text}</p>" * 3
    head = f"<meta charset={named}>" if named else ""
    page = f"<!doctype html><html><head>{head}<title>A</title><body>{paragraphs}"

    assert text in _texts(_read(page.encode(encoding))[1])


def test_a_page_in_utf_8_may_have_a_wrong_byte() -> None:
    page = _page("".join(f"<p>{RUSSIAN} {at}</p>" for at in range(4)))
    _, found = _read(page.replace(b"<p>", b"<p>\xe9 ", 1))

    assert _texts(found)[1:] == [f"{RUSSIAN} {at}" for at in range(1, 4)]


@pytest.mark.parametrize(
    ("how", "encoding"), [("quoted-printable", "utf-8"), ("base64", "windows-1251")]
)
@pytest.mark.parametrize("suffix", [".mhtml", ".html"])
def test_the_page_in_a_web_archive_is_read(suffix: str, how: str, encoding: str) -> None:
    source = f"<!doctype html><title>Тележки</title><h1>Тележки</h1>{f'<p>{RUSSIAN}</p>' * 3}"
    archive = EmailMessage()
    archive["From"] = "<Saved by a browser>"
    archive["MIME-Version"] = "1.0"
    archive.set_content(source, subtype="html", charset=encoding, cte=how)
    archive.add_related(b"GIF89a", "image", "gif")
    archive.add_related("p { color: red }", subtype="css")
    about, page = read(BytesIO(archive.as_bytes()), suffix)

    assert isinstance(about, About)
    assert isinstance(page, Page)
    assert about.title == "Тележки"
    assert _texts(page)[-1] == RUSSIAN


@pytest.mark.parametrize("named", ['"a\0b"', "no-such", "idna"])
def test_an_archive_that_names_no_encoding_is_read_as_the_page_says(named: str) -> None:
    head = f"MIME-Version: 1.0\nContent-Type: text/html; charset={named}\n\n".encode()
    _, page = read(BytesIO(head + _page(f"<p>{RUSSIAN}</p>" * 3)), ".mht")

    assert isinstance(page, Page)
    assert RUSSIAN in _texts(page)


def test_a_month_in_letters_that_only_fold_to_its_own_is_none() -> None:
    assert list(days("5 Aprıl 2024")) == []
    assert month("Auguſt 2024") == ""


def test_an_archive_without_a_page_is_none() -> None:
    with pytest.raises(Unreadable, match="unsupported"):
        list(read(BytesIO(b"MIME-Version: 1.0\nContent-Type: text/plain\n\n<p>Carts"), ".mht"))


@pytest.mark.parametrize(
    ("shared", "window", "main", "lesser", "site", "expected"),
    [
        ("Carts that pay", "Carts that pay | Town", ["Carts that pay"], [], "", "Carts that pay"),
        ("", "Carts that pay « The blog", ["The blog"], ["Carts that pay"], "", "Carts that pay"),
        ("Carts that pay", "Town", ["Waste Carts that pay"], [], "Town", "Carts that pay"),
        ("", "Town news – Carts that pay", ["Town news"], [], "Town news", "Carts that pay"),
        ("", "Carts that pay - Town", [], [], "", "Carts that pay"),
        ("", "", ["Carts that pay"], [], "", "Carts that pay"),
        ("", "清运工的故事！-新城网", [], [], "", "清运工的故事！"),
        ("", "清运工的故事！--新闻", [], [], "", "清运工的故事！"),
        ("", "清运工的故事－新城", [], [], "", "清运工的故事"),
        ("", "清运工的故事丨新城", [], [], "", "清运工的故事"),
        ("", "清运工的故事｜新城", [], [], "", "清运工的故事"),
        ("", "Carts that pay | United Nations Development Programme", [], [], "", "Carts that pay"),
        ("", "Carts that pay - Ministry of Health and Water", [], [], "", "Carts that pay"),
        (
            "",
            "Carts | United Nations Development Programme",
            [],
            [],
            "",
            "United Nations Development Programme",
        ),
        ("Why carts pay", "", ["Information"], [], "", "Why carts pay"),
        ("Why waste", "Why waste | Town", ["Carts that pay well"], [], "", "Carts that pay well"),
        ("Why waste", "", ["Carts that pay well", "You may like that"], [], "", "Why waste"),
        ("Waste: Carts that pay", "", ["Waste Carts that pay"], [], "", "Waste: Carts that pay"),
        (
            "Carts pay the town - the women have work",
            "",
            ["Carts pay the town – all women work", "More"],
            [],
            "",
            "Carts pay the town – all women work",
        ),
        (
            "How carts pay the town",
            "",
            ["How carts pay the town and those who work there"],
            ["How carts pay the town"],
            "",
            "How carts pay the town and those who work there",
        ),
        (
            "",
            "Carts that pay » How do they work?",
            ["Why are there carts that pay?"],
            [],
            "",
            "Why are there carts that pay?",
        ),
        ("", "", [], [], "", ""),
    ],
)
def test_the_title_is_without_the_site_and_the_rubric(
    shared: str, window: str, main: list[str], lesser: list[str], site: str, expected: str
) -> None:
    assert title(shared, window, main, lesser, site) == expected


@pytest.mark.parametrize(
    ("head", "before", "date"),
    [
        (
            '<meta property="article:published_time" content="2021-05-03T08:00:00Z">',
            "",
            "2021-05-03",
        ),
        ("", '<time datetime="2021-05-03">Monday</time>', "2021-05-03"),
        (
            '<link rel=canonical href="https://town.example/2021/05/03/carts">',
            '<time datetime="2009-04-11">A first comment</time>',
            "2021-05-03",
        ),
        (
            '<meta property="article:published_time" content="2021-05-03">'
            '<script type="application/ld+json">'
            '{"@type": "NewsArticle", "datePublished": "2021-04-30"}</script>',
            "",
            "2021-05-03",
        ),
        ("", "<p>3 мая 2021</p>", "2021-05-03"),
        ("", "<p>2021年5月3日</p>", "2021-05-03"),
        ("", "<p>3 مايو 2021</p>", "2021-05-03"),
        ("", "<p>3 de mayo de 2021</p>", "2021-05-03"),
        ("", "<p>le 3 août 2021</p>", "2021-08-03"),
        ("", "<p>May 3, 2021</p>", "2021-05-03"),
        ("", "<p>12 آذار/مارس 2024</p>", "2024-03-12"),
        ('<link rel=canonical href="https://town.example/2021/05/03/carts">', "", "2021-05-03"),
        ("", "", ""),
    ],
)
def test_the_date_is_found_where_pages_write_it(head: str, before: str, date: str) -> None:
    assert _read(_page(_article(before), head))[0].date == date


@pytest.mark.parametrize(
    "after",
    [
        "<footer>© 2019 Harbour City</footer>",
        "<footer>Copyright 2005-2023 Harbour City. All rights reserved</footer>",
        "<p>In 2017 the council adopted the plan of the carters.</p>",
        "<p>The plan of 5 June 1998 was withdrawn.</p>",
        f"<p>The plan of 5 June 1998 was withdrawn, and then: {SENTENCES[0]} {SENTENCES[1]}</p>",
        "<p>Seen on 5 June 1998</p><p>Seen on 7 June 1998</p>",
    ],
)
def test_a_date_that_is_not_the_pages_is_not_taken_for_it(after: str) -> None:
    far = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)

    assert _read(_page(_article(after=far + after)))[0].date == ""


@pytest.mark.parametrize(
    ("before", "after", "date"),
    [
        ("<p>March 2024</p>", "", "2024-03"),
        ("<p>March 2024</p>", "<p>Posted: 3 May 2021</p>", "2021-05-03"),
        ("", "<p>Last update: 3 May 2021</p>", "2021-05-03"),
    ],
)
def test_a_date_far_from_the_title_stands_by_itself(before: str, after: str, date: str) -> None:
    assert _read(_page(_article(before, after)))[0].date == date


def test_a_date_stands_by_a_title_that_has_another_form() -> None:
    shared = '<meta property="og:title" content="Waste: Carts that pay">'
    body = "<h1><small>Waste</small> Carts that pay</h1><p>3 May 2021</p>"
    about, _ = _read(_page(body + "".join(f"<p>{one}</p>" for one in SENTENCES), shared))

    assert (about.title, about.date) == ("Waste: Carts that pay", "2021-05-03")


def test_days_that_are_none_are_passed_over() -> None:
    assert list(days("31.02.2021, 13/25/2021, 12/25/2021, 1.5.2020")) == [
        "2021-12-25",
        "2020-05-01",
    ]


@pytest.mark.parametrize(
    ("month", "names"),
    [
        (1, "كانون الثاني|كانون الثاني/يناير|يناير|جانفي"),
        (2, "شباط|شباط/فبراير|فبراير|فيفري"),
        (3, "آذار|آذار/مارس|آذار/ مارس|اذار|مارس|من مارس"),
        (4, "نيسان|نيسان/أبريل|أبريل|أفريل"),
        (5, "أيار|أيار/مايو|مايو|ماي"),
        (6, "حزيران|حزيران/يونيه|يونيو|جوان"),
        (7, "تموز|تموز/يوليه|يوليو|جويلية|يوليوز"),
        (8, "آب|آب/أغسطس|أغسطس|أوت|غشت"),
        (9, "أيلول|أيلول/سبتمبر|سبتمبر|شتنبر"),
        (10, "تشرين الأول|تشرين الأول/أكتوبر|أكتوبر"),
        (11, "تشرين الثاني|تشرين الثاني/نوفمبر|نوفمبر|نونبر"),
        (12, "كانون الأول|كانون الأول/ديسمبر|ديسمبر|دجنبر"),
    ],
)
def test_months_have_their_arabic_names_of_every_country(month: int, names: str) -> None:
    for name in names.split("|"):
        assert list(days(f"الثلاثاء 12 {name} 2024")) == [f"2024-{month:02d}-12"], name


@pytest.mark.parametrize(
    "text",
    [
        "١٢/٣/٢٠٢٤",
        "١٢ مارس ٢٠٢٤",
        "۱۲/۳/۲۰۲۴",
        "12 مارس، 2024",
        "2024年3月12號",
        "２０２４年３月１２日",
        "２０２４／０３／１２",
        "二〇二四年三月十二日",
        "二○二四年三月十二號",
        "12 de marzo del 2024",
        "marzo 12 de 2024",
        "12th of March 2024",
    ],
)
def test_days_are_read_in_the_digits_of_their_language(text: str) -> None:
    assert list(days(text)) == ["2024-03-12"]


def test_han_numbers_have_tens_and_ones() -> None:
    text = "二〇一九年十月十日，二〇二〇年十二月三十一日，二〇二一年一月二十日"

    assert list(days(text)) == ["2019-10-10", "2020-12-31", "2021-01-20"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("March 2024", "2024-03"),
        ("Published: March 2024", "2024-03"),
        ("Март 2024", "2024-03"),
        ("março de 2024", "2024-03"),
        ("آذار/مارس 2024", "2024-03"),
        ("二〇二四年三月", "2024-03"),
        ("2024年13月", ""),
        ("Since March 2024 carts are paid", ""),
        ("2024", ""),
    ],
)
def test_a_month_is_a_date_where_nothing_else_is_said(text: str, found: str) -> None:
    assert month(text) == found


@pytest.mark.parametrize(
    ("head", "before", "author"),
    [
        ('<meta name=author content="Ama Mensah">', "", "Ama Mensah"),
        ("", "<p class=byline>By Ama Mensah, 3 May 2021</p>", "Ama Mensah"),
        ("", "<p>Por Ama Mensah</p>", "Ama Mensah"),
        ("", '<a rel=author href="/a">Ama Mensah</a>', "Ama Mensah"),
        ('<meta property="article:author" content="https://town.example/ama">', "", ""),
        ("<meta name=author content=admin>", "", ""),
        ("", "", ""),
    ],
)
def test_the_author_is_a_name(head: str, before: str, author: str) -> None:
    assert _read(_page(_article(before), head))[0].author == author


def test_an_author_among_readers_comments_is_not_the_pages() -> None:
    comment = "<div class=comments><p class=author>Kofi</p><p>I saw the carts.</p></div>"

    assert _read(_page(_article() + comment))[0].author == ""


def test_what_the_page_says_for_machines_is_read() -> None:
    said = {
        "@graph": [
            {"@type": "Organization", "name": "Town news"},
            {
                "@type": ["NewsArticle"],
                "headline": "Carts that pay well",
                "datePublished": "2021-05-03",
                "author": [{"name": "Ama Mensah"}, {"name": "Kofi Boateng"}],
                "dateline": "Koidu",
            },
        ]
    }
    script = f'<script type="application/ld+json">{json.dumps(said)}</script>'
    about, _ = _read(_page("<p>Two carts.</p>", script, title="Town"))

    assert about == About(
        1, "Carts that pay well", "2021-05-03", "en", (), "Ama Mensah, Kofi Boateng", "Koidu"
    )


@pytest.mark.parametrize(
    "named",
    ['property="x:title dc:title"', "name=DC.title", "name=dcterms.title", "name=parsely-title"],
)
def test_the_title_in_a_catalogue_s_words_comes_before_that_of_the_window(named: str) -> None:
    head = f'<meta {named} content="Women who drive carts">'

    assert _read(_page("<p>Two carts.</p>", head))[0].title == "Women who drive carts"


@pytest.mark.parametrize("written", ["[" * 200_000, '{"@type": 3}', '{"@type": []}', "null", "{"])
def test_what_is_no_such_data_is_passed_over(written: str) -> None:
    script = f'<script type="application/ld+json">{written}</script>'

    assert _read(_page(_article(), script))[0].title == "Carts that pay"


@pytest.mark.parametrize(
    ("opening", "place"),
    [
        ("NAIROBI, 3 May — ", "NAIROBI"),
        ("Koidu, 3 May 2021 – ", "Koidu"),
        ("BANJUL (Reuters) - ", "BANJUL"),
        ("However — ", ""),
        ("The waste fund (WF) – ", ""),
        ("The town, they say — ", ""),
        ("", ""),
    ],
)
def test_a_dateline_says_where_a_page_was_written(opening: str, place: str) -> None:
    body = "".join(f"<p>{text}</p>" for text in (opening + SENTENCES[0], *SENTENCES[1:]))

    assert _read(_page(f"<article><h1>Carts that pay</h1>{body}</article>"))[0].place == place


def test_a_page_that_begins_with_scripts_is_still_a_page() -> None:
    scripts = b"<script>" + b"x();" * 2_000 + b"</script>"

    assert SENTENCES[0] in _texts(_read(scripts + _page(_article()))[1])


_BLOCKS = st.lists(st.tuples(st.integers(1, 12), st.booleans(), st.booleans()), max_size=30)


@given(_BLOCKS)
def test_blocks_that_make_up_the_text_are_found_again(drawn: list[tuple[int, bool, bool]]) -> None:
    parts = []
    for at, (length, _, _) in enumerate(drawn):
        text = " ".join(f"w{at:03}x{word:02}" for word in range(length))
        parts.append(Part(Block(text), is_aside=False))
    wanted = [part.block for part, (_, is_main, _) in zip(parts, drawn, strict=True) if is_main]
    ends = ["\n" if is_line else " " for _, is_main, is_line in drawn if is_main]

    found = matching("".join(map(str.__add__, [one.text for one in wanted], ends)), parts)

    assert list(found) == (wanted or [part.block for part in parts])


@pytest.mark.parametrize(("listed", "author"), [({}, "Ama Mensah"), ({"author": "K. B."}, "K. B.")])
def test_the_catalogue_names_the_author_before_the_page_does(
    listed: dict[str, str], author: str
) -> None:
    product = Product(Document("a", "a.html", "Carts", metadata=listed), None, is_listed=True)
    reading = Reading(About(1, author="Ama Mensah", place="Koidu"))

    found = document(product, reading, "", Vocabulary({}, {}))

    assert found.metadata == {"author": author, "published-in": "Koidu"}

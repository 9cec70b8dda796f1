"""What must hold on every page: headers, escaping, files that stay inside, small answers."""

import gzip
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from engine.documents import Coverage, Document, Passage, Unread
from engine.opening import open_engine
from engine.protocol import Engine
from search_service import create_app
from search_service.headers import EVERYWHERE, PAGE_POLICY
from search_service.rendering import TEMPLATES
from tests.service.collection import client_of, indexed, products

ADDRESSES = (
    "/",
    "/search",
    "/search?q=city&country=Nepal",
    "/search?page=99",
    "/search.csv?q=city",
    "/suggest?q=compost",
    "/coverage",
    "/facet/cluster",
    "/d/d1",
    "/d/d1.ris",
    "/d/d1.bib",
    "/d/d1/p/3?q=compost",
    "/files/d1",
    "/files/d2",
    "/files/d3",
    "/static/pages.css",
    "/static/none.css",
    "/api/v1/search?q=city",
    "/api/v1/search?page=x",
    "/healthz",
    "/readyz",
    "/none",
)
STATIC = Path(__file__).parents[2] / "search_service" / "static"
PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>',
    "'><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onfocus='alert(1)' autofocus='",
    "` onclick=alert(1) `",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "</title><script>alert(1)</script>",
    "</textarea><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "<style>@import 'http://evil.example'</style>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<iframe src=javascript:alert(1)>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "<link rel=stylesheet href=//evil.example>",
    "<form action=//evil.example><button>x",
    "<a href=javascript:alert(1)>x</a>",
    "<details open ontoggle=alert(1)>",
    "<math><mtext><script>alert(1)</script>",
    "<!--<img src=x onerror=alert(1)>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "{{ 7*7 }}{% raw %}",
    "${7*7}#{7*7}",
    "\\u003cscript\\u003ealert(1)",
    "<mark onclick=alert(1)>city</mark>",
    "﹤script﹥＜script＞alert(1)＜/script＞",
    "//evil.example/city",
    "city\u202e<b>txet</b>",
)
ATTRIBUTES = frozenset({"style", "srcdoc"})
ELEMENTS = frozenset({"style", "iframe", "object", "embed", "base", "b", "math"})


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS", "DELETE"])
def test_security_headers_stand_on_every_response(client: FlaskClient, method: str) -> None:
    for address in ADDRESSES:
        response = client.open(address, method=method)
        response.close()
        found = {name: response.headers.get(name, "") for name in EVERYWHERE}
        if address.startswith("/files/"):
            assert "default-src 'none'" in found["Content-Security-Policy"]
            assert "frame-ancestors 'none'" in found["Content-Security-Policy"]
            found["Content-Security-Policy"] = PAGE_POLICY
        assert found == EVERYWHERE


def test_transport_security_is_asked_for_under_tls_only(client: FlaskClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/healthz").headers
    secure = client.get("/healthz", base_url="https://localhost")
    assert "max-age" in secure.headers["Strict-Transport-Security"]


def test_a_service_that_knows_its_address_answers_to_no_other(engine: Engine) -> None:
    client = client_of(engine, "https://search.example")
    strange = client.get("/search", headers={"Host": "evil.example"})
    assert strange.status_code == 400
    assert strange.headers["Content-Security-Policy"] == PAGE_POLICY
    assert "evil.example" not in strange.text
    known = client.get("/search?q=city", headers={"Host": "search.example"})
    link = BeautifulSoup(known.text, "lxml").select_one("link[rel=canonical]")
    assert link is not None
    assert link["href"] == "https://search.example/search?q=city"


def test_the_host_name_is_never_shown(client: FlaskClient) -> None:
    for address in ADDRESSES:
        response = client.get(address, headers={"Host": "evil.example"})
        assert b"evil.example" not in response.data
        assert "evil.example" not in str(response.headers)
        response.close()


def hostile(number: int, payload: str, corpus: Path) -> tuple[Document, tuple[Passage, ...]]:
    """Return a product with a payload in each of its fields."""
    document = Document(
        id=f"x{number}",
        file=f"{payload.replace('/', '')}.pdf",
        title=payload,
        type=payload,
        clusters=(payload,),
        countries=(payload,),
        cities=(payload,),
        partners=(payload,),
        date="2021",
        language=payload,
        url=payload,
        summary=payload,
        coverage=Coverage(2, (Unread(2, payload),)),
        metadata={"note": payload, "demonstration": payload},
        guessed=(payload,),
        reason=payload,
        corpus=str(corpus),
        fingerprint="x",
    )
    return document, (Passage(1, f"city {payload}", payload),)


@pytest.fixture(scope="module")
def attacked(corpus: Path) -> FlaskClient:
    """Return a client of a collection with every payload in every field."""
    return client_of(indexed(tuple(hostile(i, text, corpus) for i, text in enumerate(PAYLOADS))))


@pytest.fixture(scope="module")
def peaceful(corpus: Path) -> FlaskClient:
    """Return a client of a collection like the attacked one, with harmless texts."""
    return client_of(indexed(tuple(hostile(i, f"text {i}", corpus) for i in range(len(PAYLOADS)))))


def elements(html: str) -> list[str]:
    """Return the names of a page's elements, but for marks: payloads may hold the words."""
    return [tag.name for tag in BeautifulSoup(html, "lxml").select("*") if tag.name != "mark"]


def test_no_text_of_the_collection_becomes_markup(
    attacked: FlaskClient, peaceful: FlaskClient
) -> None:
    lists = ["/", "/coverage", "/search?per_page=100", "/search?q=city&per_page=100"]
    facets = [f"/facet/{name}" for name in ("cluster", "type", "country", "city", "language")]
    documents = [f"/d/x{number}" for number in range(len(PAYLOADS))]
    pages = [f"{address}/p/{page}" for address in documents for page in (1, 2)]
    for address in (*lists, *facets, *documents, *pages):
        found = attacked.get(address).text
        assert elements(found) == elements(peaceful.get(address).text)
        check(found)
    for address in documents:
        attacked.get(f"/files{address[2:]}").close()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_of_an_address_becomes_markup(attacked: FlaskClient, payload: str) -> None:
    names = ("q", "country", "cluster", "lang", "page", "find", "from", "to", "year", "sort")
    everywhere = dict.fromkeys(names, payload)
    for address in ("/search", "/facet/cluster", "/d/x1", "/d/x1/p/1", "/d/x1/p/9", "/none"):
        check(attacked.get(address, query_string=everywhere).text)
    check(attacked.get("/search", query_string={"q": payload, "country": payload}).text)
    check(attacked.get(f"/d/{payload}").text)
    api = attacked.get("/api/v1/search", query_string={"q": payload})
    assert (api.mimetype, api.headers["X-Content-Type-Options"]) == ("application/json", "nosniff")


def check(html: str) -> None:
    """Assert that nothing on a page runs, loads or leads anywhere it should not."""
    soup = BeautifulSoup(html, "lxml")
    for found in soup.select("*"):
        assert found.name not in ELEMENTS
        if found.get("type") == "application/ld+json":
            # Data, which no browser runs; it cannot end its own element.
            assert "<" not in found.get_text()
            assert json.loads(found.get_text())
        elif found.name == "script":
            assert str(found["src"]).startswith("/static/")
            assert not found.get_text()
        assert not [key for key in found.attrs if key.startswith("on") or key in ATTRIBUTES]
    for tag in soup.select("[href], [src], [action]"):
        address = str(tag.get("href") or tag.get("src") or tag.get("action"))
        assert re.match(r"/(?!/)|#|https?://", address), address


@pytest.mark.parametrize(
    "file",
    ["../secret.txt", "/etc/passwd", "link.txt", "reports", "reports/../../secret.txt", "\0"],
)
def test_no_file_outside_the_corpus_is_sent(corpus: Path, file: str) -> None:
    (document, passages), *_ = products(corpus)
    client = client_of(indexed(((replace(document, file=file), passages),)))
    assert client.get("/files/d1").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["../secret.txt", "..%2f..%2fsecret.txt", "%2e%2e/secret.txt", "/etc/passwd", "d1/../d1"],
)
def test_no_path_is_taken_for_an_id(client: FlaskClient, path: str) -> None:
    assert client.get(f"/files/{path}").status_code == 404
    assert client.get(f"/static/{path}").status_code == 404


@pytest.mark.parametrize(
    "name", ["a\r\nSet-Cookie: b.pdf", 'quo"te;.pdf', "المدينة.pdf", "…\n.pdf"]
)
def test_any_file_name_can_be_sent(corpus: Path, name: str) -> None:
    (corpus / name).write_bytes(b"%PDF-1.4")
    (document, passages), *_ = products(corpus)
    client = client_of(indexed(((replace(document, file=name), passages),)))
    response = client.get("/files/d1")
    assert response.status_code == 200
    assert "\n" not in response.headers["Content-Disposition"]
    assert "Set-Cookie" not in response.headers
    response.close()


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.html")), ids=lambda path: path.name)
def test_templates_hold_no_script_but_ours_and_no_style(path: Path) -> None:
    source = path.read_text("utf-8")
    ours = (
        r"<script defer src=\"{{ 'search\.js'\|asset }}\" [^<>]*></script>",
        r'<script type="application/ld\+json">{{ view\.described }}</script>',
    )
    rest = re.sub("|".join(ours), "", source)
    assert not re.search(
        r"<script|<style|\sstyle=|\son[a-z]+=|javascript:|\|\s*safe|https?://", rest
    )


def test_a_page_and_its_style_are_light(engine: Engine, corpus: Path) -> None:
    document = products(corpus)[0][0]
    long = "The city sorts its waste and tells the others how each market took part in it. " * 4
    many = [
        (
            replace(
                document,
                id=f"m{number}",
                title=f"Composting report number {number} of a longer title than most have",
                countries=(f"Country {number}", f"Land {number % 9}"),
                cities=(f"City {number}",),
                partners=(f"Partner {number % 20}",),
            ),
            tuple(
                Passage(page, f"{number} {long} {page}", f"Heading {page}") for page in (1, 2, 3)
            ),
        )
        for number in range(60)
    ]
    client = client_of(indexed(tuple(many)))
    accept = {"Accept-Encoding": "gzip"}
    full = client.get("/search?q=city+waste&per_page=20", headers=accept)
    with client.get("/static/pages.css", headers=accept) as style:
        style_size = len(style.data)
        assert style.content_encoding == "gzip"
    assert full.content_encoding == "gzip"
    assert len(full.data) < 14_000
    assert style_size < 8_000
    html = gzip.decompress(full.data).decode()
    assert len(BeautifulSoup(html, "lxml").select(".card")) == 20
    assert len(set(re.findall(r'(?:src|href)="(/static/[^"]+)"', html))) <= 5


def test_a_page_that_did_not_change_is_not_sent_again(client: FlaskClient) -> None:
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        first = client.get("/search?q=city", headers=headers)
        again = client.get(
            "/search?q=city", headers={**headers, "If-None-Match": first.headers["ETag"]}
        )
        assert (first.status_code, again.status_code, again.data) == (200, 304, b"")


def test_static_files_are_kept_under_the_name_of_their_content(client: FlaskClient) -> None:
    html = client.get("/").text
    address = re.search(r'"(/static/pages\.css\?v=\w+)"', html)
    assert address
    with client.get(address[1]) as known, client.get("/static/pages.css?v=old") as old:
        assert "immutable" in known.headers["Cache-Control"]
        assert old.headers["Cache-Control"] == "no-cache"


def test_without_an_index_every_page_asks_to_come_back(tmp_path: Path) -> None:
    client = client_of(open_engine(f"whoosh:{tmp_path / 'none'}"))
    for address in ("/", "/search?q=city", "/facet/type", "/d/d1", "/files/d1", "/api/v1/search"):
        response = client.get(address)
        assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert response.get_json()["detail"] == (
        "There is nothing to search yet. Please try again in a minute."
    )
    assert client.get("/healthz").status_code == 200
    ready = client.get("/readyz")
    assert (ready.status_code, ready.mimetype) == (503, "text/plain")
    assert len(ready.text.splitlines()) == 1


def test_readiness_follows_the_index(client: FlaskClient) -> None:
    assert client.get("/readyz").text == "6 documents can be searched.\n"


def test_a_mistake_of_ours_shows_nothing_of_the_inside(engine: Engine) -> None:
    def broken() -> NoReturn:
        raise RuntimeError("the inside")

    app = create_app(engine)
    app.add_url_rule("/broken", view_func=broken)
    app.add_url_rule("/api/broken", endpoint="api_broken", view_func=broken)
    app.logger.disabled = True
    client = app.test_client()
    page = client.get("/broken")
    assert page.status_code == 500
    assert "the inside" not in page.text
    assert "Traceback" not in page.text
    assert page.headers["Content-Security-Policy"] == PAGE_POLICY
    problem = client.get("/api/broken")
    assert json.loads(problem.data)["status"] == 500
    app.logger.disabled = False


def test_only_reading_is_allowed(client: FlaskClient) -> None:
    response = client.post("/search", data={"q": "city"})
    assert response.status_code == 405
    assert set(response.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}

"""A corpus becomes products: rows of its manifest, or the files of its folder."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from engine.documents import Document
from indexer.catalogue import BUNDLED, Product, products, vocabulary_of
from indexer.errors import CatalogueError
from tests.indexer.corpora import VOCABULARY, folder, page, report

HEADER = "id,file,url,title,date,type,clusters,countries,cities,partners,language,summary,venue\n"


@contextmanager
def _unprivileged() -> Iterator[None]:
    """Be nobody for a while, as root may read everything."""
    own = os.geteuid()
    os.seteuid(own or 65534)
    try:
        yield
    finally:
        os.seteuid(own)


def _only(corpus: Path) -> Document:
    (product,) = products(corpus, VOCABULARY)
    return product.document


def _reason(tmp_path: Path, row: str) -> str:
    return _only(folder(tmp_path / "corpus", manifest__csv=HEADER + row)).reason


def test_a_row_becomes_a_document(tmp_path: Path) -> None:
    row = (
        "koidu,a.pdf,https://example.org/a,Waste in Koidu,2021-4,Training report,"
        "solid waste;Tourism,Sierra Leone; Bangladesh,Koidu,UNOSSC;,EN,How it went.,Hall 3\n"
    )
    corpus = folder(tmp_path / "corpus", manifest__csv="\ufeff" + HEADER + row, a__pdf=report())

    assert products(corpus, VOCABULARY) == (
        Product(
            Document(
                id="koidu",
                file="a.pdf",
                title="Waste in Koidu",
                type="training-report",
                clusters=("waste", "tourism"),
                countries=("Sierra Leone", "Bangladesh"),
                cities=("Koidu",),
                partners=("UNOSSC",),
                date="2021-04",
                language="en",
                url="https://example.org/a",
                summary="How it went.",
                metadata={"venue": "Hall 3"},
                corpus=str(corpus),
            ),
            corpus / "a.pdf",
            is_listed=True,
        ),
    )


def test_only_id_and_title_are_needed(tmp_path: Path) -> None:
    corpus = folder(tmp_path / "corpus", manifest__csv="title,id\nWaste,koidu\n\n , \n")

    assert _only(corpus) == Document("koidu", "", "Waste", corpus=str(corpus))


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("a,,,T,,,wste,,,,,,", "Line 2: clusters “wste” is not in the vocabulary."),
        ("a,,,T,,memo,,,,,,,", "Line 2: type “memo” is not in the vocabulary."),
        (
            "a,,,T,30/4/2021,,,,,,,,",
            "Line 2: date “30/4/2021” is not a date like 2021, 2021-04 or 2021-04-30.",
        ),
        (
            "a,,,T,,,,,,,English,,",
            "Line 2: language “English” is not a code of two letters like en.",
        ),
        (
            "a,,javascript:alert(1),T,,,,,,,,,",
            "Line 2: url “javascript:alert(1)” is not an address that begins with http:// or"
            " https://.",
        ),
        ("a,,,T,,,,,,,,,,more", "Line 2: “more” stands beyond the last column."),
        (",,,T,,,,,,,,,", "Line 2: id is missing."),
        ("a/b,,,T,,,,,,,,,", "Line 2: id “a/b” has characters that cannot stand in an address."),
        ("a,b.pdf,,T,,,,,,,,,", "missing: there is no file “b.pdf”."),
        ("a,../x.pdf,,T,,,,,,,,,", "outside: “../x.pdf” is not inside the corpus."),
        ("a,/etc/passwd,,T,,,,,,,,,", "outside: “/etc/passwd” is not inside the corpus."),
        ("a,.,,T,,,,,,,,,", "missing: “.” is not a file."),
    ],
)  # fmt: skip
def test_a_bad_value_is_told_and_costs_only_itself(tmp_path: Path, row: str, reason: str) -> None:
    assert _reason(tmp_path, row) == reason


def test_several_bad_values_are_all_told(tmp_path: Path) -> None:
    assert _reason(tmp_path, "a,,,T,soon,memo,waste,,,,,,") == (
        "Line 2: type “memo” is not in the vocabulary. "
        "Line 2: date “soon” is not a date like 2021, 2021-04 or 2021-04-30."
    )


def test_an_id_that_stands_twice_gets_a_number(tmp_path: Path) -> None:
    corpus = folder(tmp_path / "corpus", manifest__csv="id,title\na,One\na,Two\na-2,Three\n")

    found = [
        (product.document.id, product.document.title) for product in products(corpus, VOCABULARY)
    ]

    assert found == [("a", "One"), ("a-2", "Two"), ("a-2-2", "Three")]


def test_a_link_out_of_the_corpus_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(report())
    corpus = folder(tmp_path / "corpus", manifest__csv="id,title,file\na,One,link.pdf\n")
    (corpus / "link.pdf").symlink_to(tmp_path / "secret.pdf")

    (product,) = products(corpus, VOCABULARY)

    assert product.path is None
    assert product.document.file == ""
    assert product.document.reason == "outside: “link.pdf” is not inside the corpus."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "manifest.csv has no column “id”."),
        ("id,name\n", "manifest.csv has no column “title”."),
        ("id;title\na;One\n", "The columns of manifest.csv must be separated by commas."),
        ("id,title,id\n", "manifest.csv has the column “id” twice."),
        ("id,title\n", "manifest.csv lists no products."),
        ('id,title\na,"One\n', "manifest.csv is no CSV at line 2: unexpected end of data."),
        ("id,title\na,Caf\xe9\n".encode("latin-1"), "manifest.csv is not in UTF-8"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_told(
    tmp_path: Path, text: str | bytes, sentence: str
) -> None:
    with pytest.raises(CatalogueError) as error:
        products(folder(tmp_path / "corpus", manifest__csv=text), VOCABULARY)

    assert str(error.value).startswith(sentence)


def test_a_folder_without_a_manifest_is_walked(tmp_path: Path) -> None:
    corpus = folder(
        tmp_path / "corpus",
        B__PDF=report(),
        readme__md="no product",
        n__docx=b"",
        s__pptm=b"",
        t__mhtml=page(),
    )
    folder(corpus / "Año 2021", _hidden__html=page(), informe__html=page())
    (corpus / "Año 2021" / "_hidden.html").rename(corpus / "Año 2021" / ".hidden.html")

    found = products(corpus, VOCABULARY)

    assert [(item.document.id, item.document.file, item.document.reason) for item in found] == [
        ("ano-2021-informe", "Año 2021/informe.html", ""),
        ("b", "B.PDF", ""),
        ("n", "n.docx", "unsupported: the file is neither a PDF nor a web page."),
        ("s", "s.pptm", "unsupported: the file is neither a PDF nor a web page."),
        ("t", "t.mhtml", ""),
    ]


def test_a_folder_that_may_not_be_read_is_not_taken_for_empty() -> None:
    # Of pytest's own folders others may read nothing.
    with TemporaryDirectory(dir="/tmp") as place:
        corpus = folder(Path(place), a__html=page())
        (corpus / "inner").mkdir(mode=0)
        (corpus / "lost+found").mkdir(mode=0)
        corpus.chmod(0o755)
        with _unprivileged(), pytest.raises(PermissionError):
            products(corpus, VOCABULARY)
        (corpus / "inner").rmdir()
        with _unprivileged():
            assert len(products(corpus, VOCABULARY)) == 1


def test_a_link_to_itself_is_told(tmp_path: Path) -> None:
    corpus = folder(tmp_path / "corpus", a__html=page())
    (corpus / "loop.pdf").symlink_to("loop.pdf")

    reasons = [product.document.reason for product in products(corpus, VOCABULARY)]

    assert reasons == ["", "missing: there is no file “loop.pdf”."]


def test_ids_of_files_stay_apart(tmp_path: Path) -> None:
    corpus = folder(tmp_path / "corpus", a__pdf=report(), a__html=page(), A_a__pdf=report())
    (corpus / "+.pdf").write_bytes(report())

    ids = [product.document.id for product in products(corpus, VOCABULARY)]

    assert len(set(ids)) == 4
    assert {"a", "a-a"} < set(ids)


def test_a_folder_with_nothing_to_read_is_told(tmp_path: Path) -> None:
    corpus = folder(tmp_path / "corpus", readme__md="no product")

    with pytest.raises(CatalogueError, match=r"neither a manifest.csv nor any PDF or web page"):
        products(corpus, VOCABULARY)


def test_the_vocabulary_of_the_corpus_comes_before_the_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()

    own = vocabulary_of(folder(tmp_path / "corpus"))
    assert (own.clusters, own.types) == (VOCABULARY.clusters, VOCABULARY.types)
    assert own.glossary == vocabulary_of(BUNDLED).glossary
    bare, bundled = vocabulary_of(tmp_path / "bare"), vocabulary_of(BUNDLED)
    assert (bare.clusters, bare.types) == (bundled.clusters, bundled.types)
    assert bare.glossary == bundled.glossary
    assert bare.thesaurus == bundled.thesaurus == own.thesaurus
    # What must be found is a matter of the corpus.
    assert bundled.expected
    assert bare.expected == ()

"""A tiny collection that can be known by heart, in a real engine, behind a real application.

    d1  Composting in Kisumu    training-report  2021-04-30  waste           Kenya         en
    d2  Landfill closure        highlights       2020        waste           Nepal, Kenya  en
    d3  Online markets          training-report  2021-04     e-commerce      Nepal         en
    d4  Gestion des déchets     spotlight        2022-05-06  waste, covid-19 Senegal       fr
    d5  إدارة النفايات          news             (none)      waste           Egypt         ar
    d6  Notes                   (none)           2019        (none)          (none)        (none)

Page 3 of d1 has an image, page 2 could not be drawn.
“compost” stands in d1 (pages 1 and 3); “landfill” in d1 and d2; “city” in d1, d2, d3 and d6.
"""

from pathlib import Path

from flask.testing import FlaskClient

from engine import vocabulary
from engine.documents import IMAGES, Coverage, Document, Passage, Unread
from engine.embedded.engine import EmbeddedEngine
from engine.protocol import Engine
from indexer.frames import Drawing
from indexer.images import png
from search_service import create_app

VOCABULARY = vocabulary.parse(
    """
[clusters.waste]
labels = {en = "Waste", fr = "Déchets"}
[clusters.e-commerce]
labels = {en = "E-commerce"}
[clusters.covid-19]
labels = {en = "COVID-19"}
[types.training-report]
labels = {en = "Training report"}
[types.highlights]
labels = {en = "Highlights"}
[types.spotlight]
labels = {en = "Spotlight"}
[types.news]
labels = {en = "News"}
"""
)

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
IMAGE = png(Drawing(800, 1131, bytes(800 * 1131)))
Products = tuple[tuple[Document, tuple[Passage, ...]], ...]


def products(corpus: Path) -> Products:
    """Return the collection, its files in a corpus folder."""
    where = str(corpus)
    return (
        (
            Document(
                id="d1",
                file="reports/compost.pdf",
                title="Composting in Kisumu",
                type="training-report",
                clusters=("waste",),
                countries=("Kenya",),
                cities=("Kisumu",),
                partners=("UNIDO",),
                date="2021-04-30",
                language="en",
                url="https://example.org/compost",
                summary="How one city turned market waste into compost.",
                coverage=Coverage(4, (Unread(2, "empty-text"),), (4,)),
                metadata={
                    "demonstration": "yes",
                    "note": "Figures were revised.",
                    IMAGES: str(corpus / "images"),
                },
                guessed=("date",),
                corpus=where,
                fingerprint="1",
            ),
            (
                Passage(1, "The city began to compost with two markets.", "Background"),
                Passage(
                    3, "Compost stayed wet. The landfill was far.", "What we learned", "lessons"
                ),
                Passage(4, "Ask the traders first.", "Next steps", "recommendations"),
            ),
        ),
        (
            Document(
                id="d2",
                file="reports/landfill.html",
                title="Landfill closure",
                type="highlights",
                clusters=("waste",),
                countries=("Nepal", "Kenya"),
                date="2020",
                language="en",
                url="javascript:alert(1)",
                coverage=Coverage(1),
                corpus=where,
                fingerprint="2",
            ),
            (Passage(1, "The city closed its landfill in a year."),),
        ),
        (
            Document(
                id="d3",
                file="reports/gone.pdf",
                title="Online markets",
                type="training-report",
                clusters=("e-commerce",),
                countries=("Nepal",),
                date="2021-04",
                language="en",
                coverage=Coverage(2),
                corpus=where,
                fingerprint="3",
            ),
            (Passage(1, "A city market goes online."), Passage(2, "Payments by telephone.")),
        ),
        (
            Document(
                id="d4",
                file="",
                title="Gestion des déchets",
                type="spotlight",
                clusters=("waste", "covid-19"),
                countries=("Senegal",),
                date="2022-05-06",
                language="fr",
                coverage=Coverage(1),
                corpus=where,
                fingerprint="4",
            ),
            (Passage(1, "La ville trie ses déchets au marché."),),
        ),
        (
            Document(
                id="d5",
                file="reports/waste.txt",
                title="إدارة النفايات",
                type="news",
                clusters=("waste",),
                countries=("Egypt",),
                language="ar",
                coverage=Coverage(1),
                corpus=where,
                fingerprint="5",
            ),
            (Passage(1, "المدينة تجمع النفايات كل يوم."),),
        ),
        (
            Document(
                id="d6",
                file="notes.pdf",
                title="Notes",
                date="2019",
                coverage=Coverage(1),
                reason="The file could not be opened.",
                corpus=where,
                fingerprint="6",
            ),
            (Passage(1, "Notes about a city."),),
        ),
    )


def draw(corpus: Path) -> None:
    """Put the images of pages into a corpus folder."""
    (corpus / "images").mkdir()
    (corpus / "images" / "2.png").write_bytes(b"")
    (corpus / "images" / "3.png").write_bytes(IMAGE)


def indexed(collection: Products) -> EmbeddedEngine:
    """Return an engine in memory that holds a collection."""
    engine = EmbeddedEngine.in_memory()
    with engine.write(VOCABULARY, fresh=True) as batch:
        for document, passages in collection:
            batch.put(document, passages)
    return engine


def client_of(engine: Engine, base_url: str = "") -> FlaskClient:
    """Return a client of an application over an engine, errors answered as in earnest."""
    app = create_app(engine, base_url)
    app.config["TESTING"] = True
    return app.test_client()

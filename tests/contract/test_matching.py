"""What matches: words, phrases, exclusions, alternatives, and what is done when nothing has all."""

import pytest

from engine.documents import Passage
from engine.protocol import Engine
from tests.contract.corpora import ask, counts, document, fill, ids, in_section


def test_all_words_must_stand_in_one_same_passage(engine: Engine) -> None:
    together = document("together", "", "Sorting of waste at home.")
    apart = document("apart", "", "Sorting at home.", "Waste is burnt.")
    fill(engine, [together, apart])
    assert ids(ask(engine, "waste sorting")) == ["together"]


def test_a_heading_belongs_to_its_passage(engine: Engine) -> None:
    under = document("under", "", Passage(1, "Sorting at home.", heading="Waste"))
    beside = document("beside", "", "Sorting.", Passage(2, "Burning.", heading="Waste"))
    fill(engine, [under, beside])
    assert ids(ask(engine, "waste sorting")) == ["under"]


def test_the_title_counts_for_each_passage(engine: Engine) -> None:
    fill(engine, [document("yes", "Lima", "Sorting."), document("no", "Lima", "Burning.")])
    assert ids(ask(engine, "lima sorting")) == ["yes"]


def test_the_summary_counts_for_each_passage(engine: Engine) -> None:
    yes = document("yes", "One", "Sorting.", summary="In Lima.")
    no = document("no", "Two", "Burning.", summary="In Lima.")
    fill(engine, [yes, no])
    assert ids(ask(engine, "lima sorting")) == ["yes"]


def test_words_may_be_spread_over_title_and_summary(engine: Engine) -> None:
    fill(engine, [document("a", "Sorting", summary="Waste in Lima.")])
    assert ids(ask(engine, "lima sorting waste")) == ["a"]


def test_a_document_without_passages_is_found_by_its_title(engine: Engine) -> None:
    fill(engine, [document("a", "Waste"), document("b", "Tourism", "Nothing of it.")])
    assert ids(ask(engine, "waste")) == ["a"]


def test_a_word_is_found_in_its_other_forms(engine: Engine) -> None:
    fill(engine, [document("a", "", "Cities recycle."), document("b", "", "A village.")])
    assert ids(ask(engine, "CITY recycling")) == ["a"]


def test_a_country_is_not_found_by_what_a_stemmer_leaves_of_its_name(engine: Engine) -> None:
    en = document("en", "", "You can sort waste in the south of the island.")
    es = document("es", "", "Los malos caminos de Canadá", language="es")
    fr = document("fr", "", "Le sud de l’Islande", language="fr")
    fill(engine, [en, es, fr])
    found = {name: ids(ask(engine, name)) for name in ("Canada", "CANADÁ", "Islande")}
    assert found == {"Canada": ["es"], "CANADÁ": ["es"], "Islande": ["fr"]}
    assert [ask(engine, name).total for name in ("Mali", "Sudan")] == [0, 0]


def test_a_word_is_not_found_by_a_common_word_that_another_stemmer_makes_of_it(
    engine: Engine,
) -> None:
    common = document("common", "", "They are for the others, and not with them.")
    es = document("es", "", "Un área protegida, y notas", language="es")
    de = document("de", "", "Der Forst", language="de")
    fr = document("fr", "", "Les thèmes du forum", language="fr")
    fill(engine, [common, es, de, fr])
    asked = ("areas", "note", "forest", "theme", "their")
    assert {word: ids(ask(engine, word)) for word in asked} == {
        "areas": ["es"],
        "note": ["es"],
        "forest": [],
        "theme": ["fr"],
        "their": [],
    }
    assert ids(ask(engine, "are them")) == ["common"]


def test_accents_and_case_make_no_difference(engine: Engine) -> None:
    fill(engine, [document("a", "", "La gestión en SÃO PAULO", language="es")])
    assert ids(ask(engine, "GESTION sao paulo")) == ["a"]


@pytest.mark.parametrize(
    ("language", "said", "asked"),
    [
        ("es", "Los residuos de las ciudades", "residuo ciudad"),
        ("fr", "Les déchets des communautés", "dechet communauté"),
        ("ru", "Переработка городских отходов", "отходы городской"),
        ("ar", "إدارة النفايات في المدن", "النفايات المدن"),
        ("zh", "城市垃圾分类试点", "垃圾分类"),
        ("zh", "城市垃圾分类试点", "市"),
        ("", "Running waters", "running"),
    ],
)
def test_a_word_is_looked_for_in_the_way_of_every_language(
    engine: Engine, language: str, said: str, asked: str
) -> None:
    english = [document(str(number), "Report", "On cities.") for number in range(3)]
    fill(engine, [document("a", "", said, language=language), *english])
    result = ask(engine, asked)
    assert (result.matched, ids(result)) == ("all", ["a"])


def test_a_passage_may_be_in_another_language_than_its_document(engine: Engine) -> None:
    fill(engine, [document("a", "Report", Passage(1, "Las ciudades", language="es"))])
    assert ids(ask(engine, "ciudad")) == ["a"]


def test_a_phrase_stands_word_by_word_in_one_field(engine: Engine) -> None:
    exact = document("exact", "", "The waste sorting plant.")
    turned = document("turned", "", "Sorting waste.")
    apart = document("apart", "", "Waste, then sorting.")
    across = document("across", "", Passage(1, "Sorting at home.", heading="Waste"))
    fill(engine, [exact, turned, apart, across])
    assert ids(ask(engine, '"waste sorting"')) == ["exact"]


def test_a_phrase_in_the_title_counts_for_each_passage(engine: Engine) -> None:
    fill(engine, [document("a", "Waste sorting", "In Lima."), document("b", "Lima", "Waste")])
    assert ids(ask(engine, '"waste sorting" lima')) == ["a"]


def test_a_phrase_does_not_run_from_one_passage_into_the_next(engine: Engine) -> None:
    fill(engine, [document("a", "", "At last waste", "sorting begins")])
    assert ask(engine, '"waste sorting"').total == 0


def test_a_phrase_of_han_is_found_in_a_longer_run(engine: Engine) -> None:
    fill(engine, [document("a", "", "城市垃圾分类试点", language="zh")])
    assert ids(ask(engine, '"垃圾分类"')) == ["a"]
    assert ask(engine, '"分类垃圾"').total == 0


def test_a_word_with_a_hyphen_asks_for_both_its_words(engine: Engine) -> None:
    fill(engine, [document("a", "", "Electronic (e) commerce"), document("b", "", "Commerce")])
    assert ids(ask(engine, "e-commerce")) == ["a"]


def test_a_prefix_finds_every_word_that_begins_so(engine: Engine) -> None:
    fill(
        engine,
        [document("a", "", "Recycling"), document("b", "", "Recycle"), document("c", "", "Cycle")],
    )
    assert sorted(ids(ask(engine, "recy*"))) == ["a", "b"]


def test_either_of_two_alternatives_is_enough(engine: Engine) -> None:
    fill(
        engine,
        [
            document("a", "", "Waste in Lima"),
            document("b", "", "Waste in Quito"),
            document("c", "", "Waste in Cusco"),
        ],
    )
    assert sorted(ids(ask(engine, "waste lima OR quito"))) == ["a", "b"]


def test_an_excluded_word_keeps_a_document_out_wherever_it_stands(engine: Engine) -> None:
    fill(
        engine,
        [
            document("in", "", "Waste."),
            document("by passage", "", "Waste.", "In Lima."),
            document("by heading", "", "Waste.", Passage(2, "Far away.", heading="Lima")),
            document("by title", "Lima", "Waste."),
            document("by summary", "", "Waste.", summary="In Lima."),
        ],
    )
    assert ids(ask(engine, "waste -lima")) == ["in"]
    assert ids(ask(engine, "waste plastic -lima")) == ["in"]


def test_an_excluded_phrase_keeps_out_only_the_phrase(engine: Engine) -> None:
    fill(engine, [document("a", "", "Solid waste"), document("b", "", "Waste is solid")])
    assert ids(ask(engine, 'waste -"solid waste"')) == ["b"]


def test_exclusions_alone_leave_all_other_documents(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste"), document("b"), document("c", "", "Tourism")])
    result = ask(engine, "-waste", match="any")
    assert (result.matched, ids(result)) == ("all", ["b", "c"])


@pytest.mark.parametrize("text", ["", "   ", "?!", '""', "*", "-"])
@pytest.mark.parametrize("match", ["auto", "all", "any"])
def test_a_text_without_a_word_finds_every_document(engine: Engine, text: str, match: str) -> None:
    fill(engine, [document("a"), document("b", "", "Waste")])
    result = ask(engine, text, match=match)
    assert (result.matched, ids(result)) == ("all", ["a", "b"])


def test_where_no_document_has_all_words_those_with_any_are_the_answer(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste"), document("b", "", "Plastic"), document("c")])
    result = ask(engine, "waste plastic")
    assert (result.matched, sorted(ids(result))) == ("any", ["a", "b"])


def test_where_one_document_has_all_words_those_with_some_are_no_answer(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste"), document("b", "", "Plastic waste")])
    result = ask(engine, "waste plastic")
    assert (result.matched, ids(result)) == ("all", ["b"])


def test_all_words_can_be_insisted_on(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste"), document("b", "", "Plastic")])
    result = ask(engine, "waste plastic", match="all")
    assert (result.matched, ids(result)) == ("all", [])


def test_any_word_can_be_asked_for(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste"), document("b", "", "Plastic waste")])
    result = ask(engine, "waste plastic", match="any")
    assert (result.matched, ids(result)) == ("any", ["b", "a"])


def test_all_or_any_is_decided_before_filters(engine: Engine) -> None:
    fill(
        engine,
        [
            document("a", "", "Waste", clusters=("drr",)),
            document("b", "", "Plastic waste", clusters=("waste",)),
        ],
    )
    result = ask(engine, "waste plastic", filters={"cluster": ("drr",)})
    assert (result.matched, ids(result)) == ("all", [])
    assert counts(result, "cluster") == {"waste": 1, "drr": 0}


def test_all_or_any_is_decided_before_the_section_filter(engine: Engine) -> None:
    passages = (in_section("results", "Waste"), in_section("lessons", "Plastic waste"))
    fill(engine, [document("a", "", *passages)])
    result = ask(engine, "waste plastic", filters={"section": ("results",)})
    assert (result.matched, result.total) == ("all", 0)


def test_all_or_any_is_decided_after_exclusions(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste"), document("b", "", "Plastic waste in Lima")])
    result = ask(engine, "waste plastic -lima")
    assert (result.matched, ids(result)) == ("any", ["a"])


def test_a_text_that_is_too_long_is_answered_by_its_beginning(engine: Engine) -> None:
    fill(engine, [document("a", "", "Waste")])
    result = ask(engine, "waste " * 200)
    assert (result.cut, ids(result)) == (True, ["a"])

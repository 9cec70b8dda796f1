"""Headings name the kind of part that they open."""

import pytest

from indexer.sections import ends_section, section_of


@pytest.mark.parametrize(
    ("heading", "section"),
    [
        ("Lessons learned", "lessons"),
        ("4.2 Lessons Learned and the way ahead", "lessons"),
        ("Enseignements tirés", "lessons"),
        ("经验教训", "lessons"),
        ("الدروس المستفادة", "lessons"),
        ("Key challenges", "challenges"),
        ("Retos", "challenges"),
        ("Рекомендации", "recommendations"),
        ("Way forward", "recommendations"),
        ("Buenas prácticas", "practice"),
        ("Results", "results"),
        ("What worked", "practice"),
        ("Success factors", "practice"),
        ("Casos de éxito y mejores prácticas", "practice"),
        ("良好做法", "practice"),
        ("The way forward", "recommendations"),
        ("VIII. Lessons learned, conclusions and recommendations", "lessons"),
        ("Leçons et enseignements", "lessons"),
        ("Lecciones aprendidas", "lessons"),
        ("Lições aprendidas", "lessons"),
        ("دروس مستفادة", "lessons"),
        ("Извлечённые уроки", "lessons"),
        ("Извлеченные уроки", "lessons"),
        ("三、面临的挑战", "challenges"),
        ("面臨的挑戰", "challenges"),
        ("政策建议", "recommendations"),
        ("建議", "recommendations"),
        ("主要成果", "results"),
        ("Key findings", "results"),
        ("Recomendações", "recommendations"),
        ("Lección 3", "lessons"),
        ("Leçon n° 2 : payer les charretiers", "lessons"),
        ("Lesson IV. Pay by weight", "lessons"),
        ("Défi 2", "challenges"),
        ("RECOMENDACIÓN 3:", "recommendations"),
        ("2.4 Good practices of other towns in the sorting of waste at home", "practice"),
        ("4. Recomendaciones en torno al pago de los carreteros de la ciudad vieja",
         "recommendations"),
        ("III. Achievements of the joint programme of the towns in the years 2021–2022", "results"),
        ("B. Special report: Key lessons from pilots of towns that sort their waste", "lessons"),
        ("Impact of the project", "results"),
        ("A lesson in the school of the town", "other"),
        ("Impact of floods on the town", "other"),
        ("Impacto de las lluvias en la ciudad", "other"),
        ("Introduction", "other"),
        ("Results and resources framework", "other"),
        ("Impact assessment", "other"),
        ("Enseignement secondaire", "other"),
        ("Matriz de Indicadores para Resultados", "other"),
        ("Ageing status of recommendations", "other"),
        ("Achieving progress in the face of many historic challenges", "other"),
        ("Resulting costs", "other"),
        ("", "other"),
        ("How the results of the first year were seen by the people who had asked for the pilot"
         " in their own street", "other"),
    ],
)  # fmt: skip
def test_a_heading_opens_its_section(heading: str, section: str) -> None:
    assert section_of(heading) == section


@pytest.mark.parametrize(
    "heading",
    ["Annex", "ANNEX 2. Agenda", "Appendix: Survey results", "VI. References", "Anexos",
     "Glossaire", "Приложение 1", "المراجع", "附录一", "参考文献", "Acknowledgements"],
)  # fmt: skip
def test_what_comes_after_the_last_section_ends_it(heading: str) -> None:
    assert ends_section(heading)


@pytest.mark.parametrize("heading", ["Annexation", "Reference values", "Conclusions", ""])
def test_other_headings_end_no_section(heading: str) -> None:
    assert not ends_section(heading)

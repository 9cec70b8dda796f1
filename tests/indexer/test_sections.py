"""Headings name the kind of part that they open."""

import pytest

from indexer.sections import section_of


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

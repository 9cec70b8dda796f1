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
        ("Introduction", "other"),
        ("Resulting costs", "other"),
        ("", "other"),
        ("How the results of the first year were seen by the people who had asked for the pilot"
         " in their own street", "other"),
    ],
)  # fmt: skip
def test_a_heading_opens_its_section(heading: str, section: str) -> None:
    assert section_of(heading) == section

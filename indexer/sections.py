"""From a heading to the kind of part it opens. Knows a few plain phrases in six languages."""

import re

from engine.documents import Section

PHRASES: dict[Section, tuple[str, ...]] = {
    "lessons": (
        "lessons", "lesson learned", "leçons", "enseignements", "lecciones", "enseñanzas",
        "الدروس", "经验教训", "經驗教訓", "уроки", "извлеченные уроки",
    ),
    "challenges": (
        "challenges", "challenge", "obstacles", "barriers", "défis", "difficultés", "desafíos",
        "retos", "obstáculos", "التحديات", "挑战", "挑戰", "困难", "вызовы", "проблемы",
        "трудности",
    ),
    "recommendations": (
        "recommendations", "recommendation", "way forward", "next steps", "recommandations",
        "recomendaciones", "التوصيات", "建议", "建議", "рекомендации",
    ),
    "practice": (
        "good practice", "good practices", "best practice", "best practices", "case study",
        "case studies", "bonnes pratiques", "étude de cas", "études de cas", "buenas prácticas",
        "estudio de caso", "estudios de caso", "الممارسات", "良好做法", "最佳实践", "案例",
        "передовая практика", "передовой опыт", "практика",
    ),
    "results": (
        "results", "outcomes", "achievements", "impact", "key findings", "résultats",
        "réalisations", "resultados", "logros", "النتائج", "成果", "结果", "結果", "результаты",
        "достижения",
    ),
}  # fmt: skip
LONGEST = 80
"""Characters of a heading that names a section; a longer one is a sentence about something."""

_SPACELESS = re.compile("[\u0600-\u06ff\u3400-\u9fff]")


def section_of(heading: str) -> Section:
    """Return the section that a heading opens, `other` where it names none."""
    if len(heading) <= LONGEST:
        for section, pattern in _PATTERNS.items():
            if pattern.search(heading.casefold()):
                return section
    return "other"


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of whole words; Chinese has none, and Arabic joins its prefixes."""
    parts = [
        re.escape(phrase) if _SPACELESS.search(phrase) else rf"\b{re.escape(phrase)}\b"
        for phrase in phrases
    ]
    return re.compile("|".join(parts))


_PATTERNS = {section: _pattern(phrases) for section, phrases in PHRASES.items()}

"""From a heading to the kind of part it opens, in the six UN languages and Portuguese.

The table has phrases, not words: an impact assessment or a results framework reports no results.
"""

import re

from engine.documents import Section
from indexer.numbering import numbered

PHRASES: dict[Section, tuple[str, ...]] = {
    "lessons": (
        "lessons", "lesson learned", "lesson learnt", "what we learned", "what we learnt",
        "what we have learned", "what went wrong", "what did not work", "takeaways",
        "key messages",
        "leçons", "leçon apprise", "enseignements", "enseignements tirés", "retours d'expérience",
        "retour d'expérience", "ce que nous avons appris",
        "lecciones", "lección aprendida", "enseñanzas", "aprendizajes", "lo que aprendimos",
        "lições", "lição aprendida", "aprendizados", "ensinamentos", "o que aprendemos",
        "الدروس", "دروس مستفادة", "دروس مستخلصة", "العبر",
        "经验教训", "經驗教訓", "教训", "教訓", "经验总结", "經驗總結", "启示", "啟示",
        "уроки", "извлечённые уроки", "усвоенные уроки", "накопленный опыт",
    ),
    "challenges": (
        "challenges", "challenge", "obstacles", "barriers", "constraints", "difficulties",
        "bottlenecks", "problems encountered", "limitations",
        "défis", "difficultés", "contraintes", "obstacles rencontrés",
        "desafíos", "retos", "obstáculos", "dificultades", "problemáticas",
        "desafios", "dificuldades", "entraves",
        "التحديات", "تحديات", "العقبات", "المعوقات", "الصعوبات",
        "挑战", "挑戰", "困难", "困難", "障碍", "障礙", "存在的问题",
        "вызовы", "проблемы", "трудности", "препятствия", "сложности",
    ),
    "recommendations": (
        "recommendations", "recommendation", "way forward", "ways forward", "next steps",
        "the road ahead", "the way ahead", "call to action", "proposed actions",
        "recommandations", "recommandation", "voie à suivre", "prochaines étapes",
        "perspectives d'avenir", "marche à suivre",
        "recomendaciones", "recomendación", "próximos pasos", "camino a seguir",
        "el camino por recorrer",
        "recomendações", "recomendação", "próximos passos", "caminho a seguir",
        "التوصيات", "توصيات", "التوصية", "الخطوات التالية", "الخطوات المقبلة", "سبل المضي قدما",
        "الطريق إلى الأمام",
        "建议", "建議", "下一步", "未来方向", "今后的方向", "前进的道路", "展望",
        "рекомендации", "рекомендация", "дальнейшие шаги", "следующие шаги", "дальнейшие действия",
        "путь вперёд",
    ),
    "practice": (
        "good practice", "good practices", "best practice", "best practices",
        "promising practices", "innovative practices", "practices that work", "case study",
        "case studies", "success story", "success stories", "success factors", "what worked",
        "what works", "what worked well", "what went well", "examples of action",
        "bonne pratique", "bonnes pratiques", "pratiques exemplaires", "meilleures pratiques",
        "étude de cas", "études de cas", "facteurs de succès", "facteurs de réussite",
        "ce qui a fonctionné", "ce qui a marché",
        "buena práctica", "buenas prácticas", "mejores prácticas", "estudio de caso",
        "estudios de caso", "casos de éxito", "factores de éxito", "lo que funcionó",
        "boa prática", "boas práticas", "melhores práticas", "estudo de caso", "estudos de caso",
        "casos de sucesso", "fatores de sucesso", "o que funcionou",
        "الممارسات", "ممارسات جيدة", "ممارسات فضلى", "دراسة حالة", "دراسات حالة", "قصص النجاح",
        "قصة نجاح", "عوامل النجاح",
        "良好做法", "最佳做法", "最佳实践", "最佳實踐", "优秀实践", "良好实践", "案例", "成功因素",
        "成功经验", "成功經驗",
        "передовая практика", "передовой опыт", "лучшие практики", "лучшая практика",
        "надлежащая практика", "успешные практики", "истории успеха", "факторы успеха",
        "что сработало", "тематическое исследование",
    ),
    "results": (
        "results", "outcomes", "achievements", "accomplishments", "impact", "impacts",
        "key findings", "main findings", "findings",
        "résultats", "réalisations", "acquis", "constatations", "principales conclusions",
        "resultados", "logros", "hallazgos", "impacto", "impactos",
        "conquistas", "realizações", "principais conclusões", "constatações",
        "النتائج", "نتائج", "الإنجازات", "إنجازات", "الأثر",
        "成果", "结果", "結果", "成效", "成就", "主要发现", "主要發現",
        "результаты", "достижения", "итоги", "основные выводы",
    ),
}  # fmt: skip
NOT: tuple[str, ...] = (
    r"results?[- ](?:and resources )?(?:framework|matri\w+|based|chain|area|management)\w*",
    r"(?:results|outcomes) and resources framework",
    r"(?:audit|evaluation|test|survey|election) results statement",
    r"impact (?:assessment|evaluation|investing|statement)s?",
    r"(?:social|environmental|health|poverty) impact (?:assessment|analysis)",
    r"(?:audit|evaluation) recommendations?|(?:status|implementation|follow-up) (?:of|to|on) \w*"
    r" ?(?:\w+ )?recommendations?",
    r"grand challenge|challenge (?:fund|grant|prize|award)s?",
    r"(?:study|survey) limitations|limitations of (?:the|this) (?:study|report|survey)",
    r"budget constraints|constraints? analysis",
    r"(?:évaluation|étude) (?:de l'|d')impact|cadre de résultats",
    r"(?:evaluación|estudio|manifestación) de(?:l)? impacto\w*|marco de resultados",
    r"(?:avaliação|estudo) de impacto\w*|(?:quadro|matriz) de resultados",
    r"matriz de indicadores para resultados|gesti[óo]n (?:por|para) resultados",
    r"enseignements? (?:primaire|secondaire|supérieur|fondamental|technique|scolaire)\w*",
    r"impacts? (?:of|on) (?!(?:the |our |this )?(?:project|programme|program|pilot|training)\b)",
    r"impactos? (?:de|del|d[ao]s?|en|em|sobre) (?!(?:la |el |los )?(?:proye|proje|progr|pilot))",
    r"impacts? (?:du|de|des|sur) (?!(?:la |le |les )?(?:proje|progr|pilot))",
    r"оценк\w+ воздействия|影响评估|影響評估|成果框架|تقييم الأثر|إطار النتائج",
)
"""What looks like a phrase of the table and names something else."""
LONGEST = 80
"""Characters of a heading that names a section; a longer one is a sentence about something."""
SEVERAL = 8
"""Words of a heading in which a phrase may stand anywhere; in a longer one it has to come first."""

COUNTED: dict[Section, tuple[str, ...]] = {
    "lessons": ("lesson", "leçon", "enseignement", "lección", "lição", "урок", "الدرس", "درس"),
    "challenges": ("défi", "desafío", "reto", "desafio", "obstacle", "вызов", "проблема", "التحدي"),
}
"""Words that name a section only with a number after them: in others a city lays down a challenge,
and a school gives a lesson."""
ENDS = (
    r"annex(?:es)?|appendi(?:x|ces)|references|bibliograph\w+|glossary|acknowledge?ments?|endnotes"
    r"|about (?:the authors?|us|this (?:report|publication))|list of \w+|works cited"
    r"|appendices|références|bibliographie|glossaire|remerciements"
    r"|anexos?|apéndices?|referencias(?: bibliográficas)?|bibliografía|glosario|agradecimientos"
    r"|apêndices?|referências(?: bibliográficas)?|bibliografia|glossário"
    r"|приложени[ея]|список литературы|литература|библиография|глоссарий|благодарности"
    r"|(?:ال)?(?:مرفق|ملحق|مراجع|ملاحق|مرفقات)|شكر وتقدير"
    r"|附件|附录|附錄|参考文献|參考文獻|致谢|致謝"
)
"""What comes after the last section of a report, and is none of it."""

_SPACELESS = re.compile("[\u0600-\u06ff\u3400-\u9fff]")
_ANCHORED = re.compile(r"(?:.*: )?\W*(?:\w+ )?")


def section_of(heading: str) -> Section:
    """Return the section that a heading opens, `other` where it names none.

    Of several, the first in the order of the table: lessons before all else.
    """
    plain = _plain(numbered(heading).rest)
    if len(plain) > LONGEST:
        return "other"
    if found := _COUNTED.match(plain):
        return next(section for section, words in COUNTED.items() if found[1] in words)
    plain = _NOT.sub(" ", plain)
    beginning = len(plain) if len(plain.split()) <= SEVERAL else _ANCHORED.match(plain).end()  # type: ignore[union-attr]
    for section, pattern in _PATTERNS.items():
        found = pattern.search(plain)
        if found and found.start() <= beginning:
            return section
    return "other"


def ends_section(heading: str) -> bool:
    """Tell a heading of what comes after all sections: an annex, the references."""
    return bool(_ENDS.match(_plain(heading)) or _ENDS.match(_plain(numbered(heading).rest)))


def is_section(heading: str) -> bool:
    """Tell a text that is nothing but the name of a section."""
    plain = _plain(heading).strip(" .:：-–")
    return any(pattern.fullmatch(plain) for pattern in _PATTERNS.values())


def _plain(heading: str) -> str:
    return heading.casefold().replace("ё", "е").replace("’", "'")


def _pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern of whole words; Chinese has none, and Arabic joins its prefixes."""
    parts = [
        re.escape(phrase) if _SPACELESS.search(phrase) else rf"\b{re.escape(phrase)}\b"
        for phrase in sorted(map(_plain, phrases), key=len, reverse=True)
    ]
    return re.compile("|".join(parts))


_PATTERNS = {section: _pattern(phrases) for section, phrases in PHRASES.items()}
_COUNTED = re.compile(
    rf"\W*({'|'.join(word for words in COUNTED.values() for word in words)})"
    r"\s+(?:n[°ºo.]{1,2}\s*)?(?:\d|[ivx]+\b)"
)
_ENDS = re.compile(rf"\W*(?:{ENDS})(?:\b|(?<=[\u3400-\u9fff]))")
_NOT = re.compile(rf"\b(?:{'|'.join(NOT)})")

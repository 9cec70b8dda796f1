"""Tells lines that lead away from the main text: to other pages, to a newsletter, to the rights."""

import re

LONGEST = 80
"""Characters of such a line."""

_OPENINGS = (
    r"read (?:more|also|next)|see also|also read|related (?:\w+)?|more (?:on|from|about) th|"
    r"you may also|recommended|share this|rate this|like this|sign up|all rights reserved",
    r"à lire|lire aussi|lire la suite|voir aussi|sur le même|partager|tous droits réservés",
    r"le[ae] también|l[ée]e más|te puede interesar|ver también|más (?:sobre|noticias)|compart[ei]|"
    r"todos los derechos",
    r"leia (?:também|mais)|veja também|saiba mais|todos os direitos",
    r"читайте|по теме|смотрите также|поделиться|все права",
    r"اقرأ|إقرأ|مواضيع ذات|جميع الحقوق|شارك",
    r"相关(?:阅读|新闻|报道)|延伸阅读|推荐阅读|分享|版权|责任编辑",
    r"mehr zum thema|auch interessant|lesen sie|lies auch|weitere (?:infos|informationen|artikel)|"
    r"das könnte|teilen|bewerten|gefällt mir|alle rechte",
    r"(?:copyright|©|\(c\))\s",
)
_TEASER = re.compile(rf"\W*(?:{'|'.join(_OPENINGS)})", re.IGNORECASE)


def is_teaser(text: str) -> bool:
    """Tell a short line that begins as such lines do in the languages that pages come in."""
    return len(text) <= LONGEST and _TEASER.match(text) is not None

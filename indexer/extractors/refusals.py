"""Tells the page with which a server answers that it does not give a file."""

import re
from collections.abc import Iterable

LONGEST = 2_000
"""Characters of such a page."""

_SAYS = (
    r"(?:(?:page|file|document|object|resource) )?(?:was |could |can )?not (?:be )?found",
    r"bad request|unauthori[sz]ed|forbidden|access (?:to this page )?(?:is |was |has been )?denied",
    r"permission denied|method not allowed|too many requests|request (?:rejected|blocked)",
    r"(?:internal )?server error|bad gateway|service (?:temporarily )?unavailable|gateway timeout",
    r"gateway time-out",
    r"just a moment|attention required|one moment,? please|checking your browser|security check",
    r"verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|moved permanently|object moved",
    r"page (?:introuvable|non trouvée)|accès (?:refusé|interdit)|erreur interne",
    r"página no (?:encontrada|existe)|no encontrad[oa]|acceso (?:denegado|prohibido)",
    r"página não encontrada|acesso negado|seite nicht gefunden|zugriff verweigert",
    r"страница не найдена|доступ (?:запрещ[её]н|закрыт)|ошибка сервера",
    r"الصفحة غير موجودة|لم يتم العثور على الصفحة|غير مصرح|تم رفض الوصول",
    r"(?:页面|網頁|网页|頁面)(?:不存在|未找到)|找不到(?:页面|网页|頁面|網頁)|拒绝访问|拒絕存取|禁止访问",
)
_CODE = r"(?:40[0-9]|410|418|429|50[0-4]|52[0-7])"
_REFUSAL = re.compile(
    r"\W*(?:(?:http|status|error|erreur|ошибка|خطأ|错误|code)[\s:/-]*)*"
    rf"(?:{_CODE}\W*(?:$|[-–—|:]|error|gone|{'|'.join(_SAYS)})|(?:{'|'.join(_SAYS)})\W*(?:$|[|!…]|\s-\s))",
    re.IGNORECASE,
)


def is_refusal(called: Iterable[str], texts: Iterable[str]) -> bool:
    """Tell such a page by its title or a heading, unless it has more than little text."""
    return sum(map(len, texts)) <= LONGEST and any(_REFUSAL.match(one) for one in called)

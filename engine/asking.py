"""How people ask in words: what a question says beside the thing that it asks for.

Only a text that asks has words to spare: one that begins as a question or a polite request does,
or that has a question mark. “pilots in the Andes” keeps all its words.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from engine.analysis import Token, analyzer, fold


def _folded(words: str) -> frozenset[str]:
    return frozenset(map(fold, words.split()))


@dataclass(frozen=True, slots=True)
class Manner:
    """How one language asks: words that begin a question or request, and with them all words that
    say nothing of the thing asked for. All are folded."""

    opening: frozenset[str]
    spare: frozenset[str]


def _manner(opening: str, others: str) -> Manner:
    first = _folded(opening)
    return Manner(first, first | _folded(others))


MANNERS: Mapping[str, Manner] = {
    "en": _manner(
        """what what's which who whom whose where when why how please could would is are was
        were does did has""",
        """do done be been being am can will should may might must shall
        have had having i me my you your we us our want wanted like need know find give tell
        show look there any many much long often about if whether the a an of in on at to for from
        by with and or as it its that this these those they them their he him his she her than then
        so not no but into out up over after before between during one some more most other such
        only own same too very just also get got""",
    ),
    "es": _manner(
        "qué cuál cuáles quién quiénes dónde adónde cuándo cuánto cuánta cuántos cuántas cómo",
        """por favor es son fue fueron era eran ser hay había está están estaba ha han haya puede
        pueden puedo podría quiero quisiera saber me dime el la los las lo le les un una unos unas
        de del en a al y o u con para se su sus si no más pero entre sobre desde hasta sin ya muy
        que como cuando donde quien""",
    ),
    "fr": _manner(
        "quel quelle quels quelles qui quoi où quand comment combien pourquoi",
        """que qu est ce c sont était étaient être a ont ai avait peut peuvent puis pourrait vous
        pouvez pourriez je voudrais savoir dire moi il elle ils elles y s plaît te le la
        les l un une des de du d en au aux et ou dans sur pour par avec se son sa ses leur leurs ne
        n pas plus t nous cet cette ces selon si fait font faut""",
    ),
    "pt": _manner(
        "quê qual quais quem onde quando quanto quanta quantos quantas como",
        """que por favor é são foi foram era eram ser há está estão pode podem posso queria gostaria
        saber me o a os as um uma uns umas de do da dos das em no na nos nas ao aos à às e ou com
        para se seu sua seus suas não mais mas entre sobre desde até sem já muito""",
    ),
    "ru": _manner(
        """что какой какая какое какие каких каким каком какую какими кто кого кому кем где куда
        откуда когда почему зачем как сколько скажите подскажите покажите чем чему""",
        """ли пожалуйста есть был была было были быть мне можно хочу узнать и в во на с со по к ко у
        о об от до из за для при не но а же бы то это этот эта эти его её их он она оно они мы вы я
        так под над через между""",
    ),
    "ar": _manner(
        "ما ماذا هل من أين متى لماذا كيف كم أي أية",
        """هي هو هم فضلك التي الذي الذين في على إلى عن مع أو و ثم هذا هذه ذلك تلك لا لم لن أن إن كان
        كانت قد بين ضد""",
    ),
}
"""By language, those first that win where two know as many words of a text."""

_MANNERS = tuple(MANNERS.values())
_OPENING = frozenset(word for manner in _MANNERS for word in manner.opening)
_MARKS = ("?", "؟", "？")
_HAN = re.compile(
    "请问|請問|是什么|是什麼|有什么|有什麼|为什么|為什麼|什么|什麼|哪些|哪里|哪裡|哪个|哪個|如何|怎么样|怎样|怎樣|怎么"
    "|怎麼|多少|是否|有没有|有沒有|[吗嗎呢]$"
)
"""Chinese has no words to tell apart: what asks is cut out of the text."""


def spare_words(text: str) -> frozenset[str]:
    """Return the folded words that a text can spare: those of the language that knows most of its
    words. There are none where it does not ask."""
    is_marked = text.rstrip().endswith(_MARKS) or text.lstrip().startswith("¿")
    if not is_marked and fold(text.partition(" ")[0]) not in _OPENING:
        return frozenset()
    tokens = list(analyzer("").tokens(text))
    acronyms = {token.term for token in tokens if _is_acronym(text, token)}
    words = [token.term for token in tokens if token.term not in acronyms]
    known = [sum(word in manner.spare for word in words) for manner in _MANNERS]
    manner = _MANNERS[known.index(max(known))]
    if not is_marked and not manner.opening.intersection(words[:1]):
        return frozenset()
    return manner.spare - acronyms


def without_asking(text: str) -> str:
    """Return a Chinese text without the phrases that ask; the text itself where nothing is left,
    and in any other language."""
    if text.isascii():
        return text
    left = _HAN.sub(" ", text)
    return left if left.strip() else text


def _is_acronym(text: str, token: Token) -> bool:
    """Tell whether a token is written as one: WHO is no question word, but in a text that is all
    in capitals."""
    written = text[token.start : token.end]
    return len(written) > 1 and written.isupper() and not text.isupper()

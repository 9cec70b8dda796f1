"""Common words that a stemmer of another language makes of a longer word: “areas” is “are” after
the Spanish algorithm, “their” is “the”, “forest” is “for” after the German one.

A query is stemmed in all languages of the index, so it would find these words wherever they stand.
"""

from collections.abc import Mapping

COMMON: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "en": (
            "about above after again against ai all along also am among an and another any "
            "are around as at ate back be been before being below between big both but by "
            "can car cent con could day did do does done down during each either end era "
            "even ever every few fin find first font for from get give go good great had "
            "has have hay he help her here high him his how if in into is it its just know "
            "last let little long low make many may might more most much must near need "
            "never new next no nor not now of off old on one only onto or other our out "
            "over own part per plan pour put run same say see set shall she short should "
            "show sin small so some son such take tan than that the them then there these "
            "they this those through time to ton too top two under up us use very was way "
            "we well were what when where which while who why will with work would year yet "
            "you"
        ),
        "fr": (
            "ai ainsi an ans apres au aussi autre aux avant avec bas bien but car cas ce "
            "cela cent ces cet chez ci comme contre dans de des deux dit dont du elle en "
            "entre est et eux fait fin fois font hors il inde je jour la le les leur lieu "
            "long lui ma mais mal me mes mis moins mon ne ni nom non nord nos notre nous on "
            "onde ont ou par part pas peu plan plus pour pres quand que quel qui quoi sa "
            "sans se sept ses set si six soit sol son sont sous sud sur ta te tel ton top "
            "tous tout tres trop tu un une use va vers vos vous vu"
        ),
        "es": (
            "al algo ante antes aqui asi aun bajo bien cada casi como con cual cuando dar "
            "de del desde dia donde dos el ella en entre era es esa ese eso esta este esto "
            "fin fue gran ha hace hacia han hasta hay la las le les lo los mal mas me menos "
            "mes mi mientras mis muy nada ni no nos o otra otro par para parte pero plan "
            "poco por porque que quien se segun ser si sido sin sobre sol solo son su sur "
            "sus tal tan te tres tu un una uno ve vez y ya"
        ),
        "pt": (
            "ainda alem ao aos apos as assim ate bem cada com como da das de depois desde "
            "dia do dois dos e ela ele em entre era esse esta este foi fora ha isso ja la "
            "lhe mais mal mas me mes meu muito na nao nas nem no nos o onde os ou par para "
            "parte pela pelo plan por porque pouco qual quando que quem se sem ser seu seus "
            "si sido so sob sobre sol sua sul ta tal tao tem ter todo tres tu tudo um uma "
            "vez"
        ),
        "de": ("an das du es in last mal plan set sin so tal ton top um was will"),
        "nl": ("al an de dit en in is last na of over plan set so te ton top"),
        "tr": ("al an at bas da de en il is ne o on plan set son su ton top un ve ya"),
        "it": (
            "al con da del e fin ha il in la le ma mal per plan se set si sol su sul sur un una uno"
        ),
        "id": ("plan set ton top"),
    }.items()
}
"""Folded, by the language whose words they are: of the first four for all, of the others those that
are in the first as well."""


PROTECTED = ("en", "fr", "es", "pt")
"""The languages whose common words no other stem may be."""


def strange_to(language: str) -> frozenset[str]:
    """Return the common words of other languages that are none of this one."""
    others = (COMMON[of] for of in PROTECTED if of != language)
    return frozenset().union(*others) - COMMON.get(language, frozenset())

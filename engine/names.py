"""Names that no stemmer may shorten: those of countries and cities, in Latin letters and one word.

Names have no forms to bring together, and what Snowball's algorithms leave of them is often another
word: of Canada the Spanish one leaves “can”, of Quito “quit”, the French one of Islande “island”. A
query is stemmed in all languages of the index, so these would be found for a country or a city.

Countries that end in s are not here, as Maldives and Maldive belong together; nor are those whose
names are adjectives as well: Suisse and suisses, Argentina and argentinas.
"""

from pathlib import Path

NAMES = frozenset((Path(__file__).parent / "names.txt").read_text("ascii").split())
"""Folded names, in English, French, Spanish and Portuguese."""

"""Writes where cities lie to the engine's own table, from the table of places beside this.

Both programs need it: one names cities in texts, the other draws them. To be run again whenever
places.tsv was made anew: `python -m indexer.tables.make_coordinates`.
"""

import csv
from collections.abc import Iterator

from engine.coordinates import TABLE
from indexer import gazetteer


def lines() -> Iterator[str]:
    """Yield a line for each city: name, country, degrees north and east, most people first; of
    cities with one name in one country only the largest."""
    with gazetteer.TABLE.open(encoding="utf-8", newline="") as stream:
        cities = [row for row in csv.DictReader(stream, delimiter="\t") if row["latitude"]]
    cities.sort(key=lambda row: -int(row["population"] or 0))
    largest = {(row["name"], row["country"]): row for row in reversed(cities)}
    for row in largest.values():
        row["kept"] = "yes"
    for row in cities:
        if "kept" in row:
            yield f"{row['name']}\t{row['country']}\t{row['latitude']}\t{row['longitude']}\n"


if __name__ == "__main__":
    TABLE.write_text("".join(lines()), encoding="utf-8")

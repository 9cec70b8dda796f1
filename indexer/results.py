"""What the last checks found of the expected answers, a small file beside the store, so that the
next one can tell what got worse from one generation to the next."""

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path

from engine.expected import Places
from indexer.errors import StoreError


@dataclass(frozen=True, slots=True)
class Checked:
    """Where the documents stood in a generation, and in the one that was checked before it."""

    generation: str = ""
    places: dict[str, int] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)


def note(store: Path, address: str, generation: str, places: Places) -> Places:
    """Keep where documents stand in a generation of the index at an address, and return where
    they stood in the last other generation that was checked. Raises StoreError."""
    path = store.with_suffix(".checked.json")
    try:
        kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
        last = Checked(**kept.get(address, {}))
        before = last.before if last.generation == generation else last.places
        kept[address] = asdict(Checked(generation, dict(places), before))
        path.parent.mkdir(parents=True, exist_ok=True)
        written = path.with_name(f"{path.name}.new")
        written.write_text(json.dumps(kept, ensure_ascii=False, indent=1), "utf-8")
        written.replace(path)
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise StoreError(f"{path}, with the last checks, cannot be used: {error}.") from error
    return before

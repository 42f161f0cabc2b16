"""Print how the license values that real cards declare are read.

Run by hand: `python benchmarks/declared_values.py DIR`, where DIR holds one directory for each
release with its `README.md`. A value counts once for each release that declares it.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from openaudit.data import Knowledge, knowledge
from openaudit.evidence.card import parse_card
from openaudit.licenses.names import resolve
from openaudit.sources import local

FIELDS = ("license", "license_name", "license_link")
OUTCOMES = ("id", "expression", "candidates", "unknown")


def declared(directory: Path) -> Iterator[tuple[str, str]]:
    """Yield field and value, each once for the release."""
    path = directory / "README.md"
    if path.is_file():
        card = parse_card(local.read(path).documents[0])
        yield from dict.fromkeys((f, v) for f in FIELDS for v in card.strings(f))


def outcome(value: str, known: Knowledge) -> str:
    """Return what is known of the license that `value` names."""
    named = resolve(value, known.licenses, known.tags)
    if named.id is not None:
        return "id"
    if named.expression is not None:
        return "expression"
    return "candidates" if named.candidates else "unknown"


def why_unknown(value: str) -> str:
    """Return why a value is no license that is known."""
    if value.strip().lower() in {"other", "unknown", "custom", "none"}:
        return "says nothing"
    if value.startswith(("http://", "https://")):
        return "no known license at this address"
    if "/" in value or value.upper().startswith("LICENSE"):
        return "a file of the release; its text is read"
    return "no license known by this name"


def main() -> None:
    """Print the table, then every value that stays unknown or open."""
    parser = argparse.ArgumentParser(description="How declared license values are read.")
    parser.add_argument("directory", type=Path)
    directory: Path = parser.parse_args().directory
    known = knowledge()
    counts: Counter[tuple[str, str]] = Counter()
    values: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    releases = [d for d in sorted(directory.iterdir()) if d.is_dir()]
    for release in releases:
        for field, value in declared(release):
            result = outcome(value, known)
            counts[field, result] += 1
            values[field, result][value] += 1
    print(f"{len(releases)} releases")
    print(f"{'':14}" + "".join(f"{o:>12}" for o in OUTCOMES))
    for field in FIELDS:
        print(f"{field:14}" + "".join(f"{counts[field, o]:12}" for o in OUTCOMES))
    for result in ("unknown", "candidates", "expression"):
        for field in FIELDS:
            for value, number in sorted(values[field, result].items()):
                why = f"  ({why_unknown(value)})" if result == "unknown" else ""
                print(f"{result} {field}: {value!r} x{number}{why}")


if __name__ == "__main__":
    main()

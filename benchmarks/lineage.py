"""Which real cards lose terms of the models they were made from, as a table to judge by hand.

    PYTHONPATH=. python benchmarks/lineage.py CARDS_DIR GROUNDTRUTH.json [--all]

CARDS_DIR holds a directory `org__name` with a README.md for each release; GROUNDTRUTH is a list of
`{child, base, base_license}` whose child drops terms of its base. A loopback hub serves the cards,
and a stand-in for each base without a card: a tag of the license that GROUNDTRUTH or the catalog
knows it under. A copy in another place (a `-bnb-4bit` of the same name) points to its original.
Each row is child, license, origin, license of the origin, clauses lost and path; after them stand
the children of GROUNDTRUTH that no conflict was found for. `--all` prints the
others too.
"""

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path

import yaml

from openaudit.api import audit_release
from openaudit.data import Knowledge, knowledge
from openaudit.model.reference import model_id
from openaudit.model.report import Report
from openaudit.sources.obtain import Route, obtain
from openaudit.sources.parents import parents
from tests.hub import LoopbackHub

FRONT_MATTER = re.compile(r"\A\ufeff?---\s*\n(.*?)\n---", re.DOTALL)
COPY = re.compile(r"-(?:unsloth-)?bnb-4bit\Z", re.IGNORECASE)


def front_matter(text: str) -> dict[str, object]:
    """Return the front matter as a mapping, empty where there is none."""
    found = FRONT_MATTER.match(text)
    try:
        parsed = yaml.safe_load(found[1]) if found else None
    except yaml.YAMLError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def several(value: object) -> list[str]:
    """Return the strings a field names."""
    values = value if isinstance(value, list) else [value]
    return [v.strip() for v in values if isinstance(v, str)]


def licenses_of_bases(
    truth: list[dict[str, str]], known: Knowledge
) -> dict[str, dict[str, object]]:
    """Return the front matter that stands for each base."""
    tags = set(known.tags) | {t for p in known.licenses.values() for t in p.tags}
    found: dict[str, dict[str, object]] = {}
    for record in known.records:
        fields = {k: v for k, v in record.metadata.items() if k.startswith("license") and v}
        found |= {name.casefold(): fields for name in (record.reference, *record.aliases) if fields}
    for row in truth:
        name = row["base_license"]
        said = {"license": name} if name in tags else {"license": "other", "license_name": name}
        found[row["base"].casefold()] = dict(said)
    return found


def serve(
    hub: LoopbackHub, cards: Path, bases: set[str], licenses: Mapping[str, dict[str, object]]
) -> list[str]:
    """Serve the cards and the stand-ins, and return the ids of the cards."""
    children: dict[str, list[str]] = {}
    for card in sorted(cards.glob("*__*/README.md")):
        files = {p.name: p.read_bytes() for p in card.parent.iterdir() if p.is_file()}
        name = card.parent.name.replace("__", "/", 1)
        fields = front_matter(card.read_text("utf-8", "replace"))
        hub.add(name, {**files, "model.safetensors": b""})
        children[name] = several(fields.get("base_model"))
    own = {n.casefold() for n in children}
    originals = {n.partition("/")[2]: n for n in licenses if "/" in n}
    for base in sorted(bases.union(*children.values())):
        if base.casefold() not in own:
            stand_in(hub, base, licenses, originals)
    return [name for name in children if model_id(name)]


def stand_in(
    hub: LoopbackHub,
    base: str,
    licenses: Mapping[str, dict[str, object]],
    originals: Mapping[str, str],
) -> None:
    """Serve a base that has no card; nothing, where nobody knows its license."""
    name = base.partition("/")[2].casefold()
    original = originals.get(COPY.sub("", name))
    if original is not None and original != base.casefold():
        fields: dict[str, object] = {**licenses[original], "base_model": original}
        if original not in {n for _, n in hub._state.repositories}:  # noqa: SLF001  # our own hub
            written(hub, original, licenses[original])
    elif base.casefold() in licenses:
        fields = licenses[base.casefold()]
    else:
        return
    written(hub, base, fields)


def written(hub: LoopbackHub, name: str, fields: Mapping[str, object]) -> None:
    """Serve a release with this front matter alone."""
    hub.add(
        name, {"README.md": f"---\n{yaml.safe_dump(dict(fields))}---\n", "model.safetensors": b""}
    )


def rows(report: Report) -> list[str]:
    """Return a line for each origin and release that let go."""
    together: dict[tuple[str, ...], list[str]] = {}
    licenses = {n.id: n.license.concluded.id for n in report.chain.nodes if n.license}
    for c in report.chain.conflicts:
        origin = f"{c.inherited_from} [{licenses.get(c.inherited_from)}]"
        key = (report.release.id, c.declared or "none", origin, c.dropped_by, " < ".join(c.path))
        together.setdefault(key, []).append(c.clause.id)
    return [f"{' | '.join(k)} | {' '.join(dict.fromkeys(v))}" for k, v in together.items()]


def main() -> int:
    """Audit every card that names a base, and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cards", type=Path)
    parser.add_argument("truth", type=Path)
    parser.add_argument("--all", action="store_true")
    asked = parser.parse_args()
    truth = json.loads(asked.truth.read_text("utf-8"))
    known = knowledge()
    expected = {row["child"] for row in truth}
    lost: set[str] = set()
    based = 0
    with LoopbackHub() as hub:
        bases = {row["base"] for row in truth}
        names = serve(hub, asked.cards, bases, licenses_of_bases(truth, known))
        route = Route(offline=False, hub=hub.url, say=lambda _: None, warn=lambda _: None)
        ask = parents(known.records, route)
        for name in names:
            report = audit_release(obtain(name, known.records, route)[0], known, ask)
            if not report.chain.bases:
                continue
            based += 1
            found = rows(report)
            lost |= {name} if found else set()
            print("\n".join(found), end="\n" if found else "")
            if asked.all and not found:
                own = report.licenses[0].concluded
                behind = [
                    f"{n.id} [{n.license.concluded.id if n.license else n.state.value}]"
                    for n in report.chain.nodes
                ]
                asks = " ".join(dict.fromkeys(c.id for c in report.chain.asked))
                more = f" | asked: {asks}" if asks else ""
                print(f"{name} | {own.id} | no conflict | {', '.join(behind)}{more}")
    served = {n for n in expected if n in names}
    print(f"\n{len(names)} cards, {based} name a base, {len(lost)} lose terms of it")
    print(f"{len(served & lost)} of {len(served)} children of the ground truth that have a card")
    print("not found:", ", ".join(sorted(served - lost)) or "none")
    return int(bool(served - lost))


if __name__ == "__main__":
    sys.exit(main())

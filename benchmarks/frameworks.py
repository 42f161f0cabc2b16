"""How far the verdicts of frameworks agree with what people recorded, cell by cell.

    PYTHONPATH=. python benchmarks/frameworks.py GROUNDTRUTH_DIR [--differences]

GROUNDTRUTH_DIR holds `mot.jsonl`, `osai_index.jsonl`, `epoch.jsonl` and `osi_validation.jsonl`:

- the Model Openness Tool: the class of a row from its components, which must be the recorded one;
- the European index, from what its rows tell: license names, whether a link or a gate is noted;
- Epoch, for rows with open weights whose note names one license that is known here: which use;
- the last two, and the validation of the Open Source AI Definition, from our recorded releases.

`decided` are cells for which the facts suffice, `fits` those left open among whose remaining
values the recorded one is. Kappa is Cohen's, over decided cells. A row tells less than a release:
of a link nothing says whether it leads to all or to a part, so such cells stay open. Behind the bar
stand all cells of the index, by whether there is anything at all: closed or not.
"""

import argparse
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from openaudit.api import audit_release
from openaudit.data import Knowledge, frameworks, knowledge
from openaudit.evidence.ledger import fact
from openaudit.licenses.names import resolve
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.reference import Reference, Scheme
from openaudit.model.release import Metadata, Origin, Plain, Release
from openaudit.model.verdict import Verdict
from openaudit.openness.verdicts import judged, verdict
from openaudit.sources.obtain import Route, obtain
from tests.openness.groundtruth import Row, class_number, component_outcomes, rows

OSAI = frameworks()["osai-index"]
EPOCH = frameworks()["epoch-accessibility"]
OSAID = frameworks()["osaid-1-0"]
VALIDATED = {
    "pass": "meets",
    "would pass with changed licence": "fails on license only",
    "fail": "fails",
}
LEVELS = tuple(OSAI["points"])
GATED = re.compile(
    r"\bgated?\b|\bsign(?:ing|ed)?\b|\brequest|\bapproval|\bform\b|\bcontact info|\blogin\b",
    re.IGNORECASE,
)
NOT_RELEASED = re.compile(r"not released|unlicensed|^none$", re.IGNORECASE)
WORD = re.compile(r"https?://[^\s)\]]+|[\w.+-]+")
LONGEST_NAME = 7


@dataclass
class Cell:
    """The values one cell has by our rules and by the record."""

    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)
    fits: int = 0
    misfits: int = 0
    who: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    any: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, possible: tuple[str, ...], recorded: str, name: str) -> None:
        """Count one row; several `possible` values mean that it was left open."""
        ours = "none" if possible == LEVELS[-1:] else "some"
        self.any[ours, "none" if recorded == LEVELS[-1] else "some"] += 1
        if len(possible) == 1:
            self.pairs[possible[0], recorded] += 1
            self.who.setdefault((possible[0], recorded), []).append(name)
        elif recorded in possible:
            self.fits += 1
        else:
            self.misfits += 1
            self.who.setdefault((" or ".join(possible), recorded), []).append(name)

    def line(self, name: str) -> str:
        """Return the row of a table."""
        whole = "".join(f"{x:>7}" for x in (shared(self.pairs), told(kappa(self.pairs))))
        some = "".join(f"{x:>7}" for x in (shared(self.any), told(kappa(self.any))))
        return f"{name:24}{self.pairs.total():9}{whole}{self.fits:6}{self.misfits:8} |{some}"


def shared(pairs: Counter[tuple[str, str]]) -> str:
    """Return the share of pairs that agree."""
    agree = sum(n for (ours, theirs), n in pairs.items() if ours == theirs)
    return f"{agree / pairs.total():.2f}" if pairs else "-"


def told(value: float | None) -> str:
    """Return a number with two digits, a dash where there is none."""
    return "-" if value is None else f"{value:.2f}"


def kappa(pairs: Counter[tuple[str, str]]) -> float | None:
    """Return Cohen's kappa; None where chance alone would agree always."""
    total = pairs.total()
    ours, theirs = Counter[str](), Counter[str]()
    for (a, b), n in pairs.items():
        ours[a] += n
        theirs[b] += n
    if not total:
        return None
    by_chance = sum(ours[v] * theirs[v] for v in ours) / total**2
    agreed = sum(n for (a, b), n in pairs.items() if a == b) / total
    return None if by_chance == 1 else (agreed - by_chance) / (1 - by_chance)


def usage_facts(license_: str, known: Knowledge) -> dict[str, Fact]:
    """Return what the audit says of a release whose only known trait is this license name."""
    release = Release(
        reference=Reference(Scheme.HUGGINGFACE, "row/row"),
        hub="a row",
        id="row/row",
        revision=None,
        origin=Origin.HUB,
        retrieved_at=None,
        metadata=Metadata(gate=None, files=("model.safetensors",), card={"license": license_}),
    )
    found = audit_release(release, known).facts
    return {f.id: f for f in found if f.id.startswith("usage.") and f.answer is not Answer.UNKNOWN}


def osai_facts(row: Row, known: Knowledge) -> dict[str, Fact]:
    """Return what a row of the European index tells; a cell without a link has nothing to show."""
    cells: Mapping[str, Row] = row["dims"]
    links = {k: [x for x in c["link"] if x] for k, c in cells.items()}
    parts = row["component_licences"] or {}
    weights = parts.get("Weights") or next(iter(row["licences"]), "")
    values: dict[str, Plain] = {
        "weights.files": True if links["weights_endmodel"] else None,
        "access.gated": "manual" if gated(cells["weights_endmodel"]) else "open",
        "data.pretrain.released": None if links["datasources_basemodel"] else "none",
        "data.posttrain.released": None if links["datasources_endmodel"] else "none",
        "code.training": None if links["trainingcode"] else "none",
        "code.finetuning": None if links["trainingcode"] else "none",
        "code.documented": None if links["code"] else "none",
        "doc.architecture": None if links["hardware_architecture"] else "none",
        "doc.preprint": any("arxiv" in x for x in links["preprint"])
        or (None if links["preprint"] else False),
        "doc.peer_reviewed": None if links["paper"] else "none",
        "doc.card": None if links["modelcard"] else "none",
        "data.datasheet": None if links["datasheet"] else "none",
        "code.osd": open_license(parts.get("Code"), known, ("osi",)),
        "data.open": open_license(parts.get("Data"), known, ("osi", "open_content")),
    }
    told = {k: fact(k, v, Method.PARSED) for k, v in values.items() if v is not None}
    return {**usage_facts(weights, known), **told}


def gated(cell: Row) -> bool:
    """Say whether the raters noted a gate."""
    return bool(GATED.search(cell["notes"] or ""))


def open_license(said: str | None, known: Knowledge, classes: tuple[str, ...]) -> bool | None:
    """Return whether a component is under an open license, None where the row does not tell."""
    if said is None:
        return None
    if NOT_RELEASED.search(said):
        return False
    profile = known.licenses.get(resolve(said, known.licenses, known.tags).id or "")
    return None if profile is None else profile.category in classes


def licenses_in(note: str, known: Knowledge) -> set[str]:
    """Return the ids of the licenses a note names, the longest name at each place."""
    words = list(WORD.finditer(note))
    found: set[str] = set()
    at = 0
    while at < len(words):
        for size in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            name = note[words[at].start() : words[at + size - 1].end()].rstrip(".")
            named = resolve(name, known.licenses, known.tags)
            if named.id is not None and len(name) > 2:  # noqa: PLR2004  # `gpl` and up
                found.add(named.id)
                at += size - 1
                break
        at += 1
    return found


def recorded(known: Knowledge) -> Iterator[tuple[str, tuple[Verdict, ...]]]:
    """Yield each of our recorded releases, under every name, with its verdicts."""
    path = Route(offline=True, hub=None, say=print, warn=print)
    for record in known.records:
        for release in obtain(record.reference, known.records, path):
            verdicts = audit_release(release, known).frameworks
            for name in {release.id, record.reference, *record.aliases}:
                yield name.casefold(), verdicts


def levels(found: Verdict) -> dict[str, tuple[str, ...]]:
    """Return the levels that remain of each parameter; open ones keep all that may be."""
    return {
        r.id: (r.level,) if r.level else LEVELS[1:] if r.met == "no" else LEVELS
        for r in found.requirements
    }


def add_osai(table: dict[str, Cell], row: Row, found: Verdict, only: str = "") -> None:
    """Count the cells of one row of the European index, or those whose name ends in `only`."""
    for name, possible in levels(found).items():
        if name.endswith(only) and (cell := row["dims"].get(name)) and cell["class"] in LEVELS:
            table.setdefault(name, Cell()).add(possible, cell["class"], row["model"])


def add_epoch(table: dict[str, Cell], row: Row, found: Verdict) -> None:
    """Count the label of one row of Epoch; what is not open there is one label here."""
    told = row["dims"]["Model accessibility"]
    if told is not None:
        label = told if told.startswith("Open") else EPOCH["tiers"][0]["label"]
        possible = (found.label,) if found.label else found.possible
        table.setdefault("Model accessibility", Cell()).add(possible, label, row["model"])


def show(title: str, table: dict[str, Cell], *, differences: bool) -> None:
    """Print a table and, if wanted, who differs and how."""
    print(f"\n{title}")
    head = f"{'':24}{'decided':>9}{'share':>7}{'kappa':>7}{'fits':>6}{'misfit':>8}"
    print(f"{head} |{'share':>7}{'kappa':>7}")
    for name, cell in table.items():
        print(cell.line(name))
    whole = Cell(fits=sum(c.fits for c in table.values()))
    whole.misfits = sum(c.misfits for c in table.values())
    for cell in table.values():
        whole.pairs.update(cell.pairs)
        whole.any.update(cell.any)
    print(whole.line("all cells"))
    kinds = {
        (n, *pair): who
        for n, cell in table.items()
        for pair, who in cell.who.items()
        if pair[0] != pair[1]
    }
    for (name, ours, theirs), who in sorted(kinds.items(), key=lambda k: -len(k[1])):
        names = f": {', '.join(who)}" if differences else ""
        print(f"  {len(who):3} {name}: ours {ours}, recorded {theirs}{names}")


def mot_table(mot: list[Row]) -> None:
    """Print how many rows of the Model Openness Tool get their class, and which do not."""
    mof = frameworks()["mof-1-0"]
    wrong = [
        f"{row['model']} ({row['class']}, ours {got})"
        for row in mot
        if (got := class_number(judged(mof, component_outcomes(row)).label)) != row["class"]
    ]
    print(f"Model Openness Tool: {len(mot) - len(wrong)} of {len(mot)} rows get their class")
    print("".join(f"  {w}\n" for w in wrong), end="")


def osai_rows(osai: list[Row], known: Knowledge) -> dict[str, Cell]:
    """Return the cells of the European index by what its rows tell."""
    table: dict[str, Cell] = {}
    for row in osai:
        add_osai(table, row, verdict(OSAI, osai_facts(row, known)))
    return table


def epoch_rows(epoch: list[Row], known: Knowledge) -> dict[str, Cell]:
    """Return the labels of rows that say open weights and name one license."""
    table: dict[str, Cell] = {}
    for row in epoch:
        names = licenses_in(row["accessibility_notes"] or "", known)
        if (row["class"] or "").startswith("Open") and len(names) == 1:
            told = {"weights.files": fact("weights.files", value=True, method=Method.PARSED)}
            add_epoch(table, row, verdict(EPOCH, usage_facts(names.pop(), known) | told))
    return table


def of_records(
    osai: list[Row], epoch: list[Row], osi: list[Row], known: Knowledge
) -> dict[str, dict[str, Cell]]:
    """Return a table for each framework, of the releases that are recorded here."""
    ours = dict(recorded(known))
    tables: dict[str, dict[str, Cell]] = {i: {} for i in (OSAI["id"], EPOCH["id"], OSAID["id"])}

    def found(name: str | None, framework: str) -> list[Verdict]:
        return [v for v in ours.get((name or "").casefold(), ()) if v.framework == framework]

    for row in osai:
        for verdict_ in found(row["hf_repo_id"], OSAI["id"]):
            add_osai(tables[OSAI["id"]], row, verdict_)
        for base in row["hf_base_repo_ids"]:
            for verdict_ in found(base, OSAI["id"]):
                add_osai(tables[OSAI["id"]], row, verdict_, only="_basemodel")
    for row in epoch:
        for verdict_ in found(row["hf_repo_id"] or row["model"].replace(" ", "-"), EPOCH["id"]):
            add_epoch(tables[EPOCH["id"]], row, verdict_)
    for row in osi:
        for verdict_ in found(row["hf_repo_id"], OSAID["id"]):
            possible = (verdict_.label,) if verdict_.label else verdict_.possible
            cell = tables[OSAID["id"]].setdefault("definition", Cell())
            cell.add(possible, VALIDATED[row["class"]], row["model"])
    return tables


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description="How far framework verdicts agree with records.")
    parser.add_argument("directory", type=Path)
    parser.add_argument("--differences", action="store_true", help="name the rows that differ")
    arguments = parser.parse_args()
    directory: Path = arguments.directory
    known = knowledge().with_frameworks({f["id"]: f for f in (OSAI, EPOCH, OSAID)})
    osai, epoch, osi = (
        rows(directory / f"{n}.jsonl") for n in ("osai_index", "epoch", "osi_validation")
    )
    mot_table(rows(directory / "mot.jsonl"))
    ours = of_records(osai, epoch, osi, known)
    for title, table in (
        (f"European index, from its {len(osai)} rows", osai_rows(osai, known)),
        ("Epoch, open weights with one license named", epoch_rows(epoch, known)),
        *((f"{i}, from our records", table) for i, table in ours.items()),
    ):
        show(title, table, differences=arguments.differences)


if __name__ == "__main__":
    main()

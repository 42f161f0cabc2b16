"""What openaudit says of releases that the field's tools get wrong, next to what those said.

    PYTHONPATH=. python benchmarks/probes.py PROBES.yaml

PROBES is a list of `{id, use: {commercial, distill}, terms}`, or `{local, card, ...}` for a release
that is made up as a directory. The user is a company in the EU with ten million monthly active
users. Everything is answered from the catalog, no network is asked. A row says `right` where both
answers are those of PROBES and every term stands among the deciding clauses, with its number.
Below stand what the tools were seen to say in 2026-11: right, vague, WRONG (and unsafe), alarm (a
wrong one), or nothing.
"""

import argparse
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import yaml

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.errors import ReleaseNotFound
from openaudit.model.clause import Clause
from openaudit.model.reference import parse
from openaudit.model.report import Report
from openaudit.sources import catalog, local
from openaudit.usage.profile import inline

USER = "commercial,mau=10M,region=EU,distill"
TOOLS = ("weight-audit", "lading", "hf-preflight", "readystack", "LCC", "OWASP")
SAID = {
    "Llama-2-7b-hf": ("vague", "WRONG", "vague", "vague", "right", "vague"),
    "Llama-3.1-8B-Instruct": ("vague", "right", "vague", "right", "vague", "vague"),
    "gemma-2-9b-it": ("vague", "right", "vague", "right", "vague", "vague"),
    "Kimi-K2-Instruct": ("nothing", "WRONG", "vague", "nothing", "nothing", "WRONG"),
    "DeepSeek-R1": ("right", "right", "right", "nothing", "right", "right"),
    "DeepSeek-V2": ("right", "WRONG", "vague", "nothing", "nothing", "nothing"),
    "falcon-180B": ("WRONG", "WRONG", "vague", "nothing", "nothing", "nothing"),
    "Qwen2.5-72B-Instruct": ("vague", "WRONG", "vague", "right", "nothing", "WRONG"),
    "FLUX.1-dev": ("right", "right", "vague", "right", "nothing", "nothing"),
    "cc-by-nc-4.0": ("vague", "vague", "vague", "nothing", "vague", "vague"),
    "apache-2.0": ("WRONG", "WRONG", "WRONG", "nothing", "WRONG", "WRONG"),
    "Qwen3-8B": ("alarm", "right", "right", "right", "right", "right"),
    "Mistral-Large-Instruct-2407": ("WRONG", "WRONG", "vague", "right", "nothing", "nothing"),
}
LEAST = 999  # a smaller number counts items of a list
NUMBER = re.compile(r"\d{4,}")


def audited(probe: dict[str, Any]) -> Report | None:
    """Return the audit of one probe; None: the catalog does not have it."""
    known = knowledge()
    use = inline(USER, known.uses)
    if "id" in probe:
        try:
            release = catalog.read(parse(probe["id"]), known.records)
        except ReleaseNotFound:
            return None
        return audit_release(release, known, use=use)
    front_matter = probe["card"].replace(", ", "\n").replace("license ", "license: ")
    front_matter = front_matter.replace("base_model ", "base_model: ")
    with tempfile.TemporaryDirectory() as directory:
        Path(directory, "README.md").write_text(f"---\n{front_matter}\n---\n# Made up\n", "utf-8")
        return audit_release(local.read(Path(directory)), known, use=use)


def stands(term: str, report: Report) -> bool:
    """Say whether a term of a probe stands among the deciding clauses, or among the conflicts."""
    words = [w for w in term.split() if w not in ("inherited", "branding", "a", "month")]
    if words == ["conflict"]:
        return bool(report.chain.conflicts)
    deciding = [c for a in report.questions for c in a.clauses if c.id == words[0]]
    wanted = NUMBER.search(term)
    return any(
        (not wanted or int(wanted[0]) in c.params.values())
        and ("inherited" not in term or bool(c.via))
        and ("branding" not in term or c.params.get("effect") == "branding")
        for c in deciding
    )


def short(clause: Clause) -> str:
    """Return a clause with its number, as a probe notes it."""
    number = next((v for v in clause.params.values() if isinstance(v, int) and v > LEAST), "")
    return f"{'inherited ' if clause.via else ''}{clause.id} {number}".strip()


def row(probe: dict[str, Any]) -> tuple[str, str, str, str]:
    """Return name, both answers, whether they are right, and the deciding clauses."""
    name = probe.get("id", probe.get("card", "")).replace("license ", "")
    report = audited(probe)
    if report is None:
        return name, "not in the catalog", "MISSING", ""
    said = {a.question.value: a.answer.value for a in report.questions}
    lacking = [t for t in probe["terms"] if not stands(t, report)]
    right = said == probe["use"] and not lacking
    verdict = "right" if right else f"WRONG: {probe['use']} {lacking}"
    terms = dict.fromkeys(short(c) for a in report.questions for c in a.clauses)
    return name, f"{said['commercial']} / {said['distill']}", verdict, ", ".join(terms)


def main() -> int:
    """Print both tables; the exit code is 1 where a row is not right."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("probes", type=Path)
    probes = yaml.safe_load(parser.parse_args().probes.read_text("utf-8"))
    rows = [row(p) for p in probes]
    sys.stdout.write("commercial / distill, then the deciding clauses\n")
    for name, answers, verdict, terms in rows:
        sys.stdout.write(f"{name[:52]:52}  {answers:16}  {verdict}\n{'':54}{terms}\n")
    right = sum(r[2] == "right" for r in rows)
    sys.stdout.write(f"\n{right} of {len(rows)} right\n\n")
    sys.stdout.write(f"{'what the tools said':30}{''.join(f'{t:14}' for t in TOOLS)}openaudit\n")
    for name, _, verdict, _ in rows:
        key = name.partition(",")[0].rpartition("/")[2]
        told = "".join(f"{s:14}" for s in SAID[key])
        sys.stdout.write(f"{key:30}{told}{verdict.partition(':')[0]}\n")
    return 0 if right == len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())

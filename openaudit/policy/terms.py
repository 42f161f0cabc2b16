"""The terms of a report as entries: clauses, licenses, what was let go of, what is behind it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from openaudit.model.clause import Clause, Confidence
from openaudit.model.license import ArtifactLicense, Match
from openaudit.model.lineage import DATASET
from openaudit.model.report import Report
from openaudit.policy.comparison import Value
from openaudit.policy.entry import Case, Entry, Found, World


def clauses(case: Case, ids: frozenset[str]) -> Found:
    """Return the clauses that bind; `ids` are those asked for by name."""
    return Found(tuple(map(_clause, case.report.clauses)), _more_terms(case, ids))


def _clause(clause: Clause) -> Entry:
    world: dict[str, Value] = dict(clause.params)
    world |= {
        "id": clause.id,
        "kind": clause.kind.value,
        "severity": clause.severity.value,
        "confidence": clause.confidence.value,
        "from": clause.basis.value,
        "inherited": bool(clause.via),
        "base": clause.via[-1] if clause.via else None,
        "section": clause.section or None,
    }
    origin = clause.via[-1] if clause.via else ""
    where = [f"inherited from {origin}"] if origin else []
    where += [f"section {clause.section}"] if clause.section else []
    text = f"{clause.message.rstrip('.')} ({', '.join(where)})." if where else clause.message
    return Entry(
        worlds=(world,),
        subject=f"{clause.id} of {origin}" if origin else clause.id,
        text=text,
        evidence=(clause.evidence,),
        clause=clause.id,
        doubtful=clause.confidence is Confidence.LOW,
    )


def _more_terms(case: Case, ids: frozenset[str]) -> str:
    """Say why a clause that was not found may be there all the same; "" where it cannot."""
    report = case.report
    reasons = []
    for license_ in report.licenses:
        concluded = license_.concluded
        if concluded.match is Match.NEAR or concluded.id is None:
            reasons.append(_license_text(license_))
        elif not license_.complete:
            reasons.append("not all that may be the license was read")
        elif concluded.id not in case.words.read:
            reasons.append(f"the terms of {concluded.id} are not all known")
        elif ids & case.words.own and concluded.match is not Match.EXACT:
            reasons.append("the license text was not read")
    if report.chain.open:
        reasons.append(_open_chain(report))
    if any(f.id == "card-restricts" for f in report.findings):
        reasons.append("the card withholds what the license does not")
    return "; ".join(dict.fromkeys(reasons))


def _open_chain(report: Report) -> str:
    return f"the terms of {', '.join(report.chain.open)}, which stand behind it, are not all known"


def licenses(case: Case, _: frozenset[str]) -> Found:
    """Return the license of the release, and of each release behind it whose terms come along."""
    report = case.report
    own = [e for a in report.licenses for e in _license(a, case, "")]
    origins = {c.via[-1] for c in report.clauses if c.via}
    behind = [
        entry
        for node in report.chain.nodes
        if node.id in origins and node.license is not None
        for entry in _license(replace(node.license, complete=node.known), case, node.id)
    ]
    if report.chain.open:
        behind.append(Entry(({"inherited": True},), "license", _open_chain(report)))
    if not own:
        own = [Entry(({"inherited": False, "known": False},), "license", "no license is known")]
    return Found((*own, *behind))


def _license(license_: ArtifactLicense, case: Case, base: str) -> Iterator[Entry]:
    """Yield the license, or each of several that hold together."""
    concluded = license_.concluded
    status: dict[str, Value] = {
        "match": concluded.match.value,
        "artifact": license_.artifact,
        "inherited": bool(base),
        "known": license_.complete and concluded.match is not Match.NEAR,
    }
    declared = tuple(d.evidence for d in license_.declared)
    evidence = declared if concluded.evidence is None else (concluded.evidence,)
    unknown: World = {**status, **dict.fromkeys(("id", "expression", "category", "osi"))}
    for ways in _ways(license_):
        worlds = tuple({**status, **_flags(i, concluded.expression, case)} for i in ways)
        sure = license_.complete and concluded.match is not Match.NEAR
        text = _license_text(license_)
        yield Entry(
            worlds=worlds if sure else (*worlds, unknown),
            subject=f"license of {base}" if base else "license",
            text=f"{text} (of {base})" if base else text,
            evidence=evidence,
            stated=len(ways) == 1,
        )


def _ways(license_: ArtifactLicense) -> list[list[str]]:
    """Return, for each license that holds, the ids between which the user may choose."""
    concluded = license_.concluded
    if concluded.match is Match.NEAR:
        return [[]]
    if concluded.id is not None:
        return [[concluded.id]]
    if concluded.expression is None:
        return [[]]
    parts = concluded.expression.replace("(", " ").replace(")", " ").split(" AND ")
    return [[i.strip() for i in part.split(" OR ")] for part in parts]


def _flags(license_id: str, expression: str | None, case: Case) -> dict[str, Value]:
    profile = case.words.licenses.get(license_id)
    category = profile.category if profile and profile.category != "unknown" else None
    return {
        "id": license_id,
        "expression": expression,
        "category": category,
        "osi": case.words.approved(license_id),
    }


def _license_text(license_: ArtifactLicense) -> str:
    concluded = license_.concluded
    name = concluded.id or concluded.expression
    if name is None:
        said = ", ".join(dict.fromkeys(d.value for d in license_.declared))
        return f"the license is not known (stated: {said})" if said else "the license is not known"
    match concluded.match:
        case Match.NEAR:
            return f"the license is a changed {name}, not {name}"
        case Match.EXACT:
            how = "by its text"
        case Match.NAMED:
            how = "by name"
        case Match.NONE:
            return f"the license is not known, and may be {name}"
        case _:
            assert_never(concluded.match)
    rest = "" if license_.complete else "; not all that may be the license was read"
    return f"the license is {name}, {how}{rest}"


def conflicts(case: Case, _: frozenset[str]) -> Found:
    """Return the terms that the release, or one behind it, lets go of."""
    chain = case.report.chain
    entries = tuple(
        Entry(
            worlds=(
                {
                    "clause": c.clause.id,
                    "severity": c.severity.value,
                    "confidence": c.confidence.value,
                    "base": c.inherited_from,
                },
            ),
            subject=f"{c.clause.id} of {c.inherited_from}",
            text=f"the term {c.clause.id} of {c.inherited_from} binds, and {c.dropped_by}, which "
            f"names {c.declared or 'no license'}, lets go of it.",
            evidence=c.evidence,
            clause=c.clause.id,
        )
        for c in chain.conflicts
    )
    return Found(entries, _more_behind(case))


def _more_behind(case: Case) -> str:
    """Say why more may stand behind the release than was read.

    A release that names nothing it was made from is taken at its word, as the audit does.
    """
    return _open_chain(case.report) if case.report.chain.open else ""


def bases(case: Case, _: frozenset[str]) -> Found:
    """Return the releases and datasets behind the release."""
    report = case.report
    datasets = {e.parent for e in report.chain.edges if e.relation == DATASET}
    entries = []
    for node in report.chain.nodes:
        concluded = node.license.concluded if node.license else None
        world: World = {
            "id": node.id,
            "license": concluded.id if concluded and concluded.match is not Match.NEAR else None,
            "state": node.state.value,
            "gated": node.gated,
        }
        what = "data" if node.id in datasets else "base"
        text = f"{what} {node.id}: {node.state}, {(concluded and concluded.id) or 'not known'}"
        entries.append(Entry((world,), node.id, text))
    return Found(tuple(entries), _more_behind(case))

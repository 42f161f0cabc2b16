"""What the user should know beside the facts: told by the rules in `rules/findings/`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from openaudit.errors import InputUnreadable
from openaudit.model.clause import Clause, Severity
from openaudit.model.evidence import Quote
from openaudit.model.fact import Answer, Fact
from openaudit.model.finding import Finding, Trouble
from openaudit.model.license import Match
from openaudit.model.lineage import DATASET, Chain, Conflict, Node, NodeState
from openaudit.model.release import Origin, Release, SourceNote
from openaudit.model.rule import FindingRule

_SEVERITY: Final = list(Severity)
_SHOWN: Final = 3
_QUOTED: Final = 160
_BEHIND_A_CLAIM: Final = {
    "usage.osd": "an open source license",
    "code.training": "training code",
    "data.pretrain.named": "what it was trained on",
}
_BY_ITS_CARD: Final = "its card withholds more than its license"
_WHY: Final = {
    NodeState.READ: "its terms are not all known",
    NodeState.MISSING: "not found",
    NodeState.GATED: "gated",
    NodeState.UNREACHABLE: "could not be reached",
    NodeState.NOT_FOLLOWED: "not followed",
}


def findings(rules: Mapping[str, FindingRule], troubles: Iterable[Trouble]) -> tuple[Finding, ...]:
    """Return the findings, gravest first, each said once.

    Raises:
        InputUnreadable: a finding that no rule describes, which only a foreign bundle can bring.
    """
    found: dict[tuple[str, str], Finding] = {}
    for rule_id, values, evidence in troubles:
        rule = rules.get(rule_id)
        if rule is None:
            raise InputUnreadable(f"the bundle holds a note {rule_id!r} that is not known here")
        message = rule.message.format_map(defaultdict(lambda: "?", values))
        found.setdefault((rule_id, message), Finding(rule_id, rule.severity, message, evidence))
    return gravest_first(found.values())


def gravest_first(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return findings in the order in which they are shown."""
    return tuple(sorted(found, key=lambda f: _SEVERITY.index(f.severity)))


def noted(notes: Iterable[SourceNote]) -> Iterator[Trouble]:
    """Yield what a source or a reader of the card noticed on the way."""
    for note in notes:
        of = {} if note.document is None else {"document": note.document}
        yield note.finding, {**note.values, **of}, ()


def unread(release: Release) -> Iterator[Trouble]:
    """Yield every text that is named or expected and was not read; the catalog never has any."""
    if release.origin is Origin.CATALOG:
        return
    for missing in release.missing:
        yield "text-unread", {"name": missing.name, "detail": missing.detail}, ()


def contradicted(pairs: Iterable[tuple[Fact, Fact]]) -> Iterator[Trouble]:
    """Yield each observation that differs from what is recorded."""
    for observed, recorded in pairs:
        values = {"fact": observed.id, "observed": _said(observed), "recorded": _said(recorded)}
        yield "record-contradicted", values, (*observed.evidence, *recorded.evidence)


def lost_terms(chain: Chain) -> Iterator[Trouble]:
    """Yield, once for each release that let go of terms and each license they come from, which."""
    together: dict[tuple[str, str], list[Conflict]] = {}
    for conflict in chain.conflicts:
        together.setdefault((conflict.dropped_by, conflict.inherited_from), []).append(conflict)
    licenses = {n.id: _named(n) for n in chain.nodes}
    for (dropper, origin), lost in together.items():
        first = lost[0]
        values = {
            "release": dropper,
            "declared": first.declared or "no license",
            "origin": origin,
            "license": licenses[origin],
            "clauses": ", ".join(dict.fromkeys(c.clause.id for c in lost)),
            "path": " ← ".join(first.path),
            "cure": first.cure,
        }
        evidence = dict.fromkeys(e for c in lost for e in c.evidence)
        rule = "lineage-conflict" if first.severity is Severity.HIGH else "lineage-conflict-minor"
        yield rule, values, tuple(evidence)


def _named(node: Node) -> str:
    """Return the license of a release, and whether only a name stands for it."""
    if node.license is None or node.license.concluded.id is None:
        return "license not known"
    by_name = " by name" if node.license.concluded.match is Match.NAMED else ""
    return f"{node.license.concluded.id}{by_name}"


def unsettled(chain: Chain) -> Iterator[Trouble]:
    """Yield the releases of the chain whose terms are not all known, and why."""
    if chain.settled:
        return
    known = {e.parent: e.evidence for e in chain.edges}
    open_ = [n for n in chain.nodes if n.id in chain.open]
    names = ", ".join(f"{n.id} ({_why(n)})" for n in open_[:_SHOWN])
    more = f" and {len(open_) - _SHOWN} more" if len(open_) > _SHOWN else ""
    evidence = tuple(known[n.id] for n in open_[:_SHOWN] if n.id in known)
    yield "base-terms-unknown", {"parents": names + more}, evidence


def _why(node: Node) -> str:
    if not node.known:
        return node.detail or _WHY[node.state]
    return _BY_ITS_CARD if node.prose else "named, but not declared as a base"


def asked_terms(chain: Chain) -> Iterator[Trouble]:
    """Yield, once for each release, the terms that may or may not bind."""
    together = _by_origin(chain.asked)
    licenses = {n.id: _named(n) for n in chain.nodes}
    relations = {e.parent: e.relation or "relation not said" for e in chain.edges}
    spoken = {n.id: {c.evidence for c in n.prose} for n in chain.nodes}
    for origin, clauses in together.items():
        by_card = all(c.evidence in spoken[origin] for c in clauses)
        values = {
            "origin": origin,
            "license": f"{licenses[origin]}; {_BY_ITS_CARD}" if by_card else licenses[origin],
            "clauses": ", ".join(dict.fromkeys(c.id for c in clauses)),
            "path": f"{relations[origin]}: {' ← '.join(('this release', *clauses[0].via))}",
        }
        yield "lineage-question", values, tuple(dict.fromkeys(c.evidence for c in clauses))


def unchecked_terms(release: Release, chain: Chain) -> Iterator[Trouble]:
    """Yield, once for each release they come from, the terms that nobody can say are passed on."""
    licenses = {n.id: _named(n) for n in chain.nodes}
    for origin, clauses in _by_origin(chain.unchecked).items():
        values = {
            "release": release.id,
            "origin": origin,
            "license": licenses[origin],
            "clauses": ", ".join(dict.fromkeys(c.id for c in clauses)),
            "path": " ← ".join((release.id, *clauses[0].via)),
        }
        yield "base-terms-unchecked", values, tuple(dict.fromkeys(c.evidence for c in clauses))


def _by_origin(clauses: Iterable[Clause]) -> dict[str, list[Clause]]:
    together: dict[str, list[Clause]] = {}
    for clause in clauses:
        together.setdefault(clause.via[-1], []).append(clause)
    return together


def withheld_data(chain: Chain) -> Iterator[Trouble]:
    """Yield, once, the datasets that not everybody can have: gated, or gone."""
    named = {e.parent: e.evidence for e in chain.edges if e.relation == DATASET}
    shut = [n for n in chain.nodes if n.id in named and _shut(n)]
    if shut:
        names = ", ".join(f"{n.id} ({_shut(n)})" for n in shut[:_SHOWN])
        more = f" and {len(shut) - _SHOWN} more" if len(shut) > _SHOWN else ""
        evidence = dict.fromkeys(named[n.id] for n in shut)
        yield "data-withheld", {"datasets": names + more}, tuple(evidence)


def _shut(node: Node) -> str:
    if node.state in (NodeState.MISSING, NodeState.GATED):
        return _WHY[node.state]
    return _WHY[NodeState.GATED] if node.gated else ""


def taught_by(outputs: Mapping[str, Quote]) -> Iterator[Trouble]:
    """Yield, once, the services whose outputs the card says it was trained on."""
    if outputs:
        yield "synthetic-data", {"services": ", ".join(outputs)}, tuple(outputs.values())


def unbacked(facts: Mapping[str, Fact]) -> Iterator[Trouble]:
    """Yield the claim of a card to be fully open where what it would take is not shown."""
    claim = facts.get("doc.claims_open")
    if claim is None or claim.answer is not Answer.YES:
        return
    missing = {i: what for i, what in _BEHIND_A_CLAIM.items() if not _shows(facts[i])}
    if "usage.osd" in missing or len(missing) > 1:
        yield "claim-unbacked", {"missing": ", ".join(missing.values())}, claim.evidence


def _shows(fact: Fact) -> bool:
    return fact.answer is Answer.YES or (fact.answer is Answer.VALUE and fact.value != "none")


def card_restricts(clauses: Sequence[Clause]) -> Iterator[Trouble]:
    """Yield each use that only the prose of a card or notice withholds."""
    for clause in clauses:
        if isinstance(clause.evidence, Quote):
            quoted = " ".join(clause.evidence.text.split())[:_QUOTED]
            values = {"document": clause.evidence.document, "quote": quoted, "clause": clause.id}
            yield "card-restricts", values, (clause.evidence,)


def _said(fact: Fact) -> str:
    return fact.answer.value if fact.value is None else str(fact.value)

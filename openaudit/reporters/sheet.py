"""The scorecard as blocks of words: what terminal and Markdown both show, in one order.

Nothing is judged here. Everything foreign passes through `plain` when it is drawn.
"""

from collections.abc import Iterator
from typing import Final, assert_never

from openaudit.model.clause import Clause, ClauseKind, Confidence
from openaudit.model.evidence import Quote
from openaudit.model.frozen import frozen
from openaudit.model.license import Conclusion, Match
from openaudit.model.lineage import Node
from openaudit.model.release import Gate, Origin, Release
from openaudit.model.report import Report
from openaudit.model.scorecard import Grade
from openaudit.reporters.citing import cited, place
from openaudit.reporters.context_block import context_entries
from openaudit.reporters.layout import Block, Entry
from openaudit.reporters.license_block import license_entries
from openaudit.reporters.use_block import answers_block, duty_entries

_SHORT_REVISION: Final = 7
_SHORT_HASH: Final = 12
_MOST_QUESTIONS: Final = 6
_MOST_REASONS: Final = 4
_MOST_ENTRIES: Final = 40


@frozen
class Line:
    """A graded dimension; `marks` is 0 to 5, None where the grade is unknown."""

    title: str
    marks: int | None
    grade: str
    text: str


@frozen
class Sheet:
    """A whole scorecard."""

    name: str
    origin: str
    label: str
    reasons: str
    answers: Block | None
    lines: tuple[Line, ...]
    blocks: tuple[Block, ...]
    footer: str


def sheet(report: Report) -> Sheet:
    """Lay out `report`."""
    return Sheet(
        name=str(report.release.reference),
        origin=_origin(report.release),
        label=_label(report),
        reasons=_reasons(report),
        answers=answers_block(report),
        lines=tuple(_line(g) for g in report.dimensions if g.headline),
        blocks=tuple(_bounded(b) for b in _blocks(report) if b.entries),
        footer=_footer(report),
    )


def _bounded(block: Block) -> Block:
    """Return the block with as many entries as a person reads; all are in the JSON report."""
    more = len(block.entries) - _MOST_ENTRIES
    if more <= 0:
        return block
    rest = Entry("", f"and {more} more, all in the JSON report")
    return Block(block.title, (*block.entries[:_MOST_ENTRIES], rest))


def brief(report: Report) -> tuple[str, str, str, str]:
    """Return name, label, license and what restricts, each in a few words."""
    own = [c for c in report.clauses if c.kind is ClauseKind.RESTRICTION]
    terms = dict.fromkeys(_short(c) for c in own)
    license_ = next((_id(a.concluded) for a in report.licenses), "unknown-license")
    return str(report.release.reference), _label(report), license_, " ".join(terms)


def one_line(report: Report) -> str:
    """Return the report in a line, for `--quiet`: name, label, license, answers, what restricts."""
    name, label, license_, terms = brief(report)
    answers = " ".join(f"{a.question}={a.answer}" for a in report.questions)
    parts = (name, label, license_, answers, terms, _verdicts(report))
    return "  ".join(filter(None, parts))


def _verdicts(report: Report) -> str:
    """Return the frameworks that were asked for, each with its verdict."""
    asked = (v for v in report.frameworks if v.framework in report.asked)
    return " ".join(f"{v.framework}={(v.label or 'unknown').replace(' ', '-')}" for v in asked)


def _id(concluded: Conclusion) -> str:
    if concluded.id is None:
        return "unknown-license"
    return f"changed-{concluded.id}" if concluded.match is Match.NEAR else concluded.id


def _short(clause: Clause) -> str:
    count = clause.params.get("count")
    if clause.id != "user-cap" or not isinstance(count, int):
        return clause.id
    millions = count / 1_000_000
    return f"{clause.id}={millions:g}M" if count >= 1_000_000 else f"{clause.id}={count}"  # noqa: PLR2004


def _label(report: Report) -> str:
    label = report.label
    if label is None:
        return "No label"
    if label.label is not None:
        return label.label
    return f"{label.at_least} or more open" if label.at_least else "Not known"


def _reasons(report: Report) -> str:
    label = report.label
    if label is None:
        return "the G7 labels speak of models only"
    if label.label is None:
        return "undecided between " + ", ".join(label.possible)
    return "; ".join(label.reasons[:_MOST_REASONS])


def _origin(release: Release) -> str:
    parts = [_where(release)]
    if release.revision:
        parts.append(f"revision {release.revision[:_SHORT_REVISION]}")
    if release.metadata.gate is not None and release.origin is not Origin.LOCAL:
        parts.append(_gate(release.metadata.gate))
    return " · ".join(parts)


def _where(release: Release) -> str:
    match release.origin:
        case Origin.HUB:
            return release.hub
        case Origin.BUNDLE:
            return f"fetched from {release.hub} {_day(release)}".rstrip()
        case Origin.LOCAL:
            return "on this disk"
        case Origin.CATALOG:
            return f"from the catalog, recorded {_day(release)}"
    assert_never(release.origin)


def _day(release: Release) -> str:
    return (release.retrieved_at or "")[:10]


def _gate(gate: Gate) -> str:
    match gate:
        case Gate.OPEN:
            return "no gate"
        case Gate.AUTO:
            return "gated, terms to accept"
        case Gate.MANUAL:
            return "gated, asks for approval"
    assert_never(gate)


def _line(grade: Grade) -> Line:
    marks = None if grade.score is None else round(grade.score / 20)
    return Line(grade.title, marks, grade.grade or "unknown", grade.summary)


def _blocks(report: Report) -> Iterator[Block]:
    for license_ in report.licenses:
        yield Block(f"License of the {license_.artifact}", tuple(license_entries(license_, report)))
    yield Block("What binds you", tuple(_clauses(report, ClauseKind.RESTRICTION)))
    duties = _obligations if report.use is None else duty_entries
    yield Block("What you must do", tuple(duties(report)))
    yield Block("What the licensor may do", tuple(_clauses(report, ClauseKind.POWER)))
    yield Block("Also in the license", tuple(_rest(report)))
    yield Block("Made from", tuple(_parents(report)))
    yield Block("Findings", tuple(_findings(report)))
    if report.asked:
        from openaudit.reporters.judgments import judgments  # noqa: PLC0415  # few ask

        yield from judgments(report)
    yield Block("Not known", tuple(_questions(report)))
    yield Block("What openness does not tell you", tuple(context_entries(report)))


def _clauses(report: Report, kind: ClauseKind) -> Iterator[Entry]:
    for clause in report.clauses:
        if clause.kind is kind:
            yield Entry(clause.id, clause.message, place(clause), _quote(clause))


def _obligations(report: Report) -> Iterator[Entry]:
    """Yield each duty once, with every place that asks for it."""
    places: dict[str, list[Clause]] = {}
    for obligation in report.obligations:
        places.setdefault(obligation.text, []).append(obligation.clause)
    for text, clauses in places.items():
        where = ", ".join(dict.fromkeys(filter(None, map(place, clauses))))
        yield Entry("·", text, where, _quote(clauses[0]))


def _rest(report: Report) -> Iterator[Entry]:
    rest = [c for c in report.clauses if c.kind in (ClauseKind.GRANT, ClauseKind.TERM)]
    if rest:
        yield Entry("", " · ".join(dict.fromkeys(f"{c.id} {c.section}".strip() for c in rest)))


def _parents(report: Report) -> Iterator[Entry]:
    """Yield the chain as a tree, each release where it is named first."""
    chain = report.chain
    nodes = {n.id: n for n in chain.nodes}
    shown: set[str] = set()

    def below(child: str, depth: int) -> Iterator[Entry]:
        for edge in (e for e in chain.edges if e.child == child):
            node = nodes.get(edge.parent)
            how = edge.relation or "relation not said"
            if edge.confidence is Confidence.LOW:
                how += ", not declared"
            seen = edge.parent in shown or edge.parent == report.release.id
            said = "see above" if seen else _license_of(node)
            yield Entry("· " * depth + edge.parent, f"{how} · {said}", cited(edge.evidence))
            if not seen:
                shown.add(edge.parent)
                yield from below(edge.parent, depth + 1)

    yield from below(report.release.id, 0)


def _license_of(node: Node | None) -> str:
    """Return what the license of a release behind is, or why it was not read."""
    if node is None or node.license is None:
        return f"not read: {node.detail or node.state}" if node else "not read"
    concluded = node.license.concluded
    name = concluded.id or "license not known"
    if concluded.match is Match.NEAR:
        name = f"a changed {name}"
    return " · ".join(filter(None, [name, node.detail, "gated" if node.gated else ""]))


def _findings(report: Report) -> Iterator[Entry]:
    for finding in report.findings:
        where = ", ".join(dict.fromkeys(cited(e) for e in finding.evidence[:2]))
        yield Entry(f"{finding.severity}", finding.message, where)


def _questions(report: Report) -> Iterator[Entry]:
    for question in report.open_questions[:_MOST_QUESTIONS]:
        yield Entry("?", question.title, question.settle)
    more = len(report.open_questions) - _MOST_QUESTIONS
    if more > 0:
        yield Entry("", f"and {more} more, all in the JSON report")


def _footer(report: Report) -> str:
    documents = report.release.documents
    read = f"{len(documents)} text{'s' if len(documents) != 1 else ''} read"
    when = f" {_day(report.release)}" if report.release.retrieved_at else ""
    if report.release.origin is Origin.CATALOG:
        read, when = "no text read, recorded facts only", ""
    return f"Evidence: {read}{when}. Knowledge of {report.knowledge_date}. Not legal advice."


def _quote(clause: Clause) -> str:
    return clause.evidence.text if isinstance(clause.evidence, Quote) else ""

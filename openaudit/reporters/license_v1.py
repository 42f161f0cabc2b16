"""The reading of a lone text as JSON: `openaudit-license-v1`, a stable surface."""

from openaudit.model.license import FoundLicense, Match
from openaudit.model.mention import Mention
from openaudit.model.release import Plain
from openaudit.model.text_report import TextReport
from openaudit.reporters.changes import removed_value, touching
from openaudit.reporters.json_v1 import clause, dumps

SCHEMA = "openaudit-license-v1"


def render(report: TextReport) -> str:
    """Return one object, indented."""
    return dumps(document(report), indent=2) + "\n"


def render_line(report: TextReport) -> str:
    """Return the object on one line."""
    return f"{dumps(document(report))}\n"


def document(report: TextReport) -> Plain:
    """Return the reading as JSON values."""
    return {
        "schema": SCHEMA,
        "file": report.file,
        "license": _license_of_all(report),
        "licenses": [
            {**_license(f, report), "start": f.start, "end": f.end}
            for f in report.identification.found
        ],
        "changes": _changes(report),
        "ignored": [
            {"quote": report.text[s:e], "start": s, "end": e}
            for s, e in report.identification.ignored
        ],
        "clauses": [clause(c) for c in report.clauses],
        "mentions": [_mention(m, report.text) for m in report.mentions],
    }


def _license(found: FoundLicense, report: TextReport) -> dict[str, Plain]:
    named = report.names[found.id]
    # A text that was changed is not the license, so it has not its expression either.
    exact = found.match is Match.EXACT
    return {
        "id": found.id,
        "also": list(found.also),
        "name": named.name,
        "expression": named.expression if exact else None,
        "match": found.match.value,
        "similarity": round(found.similarity, 4),
        **({"cause": found.cause.value} if found.cause else {}),
    }


def _license_of_all(report: TextReport) -> Plain:
    """Return the license of the text; where it holds several, that no single one is it."""
    main = report.identification.main
    if main is None:
        return _none(report)
    if not report.several:
        return _license(main, report)
    match = Match.EXACT if report.identification.exact else Match.NEAR
    return {
        "id": None,
        "also": [],
        "name": None,
        "expression": None,
        "match": match.value,
        "similarity": None,
        "several": True,
    }


def _none(report: TextReport) -> Plain:
    """Return what a name says where there is no text, or that nothing is known of a text."""
    named, nearest = report.named, report.identification.nearest
    said: dict[str, Plain] = {
        "id": named.id if named else None,
        "also": [],
        "name": named.name if named else None,
        "expression": named.expression if named else None,
        "match": (Match.NAMED if named else Match.NONE).value,
        "similarity": None,
    }
    if nearest is not None:
        said["nearest"] = {"id": nearest.id, "similarity": round(nearest.similarity, 4)}
    return said


def _mention(mention: Mention, text: str) -> Plain:
    """Return a license that is named; `claim` is what is said to be under it, if anything is."""
    claim = mention.claim
    said: Plain = None
    if claim is not None:
        said = {
            "subjects": [s.value for s in claim.subjects],
            "quote": text[claim.start : claim.end],
            "start": claim.start,
            "end": claim.end,
        }
    return {
        "id": mention.id,
        "expression": mention.expression,
        "candidates": [] if mention.id else list(mention.candidates),
        "quote": text[mention.start : mention.end],
        "start": mention.start,
        "end": mention.end,
        "claim": said,
    }


def _changes(report: TextReport) -> Plain:
    """Return what differs; `not_found` are clauses of the standard text lost nobody knows where."""
    added: list[Plain] = [
        {"quote": report.text[s:e], "start": s, "end": e, "clauses": _inside(report, s, e)}
        for f in report.changed
        for s, e in f.added
    ]
    return {
        "added": added,
        "removed": [removed_value(loss) for loss in report.losses],
        "not_found": list(dict.fromkeys(c.id for c in report.lost)),
    }


def _inside(report: TextReport, start: int, end: int) -> list[Plain]:
    return list(touching(report.clauses, start, end))

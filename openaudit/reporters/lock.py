"""A lock as a file, and what `verify` saw as JSON or lines."""

import json
from collections.abc import Sequence

from openaudit.errors import DataInvalid
from openaudit.model.lock import Drift, Lock, Locked, LockedClause, LockedText
from openaudit.reporters.plain import shown


def render_lock(lock: Lock) -> str:
    """Return the file: equal locks are equal byte for byte."""
    content = {
        "schema": "openaudit-lock-v1",
        "path": lock.path,
        "knowledge_date": lock.knowledge_date,
        "releases": [_release(one) for one in lock.releases],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def read_lock(text: str, name: str) -> Lock:
    """Return what a lock file holds.

    Raises:
        DataInvalid: it is damaged; the message says file, and line or field.
    """
    from pydantic import ValidationError  # noqa: PLC0415  # only verify reads one

    from openaudit.reporters import lock_v1_types as types  # noqa: PLC0415  # imports pydantic

    try:
        raw = types.Lock.model_validate(json.loads(text))
    except json.JSONDecodeError as error:
        raise DataInvalid(f"{name}:{error.lineno}: not JSON: {error.msg}; lock again") from error
    except (ValidationError, RecursionError) as error:
        raise DataInvalid(f"{name}: {_first(error)}; lock again") from error
    return Lock(raw.path, raw.knowledge_date, tuple(_locked(one) for one in raw.releases))


def render_drifts(drifts: Sequence[Drift]) -> str:
    """Return `{"schema", "releases": [{"reference", "kind", "changes"}]}`."""
    rows = [
        {"reference": d.reference, "kind": str(d.kind), "changes": list(d.changes)} for d in drifts
    ]
    content = {"schema": "openaudit-verify-v1", "releases": rows}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def render_lines(drifts: Sequence[Drift]) -> str:
    """Return a line a release, and an indented one a change."""
    lines = []
    for one in drifts:
        lines.append(f"{shown(one.reference)}: {one.kind}")
        lines += [f"  {shown(change)}" for change in one.changes]
    return "".join(f"{line}\n" for line in lines)


def _release(one: Locked) -> dict[str, object]:
    return {
        "reference": one.reference,
        "revision": one.revision,
        "declared": list(one.declared),
        "licenses": list(one.licenses),
        "texts": [{"document": t.document, "sha256": t.sha256} for t in one.texts],
        "digest": one.digest,
        "clauses": [
            {"id": c.id, "params": dict(c.params), "via": list(c.via)} for c in one.clauses
        ],
    }


def _locked(raw: "object") -> Locked:
    from openaudit.reporters.lock_v1_types import Release  # noqa: PLC0415  # imports pydantic

    one = Release.model_validate(raw)
    return Locked(
        reference=one.reference,
        revision=one.revision,
        declared=tuple(one.declared),
        licenses=tuple(one.licenses),
        texts=tuple(LockedText(t.document, t.sha256) for t in one.texts),
        clauses=tuple(
            LockedClause(c.id, tuple(sorted(c.params.items())), tuple(c.via)) for c in one.clauses
        ),
        digest=one.digest,
    )


def _first(error: Exception) -> str:
    """Return the first thing that is wrong, by its field."""
    errors = getattr(error, "errors", None)
    if errors is None:
        return "nested too deeply"
    first = errors()[0]
    return f"{'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}"

"""What moved between what was locked and what is there now, in terms of clauses."""

from collections.abc import Iterator, Sequence

from openaudit.model.lock import Drift, Kind, Locked, LockedClause


def drift(old: Locked, new: Locked, *, reread: bool) -> Drift:
    """Return what became of one release.

    `reread` says that the knowledge of openaudit changed since: then other clauses of the same
    texts are no drift upstream.
    """
    source = [*_sets("license tag", old.declared, new.declared), *_texts(old, new)]
    terms = [*_sets("license", old.licenses, new.licenses), *_clauses(old.clauses, new.clauses)]
    moved = [f"revision {_short(old.revision)} -> {_short(new.revision)}"]
    moved = moved if old.revision != new.revision else []
    if source or (terms and not (reread and not moved)):
        return Drift(old.reference, Kind.DRIFT, (*source, *terms, *moved))
    if terms:
        return Drift(old.reference, Kind.REREAD, tuple(terms))
    return Drift(old.reference, Kind.MOVED if moved else Kind.SAME, tuple(moved))


def _sets(what: str, old: Sequence[str], new: Sequence[str]) -> Iterator[str]:
    yield from (f"{what} {one} removed" for one in old if one not in new)
    yield from (f"{what} {one} added" for one in new if one not in old)


def _texts(old: Locked, new: Locked) -> Iterator[str]:
    before = {t.document: t.sha256 for t in old.texts}
    after = {t.document: t.sha256 for t in new.texts}
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            yield f"text {name} removed"
        elif name not in before:
            yield f"text {name} added"
        elif before[name] != after[name]:
            yield f"text {name} changed"


def _clauses(old: Sequence[LockedClause], new: Sequence[LockedClause]) -> Iterator[str]:
    """Tell clauses that went and came; one of each with the same id is one that changed."""
    lost = [c for c in old if c not in new]
    gained = [c for c in new if c not in old]
    for gone in lost:
        partner = next((c for c in gained if (c.id, c.via) == (gone.id, gone.via)), None)
        if partner is None:
            yield f"{_shown(gone)} removed"
            continue
        gained.remove(partner)
        yield f"{gone.id} changed: {_changed(gone, partner)}{_path(gone)}"
    for came in gained:
        yield f"{_shown(came)} added"


def _changed(old: LockedClause, new: LockedClause) -> str:
    before, after = dict(old.params), dict(new.params)
    return "; ".join(
        f"{key} {_value(before.get(key))} -> {_value(after.get(key))}"
        for key in sorted(before.keys() | after.keys())
        if before.get(key) != after.get(key)
    )


def _shown(clause: LockedClause) -> str:
    params = ", ".join(f"{key} {_value(value)}" for key, value in clause.params)
    return f"{clause.id}{f' ({params})' if params else ''}{_path(clause)}"


def _path(clause: LockedClause) -> str:
    return f" (inherited from {clause.via[-1]})" if clause.via else ""


def _value(value: str | None) -> str:
    if value is None:
        return "not stated"
    return f"{int(value):,}" if value.isdecimal() else value


def _short(revision: str | None) -> str:
    return revision[:12] if revision else "none"

"""Waivers: a named exception excuses a violation until its day, and only of the text it was for."""

from collections.abc import Sequence
from datetime import date

from openaudit.model.decision import Violation, Waived
from openaudit.model.document import Role
from openaudit.model.evidence import Quote
from openaudit.model.frozen import frozen
from openaudit.model.release import Release
from openaudit.policy.exempt import matches_any, plain_name
from openaudit.policy.policy import Waiver


@frozen
class Excused:
    """What waivers make of one violation: excused by one, or not, with why those do not hold."""

    by: Waived | None
    notes: tuple[str, ...] = ()


def excuse(
    violation: Violation, release: Release, waivers: Sequence[Waiver], today: date
) -> Excused:
    """Return whether one of `waivers` excuses the violation, else why those meant for it do not."""
    notes: list[str] = []
    for waiver in waivers:
        if not _meant(waiver, violation, release):
            continue
        void = _void(waiver, violation, release, today)
        if not void:
            given = Waived(violation, waiver.reason, waiver.owner, waiver.expires)
            return Excused(given)
        what = waiver.rule or waiver.clause
        notes.append(
            f"the waiver of {what} for {waiver.release} ({waiver.owner}) does not hold: {void}"
        )
    return Excused(None, tuple(notes))


def _meant(waiver: Waiver, violation: Violation, release: Release) -> bool:
    if waiver.clause:
        about = set(violation.clauses) == {waiver.clause}
    else:
        about = violation.rule == waiver.rule
    return about and matches_any(plain_name(release.reference), [waiver.release])


def _void(waiver: Waiver, violation: Violation, release: Release, today: date) -> str:
    """Say why a waiver does not hold, "" where it does."""
    if today > date.fromisoformat(waiver.expires):
        return f"it ended on {waiver.expires}"
    if waiver.revision is not None and not _at(waiver.revision, release):
        audited = release.revision or release.reference.revision or "of a revision nobody recorded"
        return f"it is for revision {waiver.revision}, and what was audited is {audited}"
    return _changed_text(waiver, violation, release) if waiver.texts else ""


def _at(revision: str, release: Release) -> bool:
    """Say whether the release is at a revision: a commit may be shortened, a branch may move."""
    commit = release.revision or ""
    enough = len(revision) >= 7  # noqa: PLR2004  # as short as git itself prints one
    return revision == commit or (enough and commit.startswith(revision))


def _changed_text(waiver: Waiver, violation: Violation, release: Release) -> str:
    """Say how the texts differ from those that the waiver was given for, "" where they do not."""
    read = {d.sha256 for d in release.texts(Role.LICENSE, Role.POLICY)}
    quoted = {e.sha256 for e in violation.evidence if isinstance(e, Quote)}
    judged = quoted or read
    if not judged:
        return "it is bound to a license text, and none was read"
    other = sorted(judged - set(waiver.texts))
    if not other:
        return ""
    return f"the text it was given for has changed; it has sha256 {other[0]} now"

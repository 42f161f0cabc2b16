"""Where a CI system is to show something: a file of the repository, and a line of it.

A file is always relative to the directory of the repository, with `/`, and never leads out of it:
what an absolute path names is not there for whoever reads the report elsewhere.
"""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from openaudit.model.evidence import Evidence, Quote
from openaudit.model.release import Origin, Release
from openaudit.model.report import Report
from openaudit.model.run import Run
from openaudit.reporters.plain import shown

_OUTSIDE: Final = re.compile(r"(?:path:)?(?:[/\\~]|[A-Za-z]:[/\\])")
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_USER: Final = re.compile(r"(?<=://)[^/@\s]*@")


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a file; `line` and `column` count from 1, `column` is None for the whole line.

    `stands_in`: there is no such file, it is only called like the release.
    """

    file: str
    line: int = 1
    column: int | None = None
    stands_in: bool = False


def named(reference: str) -> str:
    """Return a reference as it may be published: no secret of an address, no path from the root."""
    if _ADDRESS.match(reference):
        return shown(re.split(r"[?#]", unsigned(reference))[0])
    return shown(_last(reference) if _OUTSIDE.match(reference) else reference)


def unsigned(text: str) -> str:
    """Return `text` with no user and password in the addresses it holds."""
    return _USER.sub("", text)


def locations(
    run: Run, reference: str, report: Report | None, evidence: Iterable[Evidence]
) -> tuple[Location, ...]:
    """Return where to show something about `reference`, best first; there always is a place.

    The lines that name it; else the words themselves, where the release lies in the repository;
    else the manifest; else a file called like the release, for a system that takes nothing without.
    """
    seen = [Location(s.file, s.line, s.column) for s in run.seen(reference)]
    if seen:
        return tuple(dict.fromkeys(seen))
    within = list(_within(report.release, evidence)) if report else []
    if within:
        return tuple(dict.fromkeys(within))
    if run.manifest:
        return (Location(run.manifest),)
    return (Location(called(reference), stands_in=True),)


def within(release: Release, document: str) -> str | None:
    """Return the file of the repository that `document` is, None where it is none of them."""
    path = release.reference.id.removeprefix("path:").replace("\\", "/")
    if release.origin is not Origin.LOCAL or _OUTSIDE.match(path) or _ADDRESS.match(document):
        return None
    name = document.partition("#")[0]
    lone = posixpath.basename(path) == name
    file = posixpath.normpath(path if lone else posixpath.join(path, name))
    return None if file.startswith(("..", "/")) else file


def _within(release: Release, evidence: Iterable[Evidence]) -> Iterator[Location]:
    for one in evidence:
        file = within(release, one.document) if isinstance(one, Quote) else None
        if file is not None and isinstance(one, Quote):
            yield Location(file, one.line)
    for document in release.documents[:1]:
        file = within(release, document.name)
        if file is not None:
            yield Location(file)


def called(reference: str) -> str:
    """Return a path below the repository that stands for what is not a file of it."""
    name = _ADDRESS.sub("", named(reference))
    parts = [p for p in re.split(r"[/\\]", name) if p not in ("", ".", "..")]
    return "/".join(parts) or "release"


def _last(path: str) -> str:
    parts = [p for p in re.split(r"[/\\]", path) if p]
    return parts[-1] if parts else "release"

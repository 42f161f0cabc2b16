"""Which frameworks to judge by: ours by id or alias, and a user's own files beside them."""

from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from openaudit.data import PACK_FRAMEWORKS, Json, read_yaml
from openaudit.errors import DataInvalid, UsageError

ALL: Final = "all"
_MOST_VALUES: Final = 20_000
_SUFFIXES: Final = (".yaml", ".yml")


def asked(names: Sequence[str], known: Mapping[str, Json]) -> dict[str, Json]:
    """Return the frameworks that `names` name, each once; `all` names every one.

    An alias that several share names them all.

    Raises:
        UsageError: nothing is called so.
    """
    found: dict[str, Json] = {}
    for name in names:
        ids = [i for i, f in known.items() if _is_called(name.casefold(), i, f)]
        if not ids:
            called = {a for i, f in known.items() for a in (i, *f.get("aliases", ()))}
            near = get_close_matches(name.casefold(), called, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(known)}, {ALL}"
            raise UsageError(f"framework {name}: none is called so; {hint}")
        found |= {i: known[i] for i in ids}
    return found


def _is_called(name: str, framework_id: str, framework: Json) -> bool:
    return name in (ALL, framework_id, *framework.get("aliases", ()))


def own_frameworks(
    paths: Sequence[Path], known: Mapping[str, Json], facts: Mapping[str, Mapping[str, Any]]
) -> dict[str, Json]:
    """Return the frameworks in the packs at `paths`, checked; `known` are ours.

    Raises:
        DataInvalid: the first thing that is wrong: path, field, what.
    """
    files = list(dict.fromkeys(f for p in paths for f in framework_files(p)))
    if not files:
        return {}
    from openaudit.openness.framework_schema import check_framework  # noqa: PLC0415  # pydantic

    found: dict[str, Json] = {}
    for path in files:
        raw = read_yaml(path, most=_MOST_VALUES)
        check_framework(raw, path, facts)
        if raw["id"] in known or raw["id"] in found:
            raise DataInvalid(
                f"{path}: id: {raw['id']} is a framework already; say acme.{path.stem}"
            )
        found[raw["id"]] = raw
    return found


def framework_files(path: Path) -> Iterator[Path]:
    """Yield the files at or below `path` that are frameworks."""
    yield from (f for f in _files(path) if is_framework(f))


def only_frameworks(path: Path) -> bool:
    """Say whether `path` holds frameworks and no clause rules."""
    files = _files(path)
    return bool(files) and all(is_framework(f) for f in files)


def is_framework(path: Path) -> bool:
    """Say whether a file of a pack is a framework, by the directory it stands in."""
    return path.absolute().parent.name == PACK_FRAMEWORKS


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        return sorted(f for f in path.rglob("*.y*ml") if f.suffix in _SUFFIXES)
    return [path] if path.is_file() else []

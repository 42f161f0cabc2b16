"""The rules of a file or directory, with the files they were read from; a user's own, or ours."""

from collections.abc import Collection, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Final

from openaudit import data
from openaudit.errors import DataInvalid, UsageError
from openaudit.model.frozen import frozen
from openaudit.model.rule import ClauseRule

if TYPE_CHECKING:
    from openaudit.clauses.schema import RuleFile

PREFIXED: Final = "."
"""What parts the prefix of a user's rule from its name: `acme.no-cloud`. Ours have none."""


@frozen
class Packed:
    """One rule and the file it was read from."""

    path: Path
    file: "RuleFile"
    rule: ClauseRule


def read_pack(paths: Sequence[Path], taken: Collection[str] = ()) -> list[Packed]:
    """Return the rules in `paths`, checked; `taken` are ids of other rules, which they may name.

    Raises:
        UsageError: a path is not there, or holds no rules.
        DataInvalid: the first thing that is wrong: path, field, what.
    """
    from openaudit.clauses.schema import read_rule_file  # noqa: PLC0415  # imports pydantic

    found: dict[str, Packed] = {}
    for path in dict.fromkeys(f for p in paths for f in _files(p)):
        file = read_rule_file(path)
        if file.id in taken:
            better = f"acme{PREFIXED}{file.id}"
            raise DataInvalid(f"{path}: id: {file.id} is a rule of openaudit's; say {better}")
        if file.id in found:
            raise DataInvalid(f"{path}: id: {file.id} stands in {found[file.id].path} already")
        found[file.id] = Packed(path, file, data.clause_rule(file.plain()))
    known = {*found, *taken}
    for one in found.values():
        for at, other in enumerate(one.rule.yields_to):
            if other not in known:
                near = get_close_matches(other, known, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise DataInvalid(f"{one.path}: yields_to.{at}: no rule is called {other}{hint}")
    return list(found.values())


def _files(path: Path) -> Iterator[Path]:
    if path.is_file():
        yield path
        return
    if not path.is_dir():
        raise UsageError(f"{path}: there is no such rule file or directory")
    files = sorted(
        f
        for f in path.rglob("*.y*ml")
        if f.suffix in (".yaml", ".yml") and f.absolute().parent.name != data.PACK_FRAMEWORKS
    )
    if not files:
        raise UsageError(f"{path}: holds no rules; a rule is a *.yaml file")
    yield from files

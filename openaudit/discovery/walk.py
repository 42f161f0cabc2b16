"""The files of a tree that may name releases, without what git ignores or others wrote."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from openaudit.discovery.readers import reader

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_VENDORED: Final = frozenset({
    ".git", ".hg", ".svn", ".venv", "venv", "node_modules", "bower_components", "site-packages",
    "__pycache__", ".tox", ".nox", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".idea", ".cache",
    "vendor", "third_party", "thirdparty", "external", ".terraform", ".next", "dist", "build",
    "target", ".eggs", ".ipynb_checkpoints", "Pods", ".gradle", "wandb", "mlruns",
})  # fmt: skip
_LOCKS: Final = frozenset({
    "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", "poetry.lock",
    "uv.lock", "Pipfile.lock", "Cargo.lock", "go.sum", "composer.lock", "Gemfile.lock",
    "tokenizer.json", "vocab.json", "openaudit.lock",
})  # fmt: skip
_LARGEST: Final = 1_000_000
_LARGEST_NOTEBOOK: Final = 20_000_000
_WEIGHTS: Final = frozenset({".gguf", ".safetensors"})
_GENERATED: Final = (".min.js", ".bundle.js", ".map")


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that was not read, and why."""

    file: str
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the tree: its path, and its name relative to the root with `/`."""

    path: Path
    file: str
    size: int

    @property
    def weights(self) -> bool:
        """Whether the file holds a model's weights in a format whose header can be read."""
        return self.path.suffix.lower() in _WEIGHTS


def files(root: Path, *, ignored: bool = False) -> Iterator[Entry | Skipped]:
    """Yield the files below `root` in order of name; links are not followed.

    With `ignored`, files that git ignores are yielded as well.
    """
    yield from _Walk(root, ignored=ignored).below(root, [])


class _Walk:
    def __init__(self, root: Path, *, ignored: bool) -> None:
        self._root, self._ignored = root, ignored

    def below(
        self, directory: Path, specs: "list[tuple[Path, GitIgnoreSpec]]"
    ) -> Iterator[Entry | Skipped]:
        try:
            with os.scandir(directory) as listing:
                entries = sorted(listing, key=lambda e: e.name)
        except OSError as error:
            yield Skipped(self._relative(directory), error.strerror or "cannot be read")
            return
        own = _spec(directory) if not self._ignored else None
        specs = [*specs, (directory, own)] if own is not None else specs
        for entry in entries:
            path = Path(entry.path)
            if entry.is_symlink():
                continue
            if entry.is_dir():
                if entry.name not in _VENDORED and not _ignores(specs, path, directory=True):
                    yield from self.below(path, specs)
            elif entry.is_file() and not _ignores(specs, path, directory=False):
                yield from self._file(path, entry)

    def _file(self, path: Path, entry: "os.DirEntry[str]") -> Iterator[Entry | Skipped]:
        weights = path.suffix.lower() in _WEIGHTS
        if entry.name in _LOCKS or entry.name.endswith(_GENERATED):
            return
        if not weights and reader(path) is None:
            return
        size = entry.stat().st_size
        largest = _LARGEST_NOTEBOOK if path.suffix == ".ipynb" else _LARGEST
        if size > largest and not weights:
            yield Skipped(self._relative(path), f"larger than {largest:,} bytes")
        else:
            yield Entry(path, self._relative(path), size)

    def _relative(self, path: Path) -> str:
        return path.relative_to(self._root).as_posix()


def _spec(directory: Path) -> "GitIgnoreSpec | None":
    """Return what the .gitignore of a directory says, if it has one."""
    file = directory / ".gitignore"
    if not file.is_file():
        return None
    from pathspec import GitIgnoreSpec  # noqa: PLC0415  # many trees have none

    try:
        return GitIgnoreSpec.from_lines(file.read_text("utf-8", errors="replace").splitlines())
    except (OSError, ValueError):
        return None


def _ignores(specs: "list[tuple[Path, GitIgnoreSpec]]", path: Path, *, directory: bool) -> bool:
    """Say whether the nearest .gitignore that speaks of the path ignores it."""
    for base, spec in reversed(specs):
        name = path.relative_to(base).as_posix() + ("/" if directory else "")
        said = spec.check_file(name).include
        if said is not None:
            return bool(said)
    return False

"""Search of a tree: every place that names a release, in the order of files and lines."""

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final

from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon
from openaudit.discovery.readers import reader
from openaudit.discovery.walk import Entry, Skipped, files
from openaudit.errors import ReleaseNotFound
from openaudit.model.sighting import Sighting

_HINTS: Final = (
    b"model", b"hugging", b"hf.", b"hf:", b"hf_", b"hf-", b"hf ", b"from ", b"ollama", b"dataset",
    b"repo_id", b"pretrained", b"checkpoint", b"llm", b"embed", b"lora", b"adapter", b"tokenizer",
    b"sentence", b"pipeline", b"litgpt", b"reranker", b"encoder", b"whisper", b"snapshot",
)  # fmt: skip
# Python is costly to parse: it must also hold a name in quotes, a link, or a loader or a program
# that takes names without an organization.
_PYTHON_HINT: Final = re.compile(
    rb"[\"'][\w.{}@-]+/[\w.{}@-]*[\"'@:]|huggingface\.co|hf\.co|hf://|hf[-_]hub:|ollama|from_pretrained|"
    rb"SentenceTransformer|load_dataset|pipeline\(|git clone|--\w*model|model\S{0,30}=\S*\w/\w|"
    rb"\b(?:hf|huggingface-cli|vllm|litgpt|tune|sglang|llama-\w+|transformers(?:-cli)?) [a-z-]"
)
_BINARY: Final = b"\x00"
_PEEK: Final = 8192


@dataclass(frozen=True, slots=True)
class Search:
    """What a search found: names, weight files, and the files it could not read."""

    sightings: tuple[Sighting, ...]
    weights: tuple[str, ...]
    skipped: tuple[Skipped, ...]
    files: int


def search(
    root: Path,
    rules: Mapping[str, Any],
    *,
    ignored: bool = False,
    progress: Callable[[int, str], None] = lambda _count, _file: None,
) -> Search:
    """Return the references below `root`, a directory or one file.

    Raises:
        ReleaseNotFound: there is no such path.
    """
    if not root.exists():
        raise ReleaseNotFound(f"{root}: there is no such file or directory")
    lexicon = Lexicon(rules, reader)
    sightings: list[Sighting] = []
    weights: list[str] = []
    skipped: list[Skipped] = []
    count = 0
    for entry in _entries(root, ignored=ignored):
        if isinstance(entry, Skipped):
            skipped.append(entry)
        elif entry.weights:
            weights.append(entry.file)
        else:
            count += 1
            progress(count, entry.file)
            found = _read(entry, root, lexicon)
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                sightings += found
    return Search(tuple(sightings), tuple(weights), tuple(skipped), count)


def _entries(root: Path, *, ignored: bool) -> Iterator[Entry | Skipped]:
    if root.is_file():
        yield Entry(root, root.name, root.stat().st_size)
    else:
        yield from files(root, ignored=ignored)


def _read(entry: Entry, root: Path, lexicon: Lexicon) -> list[Sighting] | Skipped:
    read = reader(PurePosixPath(entry.file))
    try:
        data = entry.path.read_bytes()
    except OSError as error:
        return Skipped(entry.file, error.strerror or "cannot be read")
    hinted = _hinted(data) or _hinted(entry.path.name.encode(errors="replace"))
    if read is None or _BINARY in data[:_PEEK] or not hinted:
        return []
    if entry.path.suffix == ".py" and not _PYTHON_HINT.search(data):
        return []
    text = data.decode("utf-8", errors="replace").removeprefix("\ufeff")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        hits = list(read(text, lexicon))
    except RecursionError:
        return Skipped(entry.file, "nested too deeply")
    base = root if root.is_dir() else root.parent
    return _sightings(hits, text, entry.file, _Local(base, entry.path.parent))


def _hinted(data: bytes) -> bool:
    """Say whether a text holds a word without which nothing names a release."""
    lowered = data.lower()
    return any(word in lowered for word in _HINTS)


def _sightings(hits: list[Hit], text: str, file: str, local: "_Local") -> list[Sighting]:
    """Place the hits in lines; what is named twice in one line counts once."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    placed: dict[tuple[int, str], Sighting] = {}
    for hit in sorted(hits, key=lambda h: (h.offset, h.named.revision is None)):
        line = bisect_right(starts, hit.offset)
        if (line, hit.named.id) in placed or local.exists(hit.named.id):
            continue
        column = hit.offset - starts[line - 1] + 1
        named = hit.named
        placed[line, named.id] = Sighting(
            named.id, file, line, column, named.kind, named.revision, hit.how
        )
    return list(placed.values())


class _Local:
    """The paths of the tree: what is there as a file is no name of a hub's."""

    def __init__(self, root: Path, directory: Path) -> None:
        self._bases = (root, directory)

    def exists(self, name: str) -> bool:
        """Say whether `name`, read as a path, is there."""
        return "/" in name and any((base / name).exists() for base in self._bases)

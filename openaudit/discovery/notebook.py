"""References in Jupyter notebooks: each cell is read as code or prose, at its place in the file."""

from bisect import bisect_right
from collections.abc import Iterator
from typing import Final

from openaudit.discovery.commands import read_script
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon
from openaudit.discovery.markdown import read_markdown
from openaudit.discovery.python import read_python
from openaudit.discovery.syntax import parse_json
from openaudit.discovery.tree import Listing, Mapping, Scalar, Tree

_SHELL_CELLS: Final = ("%%bash", "%%sh")


def read_notebook(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases that the cells of a notebook name; outputs are not read."""
    for kind, pieces in _cells(parse_json(text)):
        cell = "".join(piece.text for piece in pieces)
        for hit in _read_cell(cell, kind, lexicon):
            yield Hit(hit.named, _in_file(hit, pieces), hit.how)


def _read_cell(cell: str, kind: str, lexicon: Lexicon) -> Iterator[Hit]:
    if kind == "markdown":
        yield from read_markdown(cell, lexicon)
        return
    if kind != "code":
        return
    code, shell = _parted(cell)
    try:
        yield from read_python(code, lexicon)
    except SyntaxError:
        shell = cell
    yield from read_script(shell, lexicon)


def _parted(cell: str) -> tuple[str, str]:
    """Return the Python and the shell of a cell, each with the other blanked at equal length."""
    whole = cell.lstrip().startswith(_SHELL_CELLS)
    code, shell = [], []
    for line in cell.splitlines(keepends=True):
        magic = whole or line.lstrip().startswith(("!", "%"))
        code.append(_blank(line) if magic else line)
        shell.append(line.replace("!", " ", 1) if magic else _blank(line))
    return "".join(code), "".join(shell)


def _blank(line: str) -> str:
    return "".join(c if c in "\r\n" else " " for c in line)


def _cells(tree: Tree) -> Iterator[tuple[str, list[Scalar]]]:
    """Yield the kind of each cell and the pieces of its source."""
    for key, cells in tree.pairs if isinstance(tree, Mapping) else ():
        for cell in cells.items if key == "cells" and isinstance(cells, Listing) else ():
            if not isinstance(cell, Mapping):
                continue
            kind = cell.text(lambda k: k == "cell_type") or ""
            for name, source in cell.pairs:
                if name == "source" and isinstance(source, Scalar):
                    yield kind, [source]
                elif name == "source" and isinstance(source, Listing):
                    yield kind, [i for i in source.items if isinstance(i, Scalar)]


def _in_file(hit: Hit, pieces: list[Scalar]) -> int:
    """Return where a place in the joined source stands in the notebook's file."""
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece.text))
    piece = pieces[min(bisect_right(starts, hit.offset) - 1, len(pieces) - 1)]
    name = hit.named.id.removeprefix("datasets/").removeprefix("ollama:")
    # The source is escaped in the file, so that the name itself is looked for.
    return piece.offset + max(piece.raw.find(name), 0)

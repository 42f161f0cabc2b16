"""References in Jupyter notebooks: each cell is read as code or prose, at its place in the file."""

import ast
import re
from bisect import bisect_right
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from openaudit.discovery.code import read_code
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon
from openaudit.discovery.markdown import read_markdown
from openaudit.discovery.python import read_python
from openaudit.discovery.scripts import read_script
from openaudit.discovery.syntax import parse_json
from openaudit.discovery.tree import Listing, Mapping, Scalar, Tree

_FILE_CELL: Final = re.compile(r"\s*%%(?:writefile|file)[ \t]+(?:-a[ \t]+)?(?P<file>\S+)[^\n]*\n")
_MAGIC: Final = re.compile(r"(?P<indent>[ \t]*)(?:[!%?]|[\w.]+\?+\s*$|[\w, ]+=[ \t]*[!%])")
_SHELL_CELLS: Final = ("%%bash", "%%sh")


def read_notebook(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases that the cells of a notebook name; outputs are not read."""
    program, pieces = "", []
    for kind, sources in _cells(parse_json(text)):
        cell = "".join(piece.text for piece in sources)
        if kind == "code":
            code, found = _read_code(cell, lexicon)
            program += code + "\n"
            pieces += [*sources, Scalar("\n", "", 0)]
        else:
            found = list(read_markdown(cell, lexicon)) if kind == "markdown" else []
        for hit in found:
            yield Hit(hit.named, _in_file(hit, sources), hit.how)
    for hit in read_python(program, lexicon):  # as one, for a cell uses what another binds
        yield Hit(hit.named, _in_file(hit, pieces), hit.how)


def _read_code(cell: str, lexicon: Lexicon) -> tuple[str, list[Hit]]:
    """Return the Python of a cell, and what its other lines name."""
    magic = _FILE_CELL.match(cell)
    if magic and (read := lexicon.reader(PurePath(magic["file"]))):
        body = cell[magic.end() :]
        return _blank(cell), [hit.moved(magic.end()) for hit in read(body, lexicon)]
    code, shell = _parted(cell)
    found = list(read_script(shell, lexicon))
    try:
        ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _blank(cell), [*found, *read_code(code, "python", lexicon)]
    return code, found


def _parted(cell: str) -> tuple[str, str]:
    """Return the Python and the shell of a cell, each with the other blanked at equal length."""
    whole = cell.lstrip().startswith(_SHELL_CELLS)
    code, shell = [], []
    for line in cell.splitlines(keepends=True):
        magic = _MAGIC.match(line)
        if not whole and magic is None:
            code.append(line)
            shell.append(_blank(line))
            continue
        # What only a notebook understands is a statement still, so that a block keeps its body.
        code.append(
            f"{magic['indent']}0{_blank(line[len(magic['indent']) + 1 :])}"
            if magic
            else _blank(line)
        )
        shell.append(line.replace("!", " ", 1) if "!" in line else line.replace("%env", "    ", 1))
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
    # The source is escaped in the file, so that the name itself is looked for.
    return piece.offset + max(piece.raw.find(hit.named.written), 0)

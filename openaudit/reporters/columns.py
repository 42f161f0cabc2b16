"""Releases side by side in columns: how many fit beside each other, and words folded to fit."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from openaudit.model.frozen import frozen
from openaudit.model.report import Report
from openaudit.reporters.grid import Cell, Group, State
from openaudit.reporters.plain import cut, shown
from openaudit.reporters.rows import groups

_GAP: Final = 2
_TITLE: Final = 22
_NARROWEST: Final = 17
_LONGEST: Final = 160
_PIECE: Final = re.compile(r"[^\s/_-]*[/_-]+|[^\s/_-]+|\s+")
"""A word, or a part of one after which a line may end."""


@frozen
class Line:
    """A row as it is drawn: folded texts, and whether each cell is known."""

    title: str
    cells: tuple[str, ...]
    known: tuple[bool, ...]


@frozen
class Columns:
    """Releases that stand beside each other: lines below titles.

    The titles of lines take `title` columns, each release `width`, gaps included.
    """

    title: int
    width: int
    names: tuple[str, ...]
    parts: tuple[tuple[str, tuple[Line, ...]], ...]


def columns(reports: Sequence[Report], width: int, *, whole: bool) -> Iterator[Columns]:
    """Yield the blocks of a comparison that is `width` wide; `whole` cuts no cell."""
    names = [shown(str(r.release.reference)) for r in reports]
    found = groups(reports, whole=whole)
    room = width - _TITLE
    fit = max(1, room // (_NARROWEST + _GAP))
    blocks = -(-len(names) // fit)
    many = -(-len(names) // blocks)  # blocks of one size, rather than a last one of one release
    column = room // many - _GAP
    for first in range(0, len(names), many):
        part = slice(first, first + many)
        folded = tuple(fold(n, column) for n in names[part])
        parts = ((g.title, tuple(_lines(g, part, column, whole=whole))) for g in found)
        yield Columns(_TITLE, column + _GAP, folded, tuple(parts))


def _lines(group: Group, part: slice, column: int, *, whole: bool) -> Iterator[Line]:
    for row in group.rows:
        cells = row.cells[part]
        known = tuple(c.state is not State.UNKNOWN for c in cells)
        texts = tuple(fold(_said(c, whole=whole), column) for c in cells)
        yield Line(fold(shown(row.title), _TITLE - _GAP), texts, known)


def _said(cell: Cell, *, whole: bool) -> str:
    return shown(cell.text) if whole else cut(cell.text, _LONGEST)


def fold(text: str, width: int) -> str:
    """Return `text` on lines of `width`; names may also be parted after a slash or hyphen."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if piece.isspace():
            lines[-1] += " " if lines[-1] else ""
        elif len(lines[-1]) + len(piece) <= width:
            lines[-1] += piece
        else:
            lines += [piece[at : at + width] for at in range(0, len(piece), width)]
    return "\n".join(line.rstrip() for line in lines if line.strip())

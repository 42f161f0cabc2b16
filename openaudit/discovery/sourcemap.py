"""Where the nodes of parsed Python stand in its text, in characters."""

import ast
from itertools import accumulate


class SourceMap:
    """Turns lines and columns into offsets: the parser counts bytes within lines."""

    def __init__(self, text: str) -> None:
        self._text = text
        lines = text.encode().split(b"\n")
        self._raw = lines
        self._starts = [0, *accumulate(len(line.decode()) + 1 for line in lines)]

    def of(self, node: ast.expr, written: str) -> int:
        """Return where `written` stands in the source of `node`, or where the node begins."""
        start, end = self._ends(node)
        at = self._text.find(written, start, end)
        return start if at < 0 else at

    def inside(self, node: ast.Constant, offset: int, written: str) -> int:
        """Return where the place `offset` characters into a string's value stands."""
        start, end = self._ends(node)
        at = self._text.find(str(node.value), start, end)  # not so where it holds escapes
        return self.of(node, written) if at < 0 else at + offset

    def _ends(self, node: ast.expr) -> tuple[int, int]:
        start = self._offset(node.lineno, node.col_offset)
        return start, self._offset(node.end_lineno or node.lineno, node.end_col_offset or 0)

    def _offset(self, line: int, column: int) -> int:
        return self._starts[line - 1] + len(self._raw[line - 1][:column].decode(errors="replace"))

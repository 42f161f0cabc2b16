"""The scorecard for a terminal: words first, marks and color only repeat them.

Everything is drawn from `Text` objects, so that nothing foreign is read as rich markup.
"""

import io
from typing import Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from openaudit.model.report import Report
from openaudit.reporters.plain import cut, shown
from openaudit.reporters.sheet import Block, Entry, Line, Sheet, one_line, sheet

_QUOTE_WIDTH: Final = 220
_MARKS: Final = 5
_LABEL_COLUMN: Final = 16


def render(reports: list[Report], *, width: int, color: bool, detail: int) -> str:
    """Return the scorecards. `detail` is -1 for a line each, 0 as usual, 1 for whole quotes."""
    if detail < 0:
        return "".join(f"{shown_line(one_line(r))}\n" for r in reports)
    console = Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )
    with console.capture() as captured:
        for number, report in enumerate(reports):
            if number:
                console.print(Text("─" * width, style="dim"))
            _draw(console, sheet(report), quote_width=0 if detail else _QUOTE_WIDTH)
    return "\n".join(line.rstrip() for line in captured.get().split("\n"))


def shown_line(text: str) -> str:
    """Return a line that was put together from foreign parts, double spaces kept."""
    return "  ".join(shown(part) for part in text.split("  "))


def _draw(console: Console, card: Sheet, *, quote_width: int) -> None:
    console.print(Text(shown(card.name), style="bold"), soft_wrap=True)
    console.print(Text(shown(card.origin), style="dim"))
    console.print()
    console.print(Padding(Text(card.label, style="bold reverse"), (0, 0, 0, 2)))
    console.print(Padding(Text(shown(card.reasons)), (0, 0, 1, 2)))
    console.print(_lines(card.lines))
    for block in card.blocks:
        console.print()
        console.print(Text(block.title, style="bold"))
        for entry in _aligned(block):
            console.print(Padding(_entry(entry, block, quote_width), (0, 0, 0, 2)))
    console.print()
    console.print(Text(shown(card.footer), style="dim"))


def _lines(lines: tuple[Line, ...]) -> Padding:
    table = Table.grid(padding=(0, 2))
    for line in lines:
        marks = (
            "?" * _MARKS if line.marks is None else "▪" * line.marks + "▫" * (_MARKS - line.marks)
        )
        table.add_row(
            Text(line.title), Text(marks), Text(line.grade, style="bold"), Text(shown(line.text))
        )
    return Padding(table, (0, 0, 0, 2))


def _aligned(block: Block) -> tuple[Entry, ...]:
    return block.entries


def _entry(entry: Entry, block: Block, quote_width: int) -> Table:
    label = max((len(shown(e.label)) for e in block.entries), default=0)
    table = Table.grid(padding=(0, 2))
    table.add_column(width=min(label, 2 * _LABEL_COLUMN) if label else None, overflow="fold")
    table.add_column(overflow="fold", ratio=1)
    body = Text(shown(entry.text))
    if entry.place:
        body.append(f"  [{shown(entry.place)}]", style="dim")
    if entry.quote:
        quoted = cut(entry.quote, quote_width) if quote_width else shown(entry.quote)
        body.append(f"\n┃ “{quoted}”", style="italic")
    table.add_row(Text(shown(entry.label), style="bold"), body)
    return table

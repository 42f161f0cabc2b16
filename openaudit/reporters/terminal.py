"""The scorecard for a terminal: words first, marks and color only repeat them.

Everything is drawn from `Text` objects, so that nothing foreign is read as rich markup.
"""

import io
from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from openaudit.reporters.plain import cut, shown
from openaudit.reporters.sheet import Line, Sheet, one_line, sheet

if TYPE_CHECKING:
    from openaudit.model.decision import Decision
    from openaudit.model.difference import Difference
    from openaudit.model.report import Report
    from openaudit.model.run import Run
    from openaudit.model.text_report import TextReport
    from openaudit.reporters.columns import Columns
    from openaudit.reporters.layout import Block, Entry

_QUOTE_WIDTH: Final = 220
_MARKS: Final = 5
_LABEL_COLUMN: Final = 26
_STYLES: Final = {
    "pass": "bold green",
    "fail": "bold red",
    "incomplete": "bold yellow",
}


def render(
    reports: list["Report"],
    decision: "Decision | None" = None,
    *,
    width: int,
    color: bool,
    detail: int,
) -> str:
    """Return the decision, if there is one, then the scorecards.

    `detail` is -1 for a line each, 0 as usual, 1 for whole quotes.
    """
    if detail < 0:
        lines = [_verdict(decision)] if decision is not None else []
        return "".join(f"{shown_line(x)}\n" for x in [*lines, *map(one_line, reports)])
    console = _console(width=width, color=color)
    with console.capture() as captured:
        if decision is not None:
            _draw_decision(console, decision, 0 if detail else _QUOTE_WIDTH)
        for number, report in enumerate(reports):
            if number or decision is not None:
                console.print(Text("─" * width, style="dim"))
            _draw(console, sheet(report), quote_width=0 if detail else _QUOTE_WIDTH)
    return _trimmed(captured.get())


def render_text(report: "TextReport", *, width: int, color: bool, detail: int) -> str:
    """Return the reading of a lone text; `detail` as for a scorecard."""
    from openaudit.reporters import license_text  # noqa: PLC0415  # a scorecard needs none of it

    if detail < 0:
        return f"{license_text.one_line(report)}\n"
    console = _console(width=width, color=color)
    with console.capture() as captured:
        console.print(Text(shown(report.file), style="bold"), soft_wrap=True)
        console.print(Padding(Text(shown(license_text.heading(report))), (0, 0, 0, 2)))
        for block in license_text.blocks(report):
            console.print()
            console.print(Text(block.title, style="bold"))
            _draw_block(console, block, 0 if detail else _QUOTE_WIDTH)
        console.print()
        console.print(Text(license_text.footer(report), style="dim"))
    return _trimmed(captured.get())


def render_difference(difference: "Difference", *, width: int, color: bool, detail: int) -> str:
    """Return what changed between two texts; `detail` as for a scorecard."""
    from openaudit.reporters import difference as changes  # noqa: PLC0415  # imports JSON, too

    names = changes.names(difference)
    verdict = changes.heading(difference)
    if detail < 0:
        return f"{shown(names)}  {shown(verdict)}\n"
    console = _console(width=width, color=color)
    with console.capture() as captured:
        console.print(Text(shown(names), style="bold"), soft_wrap=True)
        console.print(Padding(Text(shown(verdict)), (0, 0, 0, 2)))
        for block in changes.blocks(difference):
            console.print()
            console.print(Text(block.title, style="bold"))
            _draw_block(console, block, 0 if detail else _QUOTE_WIDTH)
    return _trimmed(captured.get())


def render_comparison(run: "Run", *, width: int, color: bool, detail: int) -> str:
    """Return releases side by side, in as many blocks as it takes; `detail` as for a scorecard."""
    from openaudit.reporters import compare_notes  # noqa: PLC0415  # a scorecard needs none of it
    from openaudit.reporters.columns import columns  # noqa: PLC0415

    if detail < 0:
        return render(list(run.reports), width=width, color=color, detail=detail)
    console = _console(width=width, color=color)
    with console.capture() as captured:
        for block in columns(run.reports, width, whole=detail > 0):
            _draw_columns(console, block)
            console.print()
        for noted in compare_notes.blocks(run):
            console.print(Text(noted.title, style="bold"))
            _draw_block(console, noted, _QUOTE_WIDTH)
            console.print()
        console.print(Text(compare_notes.footer(run), style="dim"))
    return _trimmed(captured.get())


def _draw_columns(console: Console, block: "Columns") -> None:
    """Draw one block: names on top, then each group below its title; what is unknown is dimmed."""
    table = _columns(block)
    table.add_row("", *(Text(name, style="bold") for name in block.names))
    console.print(table)
    for title, lines in block.parts:
        console.print(Text(f"\n{title}", style="bold"))
        table = _columns(block)
        for line in lines:
            told = zip(line.cells, line.known, strict=True)
            cells = (Text(text, style="" if known else "dim") for text, known in told)
            table.add_row(Text(line.title), *cells)
        console.print(table)


def _columns(block: "Columns") -> Table:
    table = Table.grid()
    for width in (block.title, *(block.width for _ in block.names)):
        table.add_column(width=width, overflow="fold")
    return table


def _console(*, width: int, color: bool) -> Console:
    return Console(
        file=io.StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        highlight=False,
        markup=False,
        emoji=False,
        legacy_windows=False,
    )


def _trimmed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n"))


def shown_line(text: str) -> str:
    """Return a line that was put together from foreign parts, double spaces kept."""
    return "  ".join(shown(part) for part in text.split("  "))


def _verdict(decision: "Decision") -> str:
    from openaudit.reporters import decision as verdicts  # noqa: PLC0415  # most judge nothing

    return verdicts.one_line(decision)


def _draw_decision(console: Console, decision: "Decision", quote_width: int) -> None:
    from openaudit.reporters import decision as verdicts  # noqa: PLC0415  # most judge nothing

    console.print(Text(shown(verdicts.heading(decision)), style=_STYLES[decision.outcome]))
    for block in verdicts.blocks(decision):
        console.print()
        console.print(Text(block.title, style="bold"))
        _draw_block(console, block, quote_width)


def _draw(console: Console, card: Sheet, *, quote_width: int) -> None:
    console.print(Text(shown(card.name), style="bold"), soft_wrap=True)
    console.print(Text(shown(card.origin), style="dim"))
    console.print()
    console.print(Padding(Text(card.label, style="bold reverse"), (0, 0, 0, 2)))
    console.print(Padding(Text(shown(card.reasons)), (0, 0, 1, 2)))
    if card.answers is not None:
        console.print(Text(card.answers.title, style="bold"))
        _draw_block(console, card.answers, quote_width)
        console.print()
    console.print(_lines(card.lines))
    for block in card.blocks:
        console.print()
        console.print(Text(block.title, style="bold"))
        _draw_block(console, block, quote_width)
    console.print()
    console.print(Text(shown(card.footer), style="dim"))


def _lines(lines: tuple[Line, ...]) -> Padding:
    table = Table.grid(padding=(0, 2))
    for _ in range(4):
        table.add_column(overflow="fold")
    for line in lines:
        marks = "?" * _MARKS
        if line.marks is not None:
            marks = "▪" * line.marks + "▫" * (_MARKS - line.marks)
        title, grade = Text(line.title), Text(line.grade, style="bold")
        table.add_row(title, Text(marks), grade, Text(shown(line.text)))
    return Padding(table, (0, 0, 0, 2))


def _draw_block(console: Console, block: "Block", quote_width: int) -> None:
    """Draw the entries with their labels in a column; a label too long for it has its own line."""
    labels = [shown(e.label) for e in block.entries]
    column = max((len(x) for x in labels if len(x) <= _LABEL_COLUMN), default=0)
    table = _entries(column)
    for entry, label in zip(block.entries, labels, strict=True):
        beside = len(label) <= _LABEL_COLUMN
        if not beside:
            if table.row_count:
                console.print(Padding(table, (0, 0, 0, 2)))
                table = _entries(column)
            console.print(Padding(Text(label, style="bold"), (0, 0, 0, 2)), soft_wrap=True)
        table.add_row(Text(label if beside else "", style="bold"), _body(entry, quote_width))
    if table.row_count:
        console.print(Padding(table, (0, 0, 0, 2)))


def _entries(column: int) -> Table:
    table = Table.grid(padding=(0, 2))
    table.add_column(width=column or None, overflow="fold")
    table.add_column(overflow="fold", ratio=1)
    return table


def _body(entry: "Entry", quote_width: int) -> Text:
    body = Text(shown(entry.text))
    if entry.place:
        body.append(f"  [{shown(entry.place)}]", style="dim")
    if entry.quote:
        whole = shown(entry.quote, longest=len(entry.quote))
        quoted = cut(entry.quote, quote_width) if quote_width else whole
        body.append("\n┃ “" if body else "┃ “", style="italic")
        body.append(f"{quoted}”", style="italic")
    return body

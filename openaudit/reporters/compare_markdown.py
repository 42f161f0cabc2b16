"""Releases side by side as Markdown tables; foreign text is escaped, never live."""

from collections.abc import Iterator, Sequence

from openaudit.model.run import Run
from openaudit.reporters.compare_notes import blocks, footer
from openaudit.reporters.grid import Group, State
from openaudit.reporters.plain import markdown
from openaudit.reporters.rows import groups


def render(run: Run, *, whole: bool = False) -> str:
    """Return one section with a table a group; `whole` leaves nothing out of the cells."""
    names = [markdown(str(r.release.reference)) for r in run.reports]
    lines = ["# Releases side by side"]
    for group in groups(run.reports, whole=whole):
        lines += ["", f"## {group.title}", "", *_table(group, names)]
    lines += _notes(run)
    return "\n".join([*lines, "", f"*{markdown(footer(run))}*"]) + "\n"


def _table(group: Group, names: Sequence[str]) -> Iterator[str]:
    yield f"| | {' | '.join(names)} |"
    yield f"|---{'|---' * len(names)}|"
    for row in group.rows:
        cells = (_emphasized(c.text, c.state) for c in row.cells)
        yield f"| {markdown(row.title)} | {' | '.join(cells)} |"


def _emphasized(text: str, state: State) -> str:
    """Return the words of a cell; what is not known stands out."""
    return f"*{markdown(text)}*" if state is State.UNKNOWN else markdown(text)


def _notes(run: Run) -> Iterator[str]:
    for block in blocks(run):
        yield from ("", f"## {block.title}", "")
        yield from (f"- **{markdown(e.label)}** {markdown(e.text)}" for e in block.entries)

"""A scorecard or a reading as Markdown, for a pull request; foreign text is escaped, never live."""

from collections.abc import Iterator

from openaudit.model.decision import Decision
from openaudit.model.difference import Difference
from openaudit.model.report import Report
from openaudit.model.text_report import TextReport
from openaudit.reporters import decision as verdicts
from openaudit.reporters import difference as changes
from openaudit.reporters import license_text
from openaudit.reporters.layout import BOX, Block, Entry
from openaudit.reporters.plain import markdown
from openaudit.reporters.sheet import Sheet, sheet


def render(reports: list[Report], decision: Decision | None = None) -> str:
    """Return the decision, if there is one, then one section a release."""
    sections = [_decision(decision)] if decision is not None else []
    sections += [_section(sheet(r)) for r in reports]
    return "\n".join("\n".join(section) + "\n" for section in sections)


def render_text(report: TextReport) -> str:
    """Return the reading of a lone text as one section."""
    return "\n".join(_reading(report)) + "\n"


def render_difference(difference: Difference) -> str:
    """Return what changed between two license texts as one section."""
    return "\n".join(_difference(difference)) + "\n"


def _decision(decision: Decision) -> Iterator[str]:
    yield f"# {markdown(verdicts.heading(decision))}"
    for block in verdicts.blocks(decision):
        yield from _block(block)


def _difference(difference: Difference) -> Iterator[str]:
    yield f"# {markdown(changes.names(difference))}"
    yield ""
    yield f"**{markdown(changes.heading(difference))}**"
    for block in changes.blocks(difference):
        yield from _block(block)


def _reading(report: TextReport) -> Iterator[str]:
    yield f"# {markdown(report.file)}"
    yield ""
    yield f"**{markdown(license_text.heading(report))}**"
    for block in license_text.blocks(report):
        yield from _block(block)
    yield ""
    yield f"*{markdown(license_text.footer(report))}*"


def _section(card: Sheet) -> Iterator[str]:
    yield f"# {markdown(card.name)}"
    yield ""
    yield f"**{markdown(card.label)}**: {markdown(card.reasons)}"
    yield ""
    yield markdown(card.origin)
    if card.answers is not None:
        yield from _block(card.answers)
    yield ""
    yield "| dimension | grade | why |"
    yield "|---|---|---|"
    for line in card.lines:
        yield f"| {line.title} | {line.grade} | {markdown(line.text)} |"
    for block in card.blocks:
        yield from _block(block)
    yield ""
    yield f"*{markdown(card.footer)}*"


def _block(block: Block) -> Iterator[str]:
    yield ""
    yield f"## {markdown(block.title)}"
    yield ""
    for entry in block.entries:
        indent = "  " if entry.under else ""
        yield f"{indent}{_entry(entry)}"
        if entry.quote:
            yield f"{indent}  > {markdown(entry.quote)}"


def _entry(entry: Entry) -> str:
    label = f"**{markdown(entry.label)}** " if entry.label.strip("·?") else ""
    if entry.label == BOX:
        label = f"{BOX} "
    place = f" \\[{markdown(entry.place)}\\]" if entry.place else ""
    return f"- {label}{markdown(entry.text)}{place}".rstrip()

"""The formats of a report on releases, and the reporter of each: one is imported a run."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from openaudit.cli.output import width

if TYPE_CHECKING:
    from openaudit.model.run import Run


class Format(StrEnum):
    """How to report: for people, for programs, for a CI system, as a bill of materials."""

    TERMINAL = "terminal"
    JSON = "json"
    JSONL = "jsonl"
    MARKDOWN = "markdown"
    SUMMARY = "summary"
    SARIF = "sarif"
    JUNIT = "junit"
    GITLAB = "gitlab"
    GITHUB = "github"
    CYCLONEDX = "cyclonedx"
    SPDX = "spdx"
    SPDX_TV = "spdx-tv"


CiFormat: TypeAlias = Literal[
    Format.SARIF, Format.JUNIT, Format.GITLAB, Format.GITHUB, Format.SUMMARY
]
TELLS_FAILURES: Final[frozenset[Format]] = frozenset(get_args(CiFormat))
"""The formats that say which references could not be audited: written even where none was."""


def for_file(format_: Format, path: Path) -> Format:
    """Return the format to write to `path`: the ending says which of its forms an SPDX file has."""
    tagged = format_ is Format.SPDX and path.suffix == ".spdx"
    return Format.SPDX_TV if tagged else format_


@dataclass(frozen=True, slots=True)
class Style:
    """How the terminal report is to look; other formats have one look."""

    color: bool
    detail: int


def render(run: "Run", format_: Format, style: Style, *, to_file: bool) -> str:
    """Return the run in one format."""
    match format_:
        case Format.JSON | Format.JSONL:
            from openaudit.reporters import json_v1  # noqa: PLC0415  # one format a run

            one = json_v1.render if format_ is Format.JSON else json_v1.render_lines
            return one(run.reports, run.knowledge_date, run.decision)
        case Format.MARKDOWN:
            from openaudit.reporters import markdown  # noqa: PLC0415  # one format a run

            return markdown.render(list(run.reports), run.decision)
        case Format.TERMINAL:
            from openaudit.reporters import terminal  # noqa: PLC0415  # imports rich

            colored_ = style.color and not to_file
            return terminal.render(
                list(run.reports),
                run.decision,
                width=width(),
                color=colored_,
                detail=style.detail,
            )
        case Format.SARIF | Format.JUNIT | Format.GITLAB | Format.GITHUB | Format.SUMMARY:
            return _for_ci(run, format_)
        case Format.CYCLONEDX:
            from openaudit.reporters import cyclonedx  # noqa: PLC0415  # one format a run

            return cyclonedx.render(run)
        case Format.SPDX | Format.SPDX_TV:
            from openaudit.reporters import spdx  # noqa: PLC0415  # imports spdx-tools

            return spdx.render(run) if format_ is Format.SPDX else spdx.render_tag_value(run)


def _for_ci(run: "Run", format_: CiFormat) -> str:
    """Return what a CI system reads."""
    match format_:
        case Format.SARIF:
            from openaudit.reporters import sarif  # noqa: PLC0415  # one format a run

            return sarif.render(run)
        case Format.JUNIT:
            from openaudit.reporters import junit  # noqa: PLC0415  # one format a run

            return junit.render(run)
        case Format.GITLAB:
            from openaudit.reporters import gitlab  # noqa: PLC0415  # one format a run

            return gitlab.render(run)
        case Format.GITHUB:
            from openaudit.reporters import github  # noqa: PLC0415  # one format a run

            return github.render(run)
        case Format.SUMMARY:
            from openaudit.reporters import summary  # noqa: PLC0415  # one format a run

            return summary.render(run)

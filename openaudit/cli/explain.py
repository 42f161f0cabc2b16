"""`openaudit explain`: what openaudit knows of one id, from the same data that audits."""

from typing import Annotated, Final

import typer

from openaudit.cli.output import show, width
from openaudit.errors import UsageError

EXAMPLES: Final = "Examples: openaudit explain user-cap | openaudit explain llama-2"


def explain(
    name: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            show_default=False,
            help="A clause, license, finding, dimension, framework or fact.",
        ),
    ],
) -> None:
    """Explain a clause, license, finding, dimension, framework or fact."""
    from openaudit.data import frameworks, knowledge  # noqa: PLC0415  # --help needs no knowledge
    from openaudit.licenses.names import resolve  # noqa: PLC0415  # --help needs no names
    from openaudit.reporters import explain as explaining  # noqa: PLC0415  # --help explains nothing

    known = knowledge().with_frameworks(frameworks())
    text = explaining.explain(name, known, width=width())
    if text is None:
        named = resolve(name, known.licenses, known.tags)
        text = explaining.explain(named.id, known, width=width()) if named.id else None
    if text is None:
        import difflib  # noqa: PLC0415  # only a wrong id needs it

        near = difflib.get_close_matches(name, explaining.ids(known), n=3)
        hint = f"; did you mean {', '.join(near)}?" if near else ""
        raise UsageError(f"{name}: nothing is called so{hint}")
    show(text)

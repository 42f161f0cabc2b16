"""`openaudit explain`: what openaudit knows of one id, from the same data that audits."""

from typing import TYPE_CHECKING, Annotated, Final

import typer

from openaudit.cli.output import show, width
from openaudit.errors import UsageError

if TYPE_CHECKING:
    from openaudit.data import Knowledge

EXAMPLES: Final = (
    "Examples: openaudit explain user-cap | openaudit explain llama-2 |"
    " openaudit explain Weights Available AI | openaudit explain"
)


def explain(
    name: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[ID]",
            show_default=False,
            help="A clause, license, finding, dimension, grade, framework, label, fact or word of "
            "a report; everything that can be explained is listed unless given.",
        ),
    ] = None,
) -> None:
    """Explain a clause, license, finding, dimension, framework, fact or word of a report."""
    from openaudit.data import frameworks, knowledge  # noqa: PLC0415  # --help needs no knowledge
    from openaudit.reporters.explain import listing  # noqa: PLC0415  # --help explains nothing

    known = knowledge().with_frameworks(frameworks())
    show(_explained(" ".join(name), known) if name else listing(known, width=width()))


def _explained(name: str, known: "Knowledge") -> str:
    from openaudit.licenses.names import resolve  # noqa: PLC0415  # a listing resolves no name
    from openaudit.reporters import explain as explaining  # noqa: PLC0415  # --help explains nothing

    text = explaining.explain(name, known, width=width())
    if text is None:
        named = resolve(name, known.licenses, known.tags)
        text = explaining.explain(named.id, known, width=width()) if named.id else None
    if text is not None:
        return text
    import difflib  # noqa: PLC0415  # only a wrong id needs it

    folded = {i.casefold(): i for i in explaining.ids(known)}
    near = [folded[i] for i in difflib.get_close_matches(name.casefold(), folded, n=3)]
    hint = f"did you mean {', '.join(near)}? " if near else ""
    raise UsageError(
        f"{name}: nothing is called so; {hint}`openaudit explain` lists what can be explained"
    )

"""What a release lost where its license texts are changed ones, for the findings and the report.

Pure. On the way to a report without such a text nothing is imported that compiles patterns.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from openaudit.data import Knowledge
from openaudit.model.document import Document
from openaudit.model.finding import Trouble
from openaudit.model.license import Identification, Loss

_CHANGED: Final = "license-text-changed"
_SHOWN: Final = 3


def losses_by_document(
    documents: Sequence[Document],
    texts: Mapping[str, Identification],
    troubles: Iterable[Trouble],
    knowledge: Knowledge,
) -> dict[str, tuple[Loss, ...]]:
    """Return what each changed license text lost, by the name of the document."""
    changed = {values["document"] for rule, values, _ in troubles if rule == _CHANGED}
    return {d.name: _losses(d, texts[d.name], knowledge) for d in documents if d.name in changed}


def _losses(document: Document, text: Identification, knowledge: Knowledge) -> tuple[Loss, ...]:
    """Return what the main license of `document`, which is `text`, lost."""
    main = text.main
    if main is None or not main.removed:
        return ()
    from openaudit.clauses.match import find_clauses  # noqa: PLC0415  # few texts are changed ones
    from openaudit.losses import losses  # noqa: PLC0415  # few texts are changed ones

    clauses = find_clauses(document, knowledge.clauses.values())
    return losses(document, main, knowledge.licenses.get(main.id), clauses)


def with_losses(
    troubles: Iterable[Trouble], lost: Mapping[str, tuple[Loss, ...]]
) -> Iterator[Trouble]:
    """Yield what is wrong; of a changed text also what it lost, with the places."""
    for rule, values, evidence in troubles:
        if rule != _CHANGED:
            yield rule, values, evidence
            continue
        losses = lost[values["document"]]
        places = tuple(loss.around for loss in losses[:_SHOWN])
        # Without added words the evidence is the title alone, which shows nothing of the change.
        shown = evidence if values["added"] != "0" or not places else ()
        yield rule, {**values, "lost": _told(losses)}, (*shown, *places)


def _told(losses: Sequence[Loss]) -> str:
    """Return in words what the places lost, for the middle of a sentence; "" for nothing known."""
    said = [loss.told for loss in losses if loss.told]
    more = "; …" if len(said) > _SHOWN else ""
    return f" ({'; '.join(said[:_SHOWN])}{more})" if said else ""

"""How many operations the training took: as the card says, or by the rule of thumb 6ND.

Six operations for each parameter and each token of training data: it holds for dense transformers,
so it is a conclusion and marked as one, and drawn only where a card names one size and one amount.
"""

from collections.abc import Iterator, Mapping
from typing import Final

from openaudit.evidence.ledger import fact
from openaudit.evidence.prose_facts import Prose
from openaudit.evidence.signals import Hit
from openaudit.model.evidence import Quote
from openaudit.model.fact import Fact, Method

_FACT: Final = "context.compute_flop"
_OF_EACH: Final = 6


def operations(prose: Prose) -> Iterator[Fact]:
    """Yield the operations of the training, stated or inferred; nothing where it is ambiguous."""
    words = prose.rules.operations
    stated = _amounts(prose, words.stated, words.units)
    if len(stated) == 1:
        [(value, quote)] = stated.items()
        yield fact(_FACT, value, Method.PARSED, quote)
        return
    sizes = _amounts(prose, words.parameters, words.units)
    seen = _amounts(prose, words.tokens, words.units)
    if not stated and len(sizes) == 1 and len(seen) == 1 and not _several(prose, words.sparse):
        [(size, of_size)], [(tokens, of_tokens)] = sizes.items(), seen.items()
        value = float(f"{_OF_EACH * size * tokens:.3g}")
        yield fact(_FACT, value, Method.INFERRED, of_size, of_tokens)


def _amounts(prose: Prose, pattern: str, units: Mapping[str, float]) -> dict[float, Quote]:
    """Return every different amount that stands before one of `units`, with its first sentence."""
    found: dict[float, Quote] = {}
    for sentence, match in prose.reader.places(pattern, ("prose", "row")):
        try:
            number = float(match["number"].replace(",", ""))
        except ValueError:  # digits and dots that are no number: a version, a date
            continue
        exponent = match.groupdict().get("exponent")
        factor = 10.0 ** int(exponent) if exponent else units.get(match["unit"] or "", 1.0)
        found.setdefault(number * factor, prose.quote(Hit(*match.span(), sentence)))
    return found


def _several(prose: Prose, pattern: str) -> bool:
    return next(prose.reader.places(pattern), None) is not None

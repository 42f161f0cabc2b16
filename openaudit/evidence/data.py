"""What the card's front matter says of the data the model was trained on."""

from collections.abc import Iterator

from openaudit.evidence.ledger import fact
from openaudit.model.card import Card
from openaudit.model.fact import Fact, Method


def data_facts(card: Card) -> Iterator[Fact]:
    """Yield the datasets that the card lists.

    Whether they are all there were, or only some, the list does not say: `data.pretrain.named`
    stays unknown until somebody has read more than the front matter.
    """
    datasets = card.fields.get("datasets")
    if datasets is not None and (names := datasets.strings()):
        yield fact("data.listed", list(names), Method.PARSED, datasets.evidence)

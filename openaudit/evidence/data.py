"""What the card's front matter says of the data the model was trained on."""

from collections.abc import Iterator

from openaudit.evidence.ledger import fact
from openaudit.model.card import Card
from openaudit.model.fact import Fact, Method


def data_facts(card: Card) -> Iterator[Fact]:
    """Yield that some training data is named. A `datasets` list never claims to be complete.

    With a base model declared, the list speaks of the fine-tuning and not of the pre-training.
    """
    datasets = card.fields.get("datasets")
    if datasets is None or not datasets.strings():
        return
    stage = "posttrain" if card.strings("base_model") else "pretrain"
    yield fact(f"data.{stage}.named", "some", Method.INFERRED, datasets.evidence)

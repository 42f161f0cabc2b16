"""What the card's front matter says of the data the model was trained on."""

from collections.abc import Iterator

from openaudit.evidence.ledger import fact, told
from openaudit.model.card import Card
from openaudit.model.document import Role
from openaudit.model.fact import Fact, Method
from openaudit.model.release import Plain, Release


def data_facts(release: Release, card: Card) -> Iterator[Fact]:
    """Yield the datasets that the card lists; an empty list where it was read and lists none.

    Whether they are all there were, or only some, the list does not say: `data.pretrain.named`
    stays unknown until somebody has read more than the front matter.
    """
    datasets = card.fields.get("datasets")
    if datasets is not None:
        names: list[Plain] = list(datasets.strings())
        yield fact("data.listed", names, Method.PARSED, datasets.evidence)
    elif release.texts(Role.CARD) and not card.notes:
        yield fact("data.listed", [], Method.PARSED, told(release, "the card lists no datasets"))

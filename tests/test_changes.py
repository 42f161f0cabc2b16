"""What the findings say of a changed license text of a release."""

import pytest

from openaudit.changes import losses_by_document, with_losses
from openaudit.data import knowledge
from openaudit.model.finding import Trouble
from openaudit.model.license import Loss, Removed
from tests.licenses.made_up import document

TEXT = document("The tree is old and its leaves are read by nobody.")
PLACE = Removed(3, 40, 11, 11)
QUOTE = TEXT.quote(0, 3)


def _changed(added: str) -> Trouble:
    return "license-text-changed", {"document": "LICENSE", "added": added}, (QUOTE,)


def _losses(*sections: str) -> tuple[Loss, ...]:
    around = TEXT.quote(4, 20)
    return tuple(Loss(PLACE, around, section=s, clauses=("user-cap",)) for s in sections)


def test_what_a_text_lost_is_told_with_the_places() -> None:
    [(_, values, evidence)] = with_losses([_changed("1")], {"LICENSE": _losses("2")})

    assert values["lost"] == " (section 2 may have lost user-cap)"
    assert evidence == (QUOTE, TEXT.quote(4, 20))


def test_where_nothing_was_added_the_places_are_the_evidence() -> None:
    [(_, _, evidence)] = with_losses([_changed("0")], {"LICENSE": _losses("2")})

    assert evidence == (TEXT.quote(4, 20),)


@pytest.mark.parametrize("losses", [(), (Loss(PLACE, QUOTE),)])
def test_of_a_text_that_lost_nothing_known_no_more_is_told(losses: tuple[Loss, ...]) -> None:
    [(_, values, _)] = with_losses([_changed("1")], {"LICENSE": losses})

    assert values["lost"] == ""


def test_of_many_losses_the_first_are_told() -> None:
    [(_, values, evidence)] = with_losses([_changed("1")], {"LICENSE": _losses(*"12345")})

    assert values["lost"].count("section") == 3
    assert values["lost"].endswith("; …)")
    assert len(evidence) == 4


def test_other_findings_stay_as_they_are() -> None:
    other: Trouble = ("license-unstated", {}, ())

    assert list(with_losses([other], {})) == [other]
    assert losses_by_document([TEXT], {}, [other], knowledge()) == {}

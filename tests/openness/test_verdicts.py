import pytest

from openaudit.data import knowledge
from openaudit.model.release import Plain
from openaudit.model.verdict import Met, Verdict
from openaudit.openness.verdicts import verdict
from tests.openness import facts

EVERYTHING_OPEN: dict[str, Plain] = {
    "weights.files": True,
    "access.gated": "open",
    "usage.osd": True,
    "code.osd": True,
    "code.inference": "full",
    "code.training": "full",
    "code.data": "full",
    "code.finetuning": "na",
    "data.pretrain.named": "all",
    "data.posttrain.named": "na",
    "data.provenance_described": "full",
    "data.processing_described": "full",
    "data.pretrain.released": "full",
    "data.posttrain.released": "na",
    "data.open": True,
}


def g7(**changed: Plain) -> Verdict:
    changes = {k.replace("__", "."): v for k, v in changed.items()}
    return verdict(knowledge().frameworks["g7-2026"], facts({**EVERYTHING_OPEN, **changes}))


@pytest.mark.parametrize(
    ("changes", "label"),
    [
        ({}, "Open Source AI with Open Data"),
        ({"data__pretrain__released": "partial"}, "Open Source AI"),
        ({"data__open": False}, "Open Source AI"),
        ({"code__training": "none"}, "Open Weights AI"),
        ({"data__pretrain__named": "none", "data__pretrain__released": "none"}, "Open Weights AI"),
        ({"usage__osd": False}, "Weights Available AI"),
        ({"access__gated": "manual"}, "Weights Available AI"),
        ({"weights__files": False}, "Not open"),
    ],
)
def test_a_release_gets_the_most_open_label_it_meets(changes: dict[str, Plain], label: str) -> None:
    assert g7(**changes).label == label


def test_an_unknown_above_leaves_the_label_open_and_names_what_remains() -> None:
    found = g7(code__training=None)

    assert found.label is None
    assert found.at_least == "Open Weights AI"
    assert found.possible == (
        "Open Source AI with Open Data",
        "Open Source AI",
        "Open Weights AI",
    )
    assert found.unknown == ("code.training",)


def test_nothing_known_is_unknown_and_never_not_open() -> None:
    found = verdict(knowledge().frameworks["g7-2026"], {})

    assert found.label is None
    assert found.at_least is None
    assert "Not open" in found.possible
    assert all(r.met is Met.UNKNOWN for r in found.requirements)


def test_weights_for_anyone_behind_a_gate_are_told_with_the_terms_it_asks_for() -> None:
    found = g7(access__gated="auto", code__training="none")

    assert found.label == "Open Weights AI"
    assert "gate may ask to accept terms" in found.reasons[0]


def test_the_reasons_say_what_keeps_it_from_the_most_open_label() -> None:
    found = g7(usage__osd=False, access__gated="manual")

    assert found.reasons == (
        "the weights can be had",
        "the license is not open source",
        "not everyone can have the weights",
    )

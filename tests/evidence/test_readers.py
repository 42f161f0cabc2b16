"""What a listing, a gate, a card and recorded facts say of a release."""

from collections.abc import Mapping

import pytest

from openaudit.evidence.card import parse_card
from openaudit.evidence.context import context
from openaudit.evidence.gather import observed_facts, settle
from openaudit.evidence.lineage import edges
from openaudit.model.card import Card
from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.reference import parse
from openaudit.model.release import Gate, Metadata, Origin, RecordedFact, Release
from openaudit.model.report import Steward

TORCH = Steward("Torchlight", "The Lamp Foundation", "MIT", open_source=True)
STEWARDS = {"torchlight": TORCH, "torch": TORCH}
IDS = ("weights.files", "code.inference", "context.frameworks", "data.pretrain.named")


def release(metadata: Metadata, *documents: Document, origin: Origin = Origin.HUB) -> Release:
    reference = parse("acme/tiny")
    return Release(reference, "hub", "acme/tiny", "c0ffee", origin, None, metadata, documents)


def readme(text: str) -> Document:
    return Document("README.md", Role.CARD, text, "0" * 64)


def observed(one: Release, card: Card | None = None) -> Mapping[str, Fact]:
    card = card or Card()
    return {f.id: f for f in observed_facts(one, card, edges(one, card), STEWARDS)}


@pytest.mark.parametrize(
    ("files", "answer"),
    [
        (("model.safetensors", "README.md"), Answer.YES),
        (("sub/model-Q4_K_M.gguf",), Answer.YES),
        (("training_args.bin", "optimizer.pt", "README.md"), Answer.NO),
    ],
)
def test_the_listing_decides_whether_there_are_weights(
    files: tuple[str, ...], answer: Answer
) -> None:
    assert observed(release(Metadata(files=files)))["weights.files"].answer is answer


@pytest.mark.parametrize("files", [None, ()])
def test_no_listing_and_an_empty_one_say_nothing_of_weights(files: tuple[str, ...] | None) -> None:
    assert "weights.files" not in observed(release(Metadata(files=files)))


def test_a_disk_without_weights_does_not_say_that_none_are_published() -> None:
    one = release(Metadata(files=("README.md",)), origin=Origin.LOCAL)

    assert "weights.files" not in observed(one)


def test_an_open_gate_asks_nothing_and_a_form_asks_for_data() -> None:
    card = parse_card(readme("---\nextra_gated_fields:\n  Name: text\n---\n"))

    free = observed(release(Metadata(gate=Gate.OPEN)))
    gated = observed(release(Metadata(gate=Gate.MANUAL)), card)

    assert free["access.collects_personal_data"].answer is Answer.NO
    assert gated["access.collects_personal_data"].answer is Answer.YES
    assert gated["access.gated"].value == "manual"


def test_a_gate_nobody_mentions_is_not_open() -> None:
    assert "access.gated" not in observed(release(Metadata()))


def test_only_a_library_we_have_recorded_counts_as_code() -> None:
    known = observed(release(Metadata(files=("m.bin",), library="Torchlight")))
    private = observed(release(Metadata(files=("m.bin",), library="acme-internal")))

    assert known["code.inference"].value == "full"
    assert known["code.osd"].answer is Answer.YES
    assert "code.inference" not in private


def test_listed_datasets_are_some_of_the_data_and_may_be_all() -> None:
    document = readme("---\ndatasets: [acme/rain]\n---\n")

    found = observed(release(Metadata(), document), parse_card(document))

    assert found["data.listed"].value == ["acme/rain"]
    assert found["data.pretrain.named"].value == "some"
    assert found["data.pretrain.named"].more == ("all",)


@pytest.mark.parametrize(
    ("text", "grade"),
    [("# Tiny\n[More Information Needed]\n" * 80, "stub"), ("word " * 150, "partial")],
)
def test_an_empty_template_is_a_stub(text: str, grade: str) -> None:
    document = readme(text)

    found = observed(release(Metadata(), document), parse_card(document))

    assert found["doc.card"].value == grade


def test_a_card_that_could_not_be_read_is_not_missing() -> None:
    unread = Missing("README.md", Role.CARD, Reason.GATED, "let in first")
    reference = parse("acme/tiny")
    files = Metadata(files=("README.md", "m.bin"))
    one = Release(reference, "hub", "acme/tiny", None, Origin.HUB, None, files, missing=(unread,))

    assert "doc.card" not in observed(one)


def test_a_card_that_is_not_in_the_listing_is_missing() -> None:
    assert observed(release(Metadata(files=("m.bin",))))["doc.card"].value == "none"


def test_a_paper_is_found_by_tag_or_in_the_prose() -> None:
    document = readme("See https://arxiv.org/abs/2401.00001 for more details.")

    by_tag = observed(release(Metadata(tags=("arxiv:2401.00001",))))
    by_prose = observed(release(Metadata(), document), parse_card(document))

    assert by_tag["doc.preprint"].answer is by_prose["doc.preprint"].answer is Answer.YES


def test_parents_come_from_card_and_hub_each_once() -> None:
    document = readme("---\nbase_model: [acme/a, acme/b]\nbase_model_relation: merge\n---\n")
    metadata = Metadata(base_models=(("acme/b", "finetune"), ("acme/c", "adapter")))
    one = release(metadata, document)

    found = edges(one, parse_card(document))

    assert [(e.parent, e.relation) for e in found] == [
        ("acme/a", "merge"),
        ("acme/b", "merge"),
        ("acme/c", "adapter"),
    ]


def recorded(fact_id: str, value: object) -> RecordedFact:
    return RecordedFact(fact_id, value, "a source", "2026-01-02")  # type: ignore[arg-type]  # any


def test_a_recorded_fact_fills_what_nobody_observed() -> None:
    facts, contradictions = settle([], [recorded("code.inference", "full")], IDS)

    assert facts["code.inference"].method is Method.CURATED
    assert contradictions == ()


def test_a_recorded_fact_never_overrides_an_observation_and_says_so() -> None:
    seen = observed(release(Metadata(files=("m.bin",)))).values()

    facts, contradictions = settle(seen, [recorded("weights.files", value=False)], IDS)

    assert facts["weights.files"].answer is Answer.YES
    assert [(a.answer, b.answer) for a, b in contradictions] == [(Answer.YES, Answer.NO)]


def test_a_recorded_fact_beats_an_inference_without_a_word() -> None:
    seen = observed(release(Metadata(library="torchlight"))).values()

    facts, contradictions = settle(seen, [recorded("code.inference", "partial")], IDS)

    assert facts["code.inference"].value == "partial"
    assert contradictions == ()


def test_two_lists_of_names_add_up() -> None:
    seen = observed(release(Metadata(library="torch"))).values()

    facts, _ = settle(seen, [recorded("context.frameworks", ["Torchlight", "Candle"])], IDS)

    assert facts["context.frameworks"].value == ["Torchlight", "Candle"]


def test_what_nobody_says_is_unknown() -> None:
    facts, _ = settle([], [], IDS)

    assert {f.answer for f in facts.values()} == {Answer.UNKNOWN}


def test_the_context_names_who_steers_and_says_where_that_is_not_recorded() -> None:
    facts, _ = settle([], [recorded("context.frameworks", ["Torchlight", "Candle"])], IDS)

    shown = context(facts, STEWARDS)

    assert [s.framework for s in shown] == ["Torchlight", "Candle"]
    assert shown[0].steward == "The Lamp Foundation"
    assert shown[1].steward == ""

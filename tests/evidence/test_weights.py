"""What names in a listing tell of weights, a gate of its form, and clauses of caps."""

from collections.abc import Mapping

import pytest

from openaudit.evidence.access import access_facts
from openaudit.evidence.artifacts import artifact_facts
from openaudit.evidence.caps import cap
from openaudit.evidence.card import parse_card
from openaudit.model.card import Card
from openaudit.model.clause import Basis, Clause, ClauseKind, Confidence, Param, Severity
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Observation, Quote, Witness
from openaudit.model.fact import Answer, Fact, Method
from openaudit.model.reference import parse
from openaudit.model.release import Gate, Metadata, Origin, Plain, Release


def facts(
    *files: str,
    origin: Origin = Origin.HUB,
    name: str = "acme/tiny",
    tags: tuple[str, ...] = (),
    documents: tuple[Document, ...] = (),
) -> Mapping[str, Fact]:
    metadata = Metadata(files=files, tags=tags, library="transformers")
    one = Release(parse(name), "huggingface", name, None, origin, None, metadata, documents)
    return {f.id: f for f in artifact_facts(one)}


def shards(*parts: int, of: int) -> tuple[str, ...]:
    return tuple(f"model-{part:05}-of-{of:05}.safetensors" for part in parts)


def test_weights_are_whole_when_every_part_is_listed() -> None:
    assert facts(*shards(1, 2, 3, of=3))["weights.complete"].answer is Answer.YES


def test_weights_with_a_part_missing_are_not_whole() -> None:
    found = facts(*shards(1, 3, of=3))["weights.complete"]

    assert found.answer is Answer.NO
    assert [e.detail for e in found.evidence if isinstance(e, Observation)] == [
        "2 of 3 parts of model-….safetensors"
    ]


def test_a_disk_with_a_part_missing_does_not_say_that_none_is_published() -> None:
    assert "weights.complete" not in facts(*shards(1, of=3), origin=Origin.LOCAL)


def test_adapters_alone_are_not_whole_weights() -> None:
    found = facts("adapter_config.json", "adapter_model.safetensors")

    assert found["weights.adapter_only"].answer is Answer.YES
    assert found["weights.complete"].answer is Answer.NO


def test_an_adapter_beside_whole_weights_is_not_all_there_is() -> None:
    found = facts("adapter_model.safetensors", "model.safetensors")

    assert found["weights.adapter_only"].answer is Answer.NO


@pytest.mark.parametrize(
    ("files", "answer"),
    [(("tiny.Q4_K_M.gguf",), Answer.YES), (("tiny.gguf", "model.safetensors"), Answer.NO)],
)
def test_only_quantized_is_said_where_nothing_else_is_there(
    files: tuple[str, ...], answer: Answer
) -> None:
    assert facts(*files)["weights.quantized_only"].answer is answer


@pytest.mark.parametrize(
    ("name", "said"),
    [("acme/tiny-7b-delta-v0", True), ("acme/tiny-delta", True), ("acme/deltanet-7b", False)],
)
def test_a_delta_is_known_by_the_end_of_its_name(name: str, said: bool) -> None:  # noqa: FBT001
    assert ("weights.delta_only" in facts("model.safetensors", name=name)) is said


@pytest.mark.parametrize(("steps", "value"), [(2, "some"), (12, "many")])
def test_weights_of_several_steps_are_counted(steps: int, value: str) -> None:
    files = [f"checkpoint-{100 * (n + 1)}/model.safetensors" for n in range(steps)]

    assert facts(*files)["weights.intermediate"].value == value


def test_weights_of_the_end_alone_do_not_say_that_there_were_no_others() -> None:
    assert "weights.intermediate" not in facts("model.safetensors", "checkpoint-900/model.bin")


def config(text: str) -> Document:
    return Document("config.json", Role.CONFIG, text, "0" * 64)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"architectures": ["RainForCausalLM"]}', "library"),
        ('{"architectures": ["RainForCausalLM"], "auto_map": {"AutoModel": "rain.Rain"}}', "repo"),
    ],
)
def test_a_configuration_says_where_its_code_is(text: str, value: str) -> None:
    found = facts("model.safetensors", documents=(config(text),))["weights.architecture_code"]

    assert found.value == value
    assert all(isinstance(e, Quote) for e in found.evidence)


def test_the_hub_says_that_code_of_the_repository_runs_the_model() -> None:
    found = facts("model.safetensors", tags=("custom_code",))["weights.architecture_code"]

    assert (found.value, found.method) == ("repo", Method.OBSERVED)


def gated(text: str, gate: Gate | None = Gate.AUTO, name: str = "acme/tiny") -> Mapping[str, Fact]:
    one = Release(
        parse(name), "huggingface", "acme/tiny", None, Origin.HUB, None, Metadata(gate=gate)
    )
    card = parse_card(Document("README.md", Role.CARD, text, "0" * 64)) if text else Card()
    return {f.id: f for f in access_facts(one, card)}


def test_every_gate_of_the_hub_passes_on_who_asks() -> None:
    found = gated("")["access.collects_personal_data"]

    assert (found.answer, found.method) == (Answer.YES, Method.INFERRED)


def test_a_form_that_asks_for_a_name_is_quoted() -> None:
    found = gated("---\nextra_gated_fields:\n  Name: text\n---\n")["access.collects_personal_data"]

    assert (found.answer, found.method) == (Answer.YES, Method.PARSED)


def test_a_box_to_tick_elsewhere_asks_for_nobody() -> None:
    text = "---\nextra_gated_fields:\n  I agree: checkbox\n---\n"

    assert "access.collects_personal_data" not in gated(text, name="ms:acme/tiny")


def test_a_gate_that_keeps_europe_out_limits_the_territory() -> None:
    found = gated("---\nextra_gated_eu_disallowed: true\n---\n")

    assert found["usage.territory"].value == ["EU"]
    assert found["usage.territory_limited"].answer is Answer.YES


def clause(params: Mapping[str, Param]) -> Clause:
    return Clause(
        id="user-cap",
        title="",
        section="",
        kind=ClauseKind.RESTRICTION,
        severity=Severity.HIGH,
        message="",
        params=params,
        basis=Basis.TEXT,
        confidence=Confidence.HIGH,
        evidence=Observation(Witness.CATALOG, None, ""),
    )


def test_a_cap_says_what_is_counted_when_and_what_follows() -> None:
    params: Mapping[str, Param] = {
        "count": 5_000_000,
        "unit": "MAU",
        "who": "licensee",
        "effect": "separate-license",
        "measured": "once, on the release date",
    }
    expected: Plain = {
        "metric": "MAU",
        "threshold": 5_000_000,
        "unit": "users",
        "assessed": "at_release",
        "scope": "licensee",
        "condition": "once, on the release date",
        "effect": "no_rights_until_license",
    }

    assert cap(clause(params)) == expected


def test_a_cap_on_revenue_names_its_currency_and_leaves_open_what_is_not_said() -> None:
    found = cap(clause({"amount": 1_000_000, "currency": "USD", "period": "year"}))

    assert isinstance(found, dict)
    assert (found["metric"], found["unit"]) == ("annual_revenue", "USD")
    assert (found["assessed"], found["effect"]) == (None, None)

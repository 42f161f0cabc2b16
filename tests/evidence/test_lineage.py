"""What a release says it was made from: which edges, how, and how surely."""

import pytest

from openaudit.data import knowledge
from openaudit.evidence.card import read_card
from openaudit.evidence.lineage import edges, honored
from openaudit.evidence.prose import generators, named_in_prose
from openaudit.model.clause import Confidence
from openaudit.model.document import Document, Role
from openaudit.model.evidence import Observation, Quote
from openaudit.model.fact import Answer
from openaudit.model.license import ArtifactLicense, Conclusion, Match
from openaudit.model.lineage import Chain, Edge
from openaudit.model.reference import parse
from openaudit.model.release import Declared, Metadata, Origin, Release


def release(metadata: Metadata | None = None, *documents: Document) -> Release:
    reference = parse("acme/tiny")
    said = metadata or Metadata()
    return Release(reference, "hub", "acme/tiny", None, Origin.HUB, None, said, documents)


def readme(text: str) -> Document:
    return Document("README.md", Role.CARD, text, "0" * 64)


def named(one: Release) -> dict[str, tuple[str | None, Confidence]]:
    return {e.parent: (e.relation, e.confidence) for e in edges(one, read_card(one))}


def in_prose(text: str, declared: tuple[Edge, ...] = ()) -> dict[str, str | None]:
    one = release(None, readme(text))
    found = named_in_prose(one, read_card(one), declared, knowledge().lineage)
    assert all(e.confidence is Confidence.LOW for e in found)
    return {e.parent: e.relation for e in found}


def test_what_a_file_says_of_the_base_is_quoted_from_it() -> None:
    text = '{"base_model_name_or_path": "acme/base"}'
    said = Declared(
        "base_model", "acme/base", "adapter_config.json", "base_model_name_or_path", (29, 38)
    )
    config = Document("adapter_config.json", Role.CONFIG, text, "0" * 64)
    one = release(Metadata(base_models=(("acme/base", "adapter"),), declared=(said,)), config)

    [found] = edges(one, read_card(one))

    assert isinstance(found.evidence, Quote)
    assert (found.evidence.document, found.evidence.text) == ("adapter_config.json", "acme/base")
    assert found.relation == "adapter"


def test_from_where_a_configuration_was_loaded_is_a_question() -> None:
    said = Declared("base_model", "acme/base", "config.json", "_name_or_path")
    one = release(Metadata(base_models=(("acme/base", None),), declared=(said,)))

    assert named(one) == {"acme/base": (None, Confidence.LOW)}


def test_from_where_a_configuration_was_loaded_is_the_base_where_the_hub_says_so_too() -> None:
    said = Declared("base_model", "acme/base", "config.json", "_name_or_path")
    bases = (("acme/base", "finetune"),)
    tags = ("base_model:finetune:acme/base",)
    one = release(Metadata(base_models=bases, declared=(said,), tags=tags))

    assert named(one) == {"acme/base": ("finetune", Confidence.HIGH)}


def test_the_base_of_an_adapter_on_a_disk_is_a_parent_nobody_can_follow() -> None:
    said = Declared(
        "base_model", "/mnt/models/x", "adapter_config.json", "base_model", None, "adapter"
    )

    assert named(release(Metadata(declared=(said,)))) == {
        "/mnt/models/x": ("adapter", Confidence.HIGH)
    }


@pytest.mark.parametrize(
    ("document", "key", "value"),
    [
        ("Kitfile", "model.path", "registry.example/acme/base:1"),
        ("tiny.gguf#header", "general.base_model.0.name", "Base 7B"),
    ],
)
def test_a_base_that_is_named_by_no_id_is_there_all_the_same(
    document: str, key: str, value: str
) -> None:
    said = Declared("base_model", value, document, key)

    assert named(release(Metadata(declared=(said,)))) == {value: (None, Confidence.HIGH)}


@pytest.mark.parametrize(
    ("document", "key"),
    [
        ("config.json", "_name_or_path"),
        ("MLmodel", "flavors.transformers.source_model_name"),
        ("manifest.json", "layers.0.from"),
    ],
)
def test_where_the_maker_kept_the_model_itself_is_no_base(document: str, key: str) -> None:
    said = Declared("base_model", "/home/me/checkpoint", document, key)

    assert named(release(Metadata(declared=(said,)))) == {}


@pytest.mark.parametrize(
    ("written", "relation"),
    [("Quantized", "quantized"), ("dataset", None), ("", None), ("finetune", "finetune")],
)
def test_a_card_says_how_its_base_was_used_but_never_that_it_is_only_data(
    written: str, relation: str | None
) -> None:
    card = readme(f"---\nbase_model: acme/base\nbase_model_relation: {written}\n---\n")

    assert named(release(None, card)) == {"acme/base": (relation, Confidence.HIGH)}


def test_a_release_is_not_its_own_parent() -> None:
    assert named(release(None, readme("---\nbase_model: Acme/Tiny\n---\n"))) == {}


def test_an_address_of_a_base_is_its_id() -> None:
    card = readme("---\nbase_model: https://huggingface.co/acme/base\n---\n")

    assert list(named(release(None, card))) == ["acme/base"]


@pytest.mark.parametrize(
    ("files", "relation"),
    [
        (("tiny.Q4_K_M.gguf", "README.md"), "quantized"),
        (("tiny.gguf", "model.safetensors"), None),
        (("adapter_config.json", "adapter_model.safetensors"), "adapter"),
        (("model.safetensors",), None),
    ],
)
def test_the_files_tell_the_relation_where_nobody_does(
    files: tuple[str, ...], relation: str | None
) -> None:
    card = readme("---\nbase_model: acme/base\n---\n")

    assert named(release(Metadata(files=files), card))["acme/base"][0] == relation


def test_several_bases_are_a_merge_unless_it_is_said_otherwise() -> None:
    card = readme("---\nbase_model: [acme/a, acme/b]\n---\n")

    assert {r for r, _ in named(release(None, card)).values()} == {"merge"}


def test_datasets_are_edges_of_their_own_where_the_id_is_whole() -> None:
    card = readme("---\ndatasets: [acme/talk, squad, ./mine, my own data]\n---\n")

    assert named(release(None, card)) == {"datasets/acme/talk": ("dataset", Confidence.HIGH)}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("This model was fine-tuned from acme/base-7b on letters.", "finetune"),
        ("**Finetuned from model:** acme/base-7b", "finetune"),
        (
            "Tiny is a fine-tuned version of [Base](https://huggingface.co/acme/base-7b).",
            "finetune",
        ),
        ("Our model is based on [Base 7B](https://huggingface.co/acme/base-7b).", "finetune"),
        ("Training was initialized from the weights of acme/base-7b.", "continued"),
        ("A GGUF version of https://huggingface.co/acme/base-7b.", "quantized"),
        ("It is distilled\nfrom acme/base-7b.", "distilled"),
        ("All answers were generated with `acme/base-7b`.", "distilled"),
        ("This is a merge of acme/base-7b and something else.", "merge"),
    ],
)
def test_prose_that_says_what_a_model_was_made_from(text: str, relation: str) -> None:
    assert in_prose(text) == {"acme/base-7b": relation}


@pytest.mark.parametrize(
    "text",
    [
        "See our fine-tuned acme/base-7b for dialogs.",
        "The non-finetuned acme/base-7b is better at this.",
        "This model was fine-tuned on acme/letters-2.",
        "Fine-tuned from Llama/Mistral weights.",
        "This card is based on the [card of Base](https://huggingface.co/acme/base-7b).",
        "The model is based on the [Base model card](https://huggingface.co/acme/base-7b).",
        "The model is based on [code](https://github.com/acme/base-7b).",
        "Fine-tuned from [letters](https://huggingface.co/datasets/acme/letters-2).",
        "Unlike acme/base-7b, it is fast. It does better than acme/base-7b.",
        "```python\n# fine-tuned from acme/base-7b\n```",
        "Fine-tuned from /kaggle/input/base-7b.",
        "Fine-tuned from acme/tiny.",
    ],
)
def test_prose_that_names_no_base(text: str) -> None:
    assert in_prose(text) == {}


def test_prose_adds_no_base_where_one_is_declared_but_a_teacher() -> None:
    one = release(None, readme("---\nbase_model: acme/base\n---\n"))
    declared = edges(one, read_card(one))

    found = in_prose("Fine-tuned from acme/other-7b. Distilled from acme/teacher-7b.", declared)

    assert found == {"acme/teacher-7b": "distilled"}


def test_services_that_wrote_the_training_data_are_named_with_the_words() -> None:
    card = readme("---\nlicense: mit\n---\nThe responses were generated by OpenAI's GPT-4 in May.")
    one = release(None, card)

    found = generators(one, read_card(one), knowledge().lineage)

    assert list(found) == ["GPT-4"]
    quote = found["GPT-4"]
    assert card.text[quote.start : quote.end] == quote.text
    assert quote.text.startswith("responses were generated by")


@pytest.mark.parametrize(
    "text",
    ["It scores as well as GPT-4.", "Judged by GPT-4.", "Answers of GPT-4 and ours are compared."],
)
def test_a_service_that_only_judges_wrote_nothing(text: str) -> None:
    one = release(None, readme(text))

    assert generators(one, read_card(one), knowledge().lineage) == {}


def answer(chain: Chain) -> Answer | None:
    nothing = ArtifactLicense("weights", (), Conclusion(None, None, None, Match.NONE, None, None))
    one = release(None, readme("# Tiny"))
    found = {f.id: f.answer for f in honored(one, nothing, chain)}
    return found.get("lineage.parent_license_honored")


def test_whether_terms_are_kept_is_known_only_where_all_of_them_are() -> None:
    edge = Edge("acme/tiny", "acme/base", None, Observation("api", None, "made up"))  # type: ignore[arg-type]  # any

    assert answer(Chain()) is Answer.NOT_APPLICABLE
    assert answer(Chain(edges=(edge,))) is Answer.YES
    assert answer(Chain(edges=(edge,), open=("acme/base",))) is None

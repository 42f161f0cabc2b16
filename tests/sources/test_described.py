"""What files beside the weights say: base models, licenses, and where that stands."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from openaudit.errors import InputUnreadable
from openaudit.model.document import Reason, Role
from openaudit.model.reference import model_id
from openaudit.model.release import Declared, Release
from openaudit.sources import local
from tests.sources.making import CARD
from tests.sources.weights import Value, gguf, safetensors

BASE = "https://huggingface.co/acme/base"


def _read(root: Path, files: Mapping[str, str | bytes]) -> Release:
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return local.read(root)


def _quoted(release: Release, said: Declared) -> str | None:
    [document] = [d for d in release.documents if d.name == said.document]
    return None if said.span is None else document.text[slice(*said.span)]


def test_a_lone_gguf_says_license_and_base_model(tmp_path: Path) -> None:
    path = tmp_path / "tiny.gguf"
    fields: Mapping[str, Value] = {
        "general.license": "other",
        "general.license.name": "tiny-terms",
        "general.license.link": "https://acme.example/terms",
        "general.base_model.count": 2,
        "general.base_model.0.name": "Base",
        "general.base_model.0.repo_url": BASE,
        "general.base_model.1.name": "No Address",
        "general.source.repo_url": "https://huggingface.co/acme/tiny",
        "general.dataset.count": 1,
        "general.dataset.0.repo_url": "https://huggingface.co/datasets/acme/rain",
    }
    path.write_bytes(gguf(fields))

    release = local.read(path)

    assert release.metadata.files == ("tiny.gguf",)
    assert release.metadata.card == {
        "license": "other",
        "license_name": "tiny-terms",
        "license_link": "https://acme.example/terms",
    }
    assert release.metadata.base_models == (("acme/tiny", "quantized"), ("acme/base", None))
    assert [(d.name, d.role) for d in release.documents] == [("tiny.gguf#header", Role.CONFIG)]
    said = {(d.field, d.value): _quoted(release, d) for d in release.metadata.declared}
    assert said == {pair: pair[1] for pair in said}
    assert ("base_model", "No Address") in said
    assert ("datasets", "https://huggingface.co/datasets/acme/rain") in said


def test_licenses_that_a_converter_joined_are_told_apart(tmp_path: Path) -> None:
    release = _read(tmp_path, {"m.gguf": gguf({"general.license": "mit,apache-2.0"})})

    assert release.metadata.card == {"license": ["mit", "apache-2.0"]}


def test_a_lone_safetensors_says_its_license(tmp_path: Path) -> None:
    path = tmp_path / "tiny.safetensors"
    path.write_bytes(safetensors({"modelspec.license": "MIT"}))

    release = local.read(path)

    assert release.metadata.card == {"license": "MIT"}
    [said] = release.metadata.declared
    assert (said.document, said.key) == ("tiny.safetensors#header", "modelspec.license")
    assert _quoted(release, said) == "MIT"


POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n"


@pytest.mark.parametrize("name", ["tiny.gguf", "tiny.safetensors"])
def test_a_pointer_to_weights_is_told_as_one(tmp_path: Path, name: str) -> None:
    [missing] = _read(tmp_path, {"README.md": CARD, name: POINTER}).missing

    assert "Git LFS pointer" in missing.detail


def test_a_file_that_only_stands_for_weights_is_listed_and_not_read(tmp_path: Path) -> None:
    release = _read(tmp_path, {"README.md": CARD, "tiny.gguf": "", "tiny.safetensors": "\0"})

    assert release.missing == ()
    assert release.metadata.files == ("README.md", "tiny.gguf", "tiny.safetensors")


@pytest.mark.parametrize("name", ["tiny.gguf", "tiny.safetensors"])
def test_a_lone_file_of_weights_that_is_broken_is_refused_in_one_line(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(b"\0\1\2\3" * 3)

    with pytest.raises(InputUnreadable, match=rf"{name}: cannot be audited: it "):
        local.read(path)


def test_a_broken_header_in_a_directory_is_missing_and_the_rest_is_read(tmp_path: Path) -> None:
    release = _read(tmp_path, {"README.md": CARD, "model.gguf": b"nothing of the kind"})

    assert [d.name for d in release.documents] == ["README.md"]
    assert [(m.name, m.reason) for m in release.missing] == [("model.gguf", Reason.NOT_TEXT)]


def test_a_header_that_was_cut_says_so(tmp_path: Path) -> None:
    data = gguf({"general.license": "mit", "general.name": "Tiny"})

    release = _read(tmp_path, {"README.md": CARD, "model.gguf": data[:70]})

    assert release.metadata.card == {"license": "mit"}
    assert [m.name for m in release.missing] == ["the rest of the header of model.gguf"]


def test_one_part_of_a_model_that_was_split_is_read(tmp_path: Path) -> None:
    parts = {f"m-0000{n}-of-00003.safetensors": safetensors({"license": "mit"}) for n in (1, 2, 3)}

    release = _read(tmp_path, {**parts})

    assert [d.name for d in release.documents] == ["m-00001-of-00003.safetensors#header"]


def test_an_adapter_names_its_base_model(tmp_path: Path) -> None:
    config = '{\n  "base_model_name_or_path": "acme/base",\n  "peft_type": "LORA"\n}\n'

    release = _read(tmp_path, {"adapter_config.json": config})

    assert release.metadata.base_models == (("acme/base", "adapter"),)
    [said] = release.metadata.declared
    assert (said.document, said.key) == ("adapter_config.json", "base_model_name_or_path")
    assert _quoted(release, said) == "acme/base"
    assert release.documents[0].text == config


@pytest.mark.parametrize("value", ["/data/base", "./base", "C:\\models\\base", "a/b/c", "models/x"])
def test_a_path_is_kept_as_it_is_written_and_names_no_base_model(
    tmp_path: Path, value: str
) -> None:
    config = json.dumps({"base_model_name_or_path": value})

    release = _read(tmp_path, {"adapter_config.json": config})

    assert [d.value for d in release.metadata.declared] == [value]
    assert release.metadata.base_models == ()


@pytest.mark.parametrize(
    ("value", "bases"),
    [
        ("acme/base", (("acme/base", None),)),
        ("output", ()),
        ("", ()),
        ("acme/tiny@v1", (("acme/tiny", None),)),
    ],
)
def test_what_a_config_was_loaded_from_is_a_base_model_of_no_known_relation(
    tmp_path: Path, value: str, bases: tuple[tuple[str, None], ...]
) -> None:
    release = _read(tmp_path, {"config.json": json.dumps({"_name_or_path": value})})

    assert release.metadata.base_models == bases


@pytest.mark.parametrize(
    "other",
    [
        {"README.md": "---\nbase_model: acme/other\n---\n"},
        {"adapter_config.json": '{"base_model_name_or_path": "acme/other"}'},
        {"m.gguf": gguf({"general.source.repo_url": "https://huggingface.co/acme/other"})},
    ],
    ids=["card", "adapter", "header"],
)
def test_a_config_is_not_asked_where_a_base_model_is_named(
    tmp_path: Path, other: Mapping[str, str | bytes]
) -> None:
    release = _read(tmp_path, {"config.json": '{"_name_or_path": "acme/base"}', **other})

    assert "acme/base" not in dict(release.metadata.base_models)
    assert "config.json" not in [d.name for d in release.documents]


def test_a_merge_names_every_model_at_any_depth(tmp_path: Path) -> None:
    config = """
slices:
  - sources:
      - model: acme/one
        layer_range: [0, 8]
      - model: acme/two+acme/lora
  - sources: [{model: {model: {path: acme/three, revision: main}}}]
models: [{model: ./local}]
base_model: acme/zero
merge_method: slerp
"""

    release = _read(tmp_path, {"mergekit_config.yml": config})

    assert set(release.metadata.base_models) == {
        (f"acme/{name}", "merge") for name in ("zero", "one", "two", "lora", "three")
    }
    assert all(_quoted(release, d) == d.value for d in release.metadata.declared)


def test_aliases_that_multiply_cost_no_time(tmp_path: Path) -> None:
    lines = ["a0: &a0 {model: acme/base}"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]

    release = _read(tmp_path, {"mergekit_config.yml": "\n".join(lines)})

    assert dict(release.metadata.base_models) == {"acme/base": "merge"}


@pytest.mark.parametrize("text", ["{", "[]", "null", '{"base_model_name_or_path": 3}', "[" * 9_000])
def test_a_config_of_another_form_says_nothing(tmp_path: Path, text: str) -> None:
    release = _read(tmp_path, {"README.md": CARD, "adapter_config.json": text})

    assert release.metadata.declared == ()


def test_a_config_that_is_too_long_is_missing(tmp_path: Path) -> None:
    text = json.dumps({"base_model_name_or_path": "acme/base", "x": "y" * 1_000_000})

    release = _read(tmp_path, {"README.md": CARD, "adapter_config.json": text})

    assert release.metadata.base_models == ()
    assert [m.detail for m in release.missing] == ["it is longer than 1,000,000 bytes"]


def test_a_config_that_leads_out_of_the_directory_is_not_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text('{"base_model_name_or_path": "acme/secret"}')
    root = tmp_path / "tiny"
    root.mkdir()
    (root / "adapter_config.json").symlink_to(tmp_path / "secret.json")

    assert _read(root, {"README.md": CARD}).metadata.base_models == ()


def test_a_value_that_is_spelled_differently_has_no_place(tmp_path: Path) -> None:
    config = '{"base_model_name_or_path": "acme\\/base", "note": "acme/base"}'

    [said] = _read(tmp_path, {"adapter_config.json": config}).metadata.declared

    assert (said.value, said.span) == ("acme/base", None)


def test_the_release_itself_is_not_its_base_model(tmp_path: Path) -> None:
    entry = tmp_path / "models--acme--tiny"
    files = {f"snapshots/{'0' * 40}/config.json": '{"_name_or_path": "Acme/Tiny"}'}
    for name, text in files.items():
        (entry / name).parent.mkdir(parents=True)
        (entry / name).write_text(text)

    assert local.read(entry).metadata.base_models == ()


@pytest.mark.parametrize(
    "name", ["datasets/acme/tiny", "gh:acme/tiny", "acme/ti ny", "https://x.example/a"]
)
def test_only_models_of_the_hub_are_ids(name: str) -> None:
    assert model_id(name) is None


KITFILE = """\
manifestVersion: "1.0"
package: {name: tiny, license: MIT}
model:
  path: registry.example/acme/base:v1
  license: Apache-2.0
datasets:
  - {name: rain, path: ./rain.csv, license: CC0-1.0}
"""
MLMODEL = """\
flavors:
  python_function: {loader_module: x}
  transformers:
    source_model_name: acme/base
    peft_base_model: acme/under
metadata: {license: mit}
"""


def test_a_kitfile_says_license_base_model_and_datasets(tmp_path: Path) -> None:
    release = _read(tmp_path, {"Kitfile": KITFILE})

    said = [(d.field, d.key, d.value) for d in release.metadata.declared]
    assert said == [
        ("license", "model.license", "Apache-2.0"),
        ("base_model", "model.path", "registry.example/acme/base:v1"),
        ("datasets", "datasets.0.name", "rain"),
    ]
    assert release.metadata.card == {"license": "Apache-2.0"}
    assert release.metadata.base_models == ()
    assert [_quoted(release, d) for d in release.metadata.declared[1:]] == [
        "registry.example/acme/base:v1",
        "rain",
    ]


def test_the_license_of_a_package_counts_where_its_model_has_none(tmp_path: Path) -> None:
    kitfile = "package: {license: MIT}\nmodel: {path: ./tiny.gguf}\n"

    declared = _read(tmp_path, {"Kitfile": kitfile}).metadata.declared

    assert [(d.field, d.value) for d in declared] == [("license", "MIT")]


def test_an_mlflow_model_names_the_models_it_holds(tmp_path: Path) -> None:
    files = {"MLmodel": MLMODEL, "LICENSE.txt": "Use it.", "model_card.md": "# Tiny\n"}
    files["model_card_data.yaml"] = "license: mit\nbase_model: [acme/older]\n"

    release = _read(tmp_path, files)

    assert dict(release.metadata.base_models) == {
        "acme/base": None,
        "acme/under": "adapter",
        "acme/older": None,
    }
    assert release.metadata.card == {"license": "mit"}
    assert [(d.name, d.role) for d in release.documents] == [
        ("model_card.md", Role.CARD),
        ("LICENSE.txt", Role.LICENSE),
        ("MLmodel", Role.CONFIG),
        ("model_card_data.yaml", Role.CONFIG),
    ]


@pytest.mark.parametrize("name", ["Kitfile", "MLmodel", "adapter_config.json"])
def test_a_lone_file_that_describes_a_model_is_read_as_that(tmp_path: Path, name: str) -> None:
    texts = {"Kitfile": KITFILE, "MLmodel": MLMODEL, "adapter_config.json": "{}"}
    (tmp_path / name).write_text(texts[name])

    release = local.read(tmp_path / name)

    assert [(d.name, d.role) for d in release.documents] == [(name, Role.CONFIG)]
    assert release.metadata.files is None


@pytest.mark.parametrize("text", ["a: [", "a: !!int ''", "- x", "\t- :"])
def test_a_merge_that_is_no_yaml_says_nothing(tmp_path: Path, text: str) -> None:
    release = _read(tmp_path, {"README.md": CARD, "mergekit_config.yml": text})

    assert release.metadata.declared == ()


def test_a_config_that_is_binary_is_missing(tmp_path: Path) -> None:
    release = _read(tmp_path, {"README.md": CARD, "adapter_config.json": b"\0\1\2\3"})

    assert [(m.name, m.reason) for m in release.missing] == [
        ("adapter_config.json", Reason.NOT_TEXT)
    ]


def test_a_config_that_is_a_link_to_nothing_is_missing(tmp_path: Path) -> None:
    (tmp_path / "adapter_config.json").symlink_to(tmp_path / "gone.json")

    release = _read(tmp_path, {"README.md": CARD})

    assert [(m.name, m.reason) for m in release.missing] == [("adapter_config.json", Reason.FAILED)]

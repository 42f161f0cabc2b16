"""Files on the hub that say what weights were made from: asked for only where they are listed."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from openaudit.model.document import Reason
from openaudit.sources import bundle
from tests.hub import LoopbackHub
from tests.hub.repository import Fault
from tests.sources.making import CARD, TERMS, fetch
from tests.sources.weights import Value, gguf

ADAPTER = '{"base_model_name_or_path": "acme/base"}'
LOADED = '{"_name_or_path": "acme/base"}'
WEIGHTS = gguf({"general.license": "mit", "general.source.repo_url": "https://hf.co/acme/base"})
NO_CARD = "# Tiny\n"


def _asked(hub: LoopbackHub) -> list[str]:
    return [r.path.rpartition("/")[2] for r in hub.log[1:]]


def test_an_adapter_names_its_base_model_at_the_cost_of_one_get(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD, "adapter_config.json": ADAPTER, "config.json": LOADED})

    release = fetch(hub, "acme/tiny")

    assert release.metadata.base_models == (("acme/base", "adapter"),)
    assert _asked(hub) == ["README.md", "adapter_config.json"]


@pytest.mark.parametrize(
    ("card", "asked"),
    [
        (CARD, ["README.md", "config.json"]),
        ("---\nbase_model: acme/other\n---\n", ["README.md"]),
    ],
    ids=["no base", "a base"],
)
def test_a_config_is_asked_for_only_where_no_base_model_is_declared(
    hub: LoopbackHub, card: str, asked: list[str]
) -> None:
    hub.add("acme/tiny", {"README.md": card, "config.json": LOADED, "x/config.json": LOADED})

    fetch(hub, "acme/tiny")

    assert _asked(hub) == asked


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": "---\nlicense: mit\n---\n"},
        {"README.md": "---\nbase_model: acme/other\n---\n"},
        {"README.md": NO_CARD, "LICENSE": TERMS},
        {"README.md": NO_CARD, "config.json": LOADED},
    ],
    ids=["license", "base", "text", "config"],
)
def test_weights_are_left_alone_where_a_license_or_a_base_model_is_known(
    hub: LoopbackHub, files: Mapping[str, str]
) -> None:
    hub.add("acme/tiny", {**files, "tiny.gguf": WEIGHTS})

    fetch(hub, "acme/tiny")

    assert _asked(hub) == list(files)


def test_of_weights_the_first_bytes_are_asked_for_where_nothing_else_is_said(
    hub: LoopbackHub,
) -> None:
    weights = WEIGHTS + bytes(3_000_000)
    hub.add("acme/tiny", {"README.md": NO_CARD, "tiny.gguf": weights, "tiny-q4.gguf": weights})

    release = fetch(hub, "acme/tiny")

    assert [(r.path.rpartition("/")[2], r.part) for r in hub.log[1:]] == [
        ("README.md", None),
        ("tiny-q4.gguf", "bytes=0-999999"),
    ]
    assert release.metadata.card["license"] == "mit"
    assert release.metadata.base_models == (("acme/base", "quantized"),)
    assert release.documents[-1].revision == release.revision
    assert release.missing == ()


@pytest.mark.parametrize(("license_", "unread"), [("mit", []), (None, ["the rest of"])])
def test_the_rest_of_a_header_counts_as_unread_unless_the_license_was_found(
    hub: LoopbackHub, license_: str | None, unread: list[str]
) -> None:
    said: dict[str, Value] = {} if license_ is None else {"general.license": license_}
    weights = gguf({**said, "tokenizer.ggml.tokens": ["word"] * 100_000})
    hub.add("acme/tiny", {"README.md": NO_CARD, "tiny.gguf": weights})

    release = fetch(hub, "acme/tiny")

    assert [m.name[:11] for m in release.missing] == unread


def test_a_hub_that_sends_all_of_the_weights_is_cut_off(hub: LoopbackHub) -> None:
    whole = Fault("status", 200, body=WEIGHTS + bytes(30_000_000), times=None)
    faults = {"tiny.gguf": [whole]}
    hub.add("acme/tiny", {"README.md": NO_CARD, "tiny.gguf": b""}, file_faults=faults)

    assert fetch(hub, "acme/tiny").metadata.card["license"] == "mit"


def test_a_config_that_cannot_be_had_is_missing(hub: LoopbackHub) -> None:
    files = {"README.md": CARD, "adapter_config.json": ADAPTER}
    hub.add(
        "acme/tiny", files, file_faults={"adapter_config.json": [Fault("status", 500, times=None)]}
    )

    [missing] = fetch(hub, "acme/tiny").missing

    assert (missing.name, missing.reason) == ("adapter_config.json", Reason.FAILED)


def test_behind_a_shut_gate_no_config_is_asked_for(hub: LoopbackHub) -> None:
    files: Mapping[str, str | bytes] = {
        "README.md": CARD,
        "adapter_config.json": ADAPTER,
        "tiny.gguf": WEIGHTS,
    }
    hub.add("acme/tiny", files, gated="auto")

    fetch(hub, "acme/tiny")

    assert _asked(hub) == ["README.md"]


def test_a_dataset_has_no_configs(hub: LoopbackHub) -> None:
    hub.add("acme/rain", {"README.md": CARD, "config.json": LOADED}, kind="datasets")

    fetch(hub, "datasets/acme/rain")

    assert _asked(hub) == ["README.md"]


def test_what_was_declared_is_kept_in_a_bundle(hub: LoopbackHub, tmp_path: Path) -> None:
    hub.add("acme/tiny", {"README.md": CARD, "adapter_config.json": ADAPTER})
    release = fetch(hub, "acme/tiny")

    bundle.write(release, tmp_path / "kept")

    kept = bundle.read(tmp_path / "kept")
    assert kept.metadata == release.metadata
    assert kept.documents == release.documents
    assert len(kept.metadata.declared) == 1

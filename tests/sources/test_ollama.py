"""Models of an Ollama registry and of its store on disk."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.errors import (
    HubUnreachable,
    InputUnreadable,
    ReleaseNotFound,
    ReleaseUnavailable,
    SourceError,
)
from openaudit.model.document import Reason, Role
from openaudit.model.reference import parse
from openaudit.model.release import Gate, Origin, Release
from openaudit.sources import local, ollama_registry
from openaudit.sources.obtain import Route, obtain
from tests.cli.shell import Shell
from tests.hub.ollama import add, digest, manifest, store
from tests.hub.repository import Fault, rate_limited
from tests.hub.stand_in import Reply, StandIn
from tests.sources.making import QUICK, TERMS
from tests.sources.weights import gguf

WEIGHTS = gguf({"general.license": "mit"})
MORE = "You may use it on Sundays.\n"
LAYERS = [("model", WEIGHTS), ("license", TERMS.encode()), ("license", MORE.encode())]


@pytest.fixture
def registry() -> Iterator[StandIn]:
    with StandIn() as running:
        yield running


def _fetch(registry: StandIn, text: str = "ollama:tiny") -> Release:
    return ollama_registry.fetch(parse(text), endpoint=registry.url, limits=QUICK)


def test_each_license_layer_is_a_text_and_weights_are_listed(registry: StandIn) -> None:
    made = manifest([*LAYERS, ("params", b"{}")])
    add(registry, "library/tiny", "latest", made)

    release = _fetch(registry)

    assert (release.hub, release.id) == (registry.host, "tiny")
    assert release.revision == digest(made[0]).removeprefix("sha256:")
    assert (release.origin, release.metadata.gate) == (Origin.HUB, Gate.OPEN)
    assert release.metadata.files == ("license", "license-2", "model.gguf", "params")
    assert [(d.name, d.role, d.text) for d in release.documents] == [
        ("license", Role.LICENSE, TERMS),
        ("license-2", Role.LICENSE, MORE),
        ("manifest.json", Role.CONFIG, made[0].decode()),
    ]
    assert len(registry.log) == 4
    assert release.missing == ()


@pytest.mark.parametrize(
    ("kind", "listed"), [("model", "model.gguf"), ("tensor", "tensor.safetensors")]
)
def test_weights_are_weights_where_the_configuration_names_no_format(
    registry: StandIn, kind: str, listed: str
) -> None:
    made = manifest([(kind, b"weights"), ("template", b"{{ . }}")], config={"model_format": ""})
    add(registry, "library/tiny", "latest", made)

    assert set(_fetch(registry).metadata.files or ()) == {listed, "template"}


def test_a_namespace_and_a_tag_are_asked_for(registry: StandIn) -> None:
    add(registry, "acme/tiny", "7b", manifest(LAYERS))

    assert _fetch(registry, "ollama:acme/tiny:7b").id == "acme/tiny"


@pytest.mark.parametrize(
    ("made_from", "base"),
    [
        ("base:7b", "ollama:base:7b"),
        ("registry.ollama.ai/library/base:7b", "ollama:base:7b"),
        ("acme/base", "ollama:acme/base"),
        ("/home/kim/blobs/sha256-0", None),
        ("C:\\models\\x.gguf", None),
        ("tiny", None),
    ],
)
def test_what_a_model_was_made_from_is_a_base_model_unless_it_is_a_path(
    registry: StandIn, made_from: str, base: str | None
) -> None:
    made = manifest(LAYERS, made_from=made_from)
    add(registry, "library/tiny", "latest", made)

    release = _fetch(registry)

    assert [b for b, _ in release.metadata.base_models] == ([] if base is None else [base])
    [said] = release.metadata.declared
    assert (said.value, said.document, said.key) == (made_from, "manifest.json", "layers.0.from")
    if said.span is not None:
        assert made[0].decode()[slice(*said.span)] == made_from


def test_a_layer_laid_over_a_model_makes_it_an_adapter(registry: StandIn) -> None:
    made = manifest([*LAYERS, ("adapter", b"lora")], made_from="base")
    add(registry, "library/tiny", "latest", made)

    assert _fetch(registry).metadata.base_models == (("ollama:base", "adapter"),)


def test_weights_are_asked_what_they_are_where_no_layer_says(registry: StandIn) -> None:
    add(registry, "library/tiny", "latest", manifest([("model", WEIGHTS + bytes(2_000_000))]))

    release = _fetch(registry)

    assert release.metadata.card == {"license": "mit"}
    assert [r.part for r in registry.log] == [None, None, "bytes=0-999999"]


def test_a_text_that_is_not_what_the_manifest_names_is_not_read(registry: StandIn) -> None:
    made = manifest(LAYERS)
    add(registry, "library/tiny", "latest", made)
    registry.replies[f"/v2/library/tiny/blobs/{digest(TERMS.encode())}"] = [Reply(b"Other terms")]

    release = _fetch(registry)

    assert [d.name for d in release.documents] == ["license-2", "manifest.json"]
    [missing] = release.missing
    assert (missing.name, missing.reason) == ("license", Reason.FAILED)
    report = audit_release(release, knowledge())
    assert not report.licenses[0].complete


def test_a_digest_that_is_a_path_is_no_layer(registry: StandIn) -> None:
    said = {"layers": [{"mediaType": "application/vnd.ollama.image.license", "digest": "../../x"}]}
    registry.reply("/v2/library/tiny/manifests/latest", said)

    release = _fetch(registry)

    assert release.metadata.files == ()
    assert len(registry.log) == 1


def test_more_licenses_than_any_model_has_are_left_out_and_said(registry: StandIn) -> None:
    layers = [("license", f"Terms {n}.\n".encode()) for n in range(15)]
    add(registry, "library/tiny", "latest", manifest(layers))

    release = _fetch(registry)

    assert len(release.texts(Role.LICENSE)) == 12
    assert [m.name for m in release.missing] == ["and 3 more"]


SILENT = Fault("silence", seconds=5, times=None)


@pytest.mark.parametrize(
    ("reply", "error", "said"),
    [
        (
            Reply(b"{}", 404),
            ReleaseNotFound,
            "missing on {host}, or private; check the spelling, and",
        ),
        (Reply(b"{}", 401), ReleaseNotFound, "missing on {host}"),
        (Reply(b"{}", 412), ReleaseUnavailable, "refuses to show it (412)"),
        (Reply(b"{}", 418), HubUnreachable, "answered 418, but not as"),
        (Reply(b"{}", 502), HubUnreachable, "the hub answered 502 each time"),
        (Reply(b"<html>"), HubUnreachable, "the answer is not that of"),
        (Reply(b'{"layers": 3}'), HubUnreachable, "the answer is not that of"),
        (Reply(b" " * 1_100_000), HubUnreachable, "the answer is not that of"),
        (Reply(b"{}", faults=[rate_limited(55, None)]), HubUnreachable, "rate limited (429)"),
        (Reply(b"{}", faults=[SILENT]), HubUnreachable, "no answer"),
    ],
)
def test_each_failure_is_one_clear_line(
    registry: StandIn, reply: Reply, error: type[SourceError], said: str
) -> None:
    registry.replies["/v2/library/tiny/manifests/latest"] = [reply]

    with pytest.raises(error) as caught:
        _fetch(registry)

    assert said.format(host=registry.host) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_model_is_kept_in_a_bundle_and_in_the_cache(
    registry: StandIn, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    add(registry, "library/tiny", "7b", manifest(LAYERS, made_from="base"))
    route = Route(offline=True, hub=None, say=print, warn=print, named=registry.url)
    words = ["ollama:tiny:7b", "-o", str(tmp_path / "b"), "--hub", registry.url]

    ran = Shell(capsys)("fetch", *words)

    assert ran.code == 0
    [kept] = obtain(str(tmp_path / "b"), (), route)
    [cached] = obtain("ollama:tiny:7b", (), route)
    assert (kept.documents, kept.metadata) == (cached.documents, cached.metadata)
    assert str(kept.reference) == "ollama:tiny:7b"


def test_a_model_in_the_store_is_read_by_its_manifest(tmp_path: Path) -> None:
    path = store(tmp_path, "library/tiny", "7b", manifest(LAYERS, made_from="base"))

    release = local.read(path)

    assert (release.origin, release.hub, release.id) == (Origin.LOCAL, "local", "tiny:7b")
    assert [d.name for d in release.documents] == ["license", "license-2", "manifest.json"]
    assert release.metadata.base_models == (("ollama:base", None),)


def test_a_store_holds_each_of_its_models(tmp_path: Path) -> None:
    for name in ("tiny", "small"):
        store(tmp_path, f"library/{name}", "7b", manifest(LAYERS))

    found = [local.read(p).id for p in local.releases_in(tmp_path)]

    assert found == ["small:7b", "tiny:7b"]


def test_weights_in_the_store_say_what_they_are_where_no_layer_does(tmp_path: Path) -> None:
    path = store(tmp_path, "library/tiny", "7b", manifest([("model", WEIGHTS)]))

    assert local.read(path).metadata.card == {"license": "mit"}


def test_a_layer_that_is_not_in_the_store_is_missing(tmp_path: Path) -> None:
    path = store(tmp_path, "library/tiny", "7b", manifest(LAYERS))
    (tmp_path / "blobs" / digest(MORE.encode()).replace(":", "-")).unlink()

    [missing] = local.read(path).missing

    assert (missing.name, missing.reason) == ("license-2", Reason.OFFLINE)


@pytest.mark.parametrize("text", ["", "{", json.dumps({"layers": None}), "[]"])
def test_a_manifest_that_is_broken_is_told_in_one_line(tmp_path: Path, text: str) -> None:
    path = store(tmp_path, "library/tiny", "7b", (text.encode(), {}))

    with pytest.raises(InputUnreadable, match="7b: lies in a store of Ollama, but is no manifest"):
        local.read(path)

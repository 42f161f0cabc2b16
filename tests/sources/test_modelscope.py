"""Models on ModelScope: what is asked, what comes of it, and what is said where nothing does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.errors import HubUnreachable, ReleaseNotFound, SourceError
from openaudit.model.document import Reason, Role
from openaudit.model.reference import parse
from openaudit.model.release import Gate, Origin, Release
from openaudit.sources import modelscope
from openaudit.sources.obtain import Route, obtain
from tests.cli.shell import Shell
from tests.hub.modelscope import add
from tests.hub.modelscope import modelscope as stand_in
from tests.hub.repository import Fault, rate_limited
from tests.hub.stand_in import Reply, StandIn
from tests.sources.making import CARD, QUICK, TERMS

FILES = {"README.md": CARD, "LICENSE": TERMS, "model.safetensors": "weights"}
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def ms() -> Iterator[StandIn]:
    with stand_in() as running:
        yield running


def _fetch(ms: StandIn, text: str = "ms:acme/tiny") -> Release:
    return modelscope.fetch(parse(text), endpoint=ms.url, limits=QUICK)


def test_a_model_is_read_with_its_listing_and_its_texts(ms: StandIn) -> None:
    add(ms, "acme/tiny", FILES, license="Apache License 2.0", tags=["rain"])

    release = _fetch(ms)

    assert (release.hub, release.id, release.revision) == (ms.host, "acme/tiny", None)
    assert (release.origin, release.metadata.gate) == (Origin.HUB, Gate.OPEN)
    assert release.metadata.files == tuple(sorted(FILES))
    assert release.metadata.tags == ("license:Apache License 2.0", "rain")
    assert [(d.name, d.role, d.text) for d in release.documents] == [
        ("README.md", Role.CARD, CARD),
        ("LICENSE", Role.LICENSE, TERMS),
    ]
    assert len(ms.log) == 4


def test_the_license_is_known_by_the_name_that_modelscope_shows(ms: StandIn) -> None:
    add(ms, "acme/tiny", {"README.md": "# Tiny\n"}, license="Apache License 2.0")

    report = audit_release(_fetch(ms), knowledge())

    assert [(a.artifact, a.concluded.id) for a in report.licenses] == [("weights", "Apache-2.0")]


@pytest.mark.parametrize(("revision", "kept"), [(COMMIT, COMMIT), ("v1", None)])
def test_a_revision_is_asked_for_and_pinned_where_it_is_a_commit(
    ms: StandIn, revision: str, kept: str | None
) -> None:
    add(ms, "acme/tiny", FILES, revision=revision)

    release = _fetch(ms, f"ms:acme/tiny@{revision}")

    assert release.revision == kept
    assert [d.revision for d in release.documents] == [kept, kept]


@pytest.mark.parametrize(
    ("about", "gate"),
    [
        ({"gated": True}, Gate.MANUAL),
        ({"gated": "manual"}, Gate.MANUAL),
        ({"login_required": True}, Gate.AUTO),
        ({"gated": None}, None),
    ],
)
def test_a_gate_is_a_result(ms: StandIn, about: dict[str, Any], gate: Gate | None) -> None:
    add(ms, "acme/tiny", FILES, **about)
    ms.replies["/api/v1/models/acme/tiny/repo"] = [Reply(b"{}", 403)]

    release = _fetch(ms)

    assert release.metadata.gate is gate
    assert {(m.name, m.reason) for m in release.missing} == {
        ("README.md", Reason.GATED),
        ("LICENSE", Reason.GATED),
    }


def test_an_adapter_names_its_base_model(ms: StandIn) -> None:
    config = '{"base_model_name_or_path": "acme/base"}'
    add(ms, "acme/tiny", {**FILES, "adapter_config.json": config})

    assert _fetch(ms).metadata.base_models == (("acme/base", "adapter"),)


def test_a_listing_that_is_cut_is_said_to_be(ms: StandIn) -> None:
    add(ms, "acme/tiny", FILES, total=900)

    assert [m.detail for m in _fetch(ms).missing] == ["ModelScope lists 4 of 900 entries"]


def test_no_token_is_sent(ms: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_TOKEN", "hf_x")
    add(ms, "acme/tiny", FILES)

    _fetch(ms)

    assert {r.token for r in ms.log} == {None}


SILENT = Fault("silence", seconds=5, times=None)


@pytest.mark.parametrize(
    ("reply", "error", "said"),
    [
        (Reply(b"{}", 404), ReleaseNotFound, "missing on {host}, or private; check the spelling"),
        (Reply(b"{}", 403), ReleaseNotFound, "a model that needs an account is not read"),
        (Reply(b'{"success": false}'), ReleaseNotFound, "missing on {host}, or private"),
        (Reply(b'{"success": true}'), HubUnreachable, "the answer is not that of"),
        (Reply(b"<html>"), HubUnreachable, "the answer is not that of"),
        (Reply(b"<html>", 404, {"Content-Type": "text/html"}), HubUnreachable, "answered 404"),
        (Reply(b"{}", 500), HubUnreachable, "the hub answered 500 each time"),
        (Reply(b"{}", faults=[rate_limited(55, None)]), HubUnreachable, "rate limited (429)"),
        (Reply(b"{}", faults=[SILENT]), HubUnreachable, "no answer"),
        (Reply(b"{" + b" " * 60_000), HubUnreachable, "the answer is not that of"),
    ],
)
def test_each_failure_is_one_clear_line(
    ms: StandIn, reply: Reply, error: type[SourceError], said: str
) -> None:
    ms.replies["/openapi/v1/models/acme/tiny"] = [reply]

    with pytest.raises(error) as caught:
        _fetch(ms)

    assert said.format(host=ms.host) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("reply", "error", "said"),
    [
        (Reply(b"{}", 400), ReleaseNotFound, "no revision 'v9'"),
        (Reply(b'{"Data": {}}'), HubUnreachable, "the answer is not that of"),
    ],
)
def test_a_listing_that_is_not_given_is_told(
    ms: StandIn, reply: Reply, error: type[SourceError], said: str
) -> None:
    add(ms, "acme/tiny", FILES)
    ms.replies["/api/v1/models/acme/tiny/repo/files"] = [reply]

    with pytest.raises(error, match=said):
        _fetch(ms, "ms:acme/tiny@v9")


def test_a_model_is_kept_in_a_bundle_and_in_the_cache(
    ms: StandIn, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    add(ms, "acme/tiny", FILES, license="MIT License")
    route = Route(offline=True, hub=None, say=print, warn=print, named=ms.url)

    ran = Shell(capsys)("fetch", "ms:acme/tiny", "-o", str(tmp_path / "b"), "--hub", ms.url)

    assert ran.code == 0
    [kept] = obtain(str(tmp_path / "b"), (), route)
    [cached] = obtain("ms:acme/tiny", (), route)
    assert (kept.documents, kept.metadata) == (cached.documents, cached.metadata)

"""Repositories on GitHub: what is asked, what comes of it, and what is said where nothing does."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from openaudit.api import audit_release
from openaudit.data import knowledge
from openaudit.errors import HubUnreachable, ReleaseNotFound, ReleaseUnavailable, SourceError
from openaudit.model.document import Reason, Role
from openaudit.model.reference import parse
from openaudit.model.release import Gate, Origin, Release
from openaudit.sources import github
from openaudit.sources.obtain import Route, obtain
from tests.cli.shell import Shell
from tests.hub.github import add
from tests.hub.github import github as stand_in
from tests.hub.repository import Fault, unavailable
from tests.hub.stand_in import Reply, StandIn
from tests.sources.making import QUICK, TERMS

README = "# Tiny\n\nCode of a made-up model.\n"
FILES = {"README.md": README, "LICENSE": TERMS, "src/tiny.py": "pass", "docs/a/LICENSE": "deep"}


@pytest.fixture
def gh() -> Iterator[StandIn]:
    with stand_in() as running:
        yield running


def _fetch(gh: StandIn, text: str = "gh:acme/tiny", *, anonymous: bool = False) -> Release:
    return github.fetch(parse(text), endpoint=gh.url, limits=QUICK, anonymous=anonymous)


def test_a_repository_is_read_at_one_commit(gh: StandIn) -> None:
    commit = add(gh, "acme/tiny", FILES, license_="MIT")

    release = _fetch(gh)

    assert (release.hub, release.id, release.revision) == (gh.host, "acme/tiny", commit)
    assert (release.origin, release.metadata.gate) == (Origin.HUB, Gate.OPEN)
    assert release.metadata.files == tuple(sorted(FILES))
    assert release.metadata.tags == ("license:MIT",)
    assert [(d.name, d.role, d.text, d.revision) for d in release.documents] == [
        ("README.md", Role.CARD, README, commit),
        ("LICENSE", Role.LICENSE, TERMS, commit),
    ]
    assert (release.missing, release.notes) == ((), ())


def test_a_repository_costs_three_requests_and_one_more_for_each_text(gh: StandIn) -> None:
    add(gh, "acme/tiny", FILES)

    _fetch(gh)

    assert len(gh.log) == 5


def test_the_license_is_that_of_code(gh: StandIn) -> None:
    add(gh, "acme/tiny", {"README.md": README}, license_="MIT")

    report = audit_release(_fetch(gh), knowledge())

    assert [(a.artifact, a.concluded.id) for a in report.licenses] == [("code", "MIT")]
    assert report.label is None


def test_a_license_that_github_does_not_know_is_not_said(gh: StandIn) -> None:
    add(gh, "acme/tiny", FILES, license_="NOASSERTION")

    assert _fetch(gh).metadata.tags == ()


def test_the_license_that_is_detected_is_that_of_the_branch_shown_first(gh: StandIn) -> None:
    add(gh, "acme/tiny", FILES, license_="MIT", revisions=("main", "v1/rc"))

    assert _fetch(gh, "gh:acme/tiny@main").metadata.tags == ("license:MIT",)
    assert _fetch(gh, "gh:acme/tiny@v1/rc").metadata.tags == ()


def test_a_renamed_repository_is_read_and_said(gh: StandIn) -> None:
    add(gh, "acme/new", FILES)
    gh.reply("/repos/acme/tiny", b"", status=301, headers={"Location": "/repos/acme/new"})

    release = _fetch(gh)

    assert release.id == "acme/new"
    assert [(n.finding, n.values["new"]) for n in release.notes] == [
        ("release-renamed", "acme/new")
    ]


@pytest.mark.parametrize("variable", ["GITHUB_TOKEN", "GH_TOKEN"])
@pytest.mark.parametrize("anonymous", [False, True])
def test_the_token_of_the_environment_is_sent_unless_nobody_named_the_hub(
    gh: StandIn, monkeypatch: pytest.MonkeyPatch, variable: str, *, anonymous: bool
) -> None:
    add(gh, "acme/tiny", FILES)
    monkeypatch.setenv(variable, "ghp_x")

    _fetch(gh, anonymous=anonymous)

    assert {r.token for r in gh.log} == {None if anonymous else "ghp_x"}


def test_a_stale_token_is_dropped_and_said(gh: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    add(gh, "acme/tiny", FILES)
    gh.refused_tokens.add("ghp_old")
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_old")

    release = _fetch(gh)

    assert [n.finding for n in release.notes] == ["token-stale"]
    assert [r.token for r in gh.log[:2]] == ["ghp_old", None]
    message = [f.message for f in audit_release(release, knowledge()).findings]
    assert any("Renew GITHUB_TOKEN" in m for m in message)


def test_a_token_is_not_sent_where_a_redirect_leads_away(
    gh: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_TOKEN", "ghp_x")
    add(gh, "acme/tiny", FILES)
    with stand_in() as away:
        path = "/repos/acme/tiny/contents/LICENSE"
        gh.replies[path] = [Reply(b"", 302, {"Location": f"{away.url}/LICENSE"})]
        away.reply("/LICENSE", "elsewhere")

        release = _fetch(gh)

        assert release.documents[1].text == "elsewhere"
        assert [r.token for r in away.log] == [None]


LIMITED = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "99999999999"}
SILENT = Fault("silence", seconds=5, times=None)


@pytest.mark.parametrize(
    ("reply", "error", "said"),
    [
        (Reply(b"{}", 404), ReleaseNotFound, "missing on {host}, or private; check the"),
        (Reply(b"{}", 403), ReleaseUnavailable, "refuses to show it (403)"),
        (Reply(b"{}", 451), ReleaseUnavailable, "refuses to show it (451)"),
        (Reply(b"{}", 403, LIMITED), HubUnreachable, "60 requests an hour without a token: set"),
        (Reply(b"{}", 429, {"Retry-After": "50"}), HubUnreachable, "(429) for another 50 s"),
        (Reply(b"{}", 503), HubUnreachable, "the hub answered 503 each time"),
        (Reply(b"{}", 418), HubUnreachable, "answered 418, but not as"),
        (Reply(b"<html>"), HubUnreachable, "the answer is not that of"),
        (Reply(b"[]"), HubUnreachable, "the answer is not that of"),
        (Reply(b'{"disabled": true}'), ReleaseUnavailable, "disabled by GitHub"),
        (Reply(b"{" + b" " * 60_000), HubUnreachable, "the answer is not that of"),
        (Reply(b"{}", faults=[SILENT]), HubUnreachable, "no answer"),
        (Reply(b"{}", faults=[unavailable(None)]), HubUnreachable, "503"),
    ],
)  # fmt: skip
def test_each_failure_is_one_clear_line(
    gh: StandIn, reply: Reply, error: type[SourceError], said: str
) -> None:
    gh.replies["/repos/acme/tiny"] = [reply]

    with pytest.raises(error) as caught:
        _fetch(gh)

    assert said.format(host=gh.host) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_server_that_is_no_github_is_not_believed_that_nothing_is_there() -> None:
    with StandIn() as other, pytest.raises(HubUnreachable, match="answered 404, but not as the"):
        _fetch(other)


def test_a_revision_that_is_not_there_is_told_from_a_missing_repository(gh: StandIn) -> None:
    add(gh, "acme/tiny", FILES)
    gh.reply("/repos/acme/tiny/commits/v9", b"{}", status=422)

    with pytest.raises(ReleaseNotFound, match="gh:acme/tiny: no revision 'v9'"):
        _fetch(gh, "gh:acme/tiny@v9")


def test_an_empty_repository_is_said_to_be_empty(gh: StandIn) -> None:
    gh.reply("/repos/acme/tiny", {"full_name": "acme/tiny", "default_branch": "main"})
    gh.reply("/repos/acme/tiny/commits/main", b"{}", status=409)

    with pytest.raises(ReleaseNotFound, match="holds nothing"):
        _fetch(gh)


def test_a_listing_that_github_cuts_leaves_the_license_unknown(gh: StandIn) -> None:
    add(gh, "acme/tiny", {"README.md": README}, truncated=True)

    release = _fetch(gh)

    assert [m.name for m in release.missing] == ["the rest of the listing"]
    report = audit_release(release, knowledge())
    assert "license-unstated" not in {f.id for f in report.findings}


def test_a_text_that_cannot_be_had_is_missing_with_its_reason(gh: StandIn) -> None:
    add(gh, "acme/tiny", FILES)
    gh.replies["/repos/acme/tiny/contents/LICENSE"] = [Reply(b"{}", 404)]
    gh.replies["/repos/acme/tiny/contents/README.md"] = [Reply(b"{}", 418)]

    assert [(m.name, m.reason) for m in _fetch(gh).missing] == [
        ("README.md", Reason.FAILED),
        ("LICENSE", Reason.NOT_PUBLISHED),
    ]


def test_a_repository_is_kept_in_a_bundle_and_in_the_cache(
    gh: StandIn, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    add(gh, "acme/tiny", FILES, license_="MIT")
    route = Route(offline=True, hub=None, say=print, warn=print, named=gh.url)

    ran = Shell(capsys)("fetch", "gh:acme/tiny", "-o", str(tmp_path / "b"), "--hub", gh.url)

    assert ran.code == 0
    [kept] = (tmp_path / "b").iterdir()
    assert kept.name == "gh--model--acme--tiny"
    [cached] = obtain("gh:acme/tiny", (), route)
    [bundled] = obtain(str(kept), (), route)
    assert cached.documents == bundled.documents
    assert str(bundled.reference) == "gh:acme/tiny"


def test_an_address_of_the_api_is_taken_from_the_environment(
    gh: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(gh, "acme/tiny", FILES)
    monkeypatch.setenv("GITHUB_API_URL", gh.url)

    assert github.fetch(parse("gh:acme/tiny"), limits=QUICK).hub == gh.host


def test_the_hub_of_hugging_face_references_is_not_asked_for_others(
    gh: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(gh, "acme/tiny", FILES)
    monkeypatch.setenv("GITHUB_API_URL", gh.url)
    route = Route(offline=False, hub="http://127.0.0.1:9", say=lambda _: None, warn=print)

    [release] = obtain("gh:acme/tiny", (), route)

    assert release.hub == gh.host

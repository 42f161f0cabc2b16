"""Where an answer comes from, who is sent a token, and what can become a bundle."""

from pathlib import Path

import pytest

from openaudit.data import knowledge
from openaudit.errors import HubUnreachable, ReleaseNotFound, SourceError
from openaudit.sources import bundle
from openaudit.sources.obtain import Route, download, obtain
from tests.cli.shell import Shell
from tests.hub import LoopbackHub
from tests.sources.making import CARD


def _route(hub: str | None, *, offline: bool = False, trusted: bool = True) -> Route:
    return Route(offline, hub, say=lambda _: None, warn=lambda _: None, trusted=trusted)


@pytest.mark.parametrize(("trusted", "token"), [(True, "hf_env"), (False, None)])
def test_a_hub_that_the_user_did_not_name_is_sent_no_token(
    hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch, *, trusted: bool, token: str | None
) -> None:
    hub.add("acme/tiny", {"README.md": CARD})
    monkeypatch.setenv("HF_TOKEN", "hf_env")

    for get in (obtain, download):
        get("acme/tiny", (), _route(hub.url, trusted=trusted))

    assert {r.token for r in hub.log} == {token}


def test_the_users_own_hub_is_sent_the_token_whatever_file_was_found(
    hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add("acme/tiny", {"README.md": CARD})
    monkeypatch.setenv("HF_TOKEN", "hf_env")
    monkeypatch.setenv("HF_ENDPOINT", hub.url)

    obtain("acme/tiny", (), _route(None, trusted=False))

    assert {r.token for r in hub.log} == {"hf_env"}


def test_the_home_of_nobody_is_told_in_one_line() -> None:
    with pytest.raises(ReleaseNotFound, match="~nouser/x: there is no such home directory"):
        obtain("~nouser/x", (), _route(None))


def test_a_tilde_stands_for_the_home_unless_a_file_is_called_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    for name in ("home/tiny", "here/~/tiny"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "README.md").write_text(f"# {name}\n")
    (tmp_path / "here" / "away").mkdir()

    monkeypatch.chdir(tmp_path / "here" / "away")
    [of_home] = obtain("~/tiny", (), _route(None))
    monkeypatch.chdir(tmp_path / "here")
    [by_name] = obtain("~/tiny", (), _route(None))

    assert of_home.documents[0].text == "# home/tiny\n"
    assert by_name.documents[0].text == "# here/~/tiny\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("chatgpt", "catalog:chatgpt: answered from the catalog, which needs no bundle"),
        ("catalog:chatgpt", "catalog:chatgpt: answered from the catalog, which needs no bundle"),
        ("catalog:none-such", "catalog:none-such: not in the catalog"),
        ("./none-such", "./none-such: a path, which needs no bundle"),
        (".", ".: a path, which needs no bundle"),
    ],
)
def test_what_no_hub_gives_makes_no_bundle(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    text: str,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)

    ran = Shell(capsys)("fetch", text, "-o", "bundles")

    assert ran.code == 3
    assert said in ran.err
    assert len(ran.err.splitlines()) == 1
    assert not Path("bundles").exists()


def test_the_catalog_never_answers_a_fetch_for_a_dead_hub(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("openaudit.sources.endpoint._DEFAULT", "http://127.0.0.1:9")
    monkeypatch.chdir(tmp_path)

    ran = Shell(capsys)("fetch", "meta-llama/Llama-2-7b", "-o", "bundles")

    assert ran.code == 3
    assert "127.0.0.1:9: no answer" in ran.err
    assert "catalog" not in ran.err
    with pytest.raises(HubUnreachable):
        download("meta-llama/Llama-2-7b", knowledge().records, _route(None))


def test_two_revisions_are_kept_beside_each_other(
    hub: LoopbackHub, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    hub.add("acme/tiny", {"README.md": CARD}, revisions=("main", "v1"))

    ran = Shell(capsys)("fetch", "acme/tiny", "acme/tiny@v1", "-o", str(tmp_path), "--hub", hub.url)

    assert ran.code == 0
    assert sorted(p.parent.name for p in tmp_path.glob(f"*/{bundle.NAME}")) == [
        "model--acme--tiny",
        "model--acme--tiny@v1",
    ]


def test_offline_a_fetch_gives_what_was_fetched_before_or_says_so(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD})
    offline = _route(hub.url, offline=True)
    with pytest.raises(SourceError, match="acme/tiny: not in the cache"):
        download("acme/tiny", (), offline)

    download("acme/tiny", (), _route(hub.url))

    assert download("acme/tiny", (), offline).documents[0].text == CARD

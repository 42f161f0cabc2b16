"""The license link that leads elsewhere: read where it may be, and refused where it may not."""

import socket
import ssl
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from openaudit.model.document import Document, Missing, Reason, Role
from openaudit.sources.follow import Door, followed, read
from openaudit.sources.obtain import Route, download, obtain
from openaudit.sources.retry import Limits
from tests.cli.shell import Shell
from tests.hub import LoopbackHub
from tests.hub.repository import Fault, unavailable
from tests.hub.stand_in import Reply, StandIn
from tests.hub.tls import certificate, secured
from tests.sources.making import TERMS, fetch

QUICK = Limits(answer=0.8, silence=0.3, text=0.4, pause=0.01, text_bytes=20_000)
PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
PUBLIC = "93.184.216.34"


@pytest.fixture
def away() -> Iterator[StandIn]:
    with StandIn(PLAIN) as running:
        yield running


def _door(*servers: StandIn) -> Door:
    return Door(opened=frozenset(s.url for s in servers), limits=QUICK)


def _refused(link: str, door: Door) -> Missing:
    found = read(link, door)
    assert isinstance(found, Missing)
    assert (found.name, found.role) == (link, Role.LICENSE)
    assert "\n" not in found.detail
    return found


def test_a_text_on_another_host_is_read(away: StandIn) -> None:
    away.reply("/terms/LICENSE", TERMS)
    link = f"{away.url}/terms/LICENSE"

    found = read(link, _door(away))

    assert isinstance(found, Document)
    assert (found.name, found.role, found.text) == (link, Role.LICENSE, TERMS)


def test_nothing_but_the_request_is_sent(away: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HF_TOKEN", "GITHUB_TOKEN"):
        monkeypatch.setenv(name, "secret")
    for name in ("https_proxy", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    away.reply("/a", b"", status=302, headers={"Location": "/b", "Set-Cookie": "a=b"})
    away.reply("/b", TERMS)

    assert isinstance(read(f"{away.url}/a", _door(away)), Document)

    sent = {k.lower() for h in away.headers for k in h}
    assert sent == {"host", "user-agent", "accept", "accept-encoding", "connection"}


def test_a_redirect_is_followed_where_it_may_lead(away: StandIn) -> None:
    with StandIn(PLAIN) as other:
        away.reply("/a", b"", status=301, headers={"Location": f"{other.url}/b"})
        other.reply("/b", TERMS)

        assert isinstance(read(f"{away.url}/a", _door(away, other)), Document)
        refused = _refused(f"{away.url}/a", _door(away))

    assert refused.reason is Reason.ELSEWHERE
    assert len(other.log) == 1


@pytest.mark.parametrize(
    "link",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://example.org/LICENSE",
        "https://169.254.169.254/",
        "https://localhost/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://127.1/",
        "https://intranet/",
        "https://user:pass@example.org/LICENSE",
        "https://example.org:8443/LICENSE",
        "https://example.org:99999/LICENSE",
        "https://[::1/",
        "https:///LICENSE",
        "file:///etc/passwd",
        "ftp://example.org/LICENSE",
        "gopher://example.org/",
        "data:text/plain,license",
        "javascript:alert(1)",
    ],
)
def test_what_must_not_be_followed_is_neither_looked_up_nor_asked(link: str) -> None:
    def never(*_: object) -> list[str]:
        raise AssertionError("it must not be looked up")

    missing = _refused(link, Door(resolve=never, limits=QUICK))

    assert missing.reason is Reason.ELSEWHERE


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::1"])
def test_a_name_that_stands_for_an_address_inside_is_not_asked(address: str) -> None:
    door = Door(resolve=lambda *_: [address], limits=QUICK)

    assert "has no public address" in _refused("https://terms.example.org/", door).detail


@pytest.mark.parametrize(
    "target",
    [
        "https://169.254.169.254/",
        "https://localhost/",
        "http://example.org/",
        "//127.0.0.1/",
        "file:///etc/passwd",
        "https://inside.example.org/",
    ],
)
def test_a_redirect_to_what_must_not_be_followed_is_refused(away: StandIn, target: str) -> None:
    away.reply("/a", b"", status=302, headers={"Location": target})
    door = replace(_door(away), resolve=lambda *_: ["127.0.0.1"])

    assert _refused(f"{away.url}/a", door).reason is Reason.ELSEWHERE
    assert len(away.log) == 1


def test_redirects_in_a_circle_end(away: StandIn) -> None:
    away.reply("/a", b"", status=302, headers={"Location": "/a"})

    assert "from one address to the next" in _refused(f"{away.url}/a", _door(away)).detail
    assert len(away.log) == 6


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"", 404), "was answered with 404"),
        (Reply(b"", 302), "was answered with 302"),
        (Reply(b"x", headers={"Content-Type": "application/pdf"}), "is not sent as text"),
        (Reply(b"x", headers={"Content-Type": "text/javascript"}), "is not sent as text"),
        (Reply(b"x", headers={"Content-Type": "text"}), "is not sent as text"),
        (Reply(b"x", headers={"Content-Encoding": "gzip"}), "is sent compressed"),
        (Reply(b"x", headers={"Content-Length": "10000000000"}), "longer than 20,000 bytes"),
        (Reply(b"x", headers={"Content-Length": "9" * 400}), "longer than 20,000 bytes"),
        (Reply(b"x" * 5_000, faults=[Fault("endless", times=None)]), "longer than 20,000 bytes"),
        (Reply(b"x" * 500, faults=[Fault("cut", times=None)]), "could not be had"),
        (Reply(b"x" * 90, faults=[Fault("drip", seconds=0.1, times=None)]), "could not be had"),
        (Reply(b"x", faults=[Fault("silence", seconds=9, times=None)]), "could not be had"),
        (Reply(b"x", faults=[unavailable(None)]), "answered 503"),
        (Reply(b"\0\1\2"), "binary, or not in UTF-8"),
    ],
)
def test_an_answer_that_is_no_license_is_not_read_and_costs_little(
    away: StandIn, reply: Reply, said: str
) -> None:
    away.replies["/LICENSE"] = [reply]
    started = time.monotonic()

    assert said in _refused(f"{away.url}/LICENSE", _door(away)).detail
    assert time.monotonic() - started < 2.5


def test_a_server_that_speaks_no_http_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        origin = f"http://127.0.0.1:{server.getsockname()[1]}"
        door = Door(opened=frozenset({origin}), limits=QUICK)
        started = time.monotonic()

        assert _refused(f"{origin}/x", door).reason is Reason.FAILED
        assert time.monotonic() - started < 2.0


def test_a_host_that_is_not_there_is_told() -> None:
    def nothing(*_: object) -> list[str]:
        raise socket.gaierror(-2, "Name or service not known")

    missing = _refused("https://terms.example.org/x", Door(resolve=nothing, limits=QUICK))

    assert missing.reason is Reason.FAILED
    assert "Name or service not known" in missing.detail


def test_the_certificate_is_that_of_the_name_and_the_connection_that_of_the_address(
    tmp_path: Path,
) -> None:
    pem = certificate(tmp_path, "terms.example.org")

    def trust() -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(tmp_path / "c.pem"))

    with secured(StandIn(PLAIN), pem) as server:
        server.reply("/LICENSE", TERMS)
        origins = [f"https://{h}.example.org:{server.port}" for h in ("terms", "other")]
        door = Door(lambda *_: ["127.0.0.1"], frozenset(origins), trust, QUICK)

        found = read(f"{origins[0]}/LICENSE", door)
        refused = _refused(f"{origins[1]}/LICENSE", door)

    assert isinstance(found, Document)
    assert [h["Host"] for h in server.headers] == ["terms.example.org"]
    assert "could not be had" in refused.detail


@pytest.mark.parametrize(
    ("link", "host"),
    [
        ("https://github.com/acme/tiny/blob/main/LICENSE", "raw.githubusercontent.com"),
        ("https://gitlab.com/acme/x/tiny/-/blob/main/LICENSE", "gitlab.com"),
        ("https://huggingface.co/acme/tiny/blob/main/LICENSE", "huggingface.co"),
        ("https://github.com.evil.example/acme/tiny/blob/main/LICENSE", "github.com.evil.example"),
    ],
)
def test_a_page_that_shows_a_text_is_read_where_the_text_itself_is(link: str, host: str) -> None:
    asked: list[str] = []

    def noted(name: str, _: int) -> list[str]:
        asked.append(name)
        return ["10.0.0.1"]

    read(link, Door(resolve=noted, limits=QUICK))

    assert asked == [host]


def _card(link: str) -> str:
    return f"---\nlicense: other\nlicense_link: {link}\n---\n# Tiny\n"


def test_a_release_holds_what_its_link_leads_to(hub: LoopbackHub, away: StandIn) -> None:
    away.reply("/LICENSE", TERMS)
    link = f"{away.url}/LICENSE"
    hub.add("acme/tiny", {"README.md": _card(link)})

    release = followed(fetch(hub, "acme/tiny"), lambda _: False, _door(away))

    assert [d.name for d in release.texts(Role.LICENSE)] == [link]
    assert release.missing == ()


def test_many_links_share_the_time_that_there_is(hub: LoopbackHub, away: StandIn) -> None:
    silent = [Fault("silence", seconds=9, times=None)]
    links = [f"{away.url}/{n}" for n in range(15)]
    for n in range(15):
        away.reply(f"/{n}", TERMS, faults=silent)
    hub.add("acme/tiny", {"README.md": _card(str(links))})
    door = replace(_door(away), limits=replace(QUICK, texts=1.0))
    started = time.monotonic()

    release = followed(fetch(hub, "acme/tiny"), lambda _: False, door)

    assert time.monotonic() - started < 2.5
    assert len(release.missing) == 15


def test_a_link_to_a_known_license_is_not_asked(hub: LoopbackHub, away: StandIn) -> None:
    hub.add("acme/tiny", {"README.md": _card(f"{away.url}/LICENSE")})
    release = fetch(hub, "acme/tiny")

    assert followed(release, lambda _: True, _door(away)) is release
    assert away.log == []


def test_what_was_followed_is_kept_for_a_run_offline(hub: LoopbackHub, away: StandIn) -> None:
    away.reply("/LICENSE", TERMS)
    hub.add("acme/tiny", {"README.md": _card(f"{away.url}/LICENSE")})
    online = Route(
        offline=False,
        hub=hub.url,
        say=lambda _: None,
        warn=lambda _: None,
        follow=lambda release: followed(release, lambda _: False, _door(away)),
    )

    download("acme/tiny", (), online)

    [kept] = obtain("acme/tiny", (), replace(online, offline=True))
    assert [d.text for d in kept.texts(Role.LICENSE)] == [TERMS]


@pytest.mark.parametrize(
    ("words", "said"), [([], "not an https address"), (["--no-follow"], "leads out")]
)
def test_the_command_follows_links_unless_it_is_told_not_to(
    hub: LoopbackHub, away: StandIn, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    hub.add("acme/tiny", {"README.md": _card(f"{away.url}/LICENSE")})

    ran = Shell(capsys)("check", "acme/tiny", "--hub", hub.url, "--format", "json", *words)

    assert ran.code == 0
    assert said in ran.out
    assert away.log == []


def test_the_command_does_not_ask_for_a_license_that_a_person_has_read(
    hub: LoopbackHub, capsys: pytest.CaptureFixture[str]
) -> None:
    link = "https://www.apache.org/licenses/LICENSE-2.0"
    hub.add("acme/tiny", {"README.md": _card(link)})

    ran = Shell(capsys)("check", "acme/tiny", "--hub", hub.url, "--format", "json")

    assert ran.code == 0
    assert "could not be had" not in ran.out

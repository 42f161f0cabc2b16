"""Hubs that are slow, broken, hostile or gone: bounded in time, never mistaken for an answer."""

import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from huggingface_hub import close_session, constants

from openaudit.errors import HubUnreachable, ReleaseUnavailable, UsageError
from openaudit.model.document import Reason
from openaudit.model.reference import parse
from openaudit.sources import huggingface
from openaudit.sources.retry import Limits
from tests.hub import LoopbackHub
from tests.hub.repository import Fault, rate_limited, unavailable
from tests.sources.making import CARD, QUICK, TERMS, fetch


@contextmanager
def _within(seconds: float) -> Iterator[None]:
    started = time.monotonic()
    yield
    assert time.monotonic() - started < seconds


@pytest.mark.parametrize(
    "fault",
    [rate_limited(0), unavailable(2), Fault("status", 408), Fault("status", 500), Fault("cut")],
    ids=["429", "503 twice", "408", "500", "cut"],
)
def test_a_fault_that_passes_is_waited_out(hub: LoopbackHub, fault: Fault) -> None:
    hub.add("acme/tiny", {"README.md": CARD}, faults=[fault])

    assert fetch(hub, "acme/tiny").documents[0].text == CARD


def test_the_wait_the_hub_asks_for_is_kept(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD}, faults=[rate_limited(1)])
    patient = Limits(answer=3.0, pause=0.01)
    started = time.monotonic()

    fetch(hub, "acme/tiny", limits=patient)

    assert time.monotonic() - started >= 1.0
    assert len(hub.log) == 3


def test_a_rate_limit_that_outlasts_the_patience_ends_at_once_with_advice(
    hub: LoopbackHub,
) -> None:
    hub.add("acme/tiny", {"README.md": CARD}, faults=[rate_limited(55, times=None)])

    with _within(0.5), pytest.raises(HubUnreachable) as caught:
        fetch(hub, "acme/tiny")

    assert "rate limited (429) for another 55 s; set HF_TOKEN" in str(caught.value)
    assert len(hub.log) == 1


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (rate_limited(0, times=None), "rate limited (429)"),
        (unavailable(times=None), "the hub answered 503 each time"),
        (Fault("silence", seconds=5, times=None), "no answer"),
        (Fault("cut", times=None), "no answer"),
    ],
    ids=["429", "503", "silence", "cut"],
)
def test_a_hub_that_never_answers_well_is_unreachable_within_the_limit(
    hub: LoopbackHub, fault: Fault, said: str
) -> None:
    hub.add("acme/tiny", {"README.md": CARD}, faults=[fault])

    with _within(1.5), pytest.raises(HubUnreachable) as caught:
        fetch(hub, "acme/tiny")

    assert said in str(caught.value)
    assert str(caught.value).startswith(hub.host)
    assert "\n" not in str(caught.value)


def test_an_answer_that_drips_is_given_up(hub: LoopbackHub) -> None:
    drip = Fault("drip", seconds=0.1, times=None)
    hub.add("acme/tiny", {"README.md": CARD}, faults=[drip])

    with _within(2.0), pytest.raises(HubUnreachable, match="within the time limit"):
        fetch(hub, "acme/tiny")


def test_a_slow_hub_is_waited_for(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD}, faults=[Fault("slow", seconds=0.1)])

    assert fetch(hub, "acme/tiny").documents[0].text == CARD


def test_a_port_where_nothing_listens_is_unreachable() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        endpoint = f"http://127.0.0.1:{taken.getsockname()[1]}"

        with (
            _within(1.0),
            pytest.raises(HubUnreachable, match="check the network, or use --offline"),
        ):
            huggingface.fetch(parse("acme/tiny"), endpoint=endpoint, limits=QUICK)


def test_a_host_that_swallows_connections_is_unreachable() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        endpoint = f"http://127.0.0.1:{full.getsockname()[1]}"

        with _within(1.5), pytest.raises(HubUnreachable, match="no answer"):
            huggingface.fetch(parse("acme/tiny"), endpoint=endpoint, limits=QUICK)


def test_a_name_look_up_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: object, **__: object) -> list[object]:
        time.sleep(0.9)
        raise socket.gaierror(-3, "Temporary failure in name resolution")

    monkeypatch.setattr(socket, "getaddrinfo", hang)

    with _within(0.8), pytest.raises(HubUnreachable, match="no answer within the time limit"):
        huggingface.fetch(parse("acme/tiny"), endpoint="http://hub.invalid", limits=QUICK)


def test_the_shipped_limits_end_a_dead_hub_within_ten_seconds() -> None:
    assert Limits().answer < 10


@pytest.mark.parametrize(
    "body",
    [b"<html>Log in to the network</html>", b"", b"[]", b"null", b'{"id": 7}', b'{"a":' * 3000],
    ids=["portal", "nothing", "list", "null", "no id", "deep"],
)
def test_an_answer_that_is_no_hubs_is_unreachable(hub: LoopbackHub, body: bytes) -> None:
    hub.add("acme/tiny", {}, faults=[Fault("status", 200, body=body, times=None)])

    with pytest.raises(HubUnreachable, match="is not that of a hub"):
        fetch(hub, "acme/tiny")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 407, 418])
def test_a_refusal_that_no_hub_signed_is_not_read_as_missing(hub: LoopbackHub, status: int) -> None:
    hub.add("acme/tiny", {}, faults=[Fault("status", status, body=b"[]", times=None)])

    with pytest.raises(HubUnreachable, match=f"answered {status}, but not as a hub does"):
        fetch(hub, "acme/tiny")


def test_a_hub_that_forbids_without_a_gate_makes_the_release_unavailable(hub: LoopbackHub) -> None:
    headers = {"X-Error-Message": "Your token may not do this."}
    hub.add("acme/tiny", {}, faults=[Fault("status", 403, headers=headers, times=None)])

    with pytest.raises(ReleaseUnavailable, match=r"refuses to show it \(403\)"):
        fetch(hub, "acme/tiny", "hf_x")


def test_an_endless_answer_is_cut_off(hub: LoopbackHub) -> None:
    siblings = [{"rfilename": f"{n:08d}.bin"} for n in range(4000)]
    hub.add("acme/tiny", {}, info={"siblings": siblings})

    with pytest.raises(HubUnreachable, match="is not that of a hub"):
        fetch(hub, "acme/tiny")


def test_a_text_the_hub_fails_to_give_is_missing_and_the_rest_is_read(hub: LoopbackHub) -> None:
    faults = {"LICENSE": [unavailable(times=None)]}
    hub.add("acme/tiny", {"README.md": CARD, "LICENSE": TERMS}, file_faults=faults)

    release = fetch(hub, "acme/tiny")

    assert [d.name for d in release.documents] == ["README.md"]
    [missing] = release.missing
    assert (missing.name, missing.reason) == ("LICENSE", Reason.FAILED)
    assert "answered 503" in missing.detail


@pytest.mark.parametrize(
    "fault", [Fault("cut"), unavailable(), rate_limited(0)], ids=["cut", "503", "429"]
)
def test_a_text_is_tried_again(hub: LoopbackHub, fault: Fault) -> None:
    hub.add("acme/tiny", {"README.md": CARD}, file_faults={"README.md": [fault]})

    release = fetch(hub, "acme/tiny")

    assert (release.documents[0].text, len(hub.log)) == (CARD, 3)


@pytest.mark.parametrize("how", ["cut", "drip", "silence"])
def test_a_text_that_never_comes_whole_is_missing_within_the_limit(
    hub: LoopbackHub, how: str
) -> None:
    fault = Fault(how, seconds=0.2, times=None)  # type: ignore[arg-type]  # one of the literals
    hub.add("acme/tiny", {"README.md": CARD}, file_faults={"README.md": [fault]})

    with _within(2.5):
        release = fetch(hub, "acme/tiny")

    assert release.documents == ()
    assert [m.reason for m in release.missing] == [Reason.FAILED]


def test_all_texts_together_are_bounded(hub: LoopbackHub) -> None:
    names = [f"LICENSE-{n}" for n in range(12)]
    faults = {name: [Fault("silence", seconds=5, times=None)] for name in names}
    hub.add("acme/tiny", dict.fromkeys(names, TERMS), file_faults=faults)

    with _within(2.5):
        release = fetch(hub, "acme/tiny")

    assert len(release.missing) == 12
    assert "no time was left" in release.missing[-1].detail


@pytest.mark.parametrize(
    "info",
    [
        {"cardData": [1], "tags": {"a": 1}, "siblings": "x", "gated": 7, "sha": "../../x"},
        {"cardData": {"self": 1, "license_link": {"a": 1}}, "baseModels": [[{"id": 1}, 3]]},
        {"cardData": None, "tags": None, "siblings": None, "library_name": []},
    ],
)
def test_a_hub_of_other_shapes_says_less_and_breaks_nothing(
    hub: LoopbackHub, info: dict[str, object]
) -> None:
    hub.add("acme/tiny", {"README.md": CARD}, info=info)

    release = fetch(hub, "acme/tiny")

    assert release.id == "acme/tiny"
    assert release.metadata.base_models == ()


def test_a_client_set_to_offline_is_not_asked(
    hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)

    with pytest.raises(HubUnreachable, match="HF_HUB_OFFLINE is set"):
        fetch(hub, "acme/tiny")

    assert hub.log == []


@pytest.mark.parametrize(
    "address", ["example.com", "ftp://host", "http://", "http://h:x", "http://h/?q"]
)
def test_an_address_that_is_none_is_a_usage_error(address: str) -> None:
    with pytest.raises(UsageError, match="not the address of a hub"):
        huggingface.fetch(parse("acme/tiny"), endpoint=address)


def test_a_token_with_a_curly_quote_is_a_usage_error(hub: LoopbackHub) -> None:
    with pytest.raises(UsageError, match="characters no token has"):
        fetch(hub, "acme/tiny", "hf_“x”")


def test_proxy_settings_that_cannot_be_used_are_a_usage_error(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "gopher://127.0.0.1:70")
    close_session()

    with pytest.raises(UsageError, match="the proxy or certificate settings are not usable"):
        huggingface.fetch(parse("acme/tiny"), endpoint="http://127.0.0.1:1", limits=QUICK)


@pytest.mark.parametrize(("name", "why"), [("", "Is a directory"), ("binary", "it is no text")])
def test_a_token_file_that_cannot_be_read_is_a_usage_error_that_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, why: str
) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / name))

    with pytest.raises(UsageError, match=rf"cannot be read \({why}\); log in again") as caught:
        huggingface.fetch(parse("acme/tiny"), endpoint="http://127.0.0.1:1", limits=QUICK)

    assert str(caught.value).startswith(f"{tmp_path / name}: ")
    assert "HF_HUB_DISABLE_IMPLICIT_TOKEN" in str(caught.value)


def test_an_answer_with_more_than_any_release_needs_is_bounded_and_says_so(
    hub: LoopbackHub,
) -> None:
    info = {
        "tags": ["license:mit", "license:" + "x" * 5_000_000],
        "baseModels": [{"id": f"acme/base-{n}"} for n in range(20_000)],
        "cardData": {"license": "x" * 3_000, "license_link": ["y" * 3_000] * 25, "eula": "z"},
        "siblings": [{"rfilename": f"{n}/LICENSE"} for n in range(50_000)]
        + [{"rfilename": "w" * 2_001}],
    }
    hub.add("acme/tiny", {}, info=info)

    with _within(2.5):
        release = fetch(hub, "acme/tiny", limits=Limits(texts=0.0))

    said = release.metadata
    assert (said.tags, said.card["license"], said.card["eula"]) == (("license:mit",), None, "z")
    assert (len(said.base_models), len(said.files or ())) == (500, 50_000)
    assert [n.finding for n in release.notes] == ["listing-truncated"]
    assert len(release.missing) < 60
    names = [m.name for m in release.missing]
    for name in ("and 1 more tags", "and 19,500 more base models", "and 5 more license links"):
        assert name in names
    assert {"license of the card", "and 49,978 more"} < {*names}


def test_what_a_gate_shows_is_read_up_to_a_limit(hub: LoopbackHub) -> None:
    info = {"cardData": {"extra_gated_prompt": "a" * 5_000_001}}
    hub.add("acme/tiny", {}, info=info)

    [gate] = fetch(hub, "acme/tiny", limits=Limits()).documents

    assert (len(gate.text), gate.truncated) == (5_000_000, True)


def test_a_text_that_drips_without_a_pause_is_given_up_at_its_limit(hub: LoopbackHub) -> None:
    drip = Fault("drip", seconds=0.02, times=None)
    hub.add("acme/tiny", {"README.md": CARD * 9}, file_faults={"README.md": [drip]})

    with _within(2.5):
        release = fetch(hub, "acme/tiny")

    assert [m.reason for m in release.missing] == [Reason.FAILED]

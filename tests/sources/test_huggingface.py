"""What a release on a hub becomes, over the real wire with the real client."""

from pathlib import Path

import pytest
from huggingface_hub import constants

from openaudit.errors import ReleaseNotFound, ReleaseUnavailable, SourceError
from openaudit.model.document import Reason, Role
from openaudit.model.reference import parse
from openaudit.model.release import Gate, Origin, Release
from openaudit.sources import huggingface
from tests.hub import LoopbackHub
from tests.hub.repository import Fault, rate_limited, unavailable
from tests.sources.making import CARD, QUICK, TERMS, fetch

PROMPT = "Accept the terms of the Tiny model before you read on."
GATED_CARD = f"---\nlicense: other\nextra_gated_prompt: {PROMPT}\n---\n# Tiny\n"


def test_a_release_is_read_with_its_card_and_license(hub: LoopbackHub) -> None:
    made = hub.add("acme/tiny", {"README.md": CARD, "LICENSE": TERMS, "model.safetensors": b"\0"})

    release = fetch(hub, "acme/tiny")

    assert (release.id, release.revision, release.origin) == ("acme/tiny", made.sha, Origin.HUB)
    assert [(d.name, d.role, d.text) for d in release.documents] == [
        ("README.md", Role.CARD, CARD),
        ("LICENSE", Role.LICENSE, TERMS),
    ]
    assert {d.revision for d in release.documents} == {made.sha}
    assert release.metadata.gate is Gate.OPEN
    assert release.metadata.files == ("LICENSE", "README.md", "model.safetensors")
    assert release.metadata.card == {"license": "other"}
    assert release.hub == hub.host
    assert (release.missing, release.notes) == ((), ())


def test_a_release_costs_one_request_and_one_more_for_each_text(hub: LoopbackHub) -> None:
    made = hub.add("acme/tiny", {"README.md": CARD, "LICENSE": TERMS, "x.json": "{}"})

    fetch(hub, "acme/tiny")

    assert [r.method for r in hub.log] == ["GET"] * 3
    assert hub.log[0].path.startswith("/api/models/acme/tiny?expand=")
    assert [r.path for r in hub.log[1:]] == [
        f"/acme/tiny/resolve/{made.sha}/README.md",
        f"/acme/tiny/resolve/{made.sha}/LICENSE",
    ]


def test_progress_names_what_is_being_read(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD})
    said: list[str] = []

    huggingface.fetch(parse("acme/tiny"), endpoint=hub.url, progress=said.append)

    assert said == [f"asking {hub.host} for acme/tiny", "reading README.md of acme/tiny"]


def test_a_release_without_a_card_has_a_listing_and_no_documents(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"model.safetensors": b"\0"})

    release = fetch(hub, "acme/tiny")

    assert release.documents == ()
    assert release.metadata.files == ("model.safetensors",)


def test_a_name_without_an_organization_is_asked_for(hub: LoopbackHub) -> None:
    hub.add("tiny", {"README.md": CARD})

    assert fetch(hub, "tiny").documents[0].text == CARD


def test_a_dataset_is_read_from_the_datasets_of_the_hub(hub: LoopbackHub) -> None:
    made = hub.add("acme/words", {"README.md": CARD, "LICENSE": TERMS}, kind="datasets")

    release = fetch(hub, "datasets/acme/words")

    assert len(release.documents) == 2
    assert hub.log[0].path.startswith("/api/datasets/acme/words?expand=")
    assert hub.log[1].path == f"/datasets/acme/words/resolve/{made.sha}/README.md"


def test_a_revision_is_asked_for_by_its_name(hub: LoopbackHub) -> None:
    made = hub.add("acme/tiny", {"README.md": CARD}, revisions=("main", "refs/pr/3"))

    release = fetch(hub, "acme/tiny@refs/pr/3")

    assert hub.log[0].path.startswith("/api/models/acme/tiny/revision/refs%2Fpr%2F3?")
    assert release.revision == made.sha


def test_base_models_carry_the_relation_the_hub_knows(hub: LoopbackHub) -> None:
    listed = {"relation": "finetune", "models": [{"id": "acme/base"}]}
    hub.add("acme/child", {"README.md": CARD}, info={"baseModels": listed})
    card = "---\nbase_model: acme/base\nbase_model_relation: merge\n---\n"
    hub.add("acme/tagged", {"README.md": card})

    assert fetch(hub, "acme/child").metadata.base_models == (("acme/base", "finetune"),)
    assert fetch(hub, "acme/tagged").metadata.base_models == (("acme/base", "merge"),)


@pytest.mark.parametrize("token", [None, "hf_other"])
def test_a_gate_is_a_result_with_the_prompt_as_its_text(
    hub: LoopbackHub, token: str | None
) -> None:
    files = {"README.md": GATED_CARD, "LICENSE": TERMS, "model.safetensors": "\0"}
    made = hub.add("acme/shut", files, gated="manual")

    release = fetch(hub, "acme/shut", token=token)

    assert release.metadata.gate is Gate.MANUAL
    assert [(m.name, m.reason) for m in release.missing] == [
        ("README.md", Reason.GATED),
        ("LICENSE", Reason.GATED),
    ]
    [gate] = release.documents
    assert (gate.name, gate.role) == ("README.md#extra_gated_prompt", Role.GATE)
    assert (gate.text, gate.revision) == (PROMPT, made.sha)


def test_a_gate_that_leaves_the_card_open_gives_the_card_and_not_the_license(
    hub: LoopbackHub,
) -> None:
    files = {"README.md": GATED_CARD, "LICENSE": TERMS}
    hub.add("acme/ajar", files, gated="auto", open_files=frozenset({"README.md"}))

    release = fetch(hub, "acme/ajar")

    assert release.metadata.gate is Gate.AUTO
    assert [d.name for d in release.documents] == ["README.md"]
    assert [(m.name, m.reason) for m in release.missing] == [("LICENSE", Reason.GATED)]


def test_a_token_that_passed_the_gate_reads_everything(hub: LoopbackHub) -> None:
    files = {"README.md": GATED_CARD, "LICENSE": TERMS}
    hub.add("acme/shut", files, gated="auto", allowed=frozenset({"hf_in"}))

    release = fetch(hub, "acme/shut", "hf_in")

    assert [d.name for d in release.documents] == ["README.md", "LICENSE"]
    assert release.missing == ()


def test_advice_at_a_gate_depends_on_whether_there_is_a_token(hub: LoopbackHub) -> None:
    hub.add("acme/shut", {"LICENSE": TERMS}, gated="auto")

    without, with_one = fetch(hub, "acme/shut"), fetch(hub, "acme/shut", "hf_other")

    assert "accept its terms on its page, then set HF_TOKEN" in without.missing[0].detail
    assert "your account has no access" in with_one.missing[0].detail


def test_a_renamed_release_is_read_under_its_new_name_and_says_so(hub: LoopbackHub) -> None:
    hub.add("acme/old", {}, moved_to="acme/new")
    hub.add("acme/new", {"README.md": CARD})

    release = fetch(hub, "acme/old")

    assert release.id == "acme/new"
    assert release.documents[0].text == CARD
    [note] = release.notes
    assert note.finding == "release-renamed"
    assert note.values == {"old": "acme/old", "new": "acme/new"}


def test_another_spelling_of_the_same_name_is_no_rename(hub: LoopbackHub) -> None:
    hub.add("Acme/Tiny", {"README.md": CARD})

    release = fetch(hub, "acme/tiny")

    assert (release.id, release.notes) == ("Acme/Tiny", ())


@pytest.mark.parametrize(
    ("token", "advice"), [(None, "set HF_TOKEN if it is private"), ("hf_x", "may see it")]
)
@pytest.mark.parametrize("name", ["acme/nothing", "acme/private"])
def test_missing_and_private_are_told_apart_by_nobody_and_the_message_says_so(
    hub: LoopbackHub, name: str, token: str | None, advice: str
) -> None:
    hub.add("acme/private", {"README.md": CARD}, private=True)

    with pytest.raises(ReleaseNotFound) as caught:
        fetch(hub, name, token=token)

    assert f"{name}: missing on {hub.host}, or private; check the spelling" in str(caught.value)
    assert advice in str(caught.value)


def test_a_private_release_is_read_with_its_token(hub: LoopbackHub) -> None:
    allowed = frozenset({"hf_in"})
    hub.add("acme/private", {"README.md": CARD}, private=True, allowed=allowed)

    assert fetch(hub, "acme/private", "hf_in").documents[0].text == CARD


@pytest.mark.parametrize("info", [{}, {"disabled": True}])
def test_a_disabled_release_is_unavailable(hub: LoopbackHub, info: dict[str, bool]) -> None:
    hub.add("acme/off", {"README.md": CARD}, disabled=not info, info=info)

    with pytest.raises(ReleaseUnavailable, match="acme/off: disabled on"):
        fetch(hub, "acme/off")


def test_a_revision_that_is_not_there_is_named(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD})

    with pytest.raises(ReleaseNotFound, match="acme/tiny: no revision 'v9' on"):
        fetch(hub, "acme/tiny@v9")


def test_a_listed_file_that_is_gone_is_not_published(hub: LoopbackHub) -> None:
    siblings = [{"rfilename": "README.md"}, {"rfilename": "LICENSE"}]
    hub.add("acme/tiny", {"README.md": CARD}, info={"siblings": siblings})

    [missing] = fetch(hub, "acme/tiny").missing

    assert (missing.name, missing.reason) == ("LICENSE", Reason.NOT_PUBLISHED)


@pytest.mark.parametrize(
    ("link", "name"),
    [
        ("rules.txt", "rules.txt"),
        ("./rules.txt", "rules.txt"),
        ("https://huggingface.co/acme/tiny/blob/main/rules.txt", "rules.txt"),
        ("https://hf.co/ACME/tiny/resolve/main/legal/deep/terms.md?x=1", "legal/deep/terms.md"),
    ],
)
def test_a_license_link_into_the_release_is_followed(
    hub: LoopbackHub, link: str, name: str
) -> None:
    card = f"---\nlicense: other\nlicense_link: {link}\n---\n"
    files = {"README.md": card, "rules.txt": TERMS, "legal/deep/terms.md": TERMS}
    hub.add("acme/tiny", files)

    release = fetch(hub, "acme/tiny")

    assert [d.name for d in release.texts(Role.LICENSE)] == [name]
    assert release.missing == ()


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("https://example.com/terms", Reason.ELSEWHERE),
        ("https://huggingface.co/acme/other/blob/main/LICENSE", Reason.ELSEWHERE),
        ("https://huggingface.co/datasets/acme/tiny/blob/main/LICENSE", Reason.ELSEWHERE),
        ("file:///etc/passwd", Reason.ELSEWHERE),
        ("rules.txt", Reason.NOT_PUBLISHED),
        ("../../etc/passwd", Reason.NOT_PUBLISHED),
        ("'http://[::1'", Reason.FAILED),
    ],
)
def test_a_license_link_that_leads_nowhere_here_is_missing_and_not_fetched(
    hub: LoopbackHub, link: str, reason: Reason
) -> None:
    hub.add("acme/tiny", {"README.md": f"---\nlicense: other\nlicense_link: {link}\n---\n"})

    release = fetch(hub, "acme/tiny")

    assert [m.reason for m in release.missing] == [reason]
    assert len(hub.log) == 2


def test_the_token_goes_to_no_other_host_than_the_hub(hub: LoopbackHub) -> None:
    with LoopbackHub() as other:
        # The other host answers under the same path, as a delivery network would.
        made = hub.add("acme/tiny", {"README.md": CARD}, files_at=other.url)
        other.add("acme/tiny", {"README.md": CARD})
        release = fetch(hub, "acme/tiny", "hf_secret")

    assert release.documents[0].text == CARD
    assert release.revision == made.sha
    assert {r.token for r in hub.log} == {"hf_secret"}
    assert [r.token for r in other.log] == [None]


def test_a_token_the_hub_refuses_is_left_out_and_the_user_is_told(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"README.md": CARD})
    hub.refuse("hf_stale")

    release = fetch(hub, "acme/tiny", "hf_stale")

    assert release.documents[0].text == CARD
    assert [n.finding for n in release.notes] == ["token-stale"]
    assert [r.token for r in hub.log] == ["hf_stale", None, None]


def test_a_missing_release_with_a_refused_token_mentions_the_token(hub: LoopbackHub) -> None:
    hub.refuse("hf_stale")

    with pytest.raises(ReleaseNotFound, match="or renew HF_TOKEN, which the hub refused"):
        fetch(hub, "acme/tiny", "hf_stale")


def test_the_token_of_the_environment_is_used(
    hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add("acme/tiny", {"README.md": CARD})
    monkeypatch.setenv("HF_TOKEN", "hf_env")

    fetch(hub, "acme/tiny")

    assert {r.token for r in hub.log} == {"hf_env"}


@pytest.mark.parametrize("token", [None, "hf_given"])
def test_no_token_is_read_or_sent_where_none_is_wanted(
    hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, token: str | None
) -> None:
    hub.add("acme/tiny", {"README.md": CARD})
    monkeypatch.setenv("HF_TOKEN", "hf_env")
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path))  # to read it would fail

    huggingface.fetch(parse("acme/tiny"), endpoint=hub.url, token=token, anonymous=True)

    assert {r.token for r in hub.log} == {None}


def test_who_is_anonymous_on_purpose_is_not_told_to_set_a_token(hub: LoopbackHub) -> None:
    hub.add("acme/shut", {"LICENSE": TERMS}, gated="auto")
    hub.add("acme/busy", {}, faults=[rate_limited(55, times=None)])
    hub.add("acme/no", {}, faults=[Fault("status", 403, {"X-Error-Message": "No."}, times=None)])

    def ask(name: str) -> Release:
        return huggingface.fetch(parse(name), endpoint=hub.url, anonymous=True, limits=QUICK)

    said = [ask("acme/shut").missing[0].detail]
    for name in ("acme/none", "acme/busy", "acme/no"):
        with pytest.raises(SourceError) as caught:
            ask(name)
        said.append(str(caught.value))
    assert all("no token is sent to a hub that you did not name" in s for s in said)
    assert not any("HF_TOKEN" in s for s in said)


def test_a_readme_comes_before_another_card_and_its_front_matter_counts(hub: LoopbackHub) -> None:
    hub.add("acme/tiny", {"MODEL_CARD.md": "# Tiny\n", "README.md": CARD})

    assert [d.name for d in fetch(hub, "acme/tiny").documents] == ["README.md", "MODEL_CARD.md"]


def test_a_readme_that_fails_is_missing_though_another_card_was_read(hub: LoopbackHub) -> None:
    files = {"MODEL_CARD.md": "# Tiny\n", "README.md": GATED_CARD}
    hub.add("acme/tiny", files, file_faults={"README.md": [unavailable(times=None)]})

    release = fetch(hub, "acme/tiny")

    assert [(m.name, m.role, m.reason) for m in release.missing] == [
        ("README.md", Role.CARD, Reason.FAILED)
    ]
    assert [d.name for d in release.documents] == ["MODEL_CARD.md", "README.md#extra_gated_prompt"]
    assert release.metadata.card["license"] == "other"


def test_the_hub_of_the_environment_is_asked_unless_another_is_given(
    hub: LoopbackHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.add("acme/tiny", {"README.md": CARD})
    monkeypatch.setenv("HF_ENDPOINT", f"{hub.url}/")

    assert huggingface.fetch(parse("acme/tiny")).hub == hub.host
    with LoopbackHub() as other, pytest.raises(ReleaseNotFound):
        huggingface.fetch(parse("acme/tiny"), endpoint=other.url)


def test_what_the_hub_warns_of_stays_off_stderr(
    hub: LoopbackHub, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    hub.add("acme/tiny", {"README.md": CARD, "LICENSE": TERMS}, gated="auto")

    fetch(hub, "acme/tiny")

    assert capfd.readouterr() == ("", "")
    assert [r for r in caplog.records if r.levelname == "WARNING"] == []

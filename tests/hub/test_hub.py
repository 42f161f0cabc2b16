"""The loopback hub answers the real client's own calls as the real hub does."""

import subprocess
import sys
from pathlib import Path

import pytest
from huggingface_hub import HfApi
from huggingface_hub.errors import (
    DisabledRepoError,
    GatedRepoError,
    HfHubHTTPError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from tests.hub import LoopbackHub
from tests.hub.repository import rate_limited, read_repositories

CARD = "---\nlicense: mit\nbase_model: acme/base\n---\n# Tiny\n"


def _api(hub: LoopbackHub) -> HfApi:
    return HfApi(endpoint=hub.url, token=False)


def test_the_client_reads_a_model() -> None:
    with LoopbackHub() as hub:
        made = hub.add("acme/tiny", {"README.md": CARD, "LICENSE": "Use it."})

        info = _api(hub).model_info("acme/tiny", expand=["sha", "cardData", "siblings", "tags"])

    assert (info.id, info.sha) == ("acme/tiny", made.sha)
    assert [s.rfilename for s in info.siblings or []] == ["LICENSE", "README.md"]
    assert info.tags == ["license:mit", "base_model:acme/base"]


def test_the_client_downloads_a_file(tmp_path: Path) -> None:
    with LoopbackHub() as hub:
        hub.add("acme/tiny", {"LICENSE": "Use it."})

        path = _api(hub).hf_hub_download("acme/tiny", "LICENSE", cache_dir=tmp_path)

    assert Path(path).read_text(encoding="utf-8") == "Use it."


def test_the_client_raises_its_own_errors() -> None:
    with LoopbackHub() as hub:
        hub.add("acme/tiny", {"README.md": CARD})
        hub.add("acme/off", {}, disabled=True)
        hub.add("acme/busy", {}, faults=[rate_limited(9)])
        api = _api(hub)

        with pytest.raises(RepositoryNotFoundError):
            api.model_info("acme/nothing")
        with pytest.raises(RevisionNotFoundError):
            api.model_info("acme/tiny", revision="v9")
        with pytest.raises(DisabledRepoError):
            api.model_info("acme/off")
        with pytest.raises(HfHubHTTPError, match="429"):
            api.model_info("acme/busy")


def test_a_gate_stops_the_client(tmp_path: Path) -> None:
    with LoopbackHub() as hub:
        hub.add("acme/shut", {"LICENSE": "Use it."}, gated="auto")

        with pytest.raises(GatedRepoError):
            _api(hub).hf_hub_download("acme/shut", "LICENSE", cache_dir=tmp_path)


def test_a_directory_of_repositories_is_served(tmp_path: Path) -> None:
    for name in ("acme/tiny/README.md", "datasets/acme/words/README.md"):
        (tmp_path / name).parent.mkdir(parents=True)
        (tmp_path / name).write_text(CARD, encoding="utf-8")

    with LoopbackHub(*read_repositories(tmp_path)) as hub:
        assert _api(hub).model_info("acme/tiny").id == "acme/tiny"
        assert _api(hub).dataset_info("acme/words").id == "acme/words"


def test_the_module_serves_a_directory_and_prints_where(tmp_path: Path) -> None:
    (tmp_path / "acme" / "tiny").mkdir(parents=True)
    (tmp_path / "acme" / "tiny" / "README.md").write_text(CARD, encoding="utf-8")
    command = [sys.executable, "-m", "tests.hub", str(tmp_path)]
    root = Path(__file__).parents[2]

    with subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        info = HfApi(endpoint=url, token=False).model_info("acme/tiny")
        process.terminate()

    assert info.id == "acme/tiny"

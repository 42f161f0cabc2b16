"""A hub for whoever asks, and an environment without the developer's own token, hub and cache."""

import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from huggingface_hub import constants

from tests.hub import LoopbackHub

_OF_THE_DEVELOPER = (
    "COLUMNS",
    "FORCE_COLOR",
    "GH_TOKEN",
    "GITHUB_API_URL",
    "GITHUB_TOKEN",
    "HF_ENDPOINT",
    "HF_HUB_OFFLINE",
    "HF_TOKEN",
    "HUGGING_FACE_HUB_TOKEN",
    "NO_COLOR",
    "OPENAUDIT_CONFIG",
    "TRANSFORMERS_OFFLINE",
    "ALL_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "all_proxy",
    "https_proxy",
    "http_proxy",
)


_ASK = socket.getaddrinfo


def _ask_nobody(host: str | None, *more: Any, **named: Any) -> Any:
    """Look up what is here alone: whoever runs the tests has a network that answers."""
    if host in ("127.0.0.1", "localhost", "::1", None):
        return _ASK(host, *more, **named)
    raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in _OF_THE_DEVELOPER:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(socket, "getaddrinfo", _ask_nobody)
    monkeypatch.setenv("OPENAUDIT_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(constants, "HF_TOKEN_PATH", str(tmp_path / "no-token"))


@pytest.fixture
def hub() -> Iterator[LoopbackHub]:
    with LoopbackHub() as running:
        yield running

"""What the loopback hub serves: repositories, and the ways in which it fails."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha1
from pathlib import Path
from typing import Any, Final, Literal

import yaml

_FRONT_MATTER: Final = re.compile(r"\A\ufeff?---\r?\n(.*?)\r?\n---", re.DOTALL)


@dataclass(slots=True)
class Fault:
    """What goes wrong with one answer, or with `times` of them; None is every one.

    `status` answers with that status; `cut` ends the body half-way; `drip` sends a byte every
    `seconds`; `silence` says nothing for `seconds`, then hangs up; `slow` answers after `seconds`;
    `endless` repeats the body for ever.
    """

    how: Literal["status", "cut", "drip", "silence", "slow", "endless"]
    status: int = 500
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b'{"error": "as asked"}'
    seconds: float = 0.01
    times: int | None = 1


def rate_limited(wait: int, times: int | None = 1) -> Fault:
    """Return the hub's refusal of too many requests, with `wait` seconds to go."""
    headers = {
        "RateLimit": f'"api";r=0;t={wait}',
        "RateLimit-Policy": '"fixed window";"api";q=500;w=300',
        "Retry-After": str(wait),
    }
    return Fault("status", 429, headers, times=times)


def unavailable(times: int | None = 1) -> Fault:
    return Fault("status", 503, times=times)


@dataclass(slots=True)
class Repository:
    """One repository at one commit. `revisions` are further names of that commit.

    `allowed` are tokens that pass the gate or see what is private, `open_files` names the gate
    lets through, `moved_to` the new id, `files_at` the origin to which reads are redirected;
    `info` is laid over the JSON of the API.
    """

    id: str
    files: dict[str, bytes]
    kind: Literal["models", "datasets"] = "models"
    gated: Literal[False, "auto", "manual"] = False
    private: bool = False
    disabled: bool = False
    allowed: frozenset[str] = frozenset()
    open_files: frozenset[str] = frozenset()
    revisions: tuple[str, ...] = ("main",)
    moved_to: str | None = None
    files_at: str | None = None
    info: Mapping[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    file_faults: dict[str, list[Fault]] = field(default_factory=dict)

    @property
    def sha(self) -> str:
        """Return what stands for the commit: it changes when any file does."""
        digest = sha1(self.id.encode(), usedforsecurity=False)
        for name, data in sorted(self.files.items()):
            digest.update(name.encode("utf-8", "surrogatepass") + b"\0" + data + b"\0")
        return digest.hexdigest()

    def card(self) -> dict[str, Any] | None:
        """Return the front matter as the hub parses it, None where it cannot."""
        found = _FRONT_MATTER.match(self.files.get("README.md", b"").decode("utf-8", "replace"))
        try:
            parsed = yaml.safe_load(found[1]) if found else None
        except yaml.YAMLError:
            return None
        if not isinstance(parsed, dict):
            return None
        plain: dict[str, Any] = json.loads(json.dumps(parsed, default=str))
        return plain

    def answer(self, expand: list[str]) -> dict[str, Any]:
        """Return the JSON of the info endpoint, with the fields that were asked for."""
        card = self.card() or {}
        everything: dict[str, Any] = {
            "sha": self.sha,
            "private": self.private,
            "gated": self.gated,
            "disabled": self.disabled,
            "lastModified": "2026-01-01T00:00:00.000Z",
            "tags": _tags(card),
            "library_name": card.get("library_name"),
            "siblings": [{"rfilename": name} for name in sorted(self.files)],
            "cardData": self.card(),
            **self.info,
        }
        chosen = {k: v for k, v in everything.items() if not expand or k in expand}
        return {"_id": "0" * 24, "id": self.info.get("id", self.id), **chosen}


def read_repositories(root: Path) -> list[Repository]:
    """Return what lies below `root`: `org/name/…` are models, `datasets/org/name/…` datasets."""
    directories = [p for p in sorted(root.glob("*/*")) if p.parent.name != "datasets"]
    models = [
        Repository(p.relative_to(root).as_posix(), _files(p)) for p in directories if p.is_dir()
    ]
    data = root / "datasets"
    return models + [
        Repository(p.relative_to(data).as_posix(), _files(p), kind="datasets")
        for p in sorted(data.glob("*/*"))
        if p.is_dir()
    ]


def _files(root: Path) -> dict[str, bytes]:
    found = (p for p in sorted(root.rglob("*")) if p.is_file())
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in found}


def _tags(card: Mapping[str, Any]) -> list[str]:
    relation = card.get("base_model_relation")
    tags = [f"license:{name}" for name in _several(card.get("license"))]
    for base in _several(card.get("base_model")):
        tags += [f"base_model:{base}"] + ([f"base_model:{relation}:{base}"] if relation else [])
    return [*tags, *(f"dataset:{name}" for name in _several(card.get("datasets")))]


def _several(value: object) -> list[str]:
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [str(v) for v in values]

"""Addresses of releases in any text: pages and files of the hubs, and `hf://` paths."""

import re
from collections.abc import Iterator
from typing import Final

from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon, Named, Sense, page

_ADDRESS: Final = re.compile(
    r"(?:https?://)?(?<![\w.-])(?:www\.)?(?P<host>huggingface\.co|hf\.co|ollama\.com|modelscope\.cn|"
    r"modelscope\.ai|(?:api-inference|router)\.huggingface\.co)/(?P<path>[^\s\"'`<>()\[\]{}|\\,;]+)"
    r"|git@(?:hf\.co|huggingface\.co):(?P<ssh>[\w./-]+)"
    r"|ollama://(?P<ollama>[\w./:-]+)|hf://(?P<hf>[^\s\"'`<>()\[\]{}|\\,;]+)"
)
_MARKS: Final = ("hf://", "hf.co", "huggingface.co/", "modelscope.", "ollama.com/", "ollama://")
_API: Final = re.compile(r"(?:api/|hf-inference/)?(?P<kind>models|datasets)/(?P<id>[^/]+/[^/?#]+)")
_FILES: Final = frozenset({"resolve", "tree", "blob", "raw"})
_OLLAMA_PAGES: Final = frozenset({
    "blog", "download", "search", "docs", "settings", "signin", "signup", "turbo", "cloud",
    "models", "public", "install.sh", "terms", "privacy", "pricing", "account", "new", "invite",
    "connect",
})  # fmt: skip
_TAIL: Final = ".,:;!?)\"'*_"
_SHORTEST: Final = 2


def marks_link(text: str) -> bool:
    """Say whether a text may hold an address, without looking closely."""
    return any(mark in text for mark in _MARKS)


def read_links(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Yield the releases that addresses in `text` point at; an organization's page is none."""
    for found in _ADDRESS.finditer(text):
        named = _named(found, lexicon)
        if named is not None and not lexicon.is_placeholder(named.id):
            yield Hit(named, _place(text, found, named), "link")


def _named(found: re.Match[str], lexicon: Lexicon) -> Named | None:
    if found["hf"]:
        return _hf(found["hf"], lexicon)
    if found["ollama"]:
        return lexicon.read(found["ollama"].rstrip(_TAIL), Sense("ollama", "any"))
    if found["ssh"]:
        return _web("hf.co", found["ssh"].removesuffix(".git"))
    return _web(found["host"], found["path"])


def _web(host: str, path: str) -> Named | None:
    path = path.partition("?")[0].partition("#")[0].rstrip(_TAIL)
    if host == "ollama.com" and path.partition("/")[0] in _OLLAMA_PAGES:
        return None
    if host not in ("huggingface.co", "hf.co"):
        api = _API.match(path)
        if "huggingface" in host:
            return page(f"https://huggingface.co/{api['id']}") if api else None
        return page(f"https://{host}/{path}")
    api = _API.match(path) if path.startswith("api/") else None
    if api:
        kind = "datasets/" if api["kind"] == "datasets" else ""
        return page(f"https://huggingface.co/{kind}{api['id']}")
    parts = [p for p in path.split("/") if p]
    head = parts[1:] if parts[:1] == ["datasets"] else parts
    if len(head) < _SHORTEST or (head[1] in _FILES and len(head) < _SHORTEST + 1):
        return None
    if head[1] not in _FILES:
        parts[len(parts) - len(head) + 1] = head[1].partition(":")[0]  # a quantization, for Ollama
    return page(f"https://huggingface.co/{'/'.join(parts)}")


def _hf(path: str, lexicon: Lexicon) -> Named | None:
    """Read a path of the hub's file system: hf://[datasets/]org/name[@revision]/file."""
    parts = path.rstrip(_TAIL).removeprefix("models/").split("/")
    if parts[0] in ("spaces", "buckets"):
        return None
    dataset = parts[0] == "datasets"
    head = parts[1:3] if dataset else parts[:2]
    kind = "dataset" if dataset else "model"
    return lexicon.read("/".join(head), Sense(kind)) if len(head) == _SHORTEST else None


def _place(text: str, found: re.Match[str], named: Named) -> int:
    at = text.find(named.written, found.start(), found.end())
    return found.start() if at < 0 else at

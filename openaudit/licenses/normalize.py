"""Words of a text, and a digest of them: what stays the same when only the layout changes.

White space, case, punctuation, markup and Unicode forms do not count. Every word does, and so do
numbers, currency and percent signs, comparisons before a number, struck-through or commented-out
passages, and addresses (without scheme and `www.`): a text in which one of these differs is
another text.
"""

import html
import re
import unicodedata
from collections.abc import Sequence
from hashlib import blake2b
from typing import Final

_TAGS: Final = (
    "a abbr article b blockquote body br center code dd div dl dt em font h1 h2 h3 h4 h5 h6 head"
    " header hr html i img li link main meta nav ol p pre section small span strong sub sup table"
    " tbody td th thead title tr tt u ul"
).replace(" ", "|")
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_ANCHOR = re.compile(
    r"<a\s[^<>]*?href\s*=\s*[\"']?(?P<url>[^\s\"'<>]+)[^<>]*>(?P<text>.{0,500}?)</a\s*>",
    re.IGNORECASE | re.DOTALL,
)
_LINK = re.compile(r"\[(?P<text>[^\[\]]*)\]\((?P<url>[^()\s]+)(?:\s+\"[^\"]*\")?\)")
_SCHEME = re.compile(r"\bhttps?://(?:www\.)?|(?<![\w.])www\.", re.IGNORECASE)
_QUOTED = re.compile(r"^[ \t]*(?:>[ \t]?)+", re.MULTILINE)
_COMPARED = re.compile(r"([<>\u2264\u2265\u2260])(?=\s*[\d$\u20ac\u00a3\u00a5])")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_CJK = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003134f"
_WORD = re.compile(rf"[{_CJK}]|[^\W_{_CJK}]+|[$\u20ac\u00a3\u00a5\u20a9\u20b9%]")


def words(text: str) -> list[str]:
    """Return the words of `text`, lower-cased; each CJK character is a word of its own."""
    marked = _plain(text)
    folded = unicodedata.normalize("NFKC", marked.replace("\u00a9", " c ")).lower()
    return _WORD.findall(folded)


def digest(text: str) -> str:
    """Return 32 hexadecimal digits that are the same for texts of the same words."""
    return digest_words(words(text))


def digest_words(folded: Sequence[str]) -> str:
    """Return the digest of words as `words` gives them."""
    return blake2b(" ".join(folded).encode(), digest_size=16).hexdigest()


def fold(name: str) -> str:
    """Return the form in which names of licenses are compared, as wholes."""
    return " ".join(words(name))


def _plain(text: str) -> str:
    """Return `text` without markup, and with a word where markup takes words back."""
    text = _INVISIBLE.sub("", text)
    if "<" in text:
        text = text.replace("<!--", " \u2260comment ")
        text = _TAG.sub(" ", _ANCHOR.sub(_link, text))
    if "&" in text:
        text = html.unescape(text)
    text = _LINK.sub(_link, text.replace("~~", " struck through "))
    text = _COMPARED.sub(_comparison, _QUOTED.sub("", text))
    return _SCHEME.sub("", text)


def _comparison(found: re.Match[str]) -> str:
    return f" {unicodedata.name(found[1])} "


def _link(found: re.Match[str]) -> str:
    """Return the text of a link, and its target where the text does not show it."""
    text, url = found["text"], found["url"]
    if url.startswith("#") or _address(text) == _address(url):
        return text
    return f"{text} {url}"


def _address(url: str) -> str:
    return _SCHEME.sub("", url.strip().lower()).removeprefix("mailto:").rstrip("/")

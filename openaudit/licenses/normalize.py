"""Words of a text, and a digest of them: what stays the same when only the layout changes.

White space, case, punctuation, markup and Unicode forms do not count. Every word does, and so do
numbers, currency and percent signs, comparisons before a number, struck-through or commented-out
passages, and addresses (without scheme and `www.`): a text in which one of these differs is
another text.

Folding is a fixed list of passes. `words` runs them for the words alone; `licenses.spans` runs the
same passes and keeps where each word stands in the file.
"""

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b
from typing import Final

from openaudit.model.frozen import frozen

_TAGS: Final = (
    "a abbr article b blockquote body br center code dd div dl dt em font h1 h2 h3 h4 h5 h6 head"
    " header hr html i img li link main meta nav ol p pre section small span strong sub sup table"
    " tbody td th thead title tr tt u ul"
).replace(" ", "|")
_SCHEME = re.compile(r"(?<!\w)https?://(?:www\.)?|(?<![\w.])www\.", re.IGNORECASE)
# The same in the common spelling: patterns that begin with a literal are ten times as fast.
_LOWER_SCHEME = re.compile(r"http(?<!\whttp)s?://(?:www\.)?")
_LOWER_WWW = re.compile(r"www(?<![\w.]www)\.")
ENTITY = re.compile(r"&(?:#[0-9]{1,8};?|#[xX][0-9a-fA-F]{1,7};?|[A-Za-z][A-Za-z0-9]{1,31};?)")
TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
ANCHOR = re.compile(
    r"<a\s[^<>]{0,500}?href\s*=\s*[\"']?(?P<url>[^\s\"'<>]{1,2000})[^<>]{0,500}>"
    r"(?P<text>[^<]{0,500})</a\s*>",
    re.IGNORECASE,
)
_HREF = re.compile(r"\bhref\s*=\s*[\"']?(?P<url>[^\s\"'<>]+)", re.IGNORECASE)
LINK = re.compile(
    r"\[(?P<text>[^\[\]]{0,500})\]"
    r"\((?P<url>[^()\s]{1,2000}(?:-\s{1,99}[^()\s]{1,2000}){0,3})(?:\s{1,9}\"[^\"]{0,500}\")?\)"
)
_QUOTED = re.compile(r"^[ \t]{0,99}(?:>[ \t]?){1,99}", re.MULTILINE)
_COMPARED = re.compile(r"([<>\u2264\u2265\u2260])(?=\s{0,9}[\d$\u20ac\u00a3\u00a5])")
_CJK: Final = (
    "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003134f"
)
_CURRENCY: Final = "$\u20ac\u00a3\u00a5\u20a9\u20b9%"
WORD: Final = re.compile(
    rf"[0-9A-Za-z]+[^\W_{_CJK}]*|[^\W_{_CJK}]+|[{_CJK}]|[{_CURRENCY}]"  # the commonest first
)
PLAIN_WORD: Final = re.compile(r"[0-9A-Za-z]+|[$%]")
"""The same for a text that is all ASCII, and faster."""
NO_WORD: Final = re.compile(rf"[\W_{_CJK}]")
"""A character before which no word goes on."""
_ALONE = re.compile(rf"[{_CJK}{_CURRENCY}]")
_ALL_CJK = re.compile(rf"[{_CJK}]+")
BEYOND_ASCII = re.compile("[^\x00-\x7f]+")
_SPACED_SIGNS: Final = str.maketrans("$%", "  ")
_PLAIN: Final = bytes(
    ord(chr(c).lower()) if chr(c).isalnum() or chr(c) in _CURRENCY else 0x20 for c in range(0x80)
) + bytes(range(0x80, 0x100))


@frozen
class Pass:
    """One substitution, needed where one of `hints` is in the text.

    `single` gives the same for one character, where the pattern takes runs of them.
    """

    pattern: re.Pattern[str]
    replace: Callable[[re.Match[str]], str]
    hints: tuple[str, ...] = ()
    single: Callable[[str], str] | None = None


def words(text: str) -> list[str]:
    """Return the words of `text`, lower-cased; each CJK character is a word of its own."""
    return b" ".join(encoded_words(text)).decode().split()


def encoded_words(text: str) -> list[bytes]:
    """Return the words of `text`, each as UTF-8: the form that is hashed."""
    for each in passes(text):
        if each is not COMPATIBLE:
            text = each.pattern.sub(each.replace, text)
    if not text.isascii():
        text = BEYOND_ASCII.sub(lambda found: _spaced(found[0]), text)
    for sign in "$%":
        if sign in text:
            text = text.replace(sign, f" {sign} ")
    return text.encode("utf-8", "replace").translate(_PLAIN).split()


def count_words(text: str) -> int:
    """Return how many words are in a text that has been through the passes."""
    if not text.isascii():
        return len(WORD.findall(text))
    signs = text.count("$") + text.count("%")
    if signs:
        text = text.translate(_SPACED_SIGNS)
    return len(text.encode().translate(_PLAIN).split()) + signs


def passes(text: str) -> Iterator[Pass]:
    """Yield the passes that `text` needs, in order."""
    plain, escaped = text.isascii(), "&" in text
    if not plain:
        if any(hint in text for hint in INVISIBLE.hints):
            yield INVISIBLE
        if not unicodedata.is_normalized("NFC", text):
            yield _COMPOSED
    for each in _MARKUP:
        if escaped or any(hint in text for hint in each.hints):
            yield each
    if escaped or not plain:
        yield COMPATIBLE


def digest(text: str) -> str:
    """Return 32 hexadecimal digits that are the same for texts of the same words."""
    return digest_words(words(text))


def digest_words(folded: Iterable[str]) -> str:
    """Return the digest of words as `words` gives them."""
    return blake2b(" ".join(folded).encode(), digest_size=16).hexdigest()


def fold(name: str) -> str:
    """Return the form in which names of licenses are compared, as wholes."""
    return " ".join(words(name))


def _comparison(found: re.Match[str]) -> str:
    return f" {unicodedata.name(found[1])} "


def _link(found: re.Match[str]) -> str:
    """Return the text of a link, and its target where the text does not show it."""
    text, url = found["text"], found["url"]
    if url.startswith("#") or _address(text) == _address(url):
        return f" {text} "
    return f" {text} {url} "


def _tag(found: re.Match[str]) -> str:
    """Return a space, or the target of a link whose text is itself marked up."""
    target = _HREF.search(found[0])
    return f" {target['url']} " if target else " "


def _address(url: str) -> str:
    return _SCHEME.sub("", "".join(url.lower().split())).removeprefix("mailto:").rstrip("/")


unescaped = lru_cache(maxsize=4096)(html.unescape)


def _compatible(run: str) -> str:
    """Return the NFKC form, with spaces for what is no word, so that little is left beyond ASCII.

    What grows when lower-cased is lowered here, so that words do not.
    """
    return _short_compatible(run) if len(run) <= _SHORT else _form(run)


def _form(run: str) -> str:
    normal = unicodedata.normalize("NFKC", run.replace("\u00a9", " c ")).replace("\u0130", "i")
    if normal.isalnum() and normal == normal.lower():
        return normal
    return "".join(map(_lowered, normal))


def _spaced(run: str) -> str:
    """Return a run beyond ASCII in its NFKC form, what is a word alone between spaces."""
    return _short_spaced(run) if len(run) <= _SHORT else _spaced_form(run)


def _spaced_form(run: str) -> str:
    normal = _compatible(run)
    if _ALL_CJK.fullmatch(normal):
        return f" {' '.join(normal)} "
    return "".join(map(_spaced_character, normal))


# Runs come again and again, but a long one only once, and the cache would keep it.
_SHORT: Final = 64
_short_compatible = lru_cache(maxsize=4096)(_form)
_short_spaced = lru_cache(maxsize=4096)(_spaced_form)


@lru_cache(maxsize=8192)
def _lowered(character: str) -> str:
    if character.isascii() or _ALONE.match(character):
        return character
    return character.lower() if character.isalnum() else " "


@lru_cache(maxsize=8192)
def _spaced_character(character: str) -> str:
    return f" {character} " if _ALONE.match(character) else character


INVISIBLE: Final = Pass(
    re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]+"),
    lambda _: "",
    tuple("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"),
)
_COMPOSED: Final = Pass(
    re.compile("[!-~][\u0300-\u036f]+"),
    lambda found: unicodedata.normalize("NFC", found[0]),
)
COMPATIBLE: Final = Pass(BEYOND_ASCII, lambda found: _compatible(found[0]), single=_compatible)
_MARKUP: Final = (
    Pass(re.compile("<!--"), lambda _: " comment ", ("<!--",)),
    Pass(ANCHOR, _link, ("</a", "</A")),
    Pass(TAG, _tag, ("<",)),
    Pass(ENTITY, lambda found: unescaped(found[0]), ("&",)),
    Pass(re.compile("~~"), lambda _: " struck through ", ("~~",)),
    Pass(LINK, _link, ("](",)),
    Pass(_QUOTED, lambda _: "", (">",)),
    Pass(_COMPARED, _comparison, ("<", ">", "\u2264", "\u2265", "\u2260")),
    Pass(_LOWER_SCHEME, lambda _: "", ("http",)),
    Pass(_LOWER_WWW, lambda _: "", ("www.",)),
    Pass(_SCHEME, lambda _: "", ("HTTP", "Http", "WWW.", "Www.")),
)

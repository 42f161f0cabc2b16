"""References in Markdown: links, front matter, fenced code and commands in inline code."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from openaudit.discovery.code import read_code
from openaudit.discovery.dockerfile import read_dockerfile
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon
from openaudit.discovery.links import read_links
from openaudit.discovery.python import read_python
from openaudit.discovery.scripts import read_script
from openaudit.discovery.settings import read_json, read_toml, read_yaml

_FRONT: Final = re.compile(r"\A---[ \t]*\n(?P<yaml>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FENCE: Final = re.compile(
    r"^(?P<mark>[ \t>]*(?:`{3,}|~{3,}))[ \t]*\{?\.?(?P<language>[\w+-]*)[^\n]*\n(?P<code>.*?)"
    r"(?:^[ \t>]*(?:`{3,}|~{3,})[ \t]*$|\Z)",
    re.MULTILINE | re.DOTALL,
)
_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_INDENTED: Final = re.compile(r"(?:(?<=\n\n)|(?<=\n \n))(?:(?: {4}|\t)[^\n]*(?:\n|\Z))+")
_INLINE: Final = re.compile(r"`(?P<code>[^`\n]+ [^`\n]+)`")
_PROMPT: Final = re.compile(r"(?m)^([ \t]*)(?:\$|>|>>>|\.\.\.|%)(?= )")

_SHOWN: Final = re.compile(r"[^\n]")

_Read = Callable[[str, Lexicon], Iterator[Hit]]


def read_markdown(text: str, lexicon: Lexicon) -> Iterator[Hit]:  # noqa: C901  # one loop a form
    """Yield the releases that a Markdown text names by a link or in code; prose names none."""
    for comment in _COMMENT.finditer(text):
        text = _blanked(text, *comment.span())
    front = _FRONT.match(text)
    if front:
        for hit in read_yaml(front["yaml"], lexicon):
            yield hit.moved(front.start("yaml"))
    prose = text
    for fence in _FENCE.finditer(text):
        for hit in _read_fence(fence["code"], fence["language"].lower(), lexicon):
            yield hit.moved(fence.start("code"))
        prose = _blanked(prose, fence.start(), fence.end())
    if front:
        prose = _blanked(prose, 0, front.end())
    for block in _INDENTED.finditer(prose):
        for hit in read_script(block[0], lexicon):
            yield hit.moved(block.start())
    for inline in _INLINE.finditer(prose):
        for hit in read_script(inline["code"], lexicon):
            yield hit.moved(inline.start("code"))
    yield from read_links(prose, lexicon)


def _read_fence(code: str, language: str, lexicon: Lexicon) -> Iterator[Hit]:
    plain = _PROMPT.sub(lambda m: m[0].replace(m[0].strip(), " " * len(m[0].strip())), code)
    try:
        yield from _LANGUAGES.get(language, _read_any)(plain, lexicon)
    except SyntaxError:
        yield from _read_any(plain, lexicon)


def _read_any(code: str, lexicon: Lexicon) -> Iterator[Hit]:
    yield from read_script(code, lexicon)
    yield from read_code(code, "python", lexicon)


def _read_script_language(code: str, lexicon: Lexicon) -> Iterator[Hit]:
    yield from read_code(code, "typescript", lexicon)


def _blanked(text: str, start: int, end: int) -> str:
    return text[:start] + _SHOWN.sub(" ", text[start:end]) + text[end:]


_LANGUAGES: Final[dict[str, _Read]] = {
    **dict.fromkeys(
        ("diff", "patch", "mermaid", "text", "csv", "log", "output"), lambda _c, _l: iter(())
    ),
    **dict.fromkeys(("python", "py", "python3", "pycon", "ipython"), read_python),
    **dict.fromkeys(("bash", "sh", "shell", "console", "zsh", "shellsession", "fish"), read_script),
    **dict.fromkeys(("yaml", "yml"), read_yaml),
    **dict.fromkeys(("json", "jsonc", "json5"), read_json),
    **dict.fromkeys(("toml", "ini", "env", "dotenv"), read_toml),
    **dict.fromkeys(("dockerfile", "docker"), read_dockerfile),
    **dict.fromkeys(("js", "javascript", "ts", "typescript", "jsx", "tsx"), _read_script_language),
}

"""Which reader reads a file: by its name, then by its ending."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Final

from openaudit.discovery.code import read_code
from openaudit.discovery.dockerfile import read_dockerfile, read_modelfile
from openaudit.discovery.hit import Hit, Read
from openaudit.discovery.lexicon import Lexicon
from openaudit.discovery.makefile import read_makefile
from openaudit.discovery.markdown import read_markdown
from openaudit.discovery.notebook import read_notebook
from openaudit.discovery.prose import read_page, read_prose, read_text
from openaudit.discovery.scripts import read_code_or_python, read_environment, read_script
from openaudit.discovery.settings import read_json, read_toml, read_yaml


def reader(path: PurePath) -> Read | None:
    """Return how a file is read; None: it is of no kind that names releases."""
    for pattern, read in _NAMES:
        if pattern.fullmatch(path.name):
            return read
    if path.suffix.lower() in _LISTS:
        return _listing(path.stem, _LISTS[path.suffix.lower()])
    return _ENDINGS.get(path.suffix.lower())


def _listing(stem: str, read: Callable[[str, Lexicon, str], Iterator[Hit]]) -> Read:
    def reads(text: str, lexicon: Lexicon) -> Iterator[Hit]:
        yield from read(text, lexicon, stem)

    return reads


def _in(language: str) -> Read:
    def read(text: str, lexicon: Lexicon) -> Iterator[Hit]:
        yield from read_code(text, language, lexicon)

    return read


_NAMES: Final[tuple[tuple[re.Pattern[str], Read], ...]] = (
    (re.compile(r"(?i)(?:.+[.-])?(?:docker|container)file(?:[.-].+)?"), read_dockerfile),
    (re.compile(r"(?i)(?:.+[.-])?modelfile(?:[.-].+)?"), read_modelfile),
    (re.compile(r"(?i)(?:gnu)?makefile(?:\..+)?|.+\.mk|justfile"), read_makefile),
    (re.compile(r"(?i)\.env(?:[.-].+)?|.+\.env|\.envrc"), read_environment),
    (re.compile(r"(?i)procfile"), read_script),
    (re.compile(r"(?i)jenkinsfile"), _in("groovy")),
)
_LISTS: Final[dict[str, Callable[[str, Lexicon, str], Iterator[Hit]]]] = {
    **dict.fromkeys((".yaml", ".yml"), read_yaml),
    **dict.fromkeys((".json", ".jsonc", ".json5", ".jsonl"), read_json),
    **dict.fromkeys((".txt", ".lst", ".in"), read_text),
}
_ENDINGS: Final[dict[str, Read]] = {
    ".py": read_code_or_python,
    ".pyi": read_code_or_python,
    ".ipynb": read_notebook,
    **dict.fromkeys((".toml", ".ini", ".cfg", ".conf", ".properties"), read_toml),
    **dict.fromkeys((".sh", ".bash", ".zsh", ".fish", ".ps1", ".bat", ".cmd", ".service", ".slurm",
                     ".sbatch"), read_script),
    **dict.fromkeys((".md", ".mdx", ".markdown", ".qmd", ".rmd"), read_markdown),
    **dict.fromkeys((".rst", ".adoc"), read_prose),
    **dict.fromkeys((".html", ".htm", ".vue", ".svelte"), read_page),
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx"), _in("javascript")),
    **dict.fromkeys((".ts", ".mts", ".cts", ".tsx"), _in("typescript")),
    ".go": _in("go"),
    ".rs": _in("rust"),
    ".java": _in("java"),
    ".kt": _in("kotlin"),
    ".cs": _in("csharp"),
    ".rb": _in("ruby"),
    ".swift": _in("swift"),
    ".scala": _in("scala"),
    ".r": _in("r"),
    ".jl": _in("julia"),
    ".php": _in("php"),
    **dict.fromkeys((".tf", ".hcl", ".tfvars"), _in("terraform")),
    **dict.fromkeys((".c", ".cc", ".cpp", ".h", ".hpp"), _in("cpp")),
}  # fmt: skip

"""Which reader reads a file: by its name, then by its ending."""

import re
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Final

from openaudit.discovery.code import read_code
from openaudit.discovery.commands import read_script
from openaudit.discovery.dockerfile import read_dockerfile, read_modelfile
from openaudit.discovery.hit import Hit
from openaudit.discovery.lexicon import Lexicon
from openaudit.discovery.links import read_links
from openaudit.discovery.makefile import read_makefile
from openaudit.discovery.markdown import read_markdown
from openaudit.discovery.notebook import read_notebook
from openaudit.discovery.python import read_python
from openaudit.discovery.settings import read_json, read_toml, read_yaml

Read = Callable[[str, Lexicon], Iterator[Hit]]


def reader(path: PurePath) -> Read | None:
    """Return how a file is read; None: it is of no kind that names releases."""
    for pattern, read in _NAMES:
        if pattern.fullmatch(path.name):
            return read
    return _ENDINGS.get(path.suffix.lower())


def _python(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """Read Python; of another version's, the strings beside what names them."""
    try:
        yield from read_python(text, lexicon)
    except SyntaxError:
        yield from read_code(text, "python", lexicon)


def _in(language: str) -> Read:
    def read(text: str, lexicon: Lexicon) -> Iterator[Hit]:
        yield from read_code(text, language, lexicon)

    return read


_NAMES: Final[tuple[tuple[re.Pattern[str], Read], ...]] = (
    (re.compile(r"(?i)(?:.+[.-])?(?:docker|container)file(?:[.-].+)?"), read_dockerfile),
    (re.compile(r"(?i)(?:.+[.-])?modelfile(?:[.-].+)?"), read_modelfile),
    (re.compile(r"(?i)(?:gnu)?makefile(?:\..+)?|.+\.mk|justfile"), read_makefile),
    (re.compile(r"(?i)\.env(?:[.-].+)?|.+\.env|\.envrc"), read_script),
    (re.compile(r"(?i)requirements.*\.(?:txt|in)|procfile"), read_script),
    (re.compile(r"(?i)jenkinsfile"), _in("groovy")),
)
_ENDINGS: Final[dict[str, Read]] = {
    ".py": _python,
    ".pyi": _python,
    ".ipynb": read_notebook,
    **dict.fromkeys((".yaml", ".yml"), read_yaml),
    **dict.fromkeys((".json", ".jsonc", ".json5", ".jsonl"), read_json),
    **dict.fromkeys((".toml", ".ini", ".cfg", ".conf", ".properties"), read_toml),
    **dict.fromkeys((".sh", ".bash", ".zsh", ".fish", ".ps1", ".bat", ".cmd", ".service", ".slurm",
                     ".sbatch"), read_script),
    **dict.fromkeys((".md", ".mdx", ".markdown", ".qmd", ".rmd"), read_markdown),
    **dict.fromkeys((".rst", ".txt", ".html", ".adoc"), read_links),
    **dict.fromkeys((".js", ".mjs", ".cjs", ".jsx"), _in("javascript")),
    **dict.fromkeys((".ts", ".mts", ".cts", ".tsx", ".vue", ".svelte"), _in("typescript")),
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

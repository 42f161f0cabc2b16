"""A place in a code base that names a model or dataset."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Sighting:
    """One reference and where it stands.

    `id` is `org/name`, `datasets/org/name`, `ollama:name:tag` or `ms:org/name`; `file` is relative
    to the directory that was searched, with `/`; `line` and `column` count from 1, `column` in
    characters. `kind` is model or dataset; `how` says in words why the place names one.
    """

    id: str
    file: str
    line: int
    column: int
    kind: str
    revision: str | None
    how: str

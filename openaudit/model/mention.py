"""Names of licenses in running prose, and the words by which prose says what is under one."""

from enum import StrEnum

from openaudit.model.frozen import frozen


class Subject(StrEnum):
    """What a sentence says is under a license.

    `release` is whatever the text belongs to (`License: X`), `repository` a project or repository,
    of which nobody knows whether it takes in the weights, `other` something else or not clear.
    """

    WEIGHTS = "weights"
    CODE = "code"
    DATA = "data"
    RELEASE = "release"
    REPOSITORY = "repository"
    OTHER = "other"


@frozen
class Claim:
    """That something is under the license named. `start:end` is the sentence up to the name."""

    subjects: tuple[Subject, ...]
    start: int
    end: int

    @property
    def own(self) -> bool:
        """Say whether it is about what the text belongs to, or a part of that."""
        return Subject.OTHER not in self.subjects


@frozen
class Mention:
    """A license named at `start:end`. `value` is the name alone, `id` and so on what it means."""

    value: str
    start: int
    end: int
    id: str | None
    expression: str | None
    candidates: tuple[str, ...]
    claim: Claim | None = None


@frozen
class MentionRules:
    """The words of `rules/license_mentions.yaml`, where stands what each is for: patterns."""

    license_words: tuple[str, ...]
    unmistakable: tuple[str, ...]
    articles: tuple[str, ...]
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    labels: tuple[str, ...]
    doubts: tuple[str, ...]
    altered_before: tuple[str, ...]
    altered_after: tuple[str, ...]
    pointers: tuple[str, ...]
    joints: tuple[str, ...]
    weights: tuple[str, ...]
    code: tuple[str, ...]
    data: tuple[str, ...]
    repository: tuple[str, ...]
    trailing: tuple[str, ...]
    conjunctions: tuple[str, ...]
    own: tuple[str, ...]
    vague: tuple[str, ...]
    lead_ins: tuple[str, ...]
    foreign: tuple[str, ...]
    foreign_sections: tuple[str, ...]
    code_hosts: tuple[str, ...]

"""What `rules/discovery.yaml` says: the places that name a release, and the forms that are none."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePath
from typing import Any, Final

from openaudit.errors import ReferenceInvalid
from openaudit.model.reference import RepoKind, Scheme, parse

_LONGEST: Final = 200
_CAMEL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATORS: Final = re.compile(r"[^A-Za-z0-9]+")
_OLLAMA: Final = re.compile(r"(?:[a-z0-9][\w.-]*/)?[a-z0-9][\w.-]*(?::[\w.-]+)?", re.IGNORECASE)
_GGUF_HOSTS: Final = ("hf.co/", "huggingface.co/", "https://hf.co/", "https://huggingface.co/")
_LETTER: Final = re.compile(r"[A-Za-z]")
_BARE: Final = re.compile(r"[A-Za-z][\w.-]*[A-Za-z0-9]")


@dataclass(frozen=True, slots=True)
class Named:
    """A release as a reference writes it: `id`, whether a model or a dataset, and the revision."""

    id: str
    kind: str = "model"
    revision: str | None = None

    @property
    def written(self) -> str:
        """The id without what openaudit puts before it, as a text is likely to write it."""
        name = self.id.removeprefix("datasets/").removeprefix("ms:").removeprefix("ollama:")
        return name.removeprefix("sentence-transformers/")


@dataclass(frozen=True, slots=True)
class Sense:
    """How the text of a place is to be read.

    `kind` is model, dataset, ollama or modelscope; `bare` is what a name without an organization
    stands for (none, legacy, sentence, any); a `router` takes names of services as well.
    """

    kind: str
    bare: str = "none"
    router: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """A function that takes a name: at which places, and by which keywords."""

    sense: Sense
    at: tuple[int, ...]
    keywords: frozenset[str]
    of: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Command:
    """A command line that takes a name as its first argument, or after one of `flags`."""

    words: tuple[str, ...]
    sense: Sense | None
    flags: frozenset[str]
    router: bool


class Lexicon:
    """The tables of `rules/discovery.yaml`, compiled when they are first asked for."""

    def __init__(
        self, raw: Mapping[str, Any], reader: Callable[[PurePath], Any] = lambda _path: None
    ) -> None:
        """`reader` says how a file inside another is read, by its name; None: it is not."""
        self._raw = raw
        self.reader = reader
        self.key = lru_cache(maxsize=4096)(self._key)

    def _key(self, written: str) -> Sense | None:
        """Return how the value of a key, variable or flag is to be read; None: it names nothing."""
        key = snake(written)
        for kind in ("output", "ollama", "dataset", "model"):
            if self._keys[kind].fullmatch(key):
                bare = "any" if kind == "ollama" else "known"
                return None if kind == "output" else Sense(kind, bare)
        return None

    def is_output(self, written: str) -> bool:
        """Say whether a key names what is made, not what is used."""
        return self._keys["output"].fullmatch(snake(written)) is not None

    def is_silent(self, written: str) -> bool:
        """Say whether nothing below a key is used: what is published, labels, annotations."""
        return snake(written) in self._silent

    def aliases(self, keys: Iterable[str]) -> frozenset[str]:
        """Return the keys that, beside others of one mapping, name no release."""
        beside = set(map(str.lower, keys))
        return frozenset(
            key
            for row in self._raw["aliases"]
            if beside.intersection(row["beside"])
            for key in row["keys"]
        )

    def listed(self, stem: str) -> Sense | None:
        """Return what a bare list in a file of that name holds: models.json, hf-models.txt."""
        named = self._lists.fullmatch(stem)
        return self.key(named["key"] or "models") if named else None

    def entrypoint(self, image: str) -> tuple[str, ...]:
        """Return the program that a container image runs its arguments with; () where unknown."""
        name = image.rpartition("/")[2].partition(":")[0]
        return tuple(self._raw["images"].get(name, ()))

    def is_inner(self, written: str) -> bool:
        """Say whether a key inside a model's mapping holds its name."""
        return snake(written) in self._inner

    def has_fields(self, keys: Iterable[str]) -> bool:
        """Say whether one of the keys is a field such as `name`; else they may be labels.

        A model's key may hold one by its fields, {name: org/a}, or several, {small: org/a}.
        """
        return any(map(self.is_inner, keys))

    def is_revision(self, written: str) -> bool:
        """Say whether a key holds the revision of what stands beside it."""
        return snake(written) in self._revision

    def is_provider(self, written: str) -> bool:
        """Say whether a key says who serves the model beside it."""
        return snake(written) in self._provider

    def is_placeholder(self, name: str) -> bool:
        """Say whether a name stands for any: `your-org/your-model`, or is a file's."""
        return self._never.fullmatch(name.removeprefix("datasets/")) is not None

    def call(self, dotted: str) -> Call | None:
        """Return what a function takes, by its dotted name as written."""
        owner, _, name = dotted.rpartition(".")
        for at in (dotted, name):
            for call in self._calls.get(at, ()):
                if call.of is None or call.of.fullmatch(owner):
                    return call
        return None

    def writes(self, name: str) -> bool:
        """Say whether a function makes what it names."""
        return name in self._outputs

    def declares(self, name: str) -> bool:
        """Say whether a function declares an option with a default."""
        return name in self._options

    def asks(self, name: str) -> bool:
        """Say whether a function asks the environment, so that its first argument is a name."""
        return name in self._raw["environment"]

    def wraps(self, name: str) -> bool:
        """Say whether a function takes another and its arguments, such as `partial`."""
        return name in self._raw["wrappers"]

    @cached_property
    def default_keywords(self) -> frozenset[str]:
        """The keywords of a declared option that hold its default or its choices."""
        return frozenset(self._raw["default_keywords"])

    def holds_command(self, text: str) -> bool:
        """Say whether a text may hold a command line, by the programs it names."""
        return self._programs.search(text) is not None

    @cached_property
    def _programs(self) -> re.Pattern[str]:
        names = "|".join(sorted(map(re.escape, self.first_words)))
        return re.compile(rf"(?:^|[\s;&|/(])(?:{names})\s", re.MULTILINE)

    @cached_property
    def commands(self) -> tuple[Command, ...]:
        """The command lines, longest first."""
        rows = self._raw["commands"]
        return tuple(sorted((_command(r) for r in rows), key=lambda c: -len(c.words)))

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The programs of the command lines."""
        return frozenset(command.words[0] for command in self.commands)

    @cached_property
    def valued_flags(self) -> frozenset[str]:
        """Flags whose value is no name."""
        return frozenset(self._raw["valued_flags"])

    def read(self, written: str, sense: Sense) -> Named | None:  # noqa: PLR0911  # one a form
        """Return what `written` names in a place of that sense; None: no release."""
        text = written.strip()
        if not text or len(text) > _LONGEST or text.split() != [text]:
            return None
        for prefix in self._raw["prefixes"]["ollama"]:  # the longest first
            if text.startswith(prefix):
                return self._ollama(text.removeprefix(prefix))
        if sense.kind == "ollama":
            return self._ollama(text)
        if sense.kind == "hubpath":
            return self._path(text)
        if text.startswith("datasets/") and text.count("/") > 1:
            return self._path(text)
        stripped = self._unprefixed(text)
        if "/" not in stripped:
            return self._bare(stripped, sense)
        served = sense.router or (sense.kind != "dataset" and self._services.fullmatch(text))
        return None if stripped == text and served else self._on_hub(stripped, sense)

    def _unprefixed(self, text: str) -> str:
        """Return the id on the hub behind a router's prefix: `huggingface/org/name`."""
        for prefix in self._raw["prefixes"]["hub"]:
            rest = text.removeprefix(prefix)
            if rest != text and prefix.endswith("://"):
                return "/".join(rest.split("/")[:2])
            whole = not prefix.endswith("/") or rest.count("/") == 1
            if rest != text and "/" in rest and whole:
                return rest
        return text

    def _path(self, text: str) -> Named | None:
        """Read a path of the hub's file system: [datasets/]org/name/file."""
        parts = text.removeprefix("hf://").split("/")
        dataset = parts[0] == "datasets"
        head = parts[1:3] if dataset else parts[:2]
        return self._on_hub("/".join(head), Sense("dataset" if dataset else "model"))

    def _on_hub(self, text: str, sense: Sense) -> Named | None:
        name, _, revision = text.partition("@")
        name = name.partition(":")[0]  # a quantization of a GGUF repository, or who serves it
        if self._never.fullmatch(name) or not _lettered(name):
            return None
        if sense.kind == "modelscope":
            return Named(f"ms:{name}", "model", revision or None)
        dataset = sense.kind == "dataset" or name.startswith("datasets/")
        name = name.removeprefix("datasets/")
        try:
            parse(f"hf:{name}")
        except ReferenceInvalid:
            return None
        return hub_name(name, dataset=dataset, revision=revision or None)

    def _bare(self, text: str, sense: Sense) -> Named | None:
        if not _BARE.fullmatch(text) or self._never.fullmatch(text):
            return None
        if sense.kind == "dataset":
            known = sense.bare == "any" or self._sets.fullmatch(text) is not None
            known = known and text not in self._builders
            return Named(f"datasets/{text}", "dataset") if known else None
        if sense.bare == "none":
            return None
        if self._legacy.fullmatch(text):
            return Named(text)
        own = sense.bare == "sentence" and _is_short(text)
        short = own or self._short.fullmatch(text)
        return Named(f"sentence-transformers/{text}") if short else None

    def _ollama(self, text: str) -> Named | None:
        for host in _GGUF_HOSTS:
            if text.startswith(host):
                return self._on_hub(text.removeprefix(host), Sense("model"))
        if (
            not _OLLAMA.fullmatch(text)
            or text.lower() in self._words
            or self._never.fullmatch(text.partition(":")[0])
        ):
            return None
        return Named(f"ollama:{text}")

    @cached_property
    def _keys(self) -> dict[str, re.Pattern[str]]:
        named = self._raw["keys"]
        return {k: _any(named[k]) for k in ("output", "ollama", "dataset", "model")}

    @cached_property
    def _lists(self) -> re.Pattern[str]:
        return re.compile(self._raw["lists"])

    @cached_property
    def _silent(self) -> frozenset[str]:
        return frozenset(self._raw["keys"]["silent"])

    @cached_property
    def _inner(self) -> frozenset[str]:
        return frozenset(self._raw["keys"]["inner"])

    @cached_property
    def _revision(self) -> frozenset[str]:
        return frozenset(self._raw["keys"]["revision"])

    @cached_property
    def _provider(self) -> frozenset[str]:
        return frozenset(self._raw["keys"]["provider"])

    @cached_property
    def _calls(self) -> dict[str, list[Call]]:
        calls: dict[str, list[Call]] = {}
        for row in self._raw["calls"]:
            sense = Sense(row["kind"], row["bare"], row.get("router", False))
            of = re.compile(row["of"]) if "of" in row else None
            call = Call(sense, tuple(row["at"]), frozenset(row["keywords"]), of)
            for name in row["names"]:
                calls.setdefault(name, []).append(call)
        return calls

    @cached_property
    def _outputs(self) -> frozenset[str]:
        return frozenset(self._raw["outputs"])

    @cached_property
    def _options(self) -> frozenset[str]:
        return frozenset(self._raw["options"])

    @cached_property
    def _services(self) -> re.Pattern[str]:
        return _any(self._raw["services"])

    @cached_property
    def _legacy(self) -> re.Pattern[str]:
        return _any(self._raw["legacy"])

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset(map(str, self._raw["words"]))

    @cached_property
    def _short(self) -> re.Pattern[str]:
        return _any(self._raw["short"])

    @cached_property
    def _sets(self) -> re.Pattern[str]:
        return _any(self._raw["sets"])

    @cached_property
    def _builders(self) -> frozenset[str]:
        return frozenset(self._raw["builders"])

    @cached_property
    def _never(self) -> re.Pattern[str]:
        return _any(self._raw["never"])


def hub_name(name: str, *, dataset: bool, revision: str | None) -> Named:
    """Return a repository of the Hugging Face Hub as a reference."""
    kind = RepoKind.DATASET if dataset else RepoKind.MODEL
    return Named(f"datasets/{name}" if dataset else name, str(kind), revision)


def page(url: str) -> Named | None:
    """Return the release a URL points at; None: no page of one."""
    try:
        reference = parse(url)
    except ReferenceInvalid:
        return None
    if reference.scheme is Scheme.HUGGINGFACE:
        dataset = reference.kind is RepoKind.DATASET
        return hub_name(reference.id, dataset=dataset, revision=reference.revision)
    if reference.scheme is Scheme.OLLAMA:
        tag = "" if reference.revision is None else f":{reference.revision}"
        return Named(f"ollama:{reference.id}{tag}")
    if reference.scheme is Scheme.MODELSCOPE:
        return Named(f"ms:{reference.id}", "model", reference.revision)
    return None


@lru_cache(maxsize=4096)
def snake(written: str) -> str:
    """Return a key in snake case: `--model-id`, `modelId` and `MODEL_ID` are `model_id`."""
    return _SEPARATORS.sub("_", _CAMEL.sub("_", written)).strip("_").lower()


def _is_short(text: str) -> bool:
    """Say whether a name may be one of sentence-transformers': all-MiniLM-L6-v2, LaBSE."""
    mixed = ("-" in text or text.isalpha()) and text.lower() != text
    return mixed or text.count("-") > 1


def _lettered(name: str) -> bool:
    """Say whether both parts of `org/name` hold a letter: fractions and dates do not."""
    parts = name.split("/")
    return len(parts) == 2 and all(_LETTER.search(part) for part in parts)  # noqa: PLR2004


def _any(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{p})" for p in patterns))


def _command(row: Mapping[str, Any]) -> Command:
    sense = None if row["kind"] == "none" else Sense(row["kind"], _bare_of(row["kind"]))
    flags = frozenset(row.get("flags", ()))
    return Command(tuple(row["words"]), sense, flags, row.get("router", False))


def _bare_of(kind: str) -> str:
    return "any" if kind == "ollama" else "legacy"

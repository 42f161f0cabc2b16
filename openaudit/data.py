"""The knowledge: rules, license profiles and recorded releases, read once and passed around.

A wheel carries one packed file, made from the YAML by the build hook; a checkout packs the YAML
each time. Nothing is written at run time. The packed form is lines of JSON: the first holds all
that a run looks through, and says in which of the others the large parts stand, each of which is
parsed when it is first asked for.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from openaudit.errors import DataInvalid
from openaudit.model.clause import ClauseKind, Severity
from openaudit.model.deferred import Deferred
from openaudit.model.frozen import frozen
from openaudit.model.holders import HolderPlace, Holders
from openaudit.model.lead_ins import LeadIns
from openaudit.model.license import HubTag
from openaudit.model.mention import MentionRules
from openaudit.model.profile import KnownText, LicenseProfile, ListedLicense, ProfileClause
from openaudit.model.record import Record
from openaudit.model.release import RecordedFact
from openaudit.model.rule import Alternative, Capture, ClauseRule, FindingRule

_PACKAGE = Path(__file__).parent
_PACKED = _PACKAGE / "_data" / "data.json"
_FINGERPRINTS = "fingerprints.bin"
SPDX_LIST = "licenses/spdx.json"
DISCOVERY = "rules/discovery.yaml"
POLICIES = "rules/policies"
HEADLINE = "g7-2026"
"""The framework behind the one-line label; the others are read only when they are asked for."""
PACK_FRAMEWORKS = "frameworks"
"""The directory of a pack of rules whose files are frameworks; all others hold clause rules."""
PREPARED = "patterns.json"

_APART: Final[Mapping[str, tuple[str, ...]]] = {
    "clauses": ("match",),
    "licenses": ("texts", "clauses"),
    "records": ("facts",),
}
"""What has a line of its own in the packed form, by section."""

Json = dict[str, Any]


@frozen
class Knowledge:
    """Everything the audit knows beforehand. Mappings are by id, in id order."""

    date: str
    clauses: Mapping[str, ClauseRule]
    findings: Mapping[str, FindingRule]
    licenses: Mapping[str, LicenseProfile]
    tags: Mapping[str, HubTag]
    records: tuple[Record, ...]
    dimensions: Json
    frameworks: Mapping[str, Json]
    facts: Mapping[str, Mapping[str, Any]]
    lineage: Json
    mentions: MentionRules
    lead_ins: LeadIns
    holders: Holders
    glossary: Mapping[str, str]
    uses: Json
    own: frozenset[str] = frozenset()
    """Clause ids of the user's rules: no profile says whether a license has them."""
    asked: tuple[str, ...] = ()
    """Ids of the frameworks that were asked for, in that order."""

    def with_rules(self, rules: Iterable[ClauseRule]) -> "Knowledge":
        """Return this knowledge with rules of the user's added."""
        added = {rule.id: rule for rule in rules}
        clauses = dict(sorted({**self.clauses, **added}.items()))
        return replace(self, clauses=clauses, own=self.own | added.keys())

    def with_frameworks(self, asked: Mapping[str, Json]) -> "Knowledge":
        """Return this knowledge with frameworks to judge by, to be shown in their order."""
        return replace(self, frameworks={**self.frameworks, **asked}, asked=tuple(asked))


@cache
def knowledge() -> Knowledge:
    """Return the shipped knowledge."""
    if _PACKED.is_file():
        return build(_PACKED.read_text(encoding="utf-8"))
    return build(packed_text(pack(_PACKAGE.parent)))


def fingerprints() -> bytes:
    """Return the hashes of license texts, which only `licenses.index` reads; not cached here.

    Raises:
        DataInvalid: they are not where openaudit is.
    """
    for directory in (_PACKAGE / "_data", _PACKAGE.parent / "licenses"):
        if (directory / _FINGERPRINTS).is_file():
            return (directory / _FINGERPRINTS).read_bytes()
    raise DataInvalid(f"{_FINGERPRINTS}: not found beside openaudit; install it again")


def prepared_patterns() -> str | None:
    """Return what `clauses.prepared` packed into the wheel; None in a checkout. Not cached here."""
    packed = _PACKED.with_name(PREPARED)
    return packed.read_text(encoding="utf-8") if packed.is_file() else None


@cache
def spdx_list() -> Mapping[str, ListedLicense]:
    """Return the SPDX license list by id. It lies beside the rest: few audits ever need it."""
    packed = _PACKED.with_name("spdx.json")
    path = packed if packed.is_file() else _PACKAGE.parent / SPDX_LIST
    listed: Json = json.loads(path.read_text(encoding="utf-8"))["licenses"]
    return {k: ListedLicense(id=k, **v) for k, v in listed.items()}


@cache
def frameworks() -> Mapping[str, Json]:
    """Return every framework by id. They lie beside the rest: most audits judge by one."""
    packed = _PACKED.with_name("frameworks.json")
    if packed.is_file():
        text = packed.read_text(encoding="utf-8")
    else:
        text = pack_frameworks(_PACKAGE.parent)
    listed: Json = json.loads(text)
    return listed


def pack_frameworks(root: Path) -> str:
    """Return every framework below `root` as JSON, in id order."""
    listed = {p.stem: read_yaml(p) for p in _files(root / "rules/frameworks")}
    return dumps(listed)


@cache
def discovery_rules() -> Json:
    """Return what `rules/discovery.yaml` says; only `scan` asks."""
    packed = _PACKED.with_name("discovery.json")
    if packed.is_file():
        rules: Json = json.loads(packed.read_text(encoding="utf-8"))
        return rules
    return read_yaml(_PACKAGE.parent / DISCOVERY)


@cache
def evidence_rules() -> Json:
    """Return how cards are read, by the files of `rules/evidence/`; the catalog holds no card."""
    packed = _PACKED.with_name("evidence.json")
    if packed.is_file():
        raw: Json = json.loads(packed.read_text(encoding="utf-8"))
        return raw
    return pack_evidence(_PACKAGE.parent)


def packed_text(packed: Json) -> str:
    """Return the packed form, the same bytes for the same files.

    Keys keep the order of the YAML, which means something: grades and dimensions are listed in it.
    """
    lines: list[str] = []

    def apart(item: Json, names: Sequence[str]) -> Json:
        """Return `item` with the numbers of the lines in which its parts of these names stand."""
        head = dict(item)
        for name in names:
            if name in item:
                lines.append(dumps(item[name]))
                head[name] = len(lines)
        return head

    head = dict(packed)
    for section, names in _APART.items():
        items = packed[section]
        head[section] = (
            {k: apart(v, names) for k, v in items.items()}
            if isinstance(items, dict)
            else [apart(v, names) for v in items]
        )
    return "\n".join((dumps(head), *lines)) + "\n"


def dumps(value: Any) -> str:
    """Return JSON without white space between the values."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def pack(root: Path) -> Json:
    """Read the YAML below `root`, a checkout or an unpacked source distribution."""
    meta = read_yaml(root / "rules" / "knowledge.yaml")
    return {
        "date": str(meta["date"]),
        "clauses": {p.stem: _packed_rule(read_yaml(p)) for p in _files(root / "rules/clauses")},
        "findings": {p.stem: read_yaml(p) for p in _files(root / "rules/findings")},
        "dimensions": read_yaml(root / "rules" / "dimensions.yaml"),
        "facts": read_yaml(root / "rules" / "facts.yaml"),
        "frameworks": {HEADLINE: read_yaml(root / "rules" / "frameworks" / f"{HEADLINE}.yaml")},
        "lineage": read_yaml(root / "rules" / "lineage.yaml"),
        "licenses": {p.stem: read_yaml(p) for p in _files(root / "licenses")},
        "tags": read_yaml(root / "rules" / "license_tags.yaml"),
        "uses": read_yaml(root / "rules" / "uses.yaml"),
        "glossary": read_yaml(root / "rules" / "glossary.yaml")["words"],
        "mentions": _without_tests(read_yaml(root / "rules" / "license_mentions.yaml")),
        "lead_ins": read_yaml(root / "rules" / "license_lead_ins.yaml"),
        "holders": read_yaml(root / "rules" / "license_holders.yaml"),
        "records": [r for p in _files(root / "openaudit/catalog") for r in _records(read_yaml(p))],
    }


def pack_evidence(root: Path) -> Json:
    """Read `rules/evidence/` below `root`: it lies beside the rest, for runs that read a card."""
    return {p.stem: _without_tests(read_yaml(p)) for p in _files(root / "rules/evidence")}


def read_yaml(path: Path, *, most: int | None = None) -> Json:
    """Read one YAML mapping; dates become ISO strings.

    Raises:
        DataInvalid: the file is not YAML, or not a mapping, or holds more than `most` values.
    """
    import yaml  # noqa: PLC0415  # an installed wheel never needs it here

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        value = yaml.load(path.read_text(encoding="utf-8"), Loader=loader)  # noqa: S506  # a safe one
    except (yaml.YAMLError, RecursionError) as error:
        raise DataInvalid(f"{path}: not valid YAML: {' '.join(str(error).split())}") from error
    except UnicodeDecodeError as error:
        raise DataInvalid(f"{path}: not in UTF-8") from error
    except OSError as error:
        raise DataInvalid(f"{path}: cannot be read: {error.strerror}") from error
    if not isinstance(value, dict):
        raise DataInvalid(f"{path}: expected a mapping at the top")
    if most is not None and not _fits(value, most):
        raise DataInvalid(f"{path}: holds more than {most:,} values")
    plain: Json = json.loads(json.dumps(value, default=str))
    return plain


def _fits(value: object, most: int) -> bool:
    """Say whether `value` holds no more than `most` values: few aliases can stand for billions."""
    left = most
    waiting = [value]
    while waiting and left >= 0:
        one = waiting.pop()
        inside = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        left -= 1 + len(inside)
        waiting += inside if left >= 0 else ()
    return left >= 0


def rule_files() -> Path:
    """Return the directory of the shipped rule files, with their examples."""
    packed = _PACKED.with_name("rules")
    return packed if packed.is_dir() else _PACKAGE.parent / "rules" / "clauses"


def policy_files() -> Path:
    """Return the directory of the policies that come with openaudit."""
    packed = _PACKED.with_name("policies")
    return packed if packed.is_dir() else _PACKAGE.parent / POLICIES


def build(text: str) -> Knowledge:
    """Turn the packed form into values."""
    head, *lines = text.split("\n")
    packed = json.loads(head)

    def line(number: int) -> Any:
        return json.loads(lines[number - 1])

    return Knowledge(
        date=packed["date"],
        clauses={k: _shipped_rule(v, line) for k, v in sorted(packed["clauses"].items())},
        findings={k: _finding_rule(v) for k, v in sorted(packed["findings"].items())},
        licenses={k: _profile(v, line) for k, v in sorted(packed["licenses"].items())},
        tags={k: _hub_tag(v) for k, v in sorted(packed["tags"].items())},
        records=tuple(_record(r, line) for r in packed["records"]),
        dimensions=packed["dimensions"],
        frameworks=packed["frameworks"],
        facts=packed["facts"],
        mentions=MentionRules(**{k: tuple(v) for k, v in packed["mentions"].items()}),
        lead_ins=_lead_ins(packed["lead_ins"]),
        holders=_holders(packed["holders"]),
        lineage=packed["lineage"],
        glossary=packed["glossary"],
        uses=packed["uses"],
    )


def _shipped_rule(raw: Json, line: Callable[[int], Any]) -> ClauseRule:
    number = raw["match"]
    return _rule(raw, Deferred(lambda: tuple(map(_alternative, line(number)))))


def _lead_ins(raw: Json) -> LeadIns:
    words = tuple(raw["words"].encode().split())
    return LeadIns(words, tuple(raw["subjects"]), tuple(raw["sentences"]))


def _holders(raw: Json) -> Holders:
    places = ({k: tuple(v.encode().split()) for k, v in p.items()} for p in raw["places"])
    return Holders(tuple(HolderPlace(**p) for p in places), tuple(raw["parts"].encode().split()))


def clause_rule(raw: Json) -> ClauseRule:
    """Build one clause rule from its YAML."""
    return _rule(raw, tuple(map(_alternative, raw["match"])))


def _rule(raw: Json, match: Sequence[Alternative]) -> ClauseRule:
    return ClauseRule(
        id=raw["id"],
        title=raw["title"],
        kind=ClauseKind(raw["kind"]),
        severity=Severity(raw["severity"]),
        meaning=raw["meaning"],
        message=raw["message"],
        applies_to=tuple(raw["applies_to"]),
        match=match,
        captures={k: Capture(**c) for k, c in raw.get("captures", {}).items()},
        references=tuple(raw.get("references", ())),
        none=tuple(raw.get("none", ())),
        optional=tuple(raw.get("optional", ())),
        categories={k: tuple(v) for k, v in raw.get("categories", {}).items()} or None,
        yields_to=tuple(raw.get("yields_to", ())),
        example=raw.get("example", ""),
    )


def _alternative(raw: Json) -> Alternative:
    patterns = {k: tuple(raw.get(k, ())) for k in ("all", "in_order", "none", "optional")}
    return Alternative(
        **patterns,
        set=raw.get("set"),
        message=raw.get("message"),
        kind=ClauseKind(raw["kind"]) if "kind" in raw else None,
    )


def _finding_rule(raw: Json) -> FindingRule:
    return FindingRule(**{**raw, "severity": Severity(raw["severity"])})


def _profile(raw: Json, line: Callable[[int], Any]) -> LicenseProfile:
    texts, clauses = raw.get("texts"), raw.get("clauses")
    return LicenseProfile(
        id=raw["id"],
        name=raw["name"],
        expression=raw["expression"],
        category=raw["category"],
        verified=raw.get("verified"),
        osi=raw["flags"]["osi"],
        tags=tuple(raw.get("tags", ())),
        names=tuple(raw.get("names", ())),
        urls=tuple(raw.get("urls", ())),
        texts=Deferred(lambda: tuple(KnownText(**t) for t in line(texts))) if texts else (),
        clauses=Deferred(lambda: tuple(map(_profile_clause, line(clauses)))) if clauses else (),
        policy_url=raw.get("policy_url"),
        careless=raw.get("careless"),
        titles=tuple(raw.get("titles", ())),
        editions=tuple(raw.get("editions", ())),
        kind=raw.get("kind", "license"),
    )


def _profile_clause(raw: Json) -> ProfileClause:
    params = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.get("params", {}).items()}
    return ProfileClause(raw["id"], raw.get("section", ""), params)


def _hub_tag(raw: Json) -> HubTag:
    return HubTag(raw.get("expression"), tuple(raw.get("candidates", ())))


def _fact(raw: tuple[str, Json]) -> RecordedFact:
    return RecordedFact(id=raw[0], **raw[1])


def _record(raw: Json, line: Callable[[int], Any]) -> Record:
    facts = raw["facts"]
    return Record(
        reference=raw["reference"],
        hub=raw["hub"],
        aliases=tuple(raw["aliases"]),
        recorded=raw["recorded"],
        metadata=raw["metadata"],
        facts=Deferred(lambda: tuple(map(_fact, sorted(line(facts).items())))),
        steward=raw["steward"],
        names=tuple(raw["names"]),
    )


def _files(directory: Path) -> list[Path]:
    return sorted(directory.glob("*.yaml"))


def _packed_rule(raw: Json) -> Json:
    """Return a rule without its tests but for one, as an example of what it finds."""
    texts = [t["text"] for t in raw["tests"]["match"] if "text" in t and "known_miss" not in t]
    return {**_without_tests(raw), "example": next(iter(texts), "")}


def _without_tests(raw: Json) -> Json:
    return {k: v for k, v in raw.items() if k != "tests"}


def _records(raw: Json) -> Iterator[Json]:
    """Yield the releases of one catalog file, what they share written into each."""
    sources: Json = raw["sources"]
    shared: Json = raw.get("shared", {})
    for release in raw["releases"]:
        facts = {**shared.get("facts", {}), **release.get("facts", {})}
        yield {
            "reference": release["reference"],
            "hub": release.get("hub", shared.get("hub")),
            "aliases": release.get("aliases", []),
            "recorded": raw["recorded"],
            "metadata": {**shared.get("metadata", {}), **release.get("metadata", {})},
            "facts": {k: _recorded_fact(f, sources) for k, f in facts.items()},
            "steward": release.get("steward"),
            "names": release.get("names", []),
        }


def _recorded_fact(raw: Json, sources: Json) -> Json:
    source: Json = sources[raw["source"]]
    return {
        "value": raw["value"],
        "source": source["what"],
        "checked": source["date"],
        "note": raw.get("note", ""),
    }

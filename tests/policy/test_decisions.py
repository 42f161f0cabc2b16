"""From violations to a decision: what is not known, overrides, waivers, the baseline."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from openaudit.errors import DataInvalid, UsageError
from openaudit.model.reference import parse
from openaudit.model.sighting import Sighting
from openaudit.policy.baseline import baseline_text, read_baseline
from openaudit.policy.file import PolicyFile
from openaudit.policy.read import policy_file, presets, read_policy, read_waivers
from tests.policy.making import WORDS, given, judged, policy, recorded, rules

LLAMA = "meta-llama/Llama-2-7b"
BAN = {"deny": {"clause": "training-ban"}}
ONE = "rules:\n  - {id: a, deny: {clause: royalty}}\n"
TERMS = """Tiny Terms

1. Grant. You may use the model for any purpose.

2. Outputs. You may not use the outputs of the model to train any other language model.
"""


def seen(*files: str) -> dict[str, tuple[Sighting, ...]]:
    places = (Sighting(LLAMA, f, 1, 1, "model", None, "a loader") for f in files)
    return {LLAMA: tuple(places)}


def waiver(**changed: object) -> dict[str, object]:
    plain = {
        "rule": "rule-0",
        "release": LLAMA,
        "reason": "We train nothing with it.",
        "owner": "legal",
        "expires": "2027-01-31",
    }
    return {k: v for k, v in {**plain, **changed}.items() if v is not None}


@pytest.mark.parametrize(
    ("on_unknown", "expected", "violations", "notes"),
    [
        (None, "incomplete", 1, 0),
        ("incomplete", "incomplete", 1, 0),
        ("fail", "fail", 1, 0),
        ("warn", "pass", 0, 1),
        ("pass", "pass", 0, 0),
    ],
)
def test_what_is_not_known_becomes_what_the_policy_says(
    on_unknown: str | None, expected: str, violations: int, notes: int, tmp_path: Path
) -> None:
    settings = {"on_unknown": on_unknown} if on_unknown else {}

    decision = judged(rules(tmp_path, BAN, **settings), recorded("tiiuae/falcon-180B"))

    assert decision.outcome == expected
    assert len(decision.violations) == violations
    assert len(decision.notes) == notes
    assert all(v.unknown for v in decision.violations)


def test_a_violation_weighs_more_than_what_is_not_known(tmp_path: Path) -> None:
    two = rules(tmp_path, BAN, {"deny": {"clause": "hosting-ban"}})

    assert judged(two, recorded("tiiuae/falcon-180B")).outcome == "fail"


def test_a_rule_of_severity_info_is_told_and_fails_nothing(tmp_path: Path) -> None:
    decision = judged(rules(tmp_path, {**BAN, "severity": "info"}), recorded(LLAMA))

    assert decision.outcome == "pass"
    assert [v.severity for v in decision.violations] == ["info"]


def test_violations_come_gravest_first(tmp_path: Path) -> None:
    low, high = {**BAN, "severity": "low"}, {"deny": {"clause": "user-cap"}, "severity": "high"}

    decision = judged(rules(tmp_path, low, high), recorded(LLAMA))

    assert [v.severity for v in decision.violations] == ["high", "low"]


def test_the_reason_of_a_rule_reaches_the_decision(tmp_path: Path) -> None:
    [violation] = judged(
        rules(tmp_path, {**BAN, "reason": "We distill."}), recorded(LLAMA)
    ).violations

    assert violation.reason == "We distill."


def test_an_override_by_reference_spares_those_alone(tmp_path: Path) -> None:
    override = {"references": ["meta-llama/*"], "skip": ["rule-0"], "reason": "By contract."}
    spared = rules(tmp_path, BAN, overrides=[override])

    decision = judged(spared, recorded(LLAMA), recorded("codellama/CodeLlama-7b-hf"))

    assert [v.release for v in decision.violations] == ["codellama/CodeLlama-7b-hf"]
    assert "By contract." in decision.notes[0]


def test_an_override_changes_severity_and_what_is_not_known(tmp_path: Path) -> None:
    override = {
        "references": "tiiuae/*",
        "severity": {"rule-0": "low"},
        "on_unknown": "fail",
        "reason": "Watched.",
    }
    changed = rules(tmp_path, BAN, overrides=[override])

    [violation] = judged(changed, recorded("tiiuae/falcon-180B")).violations

    assert (violation.severity, violation.outcome) == ("low", "fail")


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (("research/a.py", "research/deep/b.ipynb"), "pass"),
        (("research/a.py", "app/main.py"), "fail"),
        ((), "fail"),
    ],
)
def test_a_path_spares_a_release_that_is_named_nowhere_else(
    files: tuple[str, ...], expected: str, tmp_path: Path
) -> None:
    override = {"paths": ["research/"], "skip": ["rule-0"], "reason": "Not shipped."}
    spared = rules(tmp_path, BAN, overrides=[override])

    assert judged(spared, recorded(LLAMA), sightings=seen(*files)).outcome == expected


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "pass"),
        ({"rule": None, "clause": "training-ban"}, "pass"),
        ({"rule": None, "clause": "user-cap"}, "fail"),
        ({"release": "meta-llama/*"}, "pass"),
        ({"release": "META-LLAMA/llama-2-7b"}, "pass"),
        ({"release": "meta-llama/Llama-2"}, "fail"),
        ({"expires": "2026-11-24"}, "pass"),
        ({"expires": "2026-11-23"}, "fail"),
        ({"release": f"{LLAMA}@main"}, "fail"),
    ],
)
def test_a_waiver_excuses_what_it_names_until_its_day(
    changed: dict[str, object], expected: str, tmp_path: Path
) -> None:
    decision = judged(rules(tmp_path, BAN, waivers=[waiver(**changed)]), recorded(LLAMA))

    assert decision.outcome == expected
    assert bool(decision.waived) is (expected == "pass")


def test_an_expired_waiver_is_told_with_who_gave_it(tmp_path: Path) -> None:
    expired = rules(tmp_path, BAN, waivers=[waiver()])

    decision = judged(expired, recorded(LLAMA), today=date(2027, 2, 1))

    assert decision.outcome == "fail"
    assert len(decision.violations) == 1
    assert decision.notes == (
        f"the waiver of rule-0 for {LLAMA} (legal) does not hold: it ended on 2027-01-31",
    )


def test_a_waiver_of_a_revision_holds_for_that_commit_alone(tmp_path: Path) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    at = replace(recorded(LLAMA), release=replace(recorded(LLAMA).release, revision=commit))

    for revision, outcome in ((commit, "pass"), (commit[:8], "pass"), ("fedcba98", "fail")):
        bound = rules(tmp_path, BAN, waivers=[waiver(release=f"{LLAMA}@{revision}")])
        assert judged(bound, at).outcome == outcome


def test_a_waiver_is_void_once_the_text_it_was_given_for_changes(tmp_path: Path) -> None:
    before = given(tmp_path, license="other", text=TERMS)
    after = given(tmp_path, license="other", text=TERMS.replace("any other", "another"))
    [text] = [d.sha256 for d in before.release.documents if d.name == "LICENSE"]
    bound = rules(tmp_path, BAN, waivers=[waiver(release="acme/*", text=text)])

    held, void = judged(bound, before), judged(bound, after)

    assert held.outcome == "pass"
    assert void.outcome == "fail"
    assert "the text it was given for has changed" in void.notes[0]


def test_a_waiver_that_is_bound_to_a_text_does_not_hold_where_none_was_read(tmp_path: Path) -> None:
    bound = rules(tmp_path, BAN, waivers=[waiver(text="0" * 64)])

    decision = judged(bound, recorded(LLAMA))

    assert decision.outcome == "fail"
    assert "none was read" in decision.notes[0]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"expires": None}, "expires: Field required"),
        ({"expires": "soon"}, "write one such as 2027-01-31"),
        ({"owner": None}, "owner: Field required"),
        ({"reason": ""}, "reason: String should have at least 1 character"),
        ({"rule": "rule-o"}, "no rule is called rule-o; did you mean rule-0?"),
        ({"rule": None}, "waives either a rule or a clause"),
        ({"rule": None, "clause": "trainingban"}, "did you mean training-ban?"),
        ({"text": "abc"}, "String should match pattern"),
    ],
)
def test_a_waiver_without_what_it_needs_is_refused(
    changed: dict[str, object], said: str, tmp_path: Path
) -> None:
    with pytest.raises(DataInvalid, match=r"policy\.yaml:\d+: waivers\.0") as caught:
        rules(tmp_path, BAN, waivers=[waiver(**changed)])

    assert said in str(caught.value)


def test_waivers_can_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    import yaml  # noqa: PLC0415  # this test alone writes one

    (tmp_path / "waivers.yaml").write_text(yaml.safe_dump({"waivers": [waiver()]}), "utf-8")

    named = rules(tmp_path, BAN, waivers="waivers.yaml")
    plain = rules(tmp_path, BAN)

    assert judged(named, recorded(LLAMA)).outcome == "pass"
    assert read_waivers(tmp_path / "waivers.yaml", plain) == named.waivers
    with pytest.raises(UsageError, match="no such waiver file"):
        rules(tmp_path, BAN, waivers="gone.yaml")


def test_a_baseline_leaves_what_it_knows_and_fails_what_is_new(tmp_path: Path) -> None:
    one, both = rules(tmp_path, BAN), rules(tmp_path, BAN, {"deny": {"clause": "user-cap"}})
    path = tmp_path / "baseline.json"
    path.write_text(baseline_text(judged(one, recorded(LLAMA)).violations), "utf-8")

    known = judged(one, recorded(LLAMA), baseline=read_baseline(path))
    new = judged(both, recorded(LLAMA), baseline=read_baseline(path))
    elsewhere = judged(one, recorded("meta-llama/Llama-2-7b-hf"), baseline=read_baseline(path))

    assert known.outcome == "pass"
    assert [v.known for v in known.violations] == [True]
    assert new.outcome == elsewhere.outcome == "fail"
    assert [v.rule for v in new.violations if not v.known] == ["rule-1"]


def test_a_violation_keeps_its_fingerprint_over_revisions(tmp_path: Path) -> None:
    ban = rules(tmp_path, BAN)
    report = recorded(LLAMA)
    pinned = replace(report.release, reference=parse(f"{LLAMA}@abc1234"), revision="abc1234")
    later = replace(report, release=pinned)

    [before], [after] = judged(ban, report).violations, judged(ban, later).violations

    assert before.fingerprint == after.fingerprint
    assert (before.release, after.release) == (LLAMA, f"{LLAMA}@abc1234")


def test_what_was_not_known_and_now_is_counts_as_new(tmp_path: Path) -> None:
    ban = rules(tmp_path, BAN, on_unknown="fail")
    unknown = judged(ban, given(tmp_path, license="our-own-terms"))
    known = frozenset(v.fingerprint for v in unknown.violations)

    later = judged(ban, given(tmp_path, license="our-own-terms", text=TERMS), baseline=known)

    assert unknown.outcome == "fail"
    assert later.outcome == "fail"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not valid JSON"),
        ("{}", "schema: is not openaudit-baseline-v1"),
        ('{"schema": "openaudit-baseline-v1"}', "violations: expected a list"),
        ('{"schema": "openaudit-baseline-v1", "violations": [{}]}', "violations.0.fingerprint"),
    ],
)
def test_a_broken_baseline_is_refused(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(text, "utf-8")

    with pytest.raises(DataInvalid, match=said):
        read_baseline(path)


def test_a_policy_that_builds_on_another_has_its_rules_and_changes_them(tmp_path: Path) -> None:
    text = """
extends: commercial
rules:
  - {id: fee, severity: low, reason: We pay.}
  - {id: hosting-limit, skip: true}
  - {id: ours, deny: {clause: naming}}
"""
    built = policy(tmp_path, text)
    base = read_policy(policy_file("commercial"), WORDS)

    ids = [r.id for r in built.rules]
    fee = next(r for r in built.rules if r.id == "fee")
    assert set(ids) == {*(r.id for r in base.rules), "ours"} - {"hosting-limit"}
    assert (fee.severity, fee.reason) == ("low", "We pay.")
    assert built.on_unknown == "fail"
    assert set(base.sources) <= set(built.sources)


def test_a_policy_that_builds_on_another_can_say_what_becomes_of_the_unknown(
    tmp_path: Path,
) -> None:
    built = policy(tmp_path, "extends: no-thresholds\non_unknown: incomplete\n")

    assert judged(built, recorded("tiiuae/falcon-180B")).outcome == "incomplete"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("extends: comercial\n", "policy.yaml:1: extends.0: .*did you mean commercial"),
        ("extends: policy.yaml\n", "builds on this policy itself"),
        ("rules: []\n", "holds no rule, so that nothing could break it"),
        ("title: Nothing\n", "holds no rule"),
        ("- a list\n", "expected a mapping"),
        ("rules: [\n", "not valid YAML"),
        ("rules:\n  - {id: a, deny: {clause: royalty}}\nrules: []\n", "once more in line 3"),
        ("extends: distill\nrules:\n  - {id: nameing, severity: low}\n", "did you mean naming"),
        (
            f"{ONE}overrides:\n  - {{references: x, skip: [b], reason: r}}\n",
            "policy.yaml:4: overrides.0.skip.0: no rule is called b",
        ),
        (
            f"{ONE}overrides:\n  - {{skip: [a], reason: r}}\n",
            "for which references or paths",
        ),
        (
            f"{ONE}tests:\n  - {{name: t, expect: pass}}\n",
            "needs either release or given",
        ),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(DataInvalid, match=said):
        policy(tmp_path, text)


def test_a_policy_in_pyproject_is_read_from_its_section(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(
        '[[tool.openaudit.policy.rules]]\nid = "caps"\ndeny = {clause = "user-cap"}\n', "utf-8"
    )

    read = read_policy(PolicyFile(path, ("tool", "openaudit", "policy")), WORDS)

    assert judged(read, recorded(LLAMA)).outcome == "fail"


@pytest.mark.parametrize("name", presets())
def test_a_preset_says_what_it_means_and_where_that_comes_from(name: str) -> None:
    preset = read_policy(policy_file(name), WORDS)

    assert preset.name == name
    assert preset.title
    assert preset.meaning
    assert preset.sources
    assert preset.on_unknown == "fail"
    assert all(r.reason for r in preset.rules)


def test_all_the_presets_of_the_command_line_are_there() -> None:
    named = {"commercial", "osi-only", "open-weights", "no-thresholds", "eu-deploy", "research"}

    assert {*named, "distill", "known-terms"} == set(presets())

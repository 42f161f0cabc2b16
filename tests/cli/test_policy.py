"""A policy on the command line: the verdict first, the exit code, presets, baselines, settings."""

import json
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest

from openaudit import api
from openaudit.data import frameworks, knowledge
from openaudit.policy.read import presets
from openaudit.reporters.json_v1_types import json_schema
from tests.cli.shell import Shell
from tests.hub import LoopbackHub

ROOT = Path(__file__).parents[2]
LLAMA = "meta-llama/Llama-2-7b"
BAN = "rules:\n  - {id: ban, deny: {clause: training-ban}, reason: We distill.}\n"
EXPIRED = (
    "waivers:\n  - {rule: ban, release: 'meta-llama/*', reason: r, owner: o, expires: 2020-01-31}\n"
)
GRANTED = EXPIRED.replace("2020", "2999")
DEAD = "http://127.0.0.1:9"
FORMATS = ("terminal", "json", "jsonl", "markdown", "sarif", "junit")


def write(name: str, text: str) -> str:
    Path(name).write_text(text, "utf-8")
    return name


CASES: dict[str, tuple[Callable[[], list[str]], int]] = {
    "the policy holds": (lambda: ["gpt2", "--offline", "--policy", "commercial"], 0),
    "nothing to judge against": (lambda: [LLAMA, "--offline"], 0),
    "it is broken": (lambda: [LLAMA, "--offline", "--policy", write("p.yaml", BAN)], 1),
    "it is broken, and nobody minds": (
        lambda: [LLAMA, "--offline", "--policy", write("p.yaml", BAN), "--exit-zero"],
        0,
    ),
    "it cannot be decided": (
        lambda: ["tiiuae/falcon-180B", "--offline", "--policy", write("p.yaml", BAN)],
        4,
    ),
    "it cannot be decided, and nobody minds": (
        lambda: [
            *("tiiuae/falcon-180B", "--offline", "--exit-zero"),
            *("--policy", write("p.yaml", BAN)),
        ],
        0,
    ),
    "a preset cannot be decided": (
        lambda: ["tiiuae/falcon-180B", "--offline", "--policy", "no-thresholds"],
        1,
    ),
    "a waiver holds": (
        lambda: [LLAMA, "--offline", "--policy", write("p.yaml", BAN + GRANTED)],
        0,
    ),
    "a waiver has ended": (
        lambda: [LLAMA, "--offline", "--policy", write("p.yaml", BAN + EXPIRED)],
        1,
    ),
    "the policy file is wrong": (
        lambda: [LLAMA, "--offline", "--policy", write("p.yaml", "rulez: []\n")],
        2,
    ),
    "no policy is called so": (lambda: [LLAMA, "--offline", "--policy", "comercial"], 2),
    "the policy file is wrong, and nobody minds": (
        lambda: [
            *(LLAMA, "--offline", "--exit-zero"),
            *("--policy", write("p.yaml", "rulez: []\n")),
        ],
        2,
    ),
    "the hub is dead": (
        lambda: ["acme/none", "--hub", DEAD, "--policy", "commercial"],
        3,
    ),
    "one is broken and one could not be audited": (
        lambda: [LLAMA, "acme/none", "--offline", "--policy", write("p.yaml", BAN)],
        3,
    ),
    "what could not be audited is no matter of taste": (
        lambda: ["acme/none", "--offline", "--policy", "commercial", "--exit-zero"],
        3,
    ),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("case", CASES)
def test_the_exit_code_says_what_came_of_it_in_every_format(
    case: str, form: str, openaudit: Shell
) -> None:
    words, code = CASES[case]

    ran = openaudit("check", *words(), "--format", form)

    assert ran.code == code
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("form", FORMATS)
def test_a_crash_under_a_policy_is_70_and_never_a_verdict(
    form: str, openaudit: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("a wheel came off")

    monkeypatch.setattr(api, "audit_release", broken)

    ran = openaudit("check", "gpt2", "--offline", "--policy", "commercial", "--format", form)

    assert ran.code == 70
    assert ran.out == ""


def test_the_verdict_is_the_first_line_and_each_violation_has_its_quote(
    openaudit: Shell, hub: LoopbackHub
) -> None:
    terms = "Terms\n\n1. You may not use the outputs to train any other language model.\n"
    card = "---\nlicense: other\nlicense_name: tiny\n---\n# Tiny\n"
    hub.add("acme/tiny", {"README.md": card, "LICENSE": terms, "model.safetensors": b"\0"})

    ran = openaudit("check", "acme/tiny", "--hub", hub.url, "--policy", write("p.yaml", BAN))

    assert ran.code == 1
    assert ran.out.startswith("FAIL · policy p: 1 violation\n")
    assert "You may not use the outputs to train any other language model" in ran.out
    assert "LICENSE line 3" in ran.out
    assert "Why: We distill." in ran.out


def test_a_quiet_run_says_the_verdict_in_a_line(openaudit: Shell) -> None:
    ran = openaudit("check", LLAMA, "--offline", "-q", "--policy", "distill")

    assert ran.out.splitlines()[0] == "FAIL · policy distill: 1 violation  training-ban"
    assert len(ran.out.splitlines()) == 2


def test_the_json_report_holds_the_decision_as_its_schema_says(openaudit: Shell) -> None:
    policy = write("p.yaml", BAN + EXPIRED)
    report = openaudit(
        "check", LLAMA, "gpt2", "--offline", "--policy", policy, "--format", "json"
    ).json

    decision = report["decision"]
    jsonschema.validate(report, json_schema())
    assert (decision["policy"], decision["outcome"]) == ("p", "fail")
    [violation] = decision["violations"]
    assert (violation["rule"], violation["release"]) == ("ban", LLAMA)
    assert violation["evidence"]
    assert "it ended on 2020-01-31" in decision["notes"][0]


def test_a_waived_violation_is_told_with_who_answers_for_it(openaudit: Shell) -> None:
    policy = write("p.yaml", BAN + GRANTED)

    report = openaudit("check", LLAMA, "--offline", "--policy", policy, "--format", "json").json
    shown = openaudit("check", LLAMA, "--offline", "--policy", policy)

    [waived] = report["decision"]["waived"]
    assert (waived["rule"], waived["owner"], waived["expires"]) == ("ban", "o", "2999-01-31")
    assert report["decision"]["outcome"] == "pass"
    assert "(until 2999-01-31, o)" in shown.out


def test_each_line_of_jsonl_has_the_decision_on_its_release(openaudit: Shell) -> None:
    ran = openaudit(
        *("check", "gpt2", LLAMA, "--offline"),
        *("--policy", write("p.yaml", BAN), "--format", "jsonl"),
    )

    outcomes = [json.loads(line)["decision"]["outcome"] for line in ran.out.splitlines()]
    assert outcomes == ["pass", "fail"]
    assert ran.code == 1


def test_a_baseline_is_written_and_lets_pass_what_it_knows(openaudit: Shell) -> None:
    words = ("check", LLAMA, "--offline", "--policy", "distill")

    written = openaudit(*words, "--write-baseline", "known.json")
    again = openaudit(*words, "--baseline", "known.json")
    other = openaudit(
        *("check", "codellama/CodeLlama-7b-hf", "--offline", "--policy", "distill"),
        *("--baseline", "known.json"),
    )

    assert (written.code, again.code, other.code) == (0, 0, 1)
    assert "1 known from the baseline" in again.out


def test_a_baseline_of_a_part_is_not_written(openaudit: Shell) -> None:
    ran = openaudit(
        *("check", LLAMA, "acme/none", "--offline", "--policy", "distill"),
        *("--write-baseline", "known.json"),
    )

    assert ran.code == 3
    assert "known.json: not written" in ran.err
    assert not Path("known.json").exists()


@pytest.mark.parametrize("option", ["--waivers", "--baseline", "--write-baseline"])
def test_an_excuse_needs_a_policy(option: str, openaudit: Shell) -> None:
    ran = openaudit("check", "gpt2", "--offline", option, "x")

    assert ran.code == 2
    assert f"{option} excuses from a policy" in ran.err


@pytest.mark.parametrize(
    ("file", "text"),
    [
        (".openaudit.yaml", "policy: distill\n"),
        (".openaudit.yaml", "policy: p.yaml\n"),
        (".openaudit.yaml", f"policy:\n  {BAN.replace(chr(10), chr(10) + '  ').rstrip()}\n"),
        ("pyproject.toml", '[tool.openaudit]\npolicy = "p.yaml"\n'),
        (
            "pyproject.toml",
            '[[tool.openaudit.policy.rules]]\nid = "ban"\ndeny = {clause = "training-ban"}\n',
        ),
    ],
)
def test_a_policy_can_stand_in_the_configuration(file: str, text: str, openaudit: Shell) -> None:
    write("p.yaml", BAN)
    write(file, text)

    assert openaudit("check", LLAMA, "--offline").code == 1
    assert openaudit("check", LLAMA, "--offline", "--policy", "research").code == 0


def test_a_mistake_in_the_configuration_is_told_with_its_place(openaudit: Shell) -> None:
    write(".openaudit.yaml", "policy:\n  rules:\n    - {id: a, deny: {clause: royalti}}\n")

    ran = openaudit("check", LLAMA, "--offline")

    assert ran.code == 2
    assert ".openaudit.yaml:3: policy.rules.0.deny.clause: nothing is called royalti" in ran.err


def test_a_framework_that_a_policy_asks_for_is_judged_by(openaudit: Shell) -> None:
    least = frameworks()["osaid-1-0"]["tiers"][-1]["label"]
    asked = f"{{framework: {{id: osaid-1-0, verdict: {least}}}}}"
    policy = write("p.yaml", f"rules:\n  - {{id: osaid, deny: {asked}}}\n")

    ran = openaudit("check", LLAMA, "--offline", "--policy", policy)

    assert ran.code == 1
    assert f"the label is {least}" in " ".join(ran.out.split()).lower().replace(
        least.lower(), least
    )


@pytest.mark.parametrize("name", presets())
def test_the_tests_inside_a_preset_pass(name: str, openaudit: Shell) -> None:
    ran = openaudit("policy", "test", name)

    assert ran.code == 0, ran.out
    assert ran.out.startswith("1 policy, ")
    assert ", 0 tests" not in ran.out


def test_the_tests_inside_the_example_pass(openaudit: Shell) -> None:
    ran = openaudit("policy", "test", str(ROOT / "examples/policies/acme.yaml"))

    assert ran.code == 0, ran.out


def test_a_test_that_fails_says_what_came_instead(openaudit: Shell) -> None:
    tests = f"tests:\n  - {{name: It passes, release: {LLAMA}, expect: pass}}\n"

    ran = openaudit("policy", "test", write("p.yaml", BAN + tests))

    assert ran.code == 1
    assert (
        "p.yaml: tests.0 (It passes): asks for pass, and it is fail; rules broken: ban" in ran.out
    )


def test_a_policy_without_tests_is_told(openaudit: Shell) -> None:
    ran = openaudit("policy", "test", write("p.yaml", BAN))

    assert ran.code == 0
    assert "p.yaml: holds no tests" in ran.out


def test_a_policy_is_shown_in_sentences_with_its_sources(openaudit: Shell) -> None:
    ran = openaudit("policy", "show", "no-thresholds")

    said = " ".join(ran.out.split())
    assert "there is a clause user-cap or revenue-cap with effect other than branding" in said
    assert "What cannot be decided breaks it." in said
    assert "https://opensource.org/osd#persons-or-groups" in said


def test_the_presets_are_listed(openaudit: Shell) -> None:
    ran = openaudit("policy", "show")

    assert [line.partition(":")[0] for line in ran.out.splitlines() if line[0] != " "] == list(
        presets()
    )


def test_the_schema_of_a_policy_takes_presets_and_refuses_a_wrong_key(openaudit: Shell) -> None:
    import yaml  # noqa: PLC0415  # one test reads one

    schema = openaudit("schema", "policy").json
    validator = jsonschema.Draft202012Validator(schema)
    files = [*(ROOT / "rules/policies").glob("*.yaml"), *(ROOT / "examples/policies").glob("*")]

    for file in files:
        raw = json.loads(json.dumps(yaml.safe_load(file.read_text("utf-8")), default=str))
        assert not list(validator.iter_errors(raw)), file
    wrong = {"rules": [{"id": "a", "deny": {"clase": "royalty"}}]}
    assert list(validator.iter_errors(wrong))
    assert set(schema["$defs"]["condition"]["properties"]) >= set(knowledge().facts)


@pytest.mark.parametrize(
    ("use", "answer", "code"),
    [
        (("--use", "commercial,mau=10M"), "[yes, yes-if]", 0),
        (("--use", "commercial,mau=10M"), "yes", 1),
        (("--use", "commercial,mau=900M"), "yes", 1),
        ((), "[yes, yes-if]", 4),
    ],
)
def test_a_policy_asks_what_the_profile_of_use_is_answered(
    use: tuple[str, ...], answer: str, code: int, openaudit: Shell
) -> None:
    asked = f"{{question: {{id: commercial, answer: {answer}}}}}"
    policy = write("p.yaml", f"rules:\n  - {{id: ours, allow: {asked}}}\n")

    assert openaudit("check", LLAMA, "--offline", *use, "--policy", policy).code == code

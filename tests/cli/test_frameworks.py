"""Frameworks that are asked for: ours, and a user's own."""

from pathlib import Path

import pytest

from openaudit.data import frameworks
from tests.cli.shell import Ran, Shell

EXAMPLES = Path(__file__).parents[2] / "examples" / "rules"
OWN = EXAMPLES / "frameworks" / "acme.intake.yaml"


def check(openaudit: Shell, *words: str, ref: str = "meta-llama/Llama-2-7b") -> Ran:
    ran = openaudit("check", ref, "--offline", *words)
    assert (ran.code, ran.err) == (0, "")
    return ran


def verdicts(ran: Ran) -> dict[str, str]:
    return {f["id"]: f["verdict"] for f in ran.json["releases"][0]["frameworks"]}


def test_only_the_headline_is_judged_unless_asked(openaudit: Shell) -> None:
    assert verdicts(check(openaudit, "--format", "json")) == {"g7-2026": "Weights Available AI"}


def test_frameworks_are_judged_in_the_order_asked_for(openaudit: Shell) -> None:
    words = ("--framework", "owd", "--framework", "MOF", "--format", "json")

    found = verdicts(check(openaudit, *words))

    assert list(found.items()) == [
        ("g7-2026", "Weights Available AI"),
        ("owd-0-1", "fails"),
        ("mof-1-0", "Unclassified"),
    ]


def test_a_name_that_several_share_asks_for_all_of_them(openaudit: Shell) -> None:
    found = verdicts(check(openaudit, "--framework", "widder", "--format", "json"))

    assert found.keys() - {"g7-2026"} == {
        "widder-extensibility",
        "widder-reusability",
        "widder-transparency",
    }


def test_a_configuration_names_frameworks_and_the_option_wins(openaudit: Shell) -> None:
    Path(".openaudit.yaml").write_text("frameworks: [owd]\n", encoding="utf-8")

    configured = verdicts(check(openaudit, "--format", "json"))
    chosen = verdicts(check(openaudit, "--framework", "mof", "--format", "json"))

    assert configured.keys() == {"g7-2026", "owd-0-1"}
    assert chosen.keys() == {"g7-2026", "mof-1-0"}


def test_all_asks_for_every_framework(openaudit: Shell) -> None:
    found = verdicts(check(openaudit, "--framework", "all", "--format", "json"))

    assert found.keys() == frameworks().keys()


def test_the_json_names_what_decided_and_where_it_is_asked(openaudit: Shell) -> None:
    ran = check(openaudit, "--framework", "eu", "--format", "json")

    _, found = ran.json["releases"][0]["frameworks"]
    assert (found["test"], found["verdict"]) == ("license test", "disqualified")
    assert found["scope"].startswith("Speaks of general-purpose models only")
    assert {"usage.scale_cap_license", "usage.training_ban"} <= set(found["because"])
    size = next(r for r in found["requirements"] if r["id"] == "size")
    assert size == {
        "id": "size",
        "cites": "para 83",
        "met": "no",
        "level": None,
        "because": ["usage.scale_cap_license"],
    }


def test_the_json_names_the_level_of_a_parameter(openaudit: Shell) -> None:
    ran = check(openaudit, "--framework", "osai", "--format", "json")

    _, found = ran.json["releases"][0]["frameworks"]
    levels = {r["id"]: (r["level"], r["met"]) for r in found["requirements"]}
    assert found["verdict"] == "0.25"
    assert levels["weights_endmodel"] == ("partial", "no")
    assert levels["hardware_architecture"] == ("open", "yes")


def test_the_scope_stands_before_the_license_test(openaudit: Shell) -> None:
    said = " ".join(check(openaudit, "--framework", "eu").out.split())

    assert said.index("scope Speaks of general-purpose models only") < said.index(
        "license test disqualified: a right is withheld; rights end above a size"
    )
    assert "(para 83)" in said


def test_an_unknown_verdict_says_what_would_settle_it(openaudit: Shell) -> None:
    said = " ".join(check(openaudit, "--framework", "mof", ref="gpt2").out.split())

    assert "verdict unknown, may be Class III or Unclassified" in said
    assert "would settle it doc.license_open, data.datasheet" in said


def test_what_a_framework_wants_seen_beside_it_is_told_once(openaudit: Shell) -> None:
    said = check(openaudit, "--framework", "widder").out

    assert said.count("beside it") == 1
    assert "frameworks: PyTorch" in said


def test_markdown_and_one_line_show_the_verdicts(openaudit: Shell) -> None:
    markdown = check(openaudit, "--framework", "osaid", "--format", "markdown").out
    line = check(openaudit, "--framework", "osaid", "-q").out

    assert "## Open Source AI Definition" in markdown
    assert "- **verdict** fails: requirements are missed" in markdown
    assert line.endswith("  osaid-1-0=fails\n")


def test_what_is_no_model_has_no_verdict(openaudit: Shell) -> None:
    ran = check(openaudit, "--framework", "all", "--format", "json", ref="gh:pytorch/pytorch")

    assert verdicts(ran) == {}


def test_a_name_nobody_has_is_told_with_what_is_near(openaudit: Shell) -> None:
    ran = openaudit("check", "gpt2", "--offline", "--framework", "osiad")

    assert (ran.code, ran.out) == (2, "")
    assert "framework osiad: none is called so; did you mean osaid?" in ran.err


@pytest.mark.parametrize("rules", [EXAMPLES, EXAMPLES / "frameworks", OWN])
def test_a_framework_of_ones_own_judges_beside_ours(openaudit: Shell, rules: Path) -> None:
    words = ("--rules", str(rules), "--framework", "acme.intake", "--format", "json")

    llama = verdicts(check(openaudit, *words))
    gpt2 = verdicts(check(openaudit, *words, ref="gpt2"))

    assert llama["acme.intake"] == "ask the legal department"
    assert gpt2["acme.intake"] == "take it"


def test_a_framework_of_ones_own_is_not_judged_unasked(openaudit: Shell) -> None:
    found = verdicts(check(openaudit, "--rules", str(EXAMPLES), "--format", "json"))

    assert found.keys() == {"g7-2026"}


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("usage.commercial:", "usage.comercial:", "did you mean usage.commercial?"),
        ("[none]", "[nothing]", "requirements.distillation: usage.training_ban is never 'nothing'"),
        ("tiers:", "tires:", "tires: Extra inputs are not permitted"),
        ("id: acme.intake", "id: acme.other", "id: is 'acme.other', the file says 'acme.intake'"),
        ("misses: [products, ", "misses: [product, ", "'product', which is no requirement"),
        ("    cites: rule 1\n", "", "requirements.products.cites: Field required"),
        ("says: free, but not explained", "says: [free", "not valid YAML"),
        ("{doc.usage_info: [true]}", "{doc.usage_info: {under: 3}}", "not a condition"),
    ],
)
def test_a_mistake_in_a_framework_of_ones_own_is_located(
    openaudit: Shell, old: str, new: str, complaint: str
) -> None:
    path = Path("frameworks/acme.intake.yaml")
    path.parent.mkdir()
    path.write_text(OWN.read_text("utf-8").replace(old, new, 1), "utf-8")

    ran = openaudit("check", "gpt2", "--offline", "--rules", "frameworks")

    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("openaudit: frameworks/acme.intake.yaml: ")
    assert complaint in ran.err
    assert ran.err.count("\n") == 1


def test_a_condition_nested_without_end_is_refused_in_a_line(openaudit: Shell) -> None:
    path = Path("frameworks/acme.intake.yaml")
    path.parent.mkdir()
    deep = f"{'{not: ' * 40}{{doc.usage_info: [true]}}{'}' * 40}"
    text = OWN.read_text("utf-8").replace("{doc.usage_info: [true]}", deep)
    path.write_text(text, "utf-8")

    ran = openaudit("check", "gpt2", "--offline", "--rules", "frameworks")

    assert ran.code == 2
    assert "nested more than 12 deep" in ran.err


@pytest.mark.parametrize("format_", ["terminal", "markdown", "json"])
def test_what_acts_or_hides_in_a_framework_of_ones_own_is_shown(
    openaudit: Shell, format_: str
) -> None:
    path = Path("frameworks/acme.intake.yaml")
    path.parent.mkdir()
    bad = r'"\e[31m\u202e[bold]Acme"'
    text = OWN.read_text("utf-8")
    for field in ("name: Acme intake", "label: take it", "says: free for products, and explained"):
        text = text.replace(field, f"{field.partition(':')[0]}: {bad}")
    path.write_text(text, "utf-8")
    words = ("--rules", "frameworks", "--framework", "acme.intake", "--format", format_)

    said = check(openaudit, *words, ref="gpt2").out

    assert "Acme" in said
    assert not {"\x1b", "\u202e"} & set(said)


def test_a_framework_of_ones_own_may_not_take_the_id_of_ours(openaudit: Shell) -> None:
    path = Path("frameworks/osaid-1-0.yaml")
    path.parent.mkdir()
    path.write_text(OWN.read_text("utf-8").replace("id: acme.intake", "id: osaid-1-0"), "utf-8")

    ran = openaudit("check", "gpt2", "--offline", "--rules", "frameworks")

    assert ran.code == 2
    assert "osaid-1-0 is a framework already; say acme.osaid-1-0" in ran.err


@pytest.mark.parametrize("name", sorted(frameworks()))
def test_a_framework_is_explained_with_its_demands_and_their_places(
    openaudit: Shell, name: str
) -> None:
    ran = openaudit("explain", name)

    said = " ".join(ran.out.split())
    raw = frameworks()[name]
    assert ran.code == 0
    assert said.startswith(f"{name}: a framework, {raw['name']}, version {raw['version']}")
    for demand, what in (raw.get("requirements") or raw["parameters"]).items():
        assert f"{demand}, {what['cites']}: {what['title']}; " in said
    for tier in raw.get("tiers", ()):
        assert f"{tier['label']}: " in said


def test_a_framework_is_explained_by_its_short_name(openaudit: Shell) -> None:
    said = " ".join(openaudit("explain", "eu").out.split())

    assert "size, para 83: no rights end above a number of users or an income; " in said
    assert "if usage.scale_cap_license is no" in said
    assert "disqualified: not met is licensed or commercial-possible or size" in said


def test_the_schema_of_a_framework_file_is_printed(openaudit: Shell) -> None:
    printed = openaudit("schema", "framework").json

    assert {"requirements", "tiers", "parameters", "points"} <= printed["properties"].keys()

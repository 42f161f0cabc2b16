"""`openaudit rules test`: what passes, what fails, what is wrong with a file."""

from pathlib import Path

from tests.cli.shell import Shell

RULE = r"""
id: acme.no-cloud
title: Rented machines are excluded
kind: restriction
severity: medium
meaning: The model may not run on machines that belong to others.
message: You may not run it in a cloud.
applies_to: [license]
match:
  - in_order: ['\bmay not\b.{0,60}\b(?:rented machines|cloud)\b']
tests:
  match: [{name: Said outright, text: You may not run it in a cloud.}]
  no_match: [{name: Clouds in the sky, text: You may photograph every cloud.}]
"""


def write(text: str, name: str = "rule.yaml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_rules_pass_and_what_is_skipped_is_said(openaudit: Shell) -> None:
    ran = openaudit("rules", "test")

    assert ran.code == 0
    assert ran.err == ""
    assert " rules, " in ran.out
    assert "failed" not in ran.out
    assert "skipped, whose texts are not distributed" in ran.out


def test_rules_of_ones_own_are_tried(openaudit: Shell) -> None:
    ran = openaudit("rules", "test", str(write(RULE)))

    assert (ran.code, ran.out) == (0, "1 rule, 2 tests: 2 passed\n")


def test_a_failure_says_where_it_stands_and_what_was_found_instead(openaudit: Shell) -> None:
    write(
        RULE.replace("text: You may not run it in a cloud.", "text: Never rent a machine.").replace(
            "You may photograph every cloud.", "3. You may not photograph a cloud."
        )
    )

    ran = openaudit("rules", "test", ".")

    assert ran.code == 1
    assert ran.out.splitlines() == [
        "rule.yaml: tests.match.0 (Said outright): found nothing",
        (
            "rule.yaml: tests.no_match.0 (Clouds in the sky): must find nothing; "
            'found "You may not photograph a cloud." (section=3, kind=restriction)'
        ),
        "1 rule, 2 tests: 0 passed, 2 failed",
    ]


def test_what_an_example_asks_for_stands_beside_what_was_found(openaudit: Shell) -> None:
    write(RULE.replace("name: Said outright,", "name: Said outright, section: '4', kind: term,"))

    ran = openaudit("rules", "test", "rule.yaml")

    assert ran.code == 1
    assert (
        'asks for section=4, kind=term; found "You may not run it in a cloud." (kind=restriction)'
        in ran.out
    )


def test_a_known_miss_that_is_found_is_told(openaudit: Shell) -> None:
    write(RULE.replace("name: Said outright,", "name: Said outright, known_miss: not yet,"))

    ran = openaudit("rules", "test", "rule.yaml")

    assert ran.code == 1
    assert "is found now: delete its `known_miss`" in ran.out


def test_a_known_miss_that_is_missed_passes(openaudit: Shell) -> None:
    write(
        RULE.replace(
            "match: [{", "match: [{name: Not yet, known_miss: no verb, text: No clouds.}, {", 1
        )
    )

    ran = openaudit("rules", "test", "rule.yaml")

    assert (ran.code, ran.out) == (0, "1 rule, 3 tests: 3 passed\n")


def test_a_slow_pattern_fails(openaudit: Shell) -> None:
    write(RULE.replace(r"\bmay not\b", r"(?:\d+)(?:\.\d+)?%|\bmay not\b"))

    ran = openaudit("rules", "test", "rule.yaml")

    assert ran.code == 1
    assert "rule.yaml: match.0.in_order.0: slow on " in ran.out
    assert "1 slow pattern" in ran.out


def test_a_file_that_is_wrong_is_a_wrong_call(openaudit: Shell) -> None:
    write(RULE.replace("kind: restriction", "kind: ban"))

    ran = openaudit("rules", "test", "rule.yaml")

    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.startswith("openaudit: rule.yaml: kind: Input should be 'restriction'")


def test_a_rule_may_not_take_a_shipped_id(openaudit: Shell) -> None:
    write(RULE.replace("acme.no-cloud", "user-cap"))

    ran = openaudit("rules", "test", "rule.yaml")

    assert ran.code == 2
    assert "say acme.user-cap" in ran.err


def test_each_example_is_listed_where_more_is_asked_for(openaudit: Shell) -> None:
    write(RULE)

    quiet = openaudit("rules", "test", "-q", "rule.yaml")
    verbose = openaudit("rules", "test", "-v", "rule.yaml")

    assert quiet.out == ""
    assert "rule.yaml: tests.match.0 (Said outright): passed" in verbose.out

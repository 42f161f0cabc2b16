"""What a CI system is told of a run, before any format."""

from openaudit.model.clause import Severity
from openaudit.model.run import Run, Unaudited
from openaudit.reporters.alert import NOT_AUDITED, alerts, gravest_first
from tests.reporters.runs import DATE, HOSTILE, decided, hub_report, violation, waived, whole_run


def test_without_a_policy_the_findings_are_told() -> None:
    told = alerts(Run((hub_report(),), DATE))

    assert [a.rule for a in told] == [f.id for f in hub_report().findings]
    assert told


def test_under_a_policy_only_what_it_asks_for_is_told() -> None:
    broken = violation(hub_report())

    told = alerts(Run((hub_report(),), DATE, decided([broken], [waived(violation(hub_report()))])))

    assert [(a.rule, a.waived is not None) for a in told] == [
        ("no-training-ban", False),
        ("no-training-ban", True),
    ]


def test_what_could_not_be_audited_is_told_under_a_policy_and_without() -> None:
    missed = (Unaudited("acme/gone", "acme/gone: no such release"),)

    for decision in (None, decided()):
        [alert] = alerts(Run((), DATE, decision, unaudited=missed))

        assert (alert.rule, alert.message) == (NOT_AUDITED.id, "not audited: no such release.")


def test_fingerprints_differ_within_a_run_and_stay_from_run_to_run() -> None:
    twice = Run((hub_report(),), DATE, decided([violation(hub_report())] * 2))

    prints = [a.fingerprint for a in alerts(twice)]

    assert len(set(prints)) == 2
    assert prints == [a.fingerprint for a in alerts(twice)]
    assert prints[0] == violation(hub_report()).fingerprint


def test_every_text_is_on_one_line_and_holds_no_control_character() -> None:
    [alert] = alerts(
        Run((), DATE, decided([violation(hub_report(), message=HOSTILE, reason=HOSTILE)]))
    )

    assert alert.text.isprintable()


def test_the_secrets_of_an_address_are_in_no_text() -> None:
    address = "https://eve:secret@example.org/x?token=secret"

    [alert] = alerts(Run((), DATE, unaudited=(Unaudited(address, f"{address}: no host"),)))

    assert "secret" not in repr((alert.release, alert.text, alert.locations, alert.fingerprint))


def test_the_gravest_come_first_where_not_all_are_shown() -> None:
    severities = [a.severity for a in gravest_first(alerts(whole_run()))]

    assert severities == sorted(severities, key=list(Severity).index)
    assert len(set(severities)) == 3


def test_of_the_same_severity_what_is_broken_comes_before_what_is_undecided() -> None:
    undecided, broken = violation(hub_report(), "a", unknown=True), violation(hub_report(), "b")

    told = gravest_first(alerts(Run((), DATE, decided([undecided, broken]))))

    assert [a.rule for a in told] == ["b", "a"]

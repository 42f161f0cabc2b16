"""The rules of a SARIF log: what each is for, in the words that GitHub shows beside an alert."""

from collections.abc import Iterable, Mapping
from typing import Final

from openaudit.model.clause import Severity
from openaudit.model.release import Plain
from openaudit.model.run import JudgedRule, Run
from openaudit.reporters.alert import NOT_AUDITED, Alert
from openaudit.reporters.location import named
from openaudit.reporters.plain import markdown, shown

LEVELS: Final[Mapping[Severity, str]] = {
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "note",
    Severity.INFO: "note",
}
_PROBLEMS: Final[Mapping[Severity, str]] = {
    Severity.HIGH: "error",
    Severity.MEDIUM: "warning",
    Severity.LOW: "recommendation",
    Severity.INFO: "recommendation",
}
_LONGEST: Final = 1_000
_LONGEST_NAME: Final = 250


def words(text: str, longest: int = _LONGEST) -> str:
    """Return `text` as a message of SARIF that shows it literally: it links and fills in nothing.

    Never empty, because an empty one counts as missing.
    """
    line = shown(text, longest=longest).replace("](", "] (")
    return line.replace("{", "{{").replace("}", "}}") or "?"


def descriptors(run: Run, told: Iterable[Alert]) -> list[dict[str, Plain]]:
    """Return every rule that was judged by, then those that only an alert names."""
    rules = dict(run.rules)
    for alert in told:
        unnamed = JudgedRule(alert.rule, alert.message, alert.reason, alert.severity)
        rules.setdefault(alert.rule, NOT_AUDITED if alert.rule == NOT_AUDITED.id else unnamed)
    policy = named(run.decision.policy) if run.decision else ""
    return [_descriptor(rule, policy) for rule in rules.values()]


def _descriptor(rule: JudgedRule, policy: str) -> dict[str, Plain]:
    title, meaning = rule.title or rule.id, rule.meaning or rule.title or rule.id
    explained = f"A rule of the policy {markdown(policy)}." if policy else _more(rule)
    name = "".join(part[:1].upper() + part[1:] for part in _parts(rule.id))[:_LONGEST_NAME]
    return {
        "id": rule.id,
        **({"name": name} if name.lower() != rule.id.lower() else {}),
        "shortDescription": {"text": _sentence(title)},
        "fullDescription": {"text": _sentence(meaning)},
        "help": {
            "text": f"{_sentence(title)} {_sentence(meaning)}",
            "markdown": f"**{markdown(title)}**\n\n{markdown(meaning)}\n\n{explained}".rstrip(),
        },
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {
            "precision": "high",
            "problem.severity": _PROBLEMS[rule.severity],
            "tags": ["license", "ai-model"],
        },
    }


def _more(rule: JudgedRule) -> str:
    return f"`openaudit explain {rule.id}` says more." if rule is not NOT_AUDITED else ""


def _sentence(text: str) -> str:
    line = words(text)
    return line if line.endswith((".", "!", "?", "…")) else f"{line}."


def _parts(name: str) -> list[str]:
    letters = "".join(c if c.isascii() and c.isalnum() else " " for c in name)
    return letters.split() or ["Rule"]

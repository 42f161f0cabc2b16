"""Turn the entries of a policy file into values, each id in them checked against what there is."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NoReturn

from openaudit.model.frozen import frozen
from openaudit.model.release import Gate
from openaudit.policy.condition import Condition, Place, WrongHere, leaves, parse
from openaudit.policy.file import PolicyFile
from openaudit.policy.message import names_in, usable
from openaudit.policy.policy import Given, OnUnknown, Override, Rule, Trial, Waiver
from openaudit.policy.vocabulary import Vocabulary, meant

if TYPE_CHECKING:
    from openaudit.policy import schema


@frozen
class Draft:
    """A rule as a file has it, which a policy that builds on that file may still change."""

    entry: "schema.RuleEntry"
    file: PolicyFile
    place: Place

    def changed(self, entry: "schema.RuleEntry") -> "Draft":
        """Return the rule with what `entry` sets instead."""
        said = {k: getattr(entry, k) for k in entry.model_fields_set}
        return Draft(self.entry.model_copy(update=said), self.file, self.place)


def settled_rule(draft: Draft, words: Vocabulary, on_unknown: OnUnknown) -> Rule:
    """Return the rule; what is not known counts as `on_unknown` unless it says so itself."""
    entry, file, place = draft.entry, draft.file, draft.place
    denies = "deny" in entry.model_fields_set
    word = "deny" if denies else "allow"
    condition = _condition(getattr(entry, word), (*place, word), file, words)
    when = None
    if "when" in entry.model_fields_set:
        when = _condition(entry.when, (*place, "when"), file, words)
    known = usable([i for leaf in leaves(condition) for i in leaf.ids()], words)
    for name in names_in(entry.message):
        if name not in known:
            problem = f"{{{name}}} stands for nothing here{meant(name, known)}"
            file.refuse((*place, "message"), problem)
    return Rule(
        id=entry.id,
        condition=condition,
        denies=denies,
        severity=entry.severity,
        on_unknown=entry.on_unknown or on_unknown,
        message=" ".join(entry.message.split()),
        reason=" ".join(entry.reason.split()),
        when=when,
    )


def settled_override(
    entry: "schema.OverrideEntry", place: Place, file: PolicyFile, rules: Collection[str]
) -> Override:
    """Return what is otherwise for some releases."""
    if not entry.references and not entry.paths:
        file.refuse(place, "says for which references or paths it holds in neither")
    for at, rule in enumerate(entry.skip):
        _rule_known(rule, rules, (*place, "skip", at), file)
    for rule in entry.severity:
        _rule_known(rule, rules, (*place, "severity", rule), file)
    return Override(
        references=tuple(entry.references),
        paths=tuple(entry.paths),
        skip=frozenset(entry.skip),
        severity=dict(entry.severity),
        on_unknown=entry.on_unknown,
        reason=" ".join(entry.reason.split()),
    )


def settled_waiver(
    entry: "schema.WaiverEntry",
    place: Place,
    file: PolicyFile,
    words: Vocabulary,
    rules: Collection[str],
) -> Waiver:
    """Return a waiver."""
    if bool(entry.rule) == bool(entry.clause):
        file.refuse(place, "waives either a rule or a clause")
    if entry.rule:
        _rule_known(entry.rule, rules, (*place, "rule"), file)
    elif entry.clause not in words.clauses:
        problem = f"no clause is called {entry.clause}{meant(entry.clause, words.clauses)}"
        file.refuse((*place, "clause"), problem)
    release, _, revision = entry.release.partition("@")
    return Waiver(
        rule=entry.rule,
        clause=entry.clause,
        release=release,
        revision=revision or None,
        reason=entry.reason,
        owner=entry.owner,
        expires=entry.expires,
        texts=tuple(entry.text),
    )


def settled_trial(
    entry: "schema.TrialEntry",
    place: Place,
    file: PolicyFile,
    words: Vocabulary,
    rules: Collection[str],
) -> Trial:
    """Return a test of the policy."""
    if (entry.release is None) == (entry.given is None):
        file.refuse(place, "needs either release or given")
    given = entry.given
    made_up = None if given is None else _given(given, (*place, "given"), file, words)
    for at, rule in enumerate(entry.violates or ()):
        _rule_known(rule, rules, (*place, "violates", at), file)
    return Trial(
        name=entry.name,
        release=entry.release,
        given=made_up,
        expect=entry.expect,
        violates=None if entry.violates is None else tuple(entry.violates),
        today=entry.today,
        place=".".join(map(str, place)),
    )


def _given(given: "schema.Given", place: Place, file: PolicyFile, words: Vocabulary) -> Given:
    for fact in given.facts:
        if fact not in words.facts:
            problem = f"no fact is called {fact}{meant(fact, words.facts)}"
            file.refuse((*place, "facts", fact), problem)
    clauses = []
    for at, written in enumerate(given.clauses):
        whole = {"id": written} if isinstance(written, str) else written
        name = str(whole.get("id", ""))
        if name not in words.clauses:
            problem = f"no clause is called {name}{meant(name, words.clauses)}"
            file.refuse((*place, "clauses", at), problem)
        params = {k: tuple(v) if isinstance(v, list) else v for k, v in whole.items() if k != "id"}
        clauses.append((name, params))
    return Given(
        license=given.license,
        text=given.text,
        card=given.card,
        base_model=given.base_model,
        gate=Gate(given.gate),
        facts=given.facts,
        clauses=tuple(clauses),
    )


def _rule_known(rule: str, rules: Collection[str], place: Place, file: PolicyFile) -> None:
    if rule not in rules:
        file.refuse(place, f"no rule is called {rule}{meant(rule, rules)}")


def _condition(raw: Any, place: Place, file: PolicyFile, words: Vocabulary) -> Condition:
    try:
        return parse(raw, place, words)
    except WrongHere as wrong:
        _refuse(file, wrong)


def _refuse(file: PolicyFile, wrong: WrongHere) -> NoReturn:
    file.refuse(wrong.place, wrong.problem)

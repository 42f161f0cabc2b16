"""What a policy says of a run, as blocks of words: the verdict first, then what it rests on.

Nothing is judged here. Everything foreign passes through `plain` when it is drawn.
"""

from collections.abc import Iterable, Iterator, Sequence

from openaudit.model.decision import Decision, Outcome, Violation
from openaudit.model.evidence import Quote
from openaudit.reporters.citing import cited
from openaudit.reporters.layout import Block, Entry

_MOST_ENTRIES = 60
_MOST_PLACES = 3


def heading(decision: Decision) -> str:
    """Return the verdict in a line: FAIL, the policy, and how many violations there are."""
    return f"{decision.outcome.upper()} · policy {decision.policy}: {_counted(decision)}"


def _counted(decision: Decision) -> str:
    broken = [v for v in decision.violations if _breaks(v)]
    parts = [_count(len(broken), "violation")] if broken else ["nothing breaks it"]
    if len({v.release for v in broken}) > 1:
        parts[0] += f" in {len({v.release for v in broken})} releases"
    undecided = sum(_undecided(v) for v in decision.violations)
    parts += [f"{undecided} not decided"] if undecided else []
    known = sum(v.known for v in decision.violations)
    parts += [f"{known} known from the baseline"] if known else []
    parts += [f"{len(decision.waived)} waived"] if decision.waived else []
    return ", ".join(parts)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _breaks(violation: Violation) -> bool:
    return violation.outcome is Outcome.FAIL and not violation.unknown


def _undecided(violation: Violation) -> bool:
    return violation.outcome is not Outcome.PASS and violation.unknown


def one_line(decision: Decision) -> str:
    """Return the verdict and the rules it rests on, for `--quiet`."""
    rules = dict.fromkeys(v.rule for v in decision.violations if v.outcome is not Outcome.PASS)
    return "  ".join(filter(None, [heading(decision), " ".join(rules)]))


def blocks(decision: Decision) -> Iterator[Block]:
    """Yield what the verdict rests on; no block is empty."""
    broken = [v for v in decision.violations if _breaks(v)]
    undecided = [v for v in decision.violations if _undecided(v)]
    known = [v for v in decision.violations if v.known]
    told = [v for v in decision.violations if v.outcome is Outcome.PASS and not v.known]
    named = len({v.release for v in _every(decision)}) > 1
    yield from _block("What breaks the policy", _violations(broken, named=named))
    yield from _block("What could not be decided", _grouped(undecided, named=named))
    yield from _block("To be known, no violation", _violations(told, named=named))
    yield from _block("Known from the baseline", _violations(known, named=named))
    yield from _block("Waived", _waived(decision))
    yield from _block("About the policy", (Entry("·", note) for note in decision.notes))


def _every(decision: Decision) -> Iterator[Violation]:
    yield from decision.violations
    yield from (w.violation for w in decision.waived)


def _block(title: str, entries: Iterable[Entry]) -> Iterator[Block]:
    listed = tuple(entries)
    more = len(listed) - _MOST_ENTRIES
    if more > 0:
        rest = Entry("", f"and {more} more, all in the JSON report")
        listed = (*listed[:_MOST_ENTRIES], rest)
    if listed:
        yield Block(title, listed)


def _violations(violations: Sequence[Violation], *, named: bool) -> Iterator[Entry]:
    """Yield each violation; the reason of a rule is told once."""
    explained: set[str] = set()
    for violation in violations:
        release = f"{violation.release}: " if named else ""
        told = violation.reason and violation.rule not in explained
        reason = f" Why: {violation.reason}" if told else ""
        explained.add(violation.rule)
        text = f"{release}{violation.message}{reason}"
        yield Entry(violation.rule, text, _places(violation), _quote(violation))


def _grouped(violations: Sequence[Violation], *, named: bool) -> Iterator[Entry]:
    """Yield what is not known once, with all the rules that hang on it."""
    groups: dict[tuple[str, str], list[Violation]] = {}
    for violation in violations:
        groups.setdefault((violation.release, violation.message), []).append(violation)
    for (release, message), group in groups.items():
        rules = ", ".join(v.rule for v in group)
        text = f"{release}: {message}" if named else message
        yield Entry(rules, text, _places(group[0]), _quote(group[0]))


def _waived(decision: Decision) -> Iterator[Entry]:
    named = len({v.release for v in _every(decision)}) > 1
    for waived in decision.waived:
        release = f"{waived.violation.release}: " if named else ""
        text = f"{release}{waived.reason} (until {waived.expires}, {waived.owner})"
        yield Entry(waived.violation.rule, text, _places(waived.violation))


def _places(violation: Violation) -> str:
    places = list(dict.fromkeys(filter(None, map(cited, violation.evidence))))
    more = len(places) - _MOST_PLACES
    return ", ".join([*places[:_MOST_PLACES], *([f"{more} more"] if more > 0 else [])])


def _quote(violation: Violation) -> str:
    return next((e.text for e in violation.evidence if isinstance(e, Quote)), "")

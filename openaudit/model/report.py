"""The result of an audit, complete: a format only has to write it down."""

from openaudit.model.clause import Clause
from openaudit.model.fact import Fact
from openaudit.model.finding import Finding
from openaudit.model.frozen import frozen
from openaudit.model.license import ArtifactLicense
from openaudit.model.lineage import Chain
from openaudit.model.release import Release
from openaudit.model.scorecard import Grade
from openaudit.model.usage import UseAnswer, UseProfile
from openaudit.model.verdict import Verdict


@frozen
class Obligation:
    """Something the user must do, and the clause that asks for it.

    Where a use profile was given, `text` ends with where the clause stands.
    """

    clause: Clause
    text: str


@frozen
class Steward:
    """Who steers a framework the release stands on (context, never scored).

    `steward` is "" where none is recorded; `open_source` is None where the license of the
    framework is not one we know.
    """

    framework: str
    steward: str
    license: str
    open_source: bool | None


@frozen
class OpenQuestion:
    """A fact nobody could state that would change a grade or the label.

    `settle` says where the answer would be found, "" where that is not one thing.
    """

    fact: str
    title: str
    settle: str


@frozen
class Report:
    """One audited release. Everything is in the order in which it is to be shown.

    `label` is the G7 verdict, None for what the G7 labels do not speak of (a dataset, a framework).
    `frameworks` holds every verdict, the label's first; `asked` are the ids of those to show whole.
    `terms_known` says that no term can bind beside `clauses`: only then a clause that is not among
    them is not in the license. `caution` is what a careless reader of the license gets wrong, ""
    where nothing is recorded.
    `use` is what the user wants to do, None where that was not said; then `questions` is empty,
    and `obligations` are all there are instead of those that it calls for.
    """

    release: Release
    label: Verdict | None
    dimensions: tuple[Grade, ...]
    licenses: tuple[ArtifactLicense, ...]
    clauses: tuple[Clause, ...]
    obligations: tuple[Obligation, ...]
    facts: tuple[Fact, ...]
    chain: Chain
    frameworks: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    open_questions: tuple[OpenQuestion, ...]
    context: tuple[Steward, ...]
    caution: str
    knowledge_date: str
    asked: tuple[str, ...] = ()
    use: UseProfile | None = None
    questions: tuple[UseAnswer, ...] = ()
    terms_known: bool = False

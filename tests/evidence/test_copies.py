"""One release on two hubs under two licenses is told of both, where both are audited at once."""

import pytest

from openaudit.api import audit_release, beside
from openaudit.data import knowledge
from openaudit.model.clause import Severity
from openaudit.model.document import Document, Role
from openaudit.model.finding import Finding
from openaudit.model.reference import parse
from openaudit.model.release import Metadata, Origin, Release
from openaudit.model.report import Report

WEIGHTS = ("tiny-q4.gguf", "tiny-q8.gguf")


def report(reference: str, license_: str, files: tuple[str, ...] = WEIGHTS) -> Report:
    at = parse(reference)
    card = Document("README.md", Role.CARD, f"---\nlicense: {license_}\n---\n# Tiny\n", "0" * 64)
    said = Metadata(files=("README.md", *files))
    hub = f"the {at.scheme} hub"
    return audit_release(
        Release(at, hub, at.id, None, Origin.HUB, None, said, (card,)), knowledge()
    )


def told(*reports: Report) -> list[list[Finding]]:
    found = beside(reports, knowledge())
    return [[f for f in r.findings if f.id == "hubs-differ"] for r in found]


def test_both_reports_say_what_the_other_hub_names_and_quote_both() -> None:
    [[here], [there]] = told(report("acme/tiny", "llama3.1"), report("ms:Acme/Tiny", "apache-2.0"))

    assert here.severity is Severity.MEDIUM
    assert here.message.startswith(
        "acme/tiny on the hf hub is under llama-3.1, and what by its id is the same release, "
        "ms:Acme/Tiny on the ms hub, is under Apache-2.0."
    )
    assert [e.release for e in here.evidence] == [None, "ms:Acme/Tiny"]
    assert [e.release for e in there.evidence] == [None, "acme/tiny"]


def test_a_copy_under_another_owner_is_known_by_name_and_weights() -> None:
    copy = report("ms:copies/tiny", "apache-2.0")
    other = report("ms:copies/tiny", "apache-2.0", ("other.gguf",))

    assert [len(f) for f in told(report("acme/tiny", "mit"), copy)] == [1, 1]
    assert told(report("acme/tiny", "mit"), other) == [[], []]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("acme/tiny", "mit"), ("ms:acme/tiny", "mit")),
        (("acme/tiny", "mit"), ("ms:acme/tiny", "other")),
        (("acme/tiny", "mit"), ("acme/tiny@v1", "apache-2.0")),
        (("acme/tiny", "mit"), ("gh:acme/tiny", "apache-2.0")),
        (("acme/tiny", "mit"), ("ms:acme/small", "apache-2.0")),
    ],
    ids=["the same", "not known", "one hub", "its code", "another name"],
)
def test_nothing_is_said_of_what_is_no_other_license_of_the_same_weights(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    assert told(report(*one), report(*other)) == [[], []]

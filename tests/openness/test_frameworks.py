"""What holds of every framework that comes with openaudit."""

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from openaudit.data import frameworks
from openaudit.model.release import Plain
from openaudit.model.verdict import Met
from openaudit.openness.framework_schema import json_schema
from openaudit.openness.verdicts import verdict
from tests.openness import asked_of, facts, values_of

IDS = sorted(frameworks())


FACTS = {i: sorted(asked_of(frameworks()[i])) for i in IDS}


@pytest.mark.parametrize("framework", IDS)
def test_nothing_known_is_unknown(framework: str) -> None:
    found = verdict(frameworks()[framework], {})

    assert found.label is None
    assert len(found.possible) > 1
    assert found.unknown
    assert found.because == ()
    assert all(r.met is Met.UNKNOWN for r in found.requirements)


@given(data=st.data(), framework=st.sampled_from(IDS))
def test_a_verdict_never_changes_when_an_unknown_is_settled(
    data: st.DataObject, framework: str
) -> None:
    whole = {i: data.draw(values_of(i), label=i) for i in FACTS[framework]}
    hidden = data.draw(st.sets(st.sampled_from(FACTS[framework])), label="hidden")
    part = {i: v for i, v in whole.items() if i not in hidden}

    before = verdict(frameworks()[framework], facts(part))
    after = verdict(frameworks()[framework], facts(whole))

    assert after.label is not None
    if before.label is None:
        assert after.label in before.possible
        assert set(before.unknown) & hidden
    else:
        assert after.label == before.label


@given(data=st.data(), framework=st.sampled_from(IDS))
def test_the_facts_that_are_named_decide_alone(data: st.DataObject, framework: str) -> None:
    whole = {i: data.draw(values_of(i), label=i) for i in FACTS[framework]}
    found = verdict(frameworks()[framework], facts(whole))

    alone = verdict(frameworks()[framework], facts({i: whole[i] for i in found.because}))

    assert alone.label == found.label


@pytest.mark.parametrize("framework", IDS)
def test_every_framework_fits_the_published_schema(framework: str) -> None:
    jsonschema.validate(frameworks()[framework], json_schema())


@pytest.mark.parametrize("framework", IDS)
def test_every_demand_says_where_it_stands(framework: str) -> None:
    raw = frameworks()[framework]

    assert raw["version"]
    assert raw["source"].startswith("https://")
    assert all(d["cites"] for d in (raw.get("requirements") or raw["parameters"]).values())


def test_the_license_test_never_speaks_of_compliance() -> None:
    text = str(frameworks()["eu-foss-license"]).casefold()

    assert frameworks()["eu-foss-license"]["test"] == "license test"
    assert "complian" not in text
    assert "comply" not in text


@pytest.mark.parametrize(
    ("flop", "said"),
    [
        (None, "is not known"),
        (8.4e22, "no more than 1e23 FLOP"),
        (1.0e24, "with more than 1e23 FLOP"),
        (2.0e25, "would not help it"),
    ],
)
def test_the_license_test_says_first_of_what_it_speaks(flop: float | None, said: str) -> None:
    found = verdict(frameworks()["eu-foss-license"], facts({"context.compute_flop": flop}))

    assert found.scope.startswith("Speaks of general-purpose models only")
    assert said in found.scope.rpartition("exemption.")[2]
    assert found.label is None


@pytest.mark.parametrize(
    ("changed", "label"),
    [
        ({}, "qualifies"),
        (
            {"access.collects_personal_data": True},
            "qualifies if the gate is a pure security measure",
        ),
        ({"usage.modification": "forbidden"}, "disqualified"),
        ({"usage.scale_cap_license": True}, "disqualified"),
        ({"usage.field_of_use": "list"}, "arguable (behavioural terms, para 84)"),
        ({"usage.field_of_use": "list", "usage.commercial": "forbidden"}, "disqualified"),
        ({"doc.usage_info": False}, "undetermined"),
    ],
)
def test_the_license_test_has_five_answers(changed: dict[str, Plain], label: str) -> None:
    free: dict[str, Plain] = {
        "weights.files": True,
        "usage.class": "osi",
        "usage.commercial": "allowed",
        "usage.scale_cap_license": False,
        "usage.separate_license_case": False,
        "usage.territory_limited": False,
        "usage.training_ban": "none",
        "usage.modification": "allowed",
        "usage.redistribution": "allowed",
        "usage.field_of_use": "none",
        "access.collects_personal_data": False,
        "doc.usage_info": True,
    }

    found = verdict(frameworks()["eu-foss-license"], facts({**free, **changed}))

    assert found.label == label

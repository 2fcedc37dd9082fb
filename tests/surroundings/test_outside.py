"""How the world is reached is read before the course takes other programs' settings away."""

import pytest

from autograder.surroundings import outside
from autograder.surroundings.outside import Outside

PROXY = "http://anna:word@proxy.company:8080"


@pytest.mark.parametrize(
    ("variables", "host", "proxy"),
    [
        ({}, "a.org", ""),
        ({"HTTPS_PROXY": PROXY}, "a.org", PROXY),
        ({"https_proxy": "proxy:8080"}, "a.org", "http://proxy:8080"),
        ({"ALL_PROXY": PROXY}, "a.org", PROXY),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "a.org,b.org"}, "a.org", ""),
        ({"HTTPS_PROXY": PROXY, "no_proxy": " .org "}, "a.org", ""),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "a.org"}, "aa.org", PROXY),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "a.org"}, "b.a.org", ""),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": "*"}, "a.org", ""),
        ({"HTTPS_PROXY": PROXY, "NO_PROXY": ""}, "a.org", PROXY),
    ],
)
def test_the_proxy_is_the_one_that_leads_there(
    variables: dict[str, str], host: str, proxy: str
) -> None:
    assert Outside.of(variables).proxy(host) == proxy


def test_it_is_handed_over_whole_and_shown_nowhere() -> None:
    everything = Outside({name: f"value of {name}" for name in outside.NAMES})
    assert Outside.of({**everything.handed_over(), "HTTPS_PROXY": "other"}) == everything
    assert "value" not in f"{everything}"
    gate = str(everything.for_the_gate().handed_over())
    assert "AWS_SECRET" not in gate
    assert "CDSE_CLIENT_SECRET" in gate


@pytest.fixture
def anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outside, "_found", {})
    monkeypatch.setattr(outside, "_given", {})


@pytest.mark.usefixtures("anew")
def test_what_the_course_has_set_is_not_taken_for_the_world() -> None:
    first = outside.remember({"HTTPS_PROXY": PROXY, "AWS_SECRET_ACCESS_KEY": "old"})
    outside.give({"HTTPS_PROXY": "http://127.0.0.1:1", "AWS_SECRET_ACCESS_KEY": "of the course"})
    in_kernel = {
        "COURSE_CONTROL": "http://127.0.0.1:1/course",
        "HTTPS_PROXY": "http://127.0.0.1:1",
        "AWS_SECRET_ACCESS_KEY": "of the course",
    }
    assert outside.remember(in_kernel) == first
    renewed = outside.remember({**in_kernel, "AWS_SECRET_ACCESS_KEY": "new"})
    assert renewed.variables == {"HTTPS_PROXY": PROXY, "AWS_SECRET_ACCESS_KEY": "new"}


@pytest.mark.usefixtures("anew")
def test_a_kernel_of_the_lab_knows_what_the_lab_hands_over() -> None:
    lab = {"COURSE_CONTROL": "http://127.0.0.1:1/course", "HTTPS_PROXY": "http://127.0.0.1:1"}
    assert outside.remember(lab).variables == {}
    handed = Outside({"HTTPS_PROXY": PROXY}).handed_over()
    assert outside.remember({**lab, **handed}).variables == {"HTTPS_PROXY": PROXY}

"""Each label that the compiler puts has a name of its own."""

import pytest

from tests.house import FILES, find, underlined


def found(tmp_path, labels):
    policy = FILES["policy.py"].replace(
        "default_team=commerce)", f"default_team=commerce, labels={labels})"
    )
    findings = find(tmp_path, {"policy.py": policy})
    return [it for it in findings if it.id == "label-names-that-collide"]


@pytest.mark.parametrize(
    ("labels", "messages"),
    [
        ("Labels()", []),
        ('Labels(service="app", team="squad")', []),
        (
            'Labels(service="team")',
            ["the label team cannot be the team: it is the service already"],
        ),
        (
            'Labels(severity="alertname")',
            ["the label alertname cannot be the severity: it is the name of the alert already"],
        ),
        (
            'Labels(team="slo", sla="job")',
            [
                "the label job cannot be the sla: it is the job of the series already",
                "the label slo cannot be the team: it is the objective already",
            ],
        ),
    ],
)
def test_names(tmp_path, labels, messages):
    findings = found(tmp_path, labels)
    assert sorted(it.message for it in findings) == messages
    assert all(underlined(it) == labels for it in findings)

"""Groups are flushed less often than Alertmanagers wait for one another."""

import pytest

from tests.house import FILES, find, underlined


def found(tmp_path, interval, alertmanagers):
    names = [f"alertmanager-{number}:9093" for number in range(alertmanagers)]
    environment = FILES["environment.py"].replace(
        '["alertmanager-1:9093", "alertmanager-2:9093"]', repr(names)
    )
    policy = FILES["policy.py"].replace('group_interval="20s"', f'group_interval="{interval}"')
    findings = find(tmp_path, {"environment.py": environment, "policy.py": policy})
    return [it for it in findings if it.id == "group-interval-within-peer-timeout"]


@pytest.mark.parametrize(
    ("interval", "alertmanagers", "count"),
    [("15s", 2, 1), ("16s", 2, 0), ("30s", 3, 1), ("31s", 3, 0), ("1s", 1, 0), ("1s", 0, 0)],
)
def test_the_edge(tmp_path, interval, alertmanagers, count):
    assert len(found(tmp_path, interval, alertmanagers)) == count


def test_it_is_told_at_the_interval(tmp_path):
    (finding,) = found(tmp_path, "10s", 2)
    assert finding.message == (
        "critical: groups are flushed every 10s, and an Alertmanager waits 15s for its peers"
    )
    assert underlined(finding) == '"10s"'
    assert [note.origin.file for note in finding.notes] == ["definitions/environment.py"]

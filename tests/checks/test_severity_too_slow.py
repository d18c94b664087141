"""The promise of a severity, and where its breach is told."""

from tests.house import find, underlined

POLICY = """
critical = Severity("critical", channels=["page"],
    group_wait="WAIT", group_interval="10s", repeat_interval="1h", notified_within="60s")
warning = Severity("warning", channels=["chat"],
    group_wait="30s", group_interval="5m", repeat_interval="12h")
policy = Policy(severities=[critical, warning], fallback=warning, default_team=commerce,
    scrape_interval="10s", evaluation_interval="10s")
"""


def found(tmp_path, wait="5s", rules="", scrape=""):
    files = {
        "policy.py": POLICY.replace("WAIT", wait),
        "services/orders.py": f'service = Service("orders", team=commerce{scrape})\n{rules}',
    }
    return [it for it in find(tmp_path, files) if it.id == "severity-too-slow"]


def test_timers_that_break_the_promise_are_told_once_at_the_severity(tmp_path):
    rules = "\n".join(f'a{n} = Alert("A{n}", expr="up", severity=critical)' for n in range(3))
    (finding,) = found(tmp_path, "50s", rules)
    assert finding.message == "critical: a message may take 86s, and 60s is promised"
    assert finding.origin.file == "definitions/policy.py"
    assert underlined(finding) == '"60s"'
    assert [note.message for note in finding.notes] == [
        "10s until the scrape",
        "10s until the evaluation",
        "50s group_wait",
        "15s that the flush itself waits for a dead Alertmanager",
        "1s to send",
    ]


def test_an_interval_of_its_own_is_told_at_the_alert(tmp_path):
    rules = """
quick = Alert("Quick", expr="up", severity=critical)
late = Alert("Late", expr="up", for_="90s", severity=critical)
group = Group("late", interval="1m", rules=[late])
"""
    (finding,) = found(tmp_path, rules=rules)
    assert finding.message == "Late: a message may take 131s, and critical promises 60s"
    promise, *terms = finding.notes
    assert promise.origin.file == "definitions/policy.py"
    assert [note.message for note in terms][1:3] == [
        "60s until the evaluation of group late",
        "30s for is rounded up by",
    ]


def test_a_slow_job_is_told_at_the_alerts_that_read_it(tmp_path):
    scrape = ', scrape=Scrape("orders", targets=["a:1"], interval="30s")'
    rules = """
own = Alert("Own", expr='up{job="orders"} == 0', severity=critical)
quick = Alert("Quick", expr='up{job="elsewhere"} == 0', severity=critical)
"""
    messages = [finding.message for finding in found(tmp_path, rules=rules, scrape=scrape)]
    assert "Own: a message may take 71s, and critical promises 60s" in messages


def test_a_promise_that_is_kept_is_no_finding(tmp_path):
    rules = 'down = Alert("Down", expr="up", for_="5m", severity=critical)'
    assert found(tmp_path, rules=rules) == []

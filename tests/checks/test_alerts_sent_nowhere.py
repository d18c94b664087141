"""Alerts leave Prometheus only where it knows an Alertmanager."""

from tests.house import FILES, find, underlined

ALERT = 'down = Alert("OrdersDown", expr="up == 0", severity=critical)'
SCRAPED = 'service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["a:1"]))'
ALONE = FILES["environment.py"].replace(
    'alertmanagers=["alertmanager-1:9093", "alertmanager-2:9093"]', ""
)


def found(tmp_path, environment, *service):
    files = {"environment.py": environment, "services/orders.py": "\n".join(service)}
    return [it for it in find(tmp_path, files) if it.id == "alerts-sent-nowhere"]


def test_no_alertmanager_is_told_at_the_environment(tmp_path):
    (finding,) = found(tmp_path, ALONE, SCRAPED, ALERT)
    assert finding.message == (
        "production names no Alertmanager, so Prometheus sends its alerts nowhere"
    )
    assert finding.help == 'add alertmanagers=["alertmanager:9093"] to the environment'
    assert underlined(finding).startswith("Environment")


def test_one_that_is_named_is_enough(tmp_path):
    named = FILES["environment.py"].replace(', "alertmanager-2:9093"', "")
    assert found(tmp_path, named, SCRAPED, ALERT) == []


def test_without_a_scrape_the_configuration_is_somebody_elses(tmp_path):
    assert found(tmp_path, ALONE, 'service = Service("orders", team=commerce)', ALERT) == []


def test_without_an_alert_there_is_nothing_to_send(tmp_path):
    record = 'up_sum = Record("job:up:sum", expr="sum by (job) (up)")'
    assert found(tmp_path, ALONE, SCRAPED, record) == []

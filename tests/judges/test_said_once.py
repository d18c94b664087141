"""What is wrong once is said once, where it is written, by all who judge a folder together."""

import pytest

from giggamon_compiler import pipeline
from giggamon_compiler.judges import Toolbox
from tests.house import FILES, underlined, write_house

SLO = """
service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
slo = SLO("availability", objective=99.9, window={window}, fast=critical, slow=warning,
    sli=Ratio(bad='errors_total{{job="orders"}}', total='requests_total{{job="orders"}}'))
board = Dashboard("orders", title="Orders", rows=[*block.slo(slo)])
"""
PROMISE = FILES["policy.py"].replace(
    'group_interval="20s"', 'group_interval="20s", notified_within="60s"'
)
PROMISE = PROMISE.replace(
    "default_team=", 'scrape_interval="5s", evaluation_interval="5s", default_team='
)


def errors(folder, files, tools=None):
    build = pipeline.build(write_house(folder, files), tools)
    return [finding for finding in build.findings if finding.level == "error"]


@pytest.fixture(params=["alone", "with tools"])
def judges(request, tools) -> Toolbox | None:
    return tools if request.param == "with tools" else None


@pytest.mark.parametrize("window", ["30", "", "30 d", "x", "0d"])
def test_an_objectives_window(tmp_path, judges, window):
    files = {"services/orders.py": SLO.format(window=f'"{window}"')}
    (finding,) = [it for it in errors(tmp_path, files, judges) if "alert-without" not in it.id]
    assert finding.id == "invalid-period"
    assert finding.message == f'availability: window is "{window}", which is no duration above 0'
    assert finding.help == 'write for example "30d"'
    assert underlined(finding) == f'"{window}"'


def test_secrets_that_have_no_folder(tmp_path, judges):
    environment = FILES["environment.py"].replace('secrets="/etc/alertmanager/secrets",', "")
    (finding,) = errors(tmp_path, {"environment.py": environment}, judges)
    assert finding.message == (
        "production names no absolute secrets= folder, and 2 channels name files below it"
    )
    assert underlined(finding).startswith("Environment")
    assert finding.help.startswith('add secrets="/etc/alertmanager/secrets" to the environment')


def test_the_mail_server_too(tmp_path, judges):
    environment = FILES["environment.py"].replace(
        'secrets="/etc/alertmanager/secrets"',
        'secrets="secrets", smtp=SMTP("mail:587", from_="a@b.example", username="a",'
        ' password_file="smtp")',
    )
    teams = """
        commerce = Team("commerce",
            page=notify.PagerDuty(routing_key_file="/run/keys/page"),
            chat=notify.Slack(channel="#commerce", api_url_file="commerce-slack"))
    """
    files = {"environment.py": environment, "teams.py": teams}
    (finding,) = errors(tmp_path, files, judges)
    assert finding.message == (
        "production names no absolute secrets= folder, "
        "and 1 channel and the mail server name files below it"
    )
    assert underlined(finding) == '"secrets"'


def test_an_environment_that_is_left_out(tmp_path):
    """Nothing is said of what would follow from it."""
    environment = FILES["environment.py"].replace(
        '["alertmanager-1:9093", "alertmanager-2:9093"]', '"alertmanager:9093"'
    )
    service = """
service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
down = Alert("OrdersDown", expr="up == 0", severity=critical, labels={"a.b": "c"})
"""
    files = {
        "environment.py": environment.replace("2.42", "3.5"),
        "policy.py": PROMISE,
        "services/orders.py": service,
    }
    (finding,) = errors(tmp_path, files)
    assert underlined(finding) == '"alertmanager:9093"'

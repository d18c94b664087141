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


def team(page, chat):
    return f'commerce = Team("commerce", page={page}, chat={chat})'


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


WHOLE = """
service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
queue = metric.Gauge("orders_queue", help="How many wait")
down = Alert("OrdersDown", expr="up == 0", severity=critical)
up_sum = Record("job:up:sum", expr="sum by (job) (up)")
grouped = Group("late", rules=[Record("job:late:sum", expr="sum by (job) (late)")])
slo = SLO("availability", objective=99.9, window="30d", fast=critical, slow=warning,
    sli=Ratio(bad='errors_total{job="orders"}', total='requests_total{job="orders"}'))
board = Dashboard("orders", title="Orders", rows=[*block.slo(slo)])
"""


def test_two_files_of_one_service(tmp_path, judges):
    """The copy of a file, its service not yet renamed: nothing is said of what is in it."""
    files = {
        "policy.py": PROMISE,
        "services/orders.py": WHOLE,
        "services/payments.py": WHOLE,
        "runbooks/orders.md": "## OrdersDown\n\n## OrdersAvailabilityBudgetBurn\n",
    }
    alone = errors(tmp_path / "one", {**files, "services/payments.py": ""}, judges)
    (one,) = [it for it in errors(tmp_path / "two", files, judges) if it not in alone]
    assert (one.id, one.origin.file) == ("duplicate-identity", "definitions/services/payments.py")
    assert one.message == "orders is the name of two services"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            """
board = Dashboard("orders", title="Orders", rows=[Row("Up", [ROW])])
two = Dashboard("orders", title="Orders", rows=[Row("Up", [ROW])])
""".replace("ROW", 'panel.Stat("Up", [Query("up")], key="up")'),
            "commerce/orders is the name of two boards of one folder",
        ),
        (
            """
a = Group("late", rules=[Record("job:a:sum", expr="sum by (job) (a)")])
b = Group("late", rules=[Record("job:b:sum", expr="sum by (job) (b)")])
""",
            "services/orders: late is the name of two groups of one file",
        ),
        (
            """
slo = SLO("availability", objective=99.9, window="30d",
    sli=Ratio(bad="errors_total", total="requests_total"))
two = SLO("availability", objective=99.5, window="30d",
    sli=Ratio(bad="errors_total", total="requests_total"))
""",
            "orders/availability is the name of two objectives",
        ),
    ],
)
def test_two_things_of_one_name(tmp_path, judges, more, message):
    files = {"services/orders.py": f'service = Service("orders", team=commerce)\n{more}'}
    found = [it.message for it in errors(tmp_path, files, judges) if "alert-without" not in it.id]
    assert found == [message]


JOBS = """
service = Service("{}", team=commerce, scrape=Scrape("job", targets=["a:1"]))
"""

PROBE = """
service = Service("orders", team=commerce)
page = Module("page", prober="http")
shop = Probe("shop", module=page, targets=["https://shop.giggatek.example/"])
"""


@pytest.mark.parametrize(
    ("files", "id"),
    [
        ({"teams.py": team("PAGER", 'notify.Email(to="a@b.example")')}, "mail-without-smtp"),
        (
            {"services/orders.py": JOBS.format("orders"), "services/two.py": JOBS.format("two")},
            "duplicate-identity",
        ),
        ({"more.py": team("PAGER", "CHAT").replace("commerce =", "b =")}, "duplicate-identity"),
        ({"teams.py": team("notify.Webhook()", "CHAT")}, "channel-without-address"),
        ({"teams.py": team('notify.Webhook(url="")', "CHAT")}, "channel-without-address"),
        ({"teams.py": team("notify.PagerDuty()", "CHAT")}, "channel-without-address"),
        ({"teams.py": team("PAGER", 'notify.Slack(channel="#a")')}, "channel-without-address"),
        ({"services/orders.py": PROBE}, "probe-without-exporter"),
    ],
)
def test_a_check_that_says_what_a_tool_says_of_no_place(tmp_path, tools, files, id):
    chat = 'notify.Slack(channel="#a", api_url_file="a")'
    pager = 'notify.PagerDuty(routing_key_file="a")'
    filled = {name: it.replace("CHAT", chat).replace("PAGER", pager) for name, it in files.items()}
    assert {it.id for it in errors(tmp_path, filled, tools)} == {id}


BROKEN = {
    "an alert": ('down = Alert("A", expr="rate(up[5m] > 1")', "promql-syntax"),
    "a recording": ('total = Record("a:b", expr="rate(up)")', "promql-type"),
    "what is newer": (
        'down = Alert("A", expr="sum(mad_over_time(up[5m])) > 1")',
        "promql-newer-than-target",
    ),
    "a query of a board": (
        'board = Dashboard("orders", title="Orders", rows=[Row("A", [panel.Stat("B", '
        '[Query("sum(up")], key="b")])])',
        "promql-syntax",
    ),
}


@pytest.mark.parametrize("what", BROKEN)
def test_promql_that_promtool_refuses_as_well(tmp_path, judges, what):
    text, id_ = BROKEN[what]
    service = f'service = Service("orders", team=commerce)\n{text}\n'
    found = errors(tmp_path, {"services/orders.py": service}, judges)
    assert [it.id for it in found if "alert-without" not in it.id] == [id_]


@pytest.mark.parametrize("expr", ["", "  ", "sum(up) by job > 1", "(up > 1"])
def test_a_text_that_is_no_promql_is_told_by_its_characters_alone(tmp_path, expr):
    service = f"""
        service = Service("orders", team=commerce)
        broken = Alert("Broken", expr={expr!r}, severity=warning)
    """
    found = pipeline.build(write_house(tmp_path, {"services/orders.py": service}), None).findings
    said = [it.id for it in found if it.id.startswith(("invalid-", "promql-"))]
    assert said == ["promql-syntax"]


def test_so_are_the_selectors_of_an_objective(tmp_path):
    service = """
        service = Service("orders", team=commerce)
        availability = SLO("availability", objective=99.9, window="30d",
            fast=critical, slow=warning,
            sli=Ratio(bad='requests{code="5', total='rate(requests'))
    """
    build = pipeline.build(write_house(tmp_path, {"services/orders.py": service}), None)
    said = [it.id for it in build.findings if it.id.startswith(("invalid-", "promql-"))]
    assert said == ["promql-syntax"] * 2
    assert not build.valid


def test_in_a_computed_text_the_place_is_told_in_words(tmp_path):
    service = """
        service = Service("orders", team=commerce)
        TEXT = "sum by (job) (rate(http_requests_total[5m])) + sum by (job) (rate(other_total[5m]))"
        broken = Alert("Broken", expr=" ".join([TEXT, "> >", "1"]), severity=warning)
        written = Alert("Written", expr="up > > 1", severity=warning)
    """
    found = pipeline.build(write_house(tmp_path, {"services/orders.py": service}), None).findings
    broken, written = [it for it in found if it.id == "promql-syntax"]
    assert [it.message for it in broken.notes] == [
        "the text is computed, and this stands at ▸ in it: "
        "… sum by (job) (rate(other_total[5m])) > ▸> 1"
    ]
    assert written.notes == ()

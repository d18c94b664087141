"""A service that writes no board gets one, of what its file binds."""

import pytest

from giggamon_compiler import checks
from giggamon_compiler.load import place_findings
from tests.house import FILES, underlined
from tests.lower.made import all_panels, board, compiled, rows, texts, titles

METRICS = """
service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
requests = metric.Counter("requests_total", help="Requests answered.",
    labels={"method": ["GET"], "code": ["200", "500"]}, signal="requests", errors='code=~"5.."')
duration = metric.Histogram("request_seconds", help="Time to answer", buckets=["0.1", "1"],
    signal="duration")
depth = metric.Gauge("queue_depth", help="Orders that wait", signal="saturation",
    labels={"queue": ["new", "old"]})
"""


def made(folder, text, **files):
    return board(compiled(folder, {"services/orders.py": text, **files}), "orders")


def test_the_signals_of_metrics_are_rows(tmp_path):
    assert titles(made(tmp_path, METRICS)) == {
        "Instances": ["Whether instances answer"],
        "Requests, errors, duration": [
            "Requests answered: a second, by code",
            "Requests answered: share that fails",
            "Time to answer",
        ],
        "Saturation": ["Orders that wait"],
    }


def test_what_each_kind_of_metric_asks(tmp_path):
    found = rows(made(tmp_path, METRICS))
    assert texts(found["Requests, errors, duration"]) == [
        'sum by (code) (rate(requests_total{job="orders"}[$__rate_interval]))',
        '(sum(rate(requests_total{job="orders",code=~"5.."}[$__rate_interval])) or 0 * '
        'sum(rate(requests_total{job="orders"}[$__rate_interval]))) / '
        '(sum(rate(requests_total{job="orders"}[$__rate_interval])) > 0)',
        *(
            f"histogram_quantile({share}, sum by (le) "
            '(rate(request_seconds_bucket{job="orders"}[$__rate_interval])))'
            for share in ("0.5", "0.95", "0.99")
        ),
    ]
    assert texts(found["Saturation"]) == ['queue_depth{job="orders"}']
    (depth,) = found["Saturation"]
    assert [target.legend for target in depth.targets] == ["{{queue}} {{instance}}"]
    units = [panel.unit for panel in found["Requests, errors, duration"]]
    assert units == ["reqps", "percentunit", "s"]


@pytest.mark.parametrize(
    ("declared", "asked", "unit"),
    [
        (
            'metric.Counter("sent_bytes_total", help="Sent")',
            ["sum(rate(sent_bytes_total{JOB}[$__rate_interval]))"],
            "Bps",
        ),
        (
            'metric.Counter("mails_total", help="Mails")',
            ["sum(rate(mails_total{JOB}[$__rate_interval]))"],
            "cps",
        ),
        (
            'metric.Gauge("cache_bytes", help="Cache")',
            ["cache_bytes{JOB}"],
            "bytes",
        ),
        (
            'metric.Gauge("backup_timestamp_seconds", help="Backup")',
            ["time() - (backup_timestamp_seconds{JOB} > 0)"],
            "s",
        ),
        (
            'metric.Summary("took_seconds", help="Took", quantiles=["0.9"])',
            [
                "sum(rate(took_seconds_sum{JOB}[$__rate_interval])) / "
                "(sum(rate(took_seconds_count{JOB}[$__rate_interval])) > 0)",
                "max by (quantile) (took_seconds{JOB})",
            ],
            "s",
        ),
    ],
)
def test_a_metric_without_a_role_gets_a_panel_by_its_type(tmp_path, declared, asked, unit):
    head = METRICS.splitlines()[1]
    (panel,) = rows(made(tmp_path, f"{head}\none = {declared}\n"))["Figures"]
    job = '{job="orders"}'
    assert texts([panel]) == [" ".join(it.replace("{JOB}", job).split()) for it in asked]
    assert panel.unit == unit


def test_what_takes_time_is_counted_where_nothing_else_is(tmp_path):
    text = METRICS.replace("requests = metric.Counter", "_requests = metric.Counter")
    panels = rows(made(tmp_path, text))["Requests, errors, duration"]
    assert panels[0].title == "Time to answer: a second"
    asked = ['sum(rate(request_seconds_count{job="orders"}[$__rate_interval]))']
    assert texts(panels[:1]) == asked


def test_bound_panels_stand_where_they_say_and_replace_what_would_be_made(tmp_path):
    text = (
        METRICS
        + """
panels = [
    panel.TimeSeries("By method", [Query('sum by (method) (rate(requests_total[5m]))')],
        key="by-method", signal="requests"),
    panel.Stat("Orders today", [Query("increase(orders_total[1d])")], key="today"),
]
row = Row("Stock", [panel.Stat("Left", [Query("stock")], key="left")])
"""
    )
    assert titles(made(tmp_path, text)) == {
        "Instances": ["Whether instances answer"],
        "Requests, errors, duration": [
            "By method",
            "Requests answered: share that fails",
            "Time to answer",
        ],
        "Saturation": ["Orders that wait"],
        "Stock": ["Left"],
        "Figures": ["Orders today"],
    }


def test_alerts_and_objectives_stand_at_the_top(tmp_path):
    text = (
        METRICS
        + """
down = Alert("OrdersDown", expr='up{job="orders"} == 0')
good = SLO("availability", objective=99, window="30d",
    sli=Ratio(bad="requests_total", total="requests_total"))
"""
    )
    of_orders = made(tmp_path, text)
    assert list(titles(of_orders))[:3] == [
        "Alerts",
        "Instances",
        "Objective: availability",
    ]
    timeline, firing = rows(of_orders)["Alerts"]
    assert 'ALERTS{alertstate="firing",service="orders"}' in texts([timeline])[0]
    assert 'ALERTS_FOR_STATE{service="orders"}' in texts([firing])[0]


def test_what_a_service_depends_on_is_shown_with_its_traffic(tmp_path):
    payments = METRICS.replace('"orders"', '"payments"')
    payments += 'down = Alert("PaymentsDown", expr="up == 0")\n'
    orders = (
        'service = Service("orders", team=commerce, depends_on=["payments", "unknown", "orders"])\n'
    )
    of_orders = made(tmp_path, orders, **{"services/payments.py": payments})
    assert titles(of_orders) == {
        "Depends on": ["When alerts fired", "Whether instances answer"],
        "Depends on payments": [
            "Requests answered: a second, by code",
            "Requests answered: share that fails",
            "Time to answer",
        ],
    }
    assert [panel.key for panel in all_panels(of_orders.panels)] == [
        "alerts:needed",
        "up:needed",
        "payments:requests_total:rate",
        "payments:requests_total:failed",
        "payments:request_seconds:quantiles",
    ]


def test_what_a_written_board_says_of_its_traffic_is_said_elsewhere_too(tmp_path):
    payments = (
        METRICS.replace('"orders"', '"payments"')
        + """
dashboard = Dashboard("payments", title="Payments", rows=[Row("Traffic", [
    panel.Stat("Charges", [Query("sum(rate(requests_total[5m]))")], key="charges",
        signal="requests")])])
"""
    )
    orders = 'service = Service("orders", team=commerce, depends_on=["payments"])\n'
    program = compiled(tmp_path, {"services/orders.py": orders, "services/payments.py": payments})
    assert titles(board(program, "orders"))["Depends on payments"] == [
        "Charges",
        "Requests answered: share that fails",
        "Time to answer",
    ]
    assert titles(board(program, "team-commerce"))["payments"][0] == "Charges"


def test_a_written_board_is_the_only_one(tmp_path):
    text = METRICS + 'dashboard = Dashboard("orders", title="Mine", rows=[])\n'
    program = compiled(tmp_path, {"services/orders.py": text})
    assert [it.title for it in program.dashboards if it.owner == "orders"] == ["Mine"]


def test_instances_can_be_chosen_where_there_are_several(tmp_path):
    two = (
        METRICS.replace('["orders:8000"]', '["a:8000", "b:8000"]')
        + """
panels = [
    panel.Stat("One", [Query('queue_depth{job="orders",instance="a:8000"}')], key="one"),
    panel.Stat("Mean", [Query('job:depth:mean{job="orders"}')], key="mean"),
    panel.Stat("Others", [Query('up{job="others"}')], key="others"),
    panel.Stat("Broken", [Query('up{job="orders"')], key="broken"),
]
mean = Record("job:depth:mean", expr='avg by (job) (queue_depth{job="orders"})')
"""
    )
    of_orders = made(tmp_path, two)
    assert [it.name for it in of_orders.variables] == ["instance"]
    found = rows(of_orders)
    assert texts(found["Saturation"]) == ['queue_depth{job="orders",instance=~"$instance"}']
    assert texts(found["Instances"]) == ['up{job="orders",instance=~"$instance"}']
    assert texts(found["Figures"]) == [
        'queue_depth{job="orders",instance="a:8000"}',
        'job:depth:mean{job="orders"}',
        'up{job="others"}',
        'up{job="orders"',
    ]


PROBES = """
page = Module("page", prober="http")
shop = Probe("shop", module=page, targets=["https://shop.example/"])
apis = Probe("apis", module=page, targets=["https://a.example/", "https://b.example/"])
"""
PROBED = {
    "environment.py": FILES["environment.py"].rstrip().removesuffix(")")
    + ', blackbox="blackbox:9115")\n'
}


def test_of_a_probe_it_shows_what_it_found_and_not_that_its_exporter_answers(tmp_path):
    of_orders = made(tmp_path, f"{METRICS}{PROBES}", **PROBED)
    (panel,) = rows(of_orders)["Instances"]
    assert texts([panel]) == [
        'up{job="orders"}',
        'max by (job, instance) (probe_success{job=~"shop|apis"} or up{job=~"shop|apis"})',
    ]
    assert [it.legend for it in panel.targets] == [
        "{{job}} {{instance}}",
        "{{job}} {{instance}} (probe)",
    ]
    assert panel.description
    assert "scrape" in panel.description
    assert "exporter" in panel.description


def test_a_probe_alone_is_not_asked_for_scrapes(tmp_path):
    text = 'service = Service("orders", team=commerce)\n' + "\n".join(PROBES.splitlines()[:3])
    (panel,) = rows(made(tmp_path, text, **PROBED))["Instances"]
    probed = 'max by (job, instance) (probe_success{job="shop"} or up{job="shop"})'
    assert texts([panel]) == [probed]
    assert [it.legend for it in panel.targets] == ["{{instance}}"]


def test_the_instances_of_a_probe_can_be_chosen(tmp_path):
    text = 'service = Service("orders", team=commerce)\n' + PROBES.replace("shop = ", "_shop = ")
    of_orders = made(tmp_path, text, **PROBED)
    assert texts(rows(of_orders)["Instances"]) == [
        'max by (job, instance) (probe_success{job="apis",instance=~"$instance"} '
        'or up{job="apis",instance=~"$instance"})'
    ]
    assert [it.name for it in of_orders.variables] == ["instance"]


@pytest.mark.parametrize("head", [METRICS, 'service = Service("orders", team=commerce)\n'])
def test_what_nothing_reads_cannot_be_chosen(tmp_path, head):
    program = compiled(tmp_path, {"services/orders.py": f"{head}{PROBES}", **PROBED})
    assert board(program, "orders").variables == ()
    found = checks.run(program, whole=True)
    assert [it.message for it in found if it.id.startswith("un")] == []


READERS = [
    """panel.Stat("One", [Query('x{instance=~"$instance"}')], key="one")""",
    """panel.Stat("One", [Query("x", legend="${instance}")], key="one")""",
    """panel.Stat("Of $instance", [Query("x")], key="one")""",
    """panel.Stat("One", [Query("x")], key="one", description="Of [[instance]].")""",
    """panel.Text("One", content="Of ${instance:csv}", key="one")""",
    """Row("Of $instance", [panel.Stat("One", [Query("x")], key="one")])""",
]


@pytest.mark.parametrize("reader", READERS)
def test_what_a_written_panel_reads_can_be_chosen(tmp_path, reader):
    text = f"{METRICS}{PROBES}one = {reader}\n"
    assert [it.name for it in made(tmp_path, text, **PROBED).variables] == ["instance"]


def test_a_board_of_many_panels_opens_with_few(tmp_path):
    text = METRICS + "".join(f'm{n} = metric.Gauge("m{n}", help="Figure {n}")\n' for n in range(30))
    of_orders = made(tmp_path, text)
    closed = {panel.title for panel in of_orders.panels if panel.kind == "row" and panel.panels}
    assert closed == {"Figures"}
    assert len(rows(of_orders)["Figures"]) == 30


def test_every_panel_says_what_it_shows(tmp_path):
    for panel in all_panels(made(tmp_path, METRICS).panels):
        assert panel.unit, panel.title
        assert panel.description, panel.title
        assert all(target.legend for target in panel.targets), panel.title


def test_what_is_wrong_with_a_made_panel_is_told_where_the_metric_is_declared(tmp_path):
    text = METRICS.replace('code=~"5.."', 'cod=~"5.."')
    program = compiled(tmp_path, {"services/orders.py": text})
    found = [it for it in checks.run(program, whole=True) if it.id == "unknown-label"]
    assert found
    for it in place_findings(found):
        assert underlined(it).startswith('metric.Counter("requests_total"')


def test_what_always_fires_is_not_shown_among_what_fires(tmp_path):
    text = f"""{METRICS}
down = Alert("OrdersDown", expr='up{{job="orders"}} == 0')
beat = Alert("Watchdog", expr="vector(1)")
"""
    (row,) = [it for title, it in rows(made(tmp_path, text)).items() if title == "Alerts"]
    for query in texts(row):
        assert query.count('alertname!="Watchdog"') == query.count('service="orders"') > 0
        assert 'alertname!="OrdersDown"' not in query

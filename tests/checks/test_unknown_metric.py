"""Metrics that nothing shows, declares or records."""

import pytest

from tests.house import find, underlined

ID = "unknown-metric"
ORDERS = """
service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["orders:8000"]))
requests = metric.Counter("http_requests_total", help="Requests")
duration = metric.Histogram("request_seconds", help="Time", buckets=["1"])
depth = metric.Gauge("orders_queue_depth", help="Waiting")
arrived = Record("job:orders:rate5m", expr='sum by (job) (rate(http_requests_total[5m]))')
"""
REDIS = """
service = Service("redis", team=commerce,
    scrape=Scrape("redis", targets=["redis:9121"], catalogue="redis_exporter"))
"""
CATALOGUE = """
# TYPE redis_up gauge
redis_up 0
# TYPE redis_keys gauge
redis_keys{db="db0"} 0
# TYPE redis_seconds summary
redis_seconds{quantile="0.5"} 0
redis_seconds_sum 0
redis_seconds_count 0
"""
TOLD = {"services/orders.py": ORDERS, "services/redis.py": REDIS}
TOLD |= {"catalogue/redis_exporter.prom": CATALOGUE}
UNTOLD = 'service = Service("web", team=commerce, scrape=Scrape("web", targets=["web:1"]))'
UNSCRAPED = 'service = Service("web", team=commerce)'


def found(tmp_path, expr, **more):
    orders = more.pop("orders", ORDERS) + f"asked = Record('a:b', expr='''{expr}''')\n"
    files = TOLD | {"services/orders.py": orders}
    files |= {f"services/{name}.py": text for name, text in more.items()}
    return [it for it in find(tmp_path, files) if it.id == ID]


@pytest.mark.parametrize(
    ("expr", "named", "help_"),
    [
        (
            'x{job="orders"}',
            "orders does not show",
            'declare it where it is made: metric.Gauge("x"',
        ),
        (
            'orders_queue_dept{job="orders"}',
            "orders does not show",
            "did you mean orders_queue",
        ),
        ('request_seconds{job="orders"}', "orders does not show", "did you mean request_seconds_b"),
        ('redis_up{job="orders"}', "orders does not show", "redis shows it"),
        ('http_requests_total{job="redis"}', "redis does not show", "orders shows it"),
        ('redis_key{job="redis"}', "redis does not show", "did you mean redis_keys?"),
        ('nothing_else{job="redis"}', "redis does not show", "where the exporter shows it, record"),
        ("redis_key", "no job shows and no rule records", "did you mean redis_keys?"),
        ("job:order:rate5m", "no job shows and no rule records", "did you mean job:orders:rate5m?"),
        ("zz:zz", "no job shows and no rule records", 'record it: Record("zz:zz", expr=…)'),
        ('{__name__="x"}', "no job shows and no rule records", "declare it"),
        ('x{job=~"orders|redis"}', "no job shows", "declare it"),
        ('x{job!="redis"}', "orders does not show", "declare it"),
        (
            'redis_seconds_bucket{job="redis"}',
            "redis does not show",
            "did you mean redis_seconds",
        ),
        ('sum(rate(x{job="orders"}[5m])) > 1', "orders does not show", "declare it"),
    ],
)
def test_what_nothing_shows(tmp_path, expr, named, help_):
    (finding,) = found(tmp_path, expr)
    assert finding.level == "error"
    assert finding.message.startswith("a:b reads ")
    assert named in finding.message
    assert finding.help.startswith(help_)


def test_the_name_alone_is_underlined(tmp_path):
    (finding,) = found(tmp_path, 'sum(rate(nope_total{job="orders"}[5m]))')
    assert underlined(finding) == "nope_total"
    (finding,) = found(tmp_path, 'sum({__name__="x"} offset 5m)')
    assert underlined(finding) == '{__name__="x"}'


@pytest.mark.parametrize(
    "expr",
    [
        'http_requests_total{job="orders"}',
        "http_requests_total",
        'http_requests_created{job="orders"}',
        'request_seconds_bucket{job="orders"}',
        'request_seconds_created{job="orders"}',
        'redis_seconds{job="redis",quantile="0.5"}',
        'redis_seconds_count{job="redis"}',
        'redis_keys{job=~"redis.*"}',
        "job:orders:rate5m",
        'job:orders:rate5m{job="redis"}',
        'up{job="orders"}',
        'ALERTS{alertname="x"}',
        '{job="orders"}',
        '{__name__=~"x.*"}',
        'x{job="elsewhere"}',  # that there is no such job is said of the value
        "1",
    ],
)
def test_what_is_there(tmp_path, expr):
    assert found(tmp_path, expr) == []


@pytest.mark.parametrize("web", [UNTOLD, UNSCRAPED])
class TestWhatNobodyTells:
    def test_another_job_may_show_it(self, tmp_path, web):
        assert found(tmp_path, "x", web=web) == []
        assert found(tmp_path, 'x{job="web"}', web=web) == []
        assert found(tmp_path, 'x{job=~".+"}', web=web) == []

    def test_a_job_that_is_told_does_not(self, tmp_path, web):
        assert len(found(tmp_path, 'x{job="orders"}', web=web)) == 1
        assert len(found(tmp_path, 'x{job=~"orders|redis"}', web=web)) == 1


def test_a_service_without_declarations_is_not_judged(tmp_path):
    bare = 'service = Service("orders", team=commerce, scrape=Scrape("orders", targets=["o:1"]))\n'
    assert found(tmp_path, 'x{job="orders"}', orders=bare) == []


def test_what_a_service_declares_that_nobody_scrapes_may_have_any_job(tmp_path):
    web = UNSCRAPED + '\nviews = metric.Counter("views_total", help="Views")'
    assert found(tmp_path, 'views_total{job="orders"}', web=web) == []


def test_a_catalogue_that_does_not_exist_tells_nothing(tmp_path):
    web = UNTOLD.replace('["web:1"]', '["web:1"], catalogue="nope"')
    assert found(tmp_path, 'x{job="web"}', web=web) == []


def test_boards_and_objectives_are_read_as_well(tmp_path):
    orders = (
        ORDERS
        + """
slo = SLO("availability", objective=99, window="7d",
    sli=Ratio(bad='nope_total{job="orders"}', total='http_requests_total{job="orders"}'))
board = Dashboard("orders", title="Orders", rows=[Row("A", [panel.TimeSeries("T",
    [Query('nope{job="orders"}', legend="x")], key="k", unit="short")])])
"""
    )
    files = TOLD | {"services/orders.py": orders}
    said = [it.message for it in find(tmp_path, files) if it.id == ID]
    assert said == [
        "orders/availability reads nope_total, which orders does not show",
        "commerce/orders/k reads nope, which orders does not show",
    ]


def test_a_panel_on_two_boards_is_spoken_of_once(tmp_path):
    orders = (
        ORDERS
        + """
nope, fine = [panel.TimeSeries("T", [Query(text, legend="x")], key=text, unit="short")
    for text in ("nope", "up")]
boards = [Dashboard(key, title=key, rows=[Row("A", [nope, fine])]) for key in ("one", "two")]
"""
    )
    files = TOLD | {"services/orders.py": orders}
    (said,) = [it for it in find(tmp_path, files) if it.id == ID]
    assert said.subject.endswith("one/nope")


def test_two_panels_of_one_query_are_both_spoken_of(tmp_path):
    orders = (
        ORDERS
        + """
board = Dashboard("b", title="B", rows=[Row("A", [
    panel.Stat("T", [Query("nope", legend="x")], key="one", unit="short"),
    panel.Stat("T", [Query("nope", legend="x")], key="two", unit="short")])])
"""
    )
    files = TOLD | {"services/orders.py": orders}
    said = [it.subject for it in find(tmp_path, files) if it.id == ID]
    assert [it.rpartition("/")[2] for it in said] == ["one", "two"]

"""Values that no series is known to have."""

import pytest

from tests.checks.test_unknown_label import TOLD, UNTOLD
from tests.house import find, underlined

ID = "unknown-label-value"
ORDERS = TOLD["services/orders.py"]


def found(tmp_path, expr, orders=ORDERS, **files):
    orders += "slow = Alert('OrdersSlow', expr='redis_up == 0')\n"
    orders += f"asked = Record('a:b', expr='''{expr}''')\n"
    files = {f"services/{name}.py": text for name, text in files.items()}
    return [
        it for it in find(tmp_path, TOLD | {"services/orders.py": orders} | files) if it.id == ID
    ]


@pytest.mark.parametrize(
    ("expr", "said", "level", "help_"),
    [
        ('up{job="order"}', "no scrape job is called so", "error", 'did you mean job="orders"?'),
        ('up{job=~"order|x"}', "no scrape job is called so", "error", "did you mean"),
        ('nope{job="zzz"}', "no scrape job is called so", "error", "take one of them"),
        (
            'ALERTS{alertname="OrderSlow"}',
            "no alert is called so",
            "error",
            "did you mean alertname",
        ),
        ('ALERTS_FOR_STATE{alertname=~"x.*"}', "no alert is called so", "error", "the only one is"),
        ('requests_total{code="404"}', 'known with "200" or "500"', "warning", "take one of them"),
        ('requests_total{code=~"4.."}', 'known with "200" or "500"', "warning", "take one of"),
        ('requests_total{zone="b"}', 'known with "a"', "error", 'the only one is zone="a"'),
        ('up{job="orders",zone="b"}', 'known with "a"', "error", 'the only one is zone="a"'),
        ('up{job="redis",instance="redis:9122"}', '"redis:9121"', "error", "did you mean inst"),
        ('request_seconds_bucket{le="0.3"}', '"0.5" or "1"', "error", 'did you mean le="0.5"?'),
        ('redis_keys{db="db1"}', 'redis_keys is known with "db0"', "warning", "did you mean"),
        ('redis_role{role="slave"}', '"master"', "warning", 'the only one is role="master"'),
    ],
)
def test_what_is_not_known(tmp_path, expr, said, level, help_):
    (finding,) = found(tmp_path, expr)
    assert finding.level == level
    assert said in finding.message
    assert finding.help.startswith(help_)
    assert underlined(finding) in expr
    assert "=" in underlined(finding) or "~" in underlined(finding)


@pytest.mark.parametrize(
    "expr",
    [
        'requests_total{job="orders",code="500"}',
        'requests_total{code=~"404|500"}',  # one of them is there
        'requests_total{code!="404"}',
        'requests_total{code!~"4.."}',
        'requests_total{code!~"2..|5.."}',  # series without code pass
        'requests_total{code=""}',
        'requests_total{code="500",code!="200"}',
        'request_seconds_bucket{le="1"}',
        'request_seconds_bucket{le="1.0"}',
        'request_seconds_bucket{le="+Inf"}',
        'redis_keys{db=~"db.*"}',
        'redis_keys{job=~"red.*",instance=~"redis:.*"}',
        'requests_total{code="500",code="200"}',  # that nothing passes is said otherwise
        'up{job!="orders"}',
        'up{job=~"orders|nope"}',
        'ALERTS{alertstate="firing",job="from-a-rule"}',
        'ALERTS{alertname="OrdersSlow"}',
        'ALERTS{alertname!="OrdersSlow"}',
        '{job="nope"}',
        'elsewhere{job="orders",a="b"}',
    ],
)
def test_what_is_known(tmp_path, expr):
    assert found(tmp_path, expr) == []


def test_through_recordings(tmp_path):
    kept = "kept = Record('db:keys:sum', expr='sum by (db) (redis_keys)')\n"
    assert found(tmp_path, 'db:keys:sum{db="db0"}', ORDERS + kept) == []
    (finding,) = found(tmp_path, 'db:keys:sum{db="db1"}', ORDERS + kept)
    assert finding.message.endswith('selects db="db1", and db:keys:sum is known with "db0"')
    assert found(tmp_path, 'db:keys:sum{db="db1"}', ORDERS + kept, web=UNTOLD) == []


def test_the_job_of_a_recording_is_what_its_rule_says(tmp_path):
    kept = "kept = Record('all:keys:sum', expr='sum(redis_keys)', labels={'job': 'all'})\n"
    assert found(tmp_path, 'all:keys:sum{job="all"}', ORDERS + kept) == []
    (finding,) = found(tmp_path, 'all:keys:sum{job="any"}', ORDERS + kept)
    assert finding.message.endswith('and all:keys:sum is known with "all"')


def test_a_target_without_a_port_gets_one(tmp_path):
    orders = ORDERS.replace("orders:8000", "orders")
    assert found(tmp_path, 'up{instance="orders:80"}', orders) == []
    assert found(tmp_path, 'up{instance="orders"}', orders) == []
    assert len(found(tmp_path, 'up{instance="orders:443"}', orders)) == 1


def test_a_label_without_sample_values_has_any(tmp_path):
    orders = ORDERS.replace('["200", "500"]', "[]")
    assert found(tmp_path, 'requests_total{code="404"}', orders) == []


@pytest.mark.parametrize("web", [UNTOLD, 'service = Service("web", team=commerce)'])
def test_where_others_may_show_it(tmp_path, web):
    assert found(tmp_path, 'redis_keys{db="db1"}', web=web) == []
    assert len(found(tmp_path, 'redis_keys{job="redis",db="db1"}', web=web)) == 1


def test_a_job_that_somebody_else_scrapes(tmp_path):
    web = 'service = Service("web", team=commerce)'
    for expr in ('up{job="order"}', 'up{job=~"order|x"}', 'nope{job="order"}'):
        (finding,) = found(tmp_path, expr, web=web)
        assert (finding.level, finding.help) == ("warning", 'did you mean job="orders"?'), expr
    (finding,) = found(tmp_path, 'up{job="web"}', web=web)
    assert finding.level == "warning"
    for expr in ("up == 0", 'up{job!="order"}', 'up{job=~"orders|x"}', 'up{instance="a:1"}'):
        assert found(tmp_path, expr, web=web) == [], expr
    (finding,) = found(tmp_path, 'up{job="web"}', web=UNTOLD.replace('"web"', '"webs"'))
    assert finding.level == "error"


def test_where_nobody_is_scraped(tmp_path):
    # A house whose prometheus.yml is somebody else's has no jobs to look a value up among.
    files = {name: text for name, text in TOLD.items() if not name.startswith("services/")}
    web = 'service = Service("web", team=commerce)\n'
    web += """asked = Record("a:b", expr='up{job="zebra"}')\n"""
    assert [it for it in find(tmp_path, files | {"services/web.py": web}) if it.id == ID] == []


def test_a_value_of_a_variable_is_any(tmp_path):
    board = """
board = Dashboard("b", title="B", rows=[Row("A", [panel.TimeSeries("T", key="k", unit="short",
    queries=[Query('redis_keys{job="$job",db=~"$db",instance="x"}', legend="x")])])])
"""
    (finding,) = found(tmp_path, "1", ORDERS + board)
    assert underlined(finding) == 'instance="x"'


@pytest.mark.parametrize(
    ("head", "expr", "is_said"),
    [
        ("# replaced: the values of db, role\n", 'redis_keys{db="db1"}', False),
        ("# replaced: the values of a,\n# db\n", 'redis_keys{db="db1"}', False),
        ("# replaced: the values of role\n", 'redis_keys{db="db1"}', True),
        ("# left out: 9 of 10 series of redis_keys\n", 'redis_keys{db="db1"}', False),
        ("# left out: 9 of 10 series of redis_role\n", 'redis_keys{db="db1"}', True),
    ],
)
def test_values_that_are_not_all_that_were_seen(tmp_path, head, expr, is_said):
    catalogue = "catalogue/redis_exporter.prom"
    orders = ORDERS + f"asked = Record('a:b', expr='{expr}')\n"
    files = TOLD | {"services/orders.py": orders, catalogue: head + TOLD[catalogue]}
    assert any(it.id == ID for it in find(tmp_path, files)) == is_said

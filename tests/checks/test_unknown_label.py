"""Labels that the series which a query reads are not known to have."""

import pytest

from tests.house import find, underlined

ID = "unknown-label"
ORDERS = """
service = Service("orders", team=commerce,
    scrape=Scrape("orders", targets=["orders:8000"], labels={"zone": "a"}))
requests = metric.Counter("requests_total", help="Requests", labels={"code": ["200", "500"]})
duration = metric.Histogram("request_seconds", help="Time", buckets=["0.5", "1"])
"""
REDIS = """
service = Service("redis", team=commerce,
    scrape=Scrape("redis", targets=["redis:9121"], catalogue="redis_exporter"))
"""
CATALOGUE = """
redis_up 0
redis_keys{db="db0"} 0
redis_role{role="master",instance="x"} 0
"""
TOLD = {"services/orders.py": ORDERS, "services/redis.py": REDIS}
TOLD |= {"catalogue/redis_exporter.prom": CATALOGUE}
UNTOLD = 'service = Service("web", team=commerce, scrape=Scrape("web", targets=["web:1"]))'


def found(tmp_path, expr, orders=ORDERS, kind="Record('a:b', ", more="", **files):
    orders += f"asked = {kind}expr='''{expr}''')\n{more}"
    files = {f"services/{name}.py": text for name, text in files.items()}
    return [
        it for it in find(tmp_path, TOLD | {"services/orders.py": orders} | files) if it.id == ID
    ]


@pytest.mark.parametrize(
    ("expr", "named", "level"),
    [
        ('requests_total{job="orders",cod="500"}', "cod", "error"),
        ('requests_total{cod=~"5.."}', "cod", "error"),
        ('requests_total{cod!="500"}', "cod", "error"),
        ('requests_total{cod!~"5.."}', "cod", "error"),
        ('sum(rate(requests_total{zones="a"}[5m]))', "zones", "error"),
        ('request_seconds_sum{le="1"}', "le", "error"),
        ('up{zones="a"}', "zones", "error"),
        ('redis_keys{job="redis",database="db0"}', "database", "warning"),
        ('redis_up{zone="a"}', "zone", "warning"),
        ('redis_up{database!=""}', "database", "warning"),
        ("sum by (database) (redis_keys)", "database", "warning"),
        ("sum without (database) (redis_keys)", "database", "warning"),
        ("sum by (job, zones) (up)", "zones", "warning"),
        ("redis_keys / on (database) redis_up", "database", "warning"),
        ("redis_keys * on (db) group_left () redis_up", "db", "warning"),
        ("redis_keys - ignoring (dba) redis_keys", "dba", "warning"),
        ("redis_keys * on (instance) group_left (role) redis_up", "role", "warning"),
        ("sum by (db) (max by (db) (rate(redis_up[5m])))", "db", "warning"),
    ],
)
def test_what_is_not_known(tmp_path, expr, named, level):
    (finding, *others) = found(tmp_path, expr)
    assert finding.level == level
    assert finding.message.startswith("a:b ")
    assert f" {named}, a label that" in finding.message
    assert underlined(finding) == named
    assert all(underlined(it) == named for it in others)


@pytest.mark.parametrize(
    "expr",
    [
        'requests_total{job="orders",code="500",zone="a",instance="orders:8000"}',
        'requests_total{cod=""}',  # it wants series without
        'requests_total{cod=~"|a"}',
        'request_seconds_bucket{le="1"}',
        'redis_keys{db="db0",job="redis",instance=~".+"}',
        'redis_role{exported_instance="x"}',
        'redis_keys{db!="db1"}',
        "sum by (db, job, instance) (redis_keys)",
        'up{job="orders",zone="a"}',
        "sum by (zone) (up)",
        "sum by (code) (requests_total)",
        "redis_keys - ignoring (db) group_left () redis_up",
        "redis_keys * on (instance) group_left (role) redis_role",
        'ALERTS{service="orders"}',
        "sum by (team) (ALERTS)",
        'sum by (x) (label_replace(redis_up, "x", "$1", "job", "(.*)"))',
        'count by (v) (count_values("v", redis_keys))',
        'elsewhere{cod="500"}',
    ],
)
def test_what_is_known(tmp_path, expr):
    assert found(tmp_path, expr) == []


def test_the_nearest_is_named(tmp_path):
    (finding,) = found(tmp_path, 'requests_total{cod="500"}')
    assert finding.help == "did you mean code?"
    (finding,) = found(tmp_path, 'redis_keys{x="500"}')
    assert finding.help == "they have db, instance, job: take one of them, or leave it out"


def test_what_was_recorded_is_shown(tmp_path):
    (finding,) = found(tmp_path, "sum by (database) (redis_keys)")
    (note,) = finding.notes
    assert (
        note.message == "redis_keys is recorded in catalogue/redis_exporter with db, job, instance"
    )
    assert note.origin.file == "definitions/catalogue/redis_exporter.prom"


def test_what_a_grouping_cannot_have_is_said_by_another_check(tmp_path):
    assert found(tmp_path, "sum by (cod) (requests_total)") == []
    assert found(tmp_path, "sum by (x) (sum by (db) (redis_keys))") == []


def test_through_recordings(tmp_path):
    keys = "kept = Record('db:keys:sum', expr='sum by (db) (redis_keys)')\n"
    alike = "alike = Record('job:keys:max', expr='max without (instance) (redis_keys)')\n"
    orders = ORDERS + keys + alike
    assert found(tmp_path, 'db:keys:sum{db="db0"}', orders) == []
    assert found(tmp_path, 'job:keys:max{db="db0"}', orders) == []
    (finding,) = found(tmp_path, 'job:keys:max{database="db0"}', orders)
    assert (finding.level, underlined(finding)) == ("warning", "database")
    (finding,) = found(tmp_path, "sum by (database) (job:keys:max)", orders)
    assert underlined(finding) == "database"


def test_what_a_text_reads(tmp_path):
    texts = "description='{{ $labels.database }} {{ $labels.db }}', "
    (finding,) = found(tmp_path, "redis_keys > 1", kind=f"Alert('A', {texts}")
    assert underlined(finding) == "database"
    assert finding.message == (
        "A reads in its description database, a label that the series are not known to have"
    )
    texts = "description='{{ with $labels.database }}{{ . }}{{ end }}', "
    assert found(tmp_path, "redis_keys > 1", kind=f"Alert('A', {texts}") == []


class TestWhereOthersMayShowIt:
    @pytest.mark.parametrize(
        "expr", ['redis_keys{database="x"}', "sum by (database) (redis_keys)", 'up{zones="a"}']
    )
    def test_nothing_is_said(self, tmp_path, expr):
        assert found(tmp_path, expr, web=UNTOLD) == []

    def test_but_of_a_job_that_is_told(self, tmp_path):
        asked = 'sum by (database) (redis_keys{job="redis"})'
        assert len(found(tmp_path, asked, web=UNTOLD)) == 1
        assert len(found(tmp_path, 'redis_keys{job="redis",database="x"}', web=UNTOLD)) == 1

    def test_through_a_recording(self, tmp_path):
        kept = "kept = Record('a:keys:max', expr='max without (instance) ({0})')\n"
        any_job = ORDERS + kept.format("redis_keys")
        assert found(tmp_path, "sum by (x) (a:keys:max)", any_job, web=UNTOLD) == []
        one_job = ORDERS + kept.format('redis_keys{job="redis"}')
        assert len(found(tmp_path, "sum by (x) (a:keys:max)", one_job, web=UNTOLD)) == 1


def test_boards_with_variables(tmp_path):
    board = """
board = Dashboard("b", title="B", rows=[Row("A", [panel.TimeSeries("T", key="k", unit="short",
    queries=[Query('sum by (database) (rate(redis_keys{job="$job",dbs="$db"}[$__rate_interval]))',
        legend="x")])])])
"""
    said = found(tmp_path, "1", more=board)
    assert sorted(underlined(it) for it in said) == ["database"]


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("label_values(redis_keys, database)", "database"),
        ("label_values(redis_keys{jobs='redis'}, db)", "jobs"),
        ('label_values(requests_total{zone="$zone"}, cod)', "cod"),
        ("label_values(up, zones)", "zones"),
        ("query_result(sum by (database) (redis_keys))", "database"),
        ("label_values(redis_keys, db)", None),
        ("label_values(up{job=~'$job'}, instance)", None),
        ("label_values(database)", None),
        ("label_values(elsewhere, database)", None),
        ("metrics(redis_.*)", None),
    ],
)
def test_what_a_variable_offers(tmp_path, query, named):
    board = f"""
board = Dashboard("b", title="B", variables=[Variable("v", query={query!r}, label="V")],
    rows=[Row("A", [panel.TimeSeries("T", [Query('up', legend="x")], key="k", unit="short")])])
"""
    said = found(tmp_path, "1", more=board)
    assert [underlined(it) for it in said] == ([named] if named else [])
    assert all(it.subject.endswith("/v") for it in said)


@pytest.mark.parametrize("label", ["exported_job", "exported_zone"])
def test_a_declared_label_that_the_scrape_puts_too_is_stored_beside_it(tmp_path, label):
    orders = ORDERS.replace('"code":', '"job": ["batch"], "zone": ["b"], "code":')
    assert not found(tmp_path, f'requests_total{{job="orders",{label}="b"}}', orders)
    assert not found(tmp_path, f"sum by ({label}) (requests_total)", orders)

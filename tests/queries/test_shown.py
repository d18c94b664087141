"""Which series the jobs of a program are known to show."""

import pytest

from giggamon_compiler.ir import (
    Catalogue,
    Exposed,
    Metric,
    Probing,
    Program,
    Prometheus,
    ScrapeJob,
    Service,
)
from giggamon_compiler.promql.parser import parse
from giggamon_compiler.queries.shown import Shown

ORDERS = ScrapeJob("orders", ("orders:8000",), {"zone": "a"}, owner="orders")
REDIS = ScrapeJob("redis", ("redis:9121",), owner="redis", catalogue="redis_exporter")
CATALOGUE = Catalogue("catalogue/redis_exporter", metrics={"redis_up": Exposed("gauge")})
DEPTH = Metric("services/orders", "orders", "depth", "gauge", "help", {"shelf": ("1",)})


def shown(*jobs, metrics=(DEPTH,), services=("orders", "redis")):
    return Shown(
        Program(
            metrics=metrics,
            catalogues=(CATALOGUE,),
            prometheus=Prometheus("1m", "1m", jobs=jobs),
            services=tuple(Service(f"services/{it}", it, "team") for it in services),
        )
    )


def selector(text):
    tree = parse(text).tree
    assert tree is not None
    return tree


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        ("x", ["orders", "redis"]),
        ('x{job="orders"}', ["orders"]),
        ('x{job="other"}', []),
        ('x{job=~"or.*|other"}', ["orders"]),
        ('x{job!="orders"}', ["redis"]),
        ('x{job="orders",job=~"r.*"}', []),
        ('x{zone="a"}', ["orders", "redis"]),
    ],
)
def test_the_jobs_of_a_selector(text, jobs):
    assert sorted(shown(ORDERS, REDIS).selected(selector(text))) == jobs


@pytest.mark.parametrize(
    ("text", "closed", "open_"),
    [
        ('x{job="orders"}', True, True),
        ('x{job=~"orders|redis"}', True, True),
        ('x{job=~"orders|other"}', True, False),
        ('x{job=~"orders|"}', True, False),
        ('x{job=~"orders.*"}', True, False),
        ('x{job="other"}', True, False),
        ("x", True, False),
    ],
)
def test_whether_all_is_told(text, closed, open_):
    assert shown(ORDERS, REDIS).is_told(selector(text)) == closed
    others = shown(ORDERS, REDIS, services=("orders", "redis", "web"))
    assert others.is_told(selector(text)) == open_


def test_who_relabels_tells_nothing():
    relabelled = ScrapeJob(
        "redis", ("a:1",), owner="redis", catalogue="redis_exporter", rest={"a": 1}
    )
    known = shown(ORDERS, relabelled)
    assert not known.is_told(selector('redis_up{job="redis"}'))
    assert not known.is_told(selector("redis_up"))
    assert known.is_told(selector('depth{job="orders"}'))
    assert known.kinds("redis_up", selector("redis_up")) == ()


def test_a_probe_shows_its_catalogue_and_nothing_that_its_service_declares():
    probing = Probing("http_2xx", "blackbox:9115")
    probe = ScrapeJob("probe", ("https://a",), owner="orders", catalogue="redis_exporter")
    probe = ScrapeJob(**{it: getattr(probe, it) for it in probe.__slots__} | {"probing": probing})
    known = shown(ORDERS, REDIS, probe)
    assert known.lacks("depth", selector('depth{job="probe"}'))
    assert not known.lacks("redis_up", selector('redis_up{job="probe"}'))
    assert not known.lacks("depth", selector("depth"))
    bare = ScrapeJob("probe", ("https://a",), owner="orders", probing=probing)
    assert not shown(ORDERS, REDIS, bare).is_told(selector('depth{job="probe"}'))


def test_the_labels_of_what_a_job_shows():
    (kind,) = shown(ORDERS, REDIS).kinds("depth", selector('depth{job="orders"}'))
    said = {name: (fact.presence, fact.values.finite) for name, fact in kind.labels.items()}
    assert said == {
        "shelf": ("possible", {"1"}),
        "job": ("certain", {"orders"}),
        "instance": ("certain", {"orders:8000"}),
        "zone": ("certain", {"a"}),
    }
    assert kind.rest.presence == "absent"


@pytest.mark.parametrize(
    ("buckets", "values"),
    [
        (("0.5", "1", "2.0"), {"0.5", "1", "1.0", "2", "2.0", "+Inf"}),
        (("+Inf",), None),  # somebody has left out what they are
        ((), None),
    ],
)
def test_the_buckets_are_known_in_each_spelling(buckets, values):
    wait = Metric("services/orders", "orders", "wait", "histogram", "help", buckets=buckets)
    known = shown(ORDERS, REDIS, metrics=(wait,))
    (kind,) = known.kinds("wait_bucket", selector("wait_bucket"))
    assert kind.labels["le"].presence == "certain"
    assert kind.labels["le"].values.finite == values


def test_a_label_of_the_target_may_be_its_job():
    renamed = ScrapeJob("orders", ("orders:8000",), {"job": "shop"}, owner="orders")
    known = shown(renamed, REDIS)
    assert known.lacks("redis_up", selector('redis_up{job="shop"}'))
    assert not known.lacks("depth", selector('depth{job="shop"}'))
    assert list(known.jobs) == ["shop", "redis"]


def test_what_nobody_scrapes_may_come_from_any_job():
    views = Metric("services/web", "web", "views", "gauge", "help")
    known = shown(ORDERS, REDIS, metrics=(DEPTH, views), services=("orders", "redis", "web"))
    assert not known.lacks("views", selector('views{job="orders"}'))
    assert [it.job for it in known.of("views")] == [None]


def test_each_names_what_it_shows():
    known = shown(ORDERS, REDIS)
    assert list(known.names([ORDERS])) == ["depth"]
    assert list(known.names([REDIS])) == ["redis_up"]
    assert "depth" in known
    assert "up" in known
    assert "other" not in known

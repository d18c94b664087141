"""Each team that owns a service gets a board of what it owns."""

from tests.lower.made import board, compiled, rows, texts, titles

SERVICE = """
service = Service("NAME", team=commerce, scrape=Scrape("NAME", targets=["NAME:8000"]))
requests = metric.Counter("NAME_requests_total", help="Requests", labels={"code": ["200", "500"]},
    signal="requests", errors='code="500"')
duration = metric.Histogram("NAME_seconds", help="Time", buckets=["1"], signal="duration")
good = SLO("availability", objective=OBJECTIVE, window="30d", fast=critical,
    sli=Ratio(bad='NAME_requests_total{code="500"}', total="NAME_requests_total"))
"""


def service(name, objective="99.9"):
    return SERVICE.replace("NAME", name).replace("OBJECTIVE", objective)


def test_it_shows_what_fires_the_objectives_and_each_service(tmp_path):
    files = {"services/orders.py": service("orders"), "services/carts.py": service("carts")}
    program = compiled(tmp_path, files)
    of_team = board(program, "team-commerce")
    assert of_team.folder == "commerce"
    assert titles(of_team) == {
        "Alerts": ["When alerts fired", "Firing now"],
        "Objectives": ["Objectives"],
        "Services": [
            "Requests a second",
            "Share of requests that fail",
            "What 95 % of requests stay below",
            "Whether instances answer",
        ],
    }
    assert all('team="commerce"' in text for text in texts(rows(of_team)["Alerts"]))
    requests = rows(of_team)["Services"][0]
    assert [target.legend for target in requests.targets] == ["carts", "orders"]


def test_what_has_counted_no_failure_yet_fails_by_none(tmp_path):
    program = compiled(tmp_path, {"services/orders.py": service("orders")})
    of_team = rows(board(program, "team-commerce"))["Services"]
    of_service = rows(board(program, "orders"))["Requests, errors, duration"]
    (share,) = texts([it for it in of_team if it.title == "Share of requests that fail"])
    assert [share] == texts([it for it in of_service if it.title.endswith("share that fails")])
    assert " or 0 * " in share


def test_objectives_that_are_alike_are_asked_for_at_once(tmp_path):
    files = {
        "services/orders.py": service("orders"),
        "services/carts.py": service("carts"),
        "services/stock.py": service("stock", "99"),
    }
    left, attained, burn = texts(
        rows(board(compiled(tmp_path, files), "team-commerce"))["Objectives"]
    )
    assert left.split("\nor ") == [
        '1 - slo:bad:increase30d{service=~"carts|orders",slo="availability"} / '
        '(slo:total:increase30d{service=~"carts|orders",slo="availability"} > 0) / 0.001',
        '1 - slo:bad:increase30d{service="stock",slo="availability"} / '
        '(slo:total:increase30d{service="stock",slo="availability"} > 0) / 0.01',
    ]
    assert attained.endswith('slo="availability"} > 0)')
    assert burn.startswith('slo:bad:increase1h{service=~"carts|orders",slo="availability"} / ')


def test_names_stand_for_themselves(tmp_path):
    files = {"services/a.py": service("a.b").replace("a.b_", "ab_"), "services/b.py": service("b")}
    text = texts(rows(board(compiled(tmp_path, files), "team-commerce"))["Objectives"])[0]
    assert r'service=~"a\\.b|b"' in text


def test_a_team_without_a_service_has_none_and_a_written_one_counts(tmp_path):
    files = {
        "more.py": 'idle = Team("idle", chat=commerce.chat)\n',
        "boards/commerce.py": 'board = Dashboard("team-commerce", title="Ours", rows=[])\n',
    }
    program = compiled(tmp_path, files)
    assert [(it.uid, it.title) for it in program.dashboards] == [
        ("team-commerce", "Ours"),
        ("orders", "orders"),
    ]


def test_panels_that_a_service_binds_stand_in_a_row_of_its_own(tmp_path):
    text = """
service = Service("orders", team=commerce)
shown = panel.Stat("Queries", [Query("q")], key="queries", signal="requests")
quiet = panel.Stat("Quiet", [Query("q")], key="quiet")
"""
    of_team = board(compiled(tmp_path, {"services/orders.py": text}), "team-commerce")
    assert titles(of_team) == {"orders": ["Queries"]}

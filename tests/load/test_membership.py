"""A file is a thing: what it binds belongs to it, and some things belong elsewhere."""

import pytest

from tests.load.conftest import HOUSE

HEAD = """\
from definitions.policy import critical
from definitions.teams import platform
from giggamon_compiler import SLO, Alert, AlertTest, Dashboard, Ratio, Record, Row, Service, metric
"""


def test_members_of_lists_and_dicts_have_names(read):
    loaded = read(
        service="""\
        alerts = [Alert("A", expr="a"), (Alert("B", expr="b"), [Alert("C", expr="c")])]
        by_name = {"x": Alert("D", expr="d"), 2: Alert("E", expr="e")}
        first, second = Alert("F", expr="f"), Alert("G", expr="g")
        number, text = 3, "text"
        """
    )
    assert loaded.said == []
    assert loaded.names("services/orders") == [
        "service",
        "alerts[0]",
        "alerts[1][0]",
        "alerts[1][1][0]",
        "by_name['x']",
        "by_name[2]",
        "first",
        "second",
    ]


def test_private_and_imported_names_are_no_members(read):
    loaded = read(
        {
            "lib.py": 'from giggamon_compiler import Alert\n_base = Alert("Base", expr="up")\n',
        },
        service="""\
        from dataclasses import replace
        from definitions.lib import _base
        _other = Alert("Other", expr="up")
        owner = platform
        taken = _base
        copy = replace(_base, name="Copy")
        """,
    )
    assert loaded.said == []
    assert loaded.names("services/orders") == ["service", "taken", "copy"]
    assert loaded.names("teams") == ["platform"]


def test_a_value_that_a_function_keeps_belongs_to_who_binds_it(read):
    loaded = read(
        {
            "lib.py": """\
            from functools import cache
            from giggamon_compiler import Alert
            @cache
            def up():
                return Alert("Up", expr="up == 0")
            """,
            "services/payments.py": """\
            from definitions.lib import up
            from definitions.teams import platform
            from giggamon_compiler import Service
            service = Service("payments", team=platform)
            up_again = up()
            """,
        },
        service="from definitions.lib import up\ndown = up()\n",
    )
    assert loaded.said == []
    assert loaded.names("services/orders") == ["service", "down"]
    assert loaded.names("services/payments") == ["service"]


def test_two_services_in_one_file_are_both_shown(read):
    loaded = read(service='other = Service("payments", team=platform)\n')
    assert loaded.said == [
        (
            "second-service",
            "5:9",
            'Service("payments"',
            "payments is the second Service of definitions/services/orders.py",
        )
    ]
    assert loaded.noted == [("4:11", 'Service("orders"', "the first one")]


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        pytest.param(
            "services/orders.py",
            'down = Alert("Up", expr="up")\n',
            (
                "no-service",
                "4:8",
                'Alert("Up"',
                "Up is an Alert in definitions/services/orders.py, which binds no Service",
            ),
            id="an alert without a service",
        ),
        pytest.param(
            "services/orders.py",
            'board = Dashboard("b", title="B", rows=[])\n',
            (
                "no-service",
                "4:9",
                'Dashboard("b"',
                "b is a Dashboard in definitions/services/orders.py, which binds no Service",
            ),
            id="a board without a service",
        ),
        pytest.param(
            "services/orders.py",
            'row = Row("R", [])\n',
            (
                "no-service",
                "4:7",
                'Row("R"',
                "R is a Row in definitions/services/orders.py, which binds no Service",
            ),
            id="a row without a service",
        ),
        pytest.param(
            "alerts.py",
            'down = Alert("Up", expr="up")\n',
            (
                "no-service",
                "alerts.py:4:8",
                'Alert("Up"',
                "Up is an Alert in definitions/alerts.py, which belongs to no service",
            ),
            id="an alert outside of services",
        ),
        pytest.param(
            "metrics.py",
            'requests = metric.Counter("requests_total", help="Requests")\n',
            (
                "no-service",
                "metrics.py:4:12",
                'metric.Counter("requests_total"',
                "requests_total is a Counter in definitions/metrics.py, "
                "which belongs to no service",
            ),
            id="a metric outside of services",
        ),
        pytest.param(
            "payments.py",
            'service = Service("payments", team=platform)\n',
            (
                "service-outside-services",
                "payments.py:4:11",
                'Service("payments"',
                "payments is a Service in definitions/payments.py",
            ),
            id="a service outside of services",
        ),
        pytest.param(
            "services/orders_test.py",
            'down = Alert("Up", expr="up")\n',
            (
                "value-in-test-file",
                "services/orders_test.py:4:8",
                'Alert("Up"',
                "Up is an Alert in definitions/services/orders_test.py",
            ),
            id="an alert in a test file",
        ),
        pytest.param(
            "__init__.py",
            'board = Dashboard("b", title="B", rows=[])\n',
            (
                "value-in-init",
                "__init__.py:4:9",
                'Dashboard("b"',
                "b is a Dashboard in definitions/__init__.py",
            ),
            id="a value in an init file",
        ),
    ],
)
def test_a_value_in_a_wrong_place_is_a_finding(read, file, text, said):
    assert read({file: HEAD + text}).said == [said]


def test_it_says_where_the_value_should_go(read):
    alert = 'down = Alert("Up", expr="up")\n'
    loaded = read({"a.py": HEAD + alert, "services/b.py": HEAD + alert, "services/c_test.py": ""})
    assert [finding.help for finding in loaded.findings] == [
        "move it to the file of its service in definitions/services/, which then owns it",
        'bind the service that it belongs to here: service = Service("…", team=…), '
        "or move it to the file that has it",
    ]


@pytest.mark.parametrize("file", ["services/orders.py", "more.py"])
def test_a_test_outside_of_test_files_is_a_finding(read, file):
    text = (
        f'{HEAD}from giggamon_compiler import RouteTest\nt = RouteTest({{"a": "b"}}, notifies=[])\n'
    )
    loaded = read({file: text})
    assert loaded.ids == ["test-outside-test-file"]
    assert loaded.finding.help == f"move it to definitions/{file.removesuffix('.py')}_test.py"


def test_boards_teams_and_severities_are_roots_wherever_they_are(read):
    loaded = read(
        {
            "boards/all.py": HEAD + 'board = Dashboard("all", title="All", rows=[])\n',
            "services/lib.py": "def half(n):\n    return n / 2\n",
        },
        service='other = Dashboard("b", title="B", rows=[])\nfrom giggamon_compiler import Team\n'
        'own = Team("own")\n',
    )
    assert loaded.said == []
    assert loaded.names("boards/all") == ["board"]
    assert loaded.names("services/orders") == ["service", "other", "own"]


@pytest.mark.parametrize(
    ("missing", "identity", "message", "help_start"),
    [
        (
            "policy.py",
            "no-policy",
            "definitions has no Policy",
            "write one in definitions/policy.py: policy = Policy(",
        ),
        (
            "environment.py",
            "no-environment",
            "definitions has no Environment",
            'write one in definitions/environment.py: environment = Environment("production", ',
        ),
    ],
)
def test_a_house_without_rules_is_a_finding(read, missing, identity, message, help_start):
    loaded = read(house={name: text for name, text in HOUSE.items() if name != missing})
    assert loaded.said == [(identity, "", "", message)]
    assert loaded.finding.help.startswith(help_start)


def test_the_environment_that_is_offered_names_an_alertmanager(read):
    loaded = read(house={name: text for name, text in HOUSE.items() if name != "environment.py"})
    assert 'alertmanagers=["alertmanager:9093"]' in loaded.finding.help


def test_a_policy_that_cannot_be_read_is_not_missing(read):
    loaded = read({"policy.py": "policy = (\n"})
    assert loaded.ids == ["syntax-error"]


def test_a_second_environment_is_a_finding_with_the_first(read):
    loaded = read({"other.py": HOUSE["environment.py"]})
    assert loaded.said == [
        (
            "second-environment",
            "other.py:3:15",
            "Environment",
            "Environment exists twice, and only one can be true",
        )
    ]
    assert loaded.noted == [("environment.py:3:15", "Environment", "the first one")]


@pytest.mark.parametrize(
    ("thing", "message"),
    [
        (
            '(Alert(n, expr="up") for n in "ab")',
            "alerts is a generator that nobody runs, so it holds nothing",
        ),
        (
            'map(Alert, "ab")',
            "alerts is a map that nobody runs, so it holds nothing",
        ),
        (
            "{Row('R', ())}",
            "alerts is a set, so its values have no order",
        ),
        (
            '[(Alert(n, expr="up") for n in "ab")]',
            "alerts[0] is a generator that nobody runs, so it holds nothing",
        ),
        (
            '{"a": Alert("A", expr="up")}.values()',
            "alerts is a dict_values, and only lists and dicts are read for values",
        ),
        (
            'collections.deque([Alert("A", expr="up")])',
            "alerts is a deque, and only lists and dicts are read for values",
        ),
        (
            'collections.ChainMap({"a": Alert("A", expr="up")})',
            "alerts is a ChainMap, and only lists and dicts are read for values",
        ),
        (
            '[{"k": iter([Alert("A", expr="up")])}]',
            "alerts[0]['k'] is a list_iterator that nobody runs, so it holds nothing",
        ),
        (
            'itertools.chain([Alert("A", expr="up")])',
            "alerts is a chain that nobody runs, so it holds nothing",
        ),
    ],
)
def test_what_holds_values_must_hold_them_in_order(read, thing, message):
    loaded = read(service=f"import collections, itertools\nalerts = {thing}\n")
    assert loaded.said == [("value-lost", "6:1", "alerts", message)]


def test_an_argument_that_holds_itself_is_a_finding(read):
    loaded = read(
        service="""\
        def _rows():
            rows = [Row("R", [])]
            rows.append(rows)
            return rows
        board = Dashboard("b", title="B", rows=_rows())
        """
    )
    assert "wrong-type" in loaded.ids


def test_the_members_of_a_list_that_holds_itself_are_read(read):
    loaded = read(
        service="""\
        def _alerts():
            alerts = [Alert("A", expr="up == 0")]
            alerts.append({"b": alerts, 10**5000: Alert("B", expr="up == 0")})
            return alerts
        alerts = _alerts()
        """
    )
    assert loaded.said == []
    assert loaded.names("services/orders") == ["service", "alerts[0]", "alerts[1][…]"]

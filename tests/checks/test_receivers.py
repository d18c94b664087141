"""Who is told, through what: channels, labels, mail; windows; names of services."""

import pytest

from tests.house import FILES, find, messages, underlined

MAIL = 'commerce = Team("commerce", page=None, chat=None, mail=notify.Email(MORE))'
SMTP = 'smtp=SMTP("mail.giggatek.example:587", from_="a@giggatek.example", MORE), retention='


def with_smtp(more=""):
    smtp = SMTP.replace("MORE", more)
    return FILES["environment.py"].replace("retention=", smtp)


def test_a_missing_channel_says_when_nobody_is_told(tmp_path):
    teams = 'commerce = Team("commerce", page=notify.PagerDuty(routing_key_file="k"))'
    (finding,) = [it for it in find(tmp_path, {"teams.py": teams}) if it.id == "missing-channel"]
    assert finding.message == ("commerce has no chat, so nobody is told of its warning alerts")
    assert [note.message for note in finding.notes] == [
        "critical is told by chat",
        "warning is told by chat",
    ]


def test_the_channel_of_a_route_is_not_the_teams(tmp_path):
    teams = """
part = Route("part", matchers=['a="b"'], page=notify.PagerDuty(routing_key_file="k"))
commerce = Team("commerce", chat=notify.Slack(channel="#c", api_url_file="s"), routes=[part])
"""
    assert messages(tmp_path, "missing-channel", {"teams.py": teams}) == ["commerce has no page"]


@pytest.mark.parametrize(
    ("labels", "expected"),
    [
        ({"severity": "warning"}, ["severity=warning, and the compiler puts severity=critical"]),
        ({"team": "platform"}, ["team=platform, and the compiler puts team=commerce"]),
        ({"service": "cart"}, ["service=cart, and the compiler puts service=orders"]),
        ({"severity": "critical", "team": "commerce", "service": "orders"}, []),
        ({"cluster": "b"}, []),
    ],
)
def test_owned_labels(tmp_path, labels, expected):
    service = f"""
service = Service("orders", team=commerce)
down = Alert("OrdersDown", expr="up == 0", severity=critical, labels={labels!r})
"""
    found = messages(tmp_path, "owned-label-overwritten", {"services/orders.py": service})
    assert found == [f"OrdersDown states {text}" for text in expected]


def test_labels_of_a_group(tmp_path):
    service = """
service = Service("orders", team=commerce)
down = Alert("OrdersDown", expr="up == 0", severity=critical)
up = Alert("OrdersUp", expr="up == 1", labels={"severity": "whatever"})
group = Group("g", rules=[down, up], labels={"severity": "warning"})
"""
    assert messages(tmp_path, "owned-label-overwritten", {"services/orders.py": service}) == [
        "g states severity=warning for its rules, and OrdersDown has severity=critical"
    ]


def test_the_policy_names_the_labels(tmp_path):
    service = """
service = Service("orders", team=commerce)
down = Alert("OrdersDown", expr="up == 0", severity=critical,
    labels={"severity": "odd", "level": "odd"})
"""
    policy = FILES["policy.py"].replace(
        "policy = Policy(", 'policy = Policy(labels=Labels(severity="level"), '
    )
    files = {"services/orders.py": service, "policy.py": policy}
    assert messages(tmp_path, "owned-label-overwritten", files) == [
        "OrdersDown states level=odd, and the compiler puts level=critical"
    ]


@pytest.mark.parametrize(
    ("mail", "environment", "expected"),
    [
        (
            'to="a@b.example"',
            None,
            ["production names no mail server, and commerce/mail sends mail"],
        ),
        (
            'to="a@b.example", smarthost="mail.b.example:25"',
            None,
            ["production names no sender, and commerce/mail sends mail"],
        ),
        ('to="a@b.example", smarthost="mail.b.example:25", from_="c@b.example"', None, []),
        ('to="a@b.example"', with_smtp(), []),
    ],
)
def test_mail(tmp_path, mail, environment, expected):
    files = {"teams.py": MAIL.replace("MORE", mail)}
    if environment:
        files["environment.py"] = environment
    assert messages(tmp_path, "mail-without-smtp", files) == expected


@pytest.mark.parametrize(
    ("mail", "smtp", "expected"),
    [
        (
            "",
            'password_file="smtp"',
            ["production has a password for the mail server and no user name"],
        ),
        ("", 'password_file="smtp", username="me"', []),
        ("", "", []),
        (
            'auth_password_file="own"',
            "",
            ["commerce/mail has a password for its mail server and no user name"],
        ),
        ('auth_password_file="own", auth_username="me"', "", []),
        ('auth_password_file="own"', 'username="me", password_file="smtp"', []),
    ],
)
def test_passwords_need_a_user(tmp_path, mail, smtp, expected):
    files = {
        "teams.py": MAIL.replace("MORE", f'to="a@b.example", {mail}'),
        "environment.py": with_smtp(smtp),
    }
    assert messages(tmp_path, "smtp-without-user", files) == expected


@pytest.mark.parametrize(("window", "count"), [("35d", 0), ("5w", 0), ("36d", 1), ("841h", 1)])
def test_windows(tmp_path, window, count):
    service = f"""
service = Service("orders", team=commerce)
slo = SLO("a", objective=99, window="{window}", sli=Ratio(bad="b", total="t"))
"""
    files = {"services/orders.py": service}
    assert len(messages(tmp_path, "window-beyond-retention", files)) == count


def test_an_unknown_service_is_underlined_where_it_is_named(tmp_path):
    service = 'service = Service("orders", team=commerce, depends_on=["orders", "payment"])'
    files = {
        "services/orders.py": service,
        "services/p.py": FILES["services/orders.py"].replace("orders", "payments"),
    }
    (finding,) = [it for it in find(tmp_path, files) if it.id == "unknown-service"]
    assert finding.message == "orders depends on payment, which is no service"
    assert finding.help == "did you mean payments?"
    assert underlined(finding) == '"payment"'

"""Where a channel's messages go: addresses of mail, and channels of Slack."""

import pytest

from giggamon_compiler import ir
from giggamon_compiler.judges import check_schemas
from tests.judges.making import origin, slack, where


def found(channel):
    team = ir.Team("teams", "commerce", {"chat": channel}, origin("commerce"))
    return check_schemas(ir.Program(teams=(team,)), {})


def mail(to):
    return ir.Integration("email_configs", {"to": to}, origin("mail"))


@pytest.mark.parametrize(
    "to",
    [
        "commerce@giggatek.example",
        "a@b.example, c@d.example",
        "Commerce <a@b.example>,Others <c@d.example>",
        '"Commerce, all" <a@b.example>',
        "first.last+orders@b.example",
        "{{ .CommonLabels.team }}@b.example",
        '{{ template "addresses" . }}',
    ],
)
def test_addresses_of_mail(to):
    assert found(mail(to)) == []


@pytest.mark.parametrize(
    "to", ["commerce", "", "a@b.example, c", "a@b.example,", "a b@c.example", "<a@b.example"]
)
def test_what_is_no_address_of_mail(to):
    (finding,) = found(mail(to))
    assert finding.id == "invalid-mail-address"
    assert where(finding) == ("mail", "to")


def test_a_channel_may_be_a_template():
    assert found(slack("{{ .CommonLabels.channel }}")) == []


def test_a_channel_is_not_empty():
    (finding,) = found(slack(""))
    assert (finding.id, where(finding)) == ("invalid-title", ("slack ", "channel"))

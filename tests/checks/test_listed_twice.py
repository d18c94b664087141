"""What stands in a list of the policy stands there once."""

import pytest

from giggamon_compiler import pipeline
from giggamon_compiler.judges import Toolbox, find_tools
from tests.house import FILES, find, underlined, write_house


@pytest.mark.parametrize(
    ("old", "new", "messages"),
    [
        ("", "", []),
        (
            "severities=[critical, warning]",
            "severities=[critical, warning, critical]",
            ["policy: severities names critical twice"],
        ),
        (
            "default_team=commerce",
            'default_team=commerce, group_by=["alertname", "zone", "zone"]',
            ["policy: group_by names zone twice"],
        ),
        (
            'channels=["page", "chat"]',
            'channels=["page", "chat", "page"]',
            ["critical: channels names page twice"],
        ),
    ],
)
def test_lists(tmp_path, old, new, messages):
    policy = FILES["policy.py"].replace(old, new, 1) if old else FILES["policy.py"]
    found = [it for it in find(tmp_path, {"policy.py": policy}) if it.id == "listed-twice"]
    assert [it.message for it in found] == messages
    assert all(underlined(it).strip('"') in it.message for it in found)


def test_amtool_does_not_say_it_again(tmp_path):
    tools = find_tools()
    assert isinstance(tools, Toolbox)
    new = 'default_team=commerce, group_by=["zone", "zone"]'
    policy = FILES["policy.py"].replace("default_team=commerce", new)
    build = pipeline.build(write_house(tmp_path, {"policy.py": policy}), tools)
    assert "refused-by-amtool" not in {finding.id for finding in build.findings}
    assert not build.valid

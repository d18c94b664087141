"""A severity is carried by a channel."""

from tests.house import FILES, find, underlined


def test_no_channel_is_told_where_there_is_none(tmp_path):
    policy = FILES["policy.py"].replace('channels=["chat"]', "channels=[]")
    (finding,) = (
        it for it in find(tmp_path, {"policy.py": policy}) if it.id == "severity-without-channel"
    )
    assert finding.message == "warning names no channel, so nobody is told of its alerts"
    assert underlined(finding) == "[]"


def test_one_is_enough(tmp_path):
    assert not [it for it in find(tmp_path, {}) if it.id == "severity-without-channel"]

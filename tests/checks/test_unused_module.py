"""A module is there for probes."""

from tests.house import find


def test_a_module_that_another_file_uses_is_used(tmp_path):
    files = {
        "probes.py": 'page = Module("page", prober="http")\nport = Module("port", prober="tcp")\n',
        "services/orders.py": """
            service = Service("orders", team=commerce)
            shop = Probe("shop", module=page, targets=["https://shop.giggatek.example/"])
        """,
    }
    found = [it for it in find(tmp_path, files) if it.id == "unused-module"]
    assert [it.subject for it in found] == ["port"]

"""The settings of a module are its prober's; the exporter itself says which there are."""

import re
import shutil
import subprocess

import pytest

from giggamon_compiler.checks.unknown_module_setting import NEWER, SETTINGS
from tests.checks.probes import probing
from tests.house import underlined

EXPORTER = shutil.which("prometheus-blackbox-exporter")
TARGETS = 'targets=["https://a.example/"]'


@pytest.mark.parametrize(
    ("module", "spot", "help_"),
    [
        ('prober="http", http={"fail_if_ssl": True}', None, None),
        ('prober="http", http={"body_file": "/x"}', None, None),
        (
            'prober="http", http={"fail_if_not_sl": True}',
            "True",
            "did you mean fail_if_not_ssl?",
        ),
        (
            'prober="icmp", icmp={"zzz": 1}',
            "1",
            "take it out, or write one of dont_fragment, ip_protocol_fallback, payload_size, "
            "preferred_ip_protocol, source_ip_address, ttl",
        ),
        (
            'prober="tcp", http={"fail_if_ssl": True}',
            '{"fail_if_ssl": True}',
            'write prober="http", or move them to tcp=',
        ),
    ],
)
def test_settings(tmp_path, module, spot, help_):
    found = probing(tmp_path, module, TARGETS, only="unknown-module-setting")
    assert [it.help for it in found] == ([help_] if help_ else [])
    assert [underlined(it) for it in found] == ([spot] if spot else [])


@pytest.mark.skipif(EXPORTER is None, reason="no blackbox exporter is installed")
@pytest.mark.parametrize("prober", SETTINGS)
def test_the_exporter_knows_the_same_settings(tmp_path, prober):
    named = [*SETTINGS[prober], *NEWER.get(prober, ()), "surely_not"]
    said = tried(tmp_path, prober, named)
    unknown = set(re.findall(r"field (\w+) not found", said))
    assert "surely_not" in unknown
    assert unknown.isdisjoint(SETTINGS[prober])
    assert not said.count("already set")


def tried(folder, prober: str, named: list[str]) -> str:
    """What the exporter says of a module with settings of these names."""
    settings = "".join(f"      {name}: null\n" for name in named)
    file = folder / "blackbox.yml"
    file.write_text(f"modules:\n  page:\n    prober: {prober}\n    {prober}:\n{settings}")
    command = [str(EXPORTER), "--config.check", f"--config.file={file}"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    return done.stdout + done.stderr

"""One more receiver kind is one entry in `model/notify.py`: tried in a copy of the package."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]

KIND = '''
@dataclass(frozen=True, slots=True)
class Pushover(Value):
    """A push message; both keys are files."""

    CONFIG: ClassVar[str] = "pushover_configs"
    MESSAGE: ClassVar[Options] = {"title": '{{ template "giggamon.title" . }}'}

    _: KW_ONLY
    user_key_file: str = field(metadata={"since": "0.26"})
    token_file: str = field(metadata={"since": "0.26"})
    title: str | None = None
    priority: str | None = None
    send_resolved: bool = True


Receiver = PagerDuty | Slack | Email | Webhook | Pushover
KINDS: tuple[type[Receiver], ...] = (PagerDuty, Slack, Email, Webhook, Pushover)
'''
OLD = """
Receiver = PagerDuty | Slack | Email | Webhook
KINDS: tuple[type[Receiver], ...] = (PagerDuty, Slack, Email, Webhook)
"""


def lint(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "giggamon_compiler", *arguments, "--offline"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_a_new_kind_is_one_entry(tmp_path):
    shutil.copytree(ROOT / "giggamon_compiler", tmp_path / "giggamon_compiler")
    shutil.copytree(ROOT / "definitions", tmp_path / "definitions")
    notify = tmp_path / "giggamon_compiler/model/notify.py"
    text = notify.read_text()
    assert OLD in text
    notify.write_text(text.replace(OLD, KIND))
    teams = tmp_path / "definitions/teams.py"
    chat = 'notify.Slack(channel="#platform-alerts", api_url_file="platform-slack")'
    push = 'notify.Pushover(user_key_file="push-user", token_file="push-token")'
    assert chat in teams.read_text()
    teams.write_text(teams.read_text().replace(chat, push))

    refused = lint(tmp_path, "lint")
    assert refused.returncode == 1
    assert "error[field-newer-than-target]" in refused.stdout
    assert "0.26" in refused.stdout

    house = tmp_path / "definitions/environment.py"
    house.write_text(house.read_text().replace('alertmanager="0.25"', 'alertmanager="0.33"'))
    built = lint(tmp_path, "build")
    assert built.returncode == 0, built.stdout + built.stderr
    written = (tmp_path / "generated/alertmanager/alertmanager.yml").read_text()
    assert "pushover_configs:" in written
    assert "token_file: /etc/alertmanager/secrets/push-token" in written

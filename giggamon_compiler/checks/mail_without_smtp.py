"""A channel sends mail, and no mail server is named.

Alertmanager refuses the whole configuration when a mail has no server or no sender, so no alert of
anybody would be sent.

Fires:

    # definitions/environment.py
    environment = Environment("production", prometheus="2.42", alertmanager="0.25", retention="35d",
        secrets="/etc/alertmanager/secrets")

    # definitions/teams.py
    commerce = Team("commerce", mail=notify.Email(to="commerce@giggatek.example"))

Instead:

    # definitions/environment.py
    environment = Environment("production", prometheus="2.42", alertmanager="0.25", retention="35d",
        secrets="/etc/alertmanager/secrets",
        smtp=SMTP("mail.giggatek.example:587", from_="monitoring@giggatek.example"))

    # definitions/teams.py
    commerce = Team("commerce", mail=notify.Email(to="commerce@giggatek.example"))
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Integration, Program

LEVEL: Level = "error"


def check(program: Program) -> Iterator[Finding]:
    """Every mail has a server and a sender, its own or the environment's."""
    if program.alertmanager is None or program.environment is None:
        return
    settings = program.alertmanager.globals
    for global_name, own_name, what in (
        ("smtp_smarthost", "smarthost", "mail server"),
        ("smtp_from", "from", "sender"),
    ):
        if settings.get(global_name):
            continue
        lacking = [path for path, mail in _mails(program) if not mail.fields.get(own_name)]
        if lacking:
            some = ", ".join(lacking[:3]) + (f" and {len(lacking) - 3} more" * (len(lacking) > 3))
            yield Finding(
                "mail-without-smtp",
                f"{program.environment.name} names no {what}, and {some} "
                f"{'sends' if len(lacking) == 1 else 'send'} mail",
                at(program.environment.origin, "smtp"),
                'add smtp=SMTP("mail.example.com:587", from_="monitoring@example.com") '
                "to the environment",
                program.environment.name,
            )
            return


def _mails(program: Program) -> Iterator[tuple[str, Integration]]:
    for team in program.teams:
        for path, channel in team.channels.items():
            if channel.config == "email_configs":
                yield f"{team.name}/{path}", channel

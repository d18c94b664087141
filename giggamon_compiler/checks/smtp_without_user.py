"""A password for the mail server is given, and no user name.

Alertmanager logs in only with a user name. Without one it sends without logging in, and the server
refuses every mail, or worse, takes them as anybody's.

Fires:

    # definitions/environment.py
    environment = Environment("production", prometheus="2.42", alertmanager="0.25", retention="35d",
        secrets="/etc/alertmanager/secrets",
        smtp=SMTP("mail.giggatek.example:587", from_="monitoring@giggatek.example",
            password_file="smtp"))

Instead:

    # definitions/environment.py
    environment = Environment("production", prometheus="2.42", alertmanager="0.25", retention="35d",
        secrets="/etc/alertmanager/secrets",
        smtp=SMTP("mail.giggatek.example:587", from_="monitoring@giggatek.example",
            username="monitoring", password_file="smtp"))
"""

from __future__ import annotations

from collections.abc import Iterator

from giggamon_compiler.findings import Finding, Level, at
from giggamon_compiler.ir import Program

LEVEL: Level = "error"

_PASSWORDS = ("auth_password_file", "auth_secret_file", "auth_password", "auth_secret")


def check(program: Program) -> Iterator[Finding]:
    """Whoever has a password has a user name, in the environment and in each mail of its own."""
    if program.alertmanager is None or program.environment is None:
        return
    settings = program.alertmanager.globals
    user = settings.get("smtp_auth_username")
    if not user and any(settings.get(f"smtp_{name}") for name in _PASSWORDS):
        yield Finding(
            "smtp-without-user",
            f"{program.environment.name} has a password for the mail server and no user name",
            at(program.environment.origin, "smtp"),
            "add username=… to SMTP",
            program.environment.name,
        )
    for team in program.teams:
        for path, channel in team.channels.items():
            given = next((name for name in _PASSWORDS if channel.fields.get(name)), None)
            if given and not user and not channel.fields.get("auth_username"):
                yield Finding(
                    "smtp-without-user",
                    f"{team.name}/{path} has a password for its mail server and no user name",
                    at(channel.origin, given),
                    "add auth_username=… to the mail",
                    f"{team.name}/{path}",
                )

"""What the alerts about Alertmanager must and must not do."""

from definitions.services.alertmanager import alerts, limits
from giggamon_compiler import library

incidents = library.alertmanager.incidents("alertmanager", limits, alerts)

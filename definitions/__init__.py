"""GigGatek's monitoring, as code."""

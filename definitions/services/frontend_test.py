"""What the frontend's alerts must and must not do."""

from definitions.services.frontend import (
    checkout_ended,
    checkout_lost,
    checkouts_least,
    clicks_slow,
    errors_per_view,
    http_alerts,
    http_limits,
    largest_paint,
    layout_shift,
    next_paint,
    pages_jump,
    pages_slow,
    script_errors,
    view_alerts,
    view_limits,
    views_least,
    whole_pages,
)
from giggamon_compiler import library

http = library.http_service.incidents("frontend", http_limits, http_alerts)
seasons = library.seasonal.incidents(
    'frontend_page_views_total{job="frontend",page="home"}',
    ['frontend_page_views_total{job="other",page="home"}'],
    view_limits,
    view_alerts,
)
scripts = library.shapes.share(
    script_errors,
    part='frontend_errors_total{job="frontend",kind="error"}',
    whole='frontend_page_views_total{job="frontend",page="home"}',
    others=[
        'frontend_errors_total{job="other",kind="error"}',
        'frontend_page_views_total{job="other",page="home"}',
    ],
    limit=errors_per_view,
    least=views_least * 60,
    window=10,
)
slow_pages = library.shapes.quantile(
    pages_slow,
    series='frontend_largest_contentful_paint_seconds{job="frontend",page="home"}',
    others=['frontend_largest_contentful_paint_seconds{job="other",page="home"}'],
    of=0.75,
    limit=largest_paint,
    window=30,
)
slow_clicks = library.shapes.quantile(
    clicks_slow,
    series='frontend_interaction_to_next_paint_seconds{job="frontend"}',
    others=['frontend_interaction_to_next_paint_seconds{job="other"}'],
    of=0.75,
    limit=next_paint,
    window=30,
)
jumping_pages = library.shapes.quantile(
    pages_jump,
    series='frontend_cumulative_layout_shift{job="frontend"}',
    others=['frontend_cumulative_layout_shift{job="other"}'],
    of=0.75,
    limit=layout_shift,
    window=30,
)
checkouts = library.shapes.share(
    checkout_lost,
    part='frontend_journey_steps_total{job="frontend",step="confirmed"}',
    whole='frontend_journey_steps_total{job="frontend",step="checkout"}',
    others=[
        'frontend_journey_steps_total{job="other",step="confirmed"}',
        'frontend_journey_steps_total{job="other",step="checkout"}',
        'frontend_journey_steps_total{job="frontend",step="search"}',
    ],
    limit=checkout_ended,
    least=checkouts_least / 60,
    window=60,
    above=False,
)
budget = library.objective.incidents(
    whole_pages,
    total='frontend_page_views_total{job="frontend",page="home"}',
    bad='frontend_broken_page_views_total{job="frontend"}',
    others=[
        'frontend_broken_page_views_total{job="other"}',
        'frontend_page_views_total{job="other",page="home"}',
    ],
)

"""Business: what customers do and what it earns, against the same time a week before."""

from definitions.services import customers, frontend, orders, payments, rentals
from giggamon_compiler import Dashboard, Query, Row, block, panel


def _day(title: str, what: str, key: str, unit: str, description: str) -> panel.Stat:
    """What came in within a day, and in the day a week before."""
    return panel.Stat(
        title,
        [
            Query(f"sum(increase({what}[1d]))", legend="the last day"),
            Query(f"sum(increase({what}[1d] offset 1w))", legend="a week before"),
        ],
        key=key,
        unit=unit,
        decimals=0,
        description=description,
    )


overview = Dashboard(
    "business",
    title="Business",
    description="The figures of the day, the way from a search to a rental, and where money goes.",
    rows=[
        Row(
            "The last day",
            [
                _day(
                    "Orders",
                    'orders_placed_total{job="orders"}',
                    "orders-day",
                    "short",
                    "Placed, by all channels.",
                ),
                _day(
                    "Revenue",
                    'orders_revenue_euros_total{job="orders"}',
                    "revenue-day",
                    "currencyEUR",
                    "What the orders are worth, before refunds.",
                ),
                _day(
                    "Charges",
                    'payments_attempts_total{job="payments",result="accepted"}',
                    "charges-day",
                    "short",
                    "That the provider accepted.",
                ),
                _day(
                    "Rentals",
                    'rentals_started_total{job="rentals"}',
                    "rentals-day",
                    "short",
                    "Handed out to customers.",
                ),
                _day(
                    "Registrations",
                    'customers_registrations_total{job="customers",result="done"}',
                    "registrations-day",
                    "short",
                    "New customers.",
                ),
            ],
        ),
        *block.pick(
            "Orders",
            orders.dashboard,
            "volume-share",
            "revenue-share",
            "channels",
            "confirmed",
            "cancelled",
            prefix="orders",
        ),
        *block.pick(
            "From a search to a rental",
            [frontend.journey_panel, frontend.checkout_panel, *rentals.started_panels],
            "journey",
            "checkout",
            "started",
            prefix="way",
        ),
        *block.pick(
            "Payments",
            payments.dashboard,
            "failed",
            "declined",
            "fraud",
            "euros",
            "refunds",
            prefix="payments",
        ),
        *block.pick(
            "Rentals",
            [rentals.contracts_panel, rentals.overdue_panel, rentals.returns_panel],
            "contracts",
            "overdue",
            "returns",
            prefix="rentals",
        ),
        *block.pick(
            "Customers",
            [*customers.activity_panels, customers.accounts_panel, customers.registrations_panel],
            "activity",
            "activity-share",
            "accounts",
            "registrations-failed",
            prefix="customers",
        ),
    ],
)

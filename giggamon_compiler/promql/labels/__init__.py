"""Which labels a query's result has, which it cannot have, and why."""

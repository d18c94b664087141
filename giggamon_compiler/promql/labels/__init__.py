"""Which labels a query's result has, which it cannot have, and why.

`analysis` walks a tree and keeps a `result` for each node: branches, which answer for any label.
The laws stand in `selectors`, `aggregations`, `functions` (with `absence` and `relabelling`) and
`matching`; `branches` are what they are stated in, `values` and `patterns` what a label can be.
`recordings` resolves metrics to the rules that record them.

A check asks `Analysis.of(node).facts(label)`, one fact a branch, and says "cannot" only where all
are "absent"; `Analysis.pairs(operator)` tells which branches of two sides can never match.
"""

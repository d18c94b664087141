"""The alerts of an objective, which the compiler makes, and the incidents that they are for."""

from giggamon_compiler.library.objective.replays import incidents

__all__ = ["incidents"]

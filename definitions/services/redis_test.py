"""What the Redis alerts must and must not do."""

from definitions.services.redis import alerts, limits
from giggamon_compiler import library

incidents = library.redis.incidents("redis", limits, alerts)

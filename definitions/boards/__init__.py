"""Boards of no single service: what several of them are doing together."""

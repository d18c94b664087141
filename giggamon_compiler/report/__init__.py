"""Findings said to people and machines: a module for each format, each with `render`."""

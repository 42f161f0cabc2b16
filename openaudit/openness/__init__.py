"""Grades and framework verdicts, derived from facts by the conditions in `rules/`."""

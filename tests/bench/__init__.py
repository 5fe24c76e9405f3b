"""Benchmarks: `make bench-search`, `make bench-api`. Not tests: they measure, against a baseline in the same run."""

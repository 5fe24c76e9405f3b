"""Dossiers: subjects and sources as YAML files, and their one loader (see docs/dossiers.md).

parse all (reader, build) → validate all → report all faults → one transaction (load). `dump` is the way back.
"""

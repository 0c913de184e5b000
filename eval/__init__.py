"""How right the answers are: data sets, metrics, runs of this system or any other, comparisons, reports, the gate.

A run is `data.py` (questions) → `systems.py` (answers) → `metrics/` (scores per item) → `statistics.py` (intervals).
It sees what a user sees, the answer as data, and checks it against the digests.
"""

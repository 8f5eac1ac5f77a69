"""The 60 checks of bench/quality/QualityBench.cs in pandas: vectorised, as one writes them by hand.

usage: peer.py DATA ROWS
DATA holds 15 columns of little-endian doubles and 5 of 32-bit level numbers, column after column. Text columns are categoricals
where that helps pandas: the mapping of levels is done once, and checks of text run over the levels.
Prints one JSON object: the best of three times in seconds, and the number of failing rows of every check.
"""
import json
import re
import sys
import time

import numpy as np
import pandas as pd


def load(path, rows):
    columns = {}
    with open(path, "rb") as file:
        for c in range(15):
            columns[f"x{c:02d}"] = np.fromfile(file, "<f8", rows)
        for c in range(15, 20):
            codes = np.fromfile(file, "<i4", rows)
            columns[f"x{c:02d}"] = pd.Categorical.from_codes(codes, [f"level-{i:02d}" for i in range(5 * (c - 14))])
    return pd.DataFrame(columns)


def over_levels(column, meets):
    """The check is asked once per level, as our side does."""
    bad = np.array([not meets(level) for level in column.cat.categories])
    return bad[column.cat.codes.to_numpy()]


def check(t):
    pattern = re.compile("level-0[0-9]")
    allowed = {f"level-{i:02d}" for i in range(4)}
    failing = [t.x00.duplicated().sum(), t.x00.isna().sum(), (t.x00 < 0).sum()]
    for c in range(1, 15):
        x = t[f"x{c:02d}"]
        failing.append(((x < c) | (x > c + 99.99)).sum())
        failing.append(x.isna().sum())
        if c % 3 == 0:
            failing.append((x > t[f"x{c - 1:02d}"]).sum())
        else:
            present = x.dropna()
            failing.append((present.diff() < 0).sum())
    for c in range(15, 20):
        x = t[f"x{c:02d}"]
        failing.append(over_levels(x, allowed.__contains__).sum())
        failing.append(over_levels(x, lambda level: pattern.fullmatch(level) is not None).sum())
        failing.append(over_levels(x, lambda level: 1 <= len(level) <= 8).sum())
    return [int(count) for count in failing]


def main():
    t = load(sys.argv[1], int(sys.argv[2]))
    check(t.head(1000))
    best, failing = float("inf"), []
    for _ in range(3):
        start = time.perf_counter()
        failing = check(t)
        best = min(best, time.perf_counter() - start)
    json.dump({"pandas": pd.__version__, "seconds": best, "failing": failing}, sys.stdout)


main()

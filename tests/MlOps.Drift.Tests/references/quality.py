"""Writes quality.json: a table as CSV text, and which of its rows pandas finds failing, rule by rule.

run:  /usr/bin/python3 quality.py          (Debian 12: Python 3.11, pandas 1.5.3)
"""
import io
import json
import os

import numpy as np
import pandas as pd

N = 400


def table():
    rng = np.random.default_rng(20)
    age = rng.integers(18, 76, N).astype(float)
    age[[3, 77]] = [-1, 312]
    income = np.round(rng.lognormal(13, 0.5, N), 2)
    income[[10, 200, 201]] = np.nan
    income[[50, 51]] = [np.inf, -np.inf]
    score = np.round(rng.normal(0, 3, N), 3)  # a mean near 0
    city = rng.choice(["Pune", "Delhi", "Kochi", "Thiruvananthapuram"], N).astype(object)
    city[[5, 6]] = ["pune", "Nowhere"]
    city[9] = None
    code = [f"AB-{i % 380:04d}" for i in range(N)]
    code[20] = "AB-20"
    step = np.cumsum(rng.integers(0, 3, N)) - (np.arange(N) == 123) * 40
    low = rng.integers(0, 100, N)
    high = low + rng.integers(-1, 30, N)
    frame = pd.DataFrame({"age": age.astype(int), "income": income, "score": score, "city": city, "code": code, "step": step, "low": low, "high": high})
    frame.iloc[300:305] = frame.iloc[100:105].values
    return frame.to_csv(index=False)


def rows(mask):
    return [int(i) for i in np.flatnonzero(np.asarray(mask))]


def main():
    text = table()
    t = pd.read_csv(io.StringIO(text))
    present = t.income.notna()
    diff = t.step.diff()
    failing = {
        "range": rows(~t.age.between(18, 75)),
        "range-strict": rows(~t.age.between(18, 75, inclusive="neither")),
        "range-infinite": rows(present & ~np.isfinite(t.income)),
        "not_null": rows(t.income.isna()),
        "allowed": rows(t.city.notna() & ~t.city.isin(["Pune", "Delhi", "Kochi", "Thiruvananthapuram"])),
        "pattern": rows(~t.code.str.fullmatch(r"AB-\d{4}")),
        "length": rows(t.city.notna() & ~t.city.str.len().between(5, 10)),
        "unique": rows(t.code.duplicated()),
        "unique-pair": rows(t.duplicated(["city", "low"]) & t.city.notna()),
        "unique-rows": rows(t.duplicated()),
        "monotonic": rows(diff < 0),
        "monotonic-strict": rows(diff <= 0),
        "compare": rows(~(t.low <= t.high)),
        "exists": rows(t.low[t.low.notna()].isin(range(0, 90)) == False),  # noqa: E712
    }
    finite = t.score
    numbers = {
        "mean": finite.mean(), "median": finite.median(), "std": finite.std(), "q10": finite.quantile(0.1), "q99": finite.quantile(0.99),
        "mostCommon": t.city.value_counts(normalize=True).iloc[0], "distinct": int(t.city.nunique()), "distinctCode": int(t.code.nunique()),
    }
    out = {"pandas": pd.__version__, "csv": text, "failing": failing, "numbers": numbers}
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "quality.json"), "w", encoding="utf-8") as file:
        json.dump(out, file, indent=0)
        file.write("\n")


main()

"""Writes the reference files of this folder with pandas (made with pandas 1.5.3, numpy 1.24.2).

Run: /usr/bin/python3 make_reference.py
Input tables are written too, so that pandas and MlOps.Data read the same bytes.
"""
from fractions import Fraction
from statistics import stdev

import numpy as np
import pandas as pd

rng = np.random.default_rng(7)
n = 157
mixed = pd.DataFrame({
    "x": np.round(rng.lognormal(3, 1, n), 4),
    "k": rng.integers(-50, 5000, n),
    "tier": rng.choice(["t3", "t1", "t2"], n, p=[0.2, 0.5, 0.3]),
    "flag": rng.choice(["true", "false"], n),
    "big": rng.normal(1e9, 1, n),  # a large mean and a small spread: what a naive variance gets wrong
    "day": pd.to_datetime("2024-07-01") + pd.to_timedelta(rng.integers(0, 300, n), unit="D"),
})
mixed.loc[rng.choice(n, 20, replace=False), "x"] = np.nan
mixed.loc[rng.choice(n, 9, replace=False), "tier"] = np.nan
mixed.to_csv("mixed.csv", index=False)
mixed = pd.read_csv("mixed.csv", float_precision="round_trip")  # the default parser is off by an ulp
assert mixed["flag"].dtype == bool

describe = mixed[["x", "k", "big"]].describe().T
describe.insert(0, "column", describe.index)
describe.to_csv("describe.csv", index=False)

grouped = mixed.groupby(["tier", "flag"], dropna=False)
aggregated = grouped.agg(
    count=("k", "size"), x_count=("x", "count"), x_mean=("x", "mean"), x_sum=("x", "sum"), x_min=("x", "min"), x_max=("x", "max"),
    x_std=("x", "std"), x_median=("x", "median"), x_q90=("x", lambda s: s.quantile(0.9)), k_distinct=("k", "nunique"),
    big_std=("big", lambda s: float(stdev(Fraction(v) for v in s))),  # exact: pandas' one-pass groupby std is off in the ninth digit here
).reset_index()
aggregated.to_csv("groupby.csv", index=False)

ordered = mixed.reset_index().sort_values(["tier", "x"], ascending=[True, False], kind="stable", na_position="last")
ordered[["index"]].to_csv("orderby.csv", index=False)

left = pd.DataFrame({"id": rng.integers(0, 30, 60), "part": rng.choice(["a", "b"], 60), "v": np.arange(60)})
right = pd.DataFrame({"id": rng.integers(0, 30, 40), "part": rng.choice(["a", "b"], 40), "w": np.arange(40) * 10})
left.to_csv("left.csv", index=False)
right.to_csv("right.csv", index=False)
left.merge(right, on=["id", "part"], how="inner").sort_values(["v", "w"]).to_csv("join_inner.csv", index=False)
left.merge(right, on=["id", "part"], how="left").sort_values(["v", "w"]).to_csv("join_left.csv", index=False)

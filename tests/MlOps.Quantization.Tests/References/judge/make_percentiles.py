"""Percentiles, mean and standard deviation of run times, as NumPy computes them. Writes percentiles.json beside this file.

Run with: python3 make_percentiles.py        (made with NumPy 1.24)
"""
import json
import os

import numpy as np

rng = np.random.default_rng(11)
cases = {
    "two": [3.0, 1.0],
    "ties": [2.0] * 30,
    "nineteen": list(rng.gamma(4.0, 0.25, 19)),
    "hundred": list(rng.gamma(4.0, 0.25, 100)),
    "tail": list(np.concatenate([rng.normal(5.0, 0.1, 237), [40.0, 55.5, 61.25]])),
}
answers = {
    name: {
        "times": [float(t) for t in times],
        "percentiles": [float(p) for p in np.percentile(times, [25, 50, 75, 95, 99])],
        "mean": float(np.mean(times)),
        "std": float(np.std(times, ddof=1)),
    }
    for name, times in cases.items()
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "percentiles.json"), "w") as out:
    json.dump({"numpy": np.__version__, "cases": answers}, out, indent=1)

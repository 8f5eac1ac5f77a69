"""Quantiles in NumPy and the number of distinct values in pandas, for bench/sketches/SketchesBench.cs.

usage: peer.py DATA PROBABILITIES
DATA holds little-endian doubles. Prints one JSON object: seconds of each call, its result, and the peak resident memory in bytes.
"""
import json
import resource
import sys
import time

import numpy as np
import pandas as pd


def timed(function):
    start = time.perf_counter()
    result = function()
    return time.perf_counter() - start, result


def main():
    path, probabilities = sys.argv[1], int(sys.argv[2])
    values = np.fromfile(path, dtype="<f8")
    shares = np.linspace(0, 1, probabilities)
    np.quantile(values[:1000], shares)  # imports and first calls are not what is measured
    quantile, quantiles = timed(lambda: np.quantile(values, shares))
    percentile, _ = timed(lambda: np.percentile(values, 100 * shares))
    series = pd.Series(values)
    nunique, distinct = timed(series.nunique)
    json.dump(
        {
            "quantile": quantile,
            "quantiles": quantiles.tolist(),
            "percentile": percentile,
            "nunique": nunique,
            "distinct": int(distinct),
            "peak": 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss,
        },
        sys.stdout,
    )


main()

"""Writes references.json: what SciPy says about samples that both sides can make.

run:  /usr/bin/python3 make_references.py          (Debian 12: Python 3.11, NumPy 1.24.2, SciPy 1.10.1)

Samples come from a linear congruential generator in whole numbers and from basic arithmetic only, so that
Samples.cs makes the same doubles to the last bit.
"""
import json
import math
import os
import sys
import warnings

import numpy as np
import scipy
from scipy import special, stats
from scipy.spatial.distance import jensenshannon

warnings.simplefilter("ignore")


def uniforms(count, seed):
    state, values = seed, np.empty(count)
    for i in range(count):
        state = (state * 1664525 + 1013904223) % 2**32
        values[i] = (state + 0.5) / 2**32
    return values


def sample(kind, count, seed, shift):
    u = uniforms(count, seed)
    if kind == "uniform":
        return u + shift
    if kind == "bell":  # sum of three uniforms
        return (u + uniforms(count, seed + 1)) + uniforms(count, seed + 2) + shift
    if kind == "ties":
        return np.floor(u * 7 + shift)
    if kind == "heavy":  # Pareto tail, no mean
        return 1 / ((1 - u) * (1 - u)) + shift
    if kind == "signed":  # both signs, tail as Cauchy's
        return (u - 0.5) / (u * (1 - u)) + shift
    if kind == "far":
        return 1e9 + (u + shift)
    if kind == "denormal":
        return (u + shift) * 1e-310
    if kind == "constant":
        return np.full(count, 3.0) + shift
    raise ValueError(kind)


def psi_of_counts(a, b):
    keep = (a + b) > 0
    a, b = a[keep], b[keep]
    p, q = a / a.sum(), b / b.sum()
    p, q = np.where(p == 0, 1e-4, p), np.where(q == 0, 1e-4, q)
    chance = stats.chi2.ppf(0.95, len(a) - 1) * (1 / a.sum() + 1 / b.sum()) if len(a) > 1 else 0.0
    return float(np.sum((q - p) * np.log(q / p))), float(chance)


def counts_in(edges, values):
    edges = np.concatenate([[-np.inf], np.unique(edges), [np.inf]])
    return np.histogram(values, edges)[0]


SAMPLES = [
    # kind, n, m, seed of the reference, seed of the current sample, shift of the current sample
    ("uniform", 1, 1, 1, 2, 0), ("uniform", 2, 3, 3, 4, 0), ("uniform", 1, 7, 3, 4, 0.5), ("uniform", 5, 5, 5, 6, 0.3),
    ("bell", 10, 10, 1, 9, 0.4), ("bell", 11, 13, 1, 9, 0.4), ("bell", 12, 18, 3, 8, 0.2), ("bell", 100, 100, 11, 12, 0),
    ("bell", 97, 101, 11, 12, 0.1), ("bell", 500, 250, 13, 17, 0.05), ("bell", 999, 1000, 5, 7, 0.02),
    ("bell", 3000, 17, 21, 22, 0.3), ("ties", 40, 60, 1, 2, 0), ("ties", 1000, 900, 1, 2, 0.2), ("ties", 20001, 500, 3, 5, 0.1),
    ("heavy", 300, 400, 1, 2, 0), ("heavy", 15000, 12000, 1, 2, 0.1), ("signed", 2000, 3000, 4, 5, 0.3),
    ("signed", 12000, 140, 6, 8, 0), ("far", 800, 700, 1, 2, 0.01), ("denormal", 500, 600, 1, 2, 0.1),
    ("uniform", 60, 60, 7, 7, 0), ("bell", 12000, 12000, 7, 7, 0), ("uniform", 30, 40, 1, 2, 5), ("uniform", 20000, 100, 1, 2, 5),
    ("constant", 50, 30, 1, 1, 0), ("constant", 50, 30, 1, 1, 2), ("bell", 10000, 10000, 31, 32, 0), ("bell", 10000, 10000, 31, 32, 0.03),
    ("bell", 10000, 9999, 31, 32, 0.02), ("bell", 10001, 10001, 31, 32, 0.02), ("bell", 10001, 3, 31, 32, 0),
    ("bell", 20000, 1, 31, 32, 0), ("bell", 150000, 290, 1, 2, 0.02), ("bell", 200000, 200000, 1, 2, 0),
    ("bell", 200000, 200000, 1, 2, 0.005), ("bell", 200000, 200000, 1, 2, 0.2),
]

COUNTS = [
    ([50, 50], [60, 40]), ([10, 20, 30], [30, 20, 10]), ([1, 2, 3], [1, 2, 3]), ([100, 0, 5], [90, 20, 0]),
    ([5, 0, 7], [6, 0, 2]), ([3], [9]), ([0, 4], [7, 0]), ([1, 1, 1, 1], [2, 0, 1, 0]), ([100000, 3, 20], [90000, 8, 11]),
    ([12, 7, 3, 3, 9, 14, 22, 1, 1, 40, 17, 8, 3, 2, 6], [10, 9, 5, 0, 8, 20, 19, 2, 0, 33, 25, 4, 4, 1, 9]),
    ([250000, 250000, 250000], [400000, 300000, 50000]),
]


def main():
    samples = []
    for kind, n, m, seed, other, shift in SAMPLES:
        a, b = sample(kind, n, seed, 0), sample(kind, m, other, shift)
        ks = stats.ks_2samp(a, b)
        row = {"kind": kind, "n": n, "m": m, "seed": seed, "otherSeed": other, "shift": shift, "d": ks.statistic, "p": ks.pvalue,
               "wasserstein": stats.wasserstein_distance(a, b)}
        if len(np.unique(a)) > 1:  # one value has a rule of its own, tested by hand
            bins = [counts_in(np.quantile(a, np.arange(1, 10) / 10), s) for s in (a, b)]
            row["psi"], row["chance"] = psi_of_counts(*bins)
            row["jensenShannon"] = jensenshannon(*bins)
            row["kl"] = stats.entropy(*bins)
        if kind in ("uniform", "bell") and n > 10:
            row["psiEqualWidth"] = psi_of_counts(*[counts_in(np.linspace(a.min(), a.max(), 9)[1:-1], s) for s in (a, b)])[0]
        samples.append(row)

    counts = []
    for reference, current in COUNTS:
        a, b = np.array(reference), np.array(current)
        keep = (a + b) > 0
        chi2, p, dof, expected = stats.chi2_contingency(np.array([a[keep], b[keep]]), correction=False)
        psi, chance = psi_of_counts(a, b)
        counts.append({"reference": reference, "current": current, "chi2": chi2, "p": p, "dof": dof, "smallestExpected": expected.min(),
                       "psi": psi, "chance": chance, "jensenShannon": jensenshannon(a, b), "jensenShannonBits": jensenshannon(a, b, 2),
                       "kl": stats.entropy(a, b), "klBits": stats.entropy(a, b, 2)})

    law = []
    for n in (1, 2, 3, 5, 10, 33, 100, 140, 141, 150, 400, 1000, 4000, 20000, 100000, 100001, 500000):
        places = [math.sqrt(z / n) for z in (0.05, 0.2, 0.5, 0.75, 0.76, 1, 2, 2.19, 2.21, 3.9, 4.1, 10, 50)]
        places += [0.4 / n, 0.5 / n, 0.7 / n, 1 / n, 1.5 / n, 2 / n, 0.3, 0.5, 0.8, 1 - 0.5 / n, 1.0]
        law += [{"n": n, "d": d, "p": stats.kstwo.sf(d, n)} for d in places if 0 < d <= 1]

    one_sided = [{"n": n, "d": d, "p": special.smirnov(n, d)}
                 for n in (1, 2, 7, 50, 1000, 5000, 100000, 900000) for d in (0.1 / n, 1 / math.sqrt(n), 1.5 / math.sqrt(n), 4 / math.sqrt(n), 0.5, 0.9)
                 if d < 1]

    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "references.json")
    document = {"made": f"make_references.py with SciPy {scipy.__version__}, NumPy {np.__version__}, Python {sys.version.split()[0]}",
                "samples": samples, "counts": counts, "kolmogorov": law, "smirnov": one_sided}
    with open(path, "w", encoding="utf-8") as file:
        text = json.dumps(document, indent=1, default=lambda number: number.item())
        file.write(text.replace("Infinity", "null") + "\n")


if __name__ == "__main__":
    main()

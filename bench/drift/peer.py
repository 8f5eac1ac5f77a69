"""The drift report (KS, PSI, Wasserstein) in SciPy, for bench/drift/DriftBench.cs.

usage: peer.py DATA COLUMNS ROWS        or: peer.py DATA tests ROWS
DATA holds COLUMNS × ROWS little-endian doubles of the reference, column after column, then as many of the current table.
Prints one JSON object: seconds of the report in plain SciPy, seconds of the same numbers with every sample sorted once in
NumPy, and the numbers, so that both sides can be seen to have computed the same. With "tests": for two samples of ROWS values,
the best time of each single test in SciPy and its statistic.
"""
import json
import sys
import time

import numpy as np
import scipy
from scipy import stats


def psi(reference, current):
    edges = np.unique(np.quantile(reference, np.arange(1, 10) / 10))
    edges = np.concatenate([[-np.inf], edges, [np.inf]])
    p = np.histogram(reference, edges)[0] / len(reference)
    q = np.histogram(current, edges)[0] / len(current)
    p = np.where(p == 0, 1e-4, p)
    q = np.where(q == 0, 1e-4, q)
    return float(np.sum((q - p) * np.log(q / p)))


def plain(reference, current):
    ks = stats.ks_2samp(reference, current)
    return [float(ks.statistic), float(ks.pvalue), float(stats.wasserstein_distance(reference, current)), psi(reference, current)]


def sorted_once(reference, current):
    a, b = np.sort(reference), np.sort(current)
    n, m = len(a), len(b)
    both = np.concatenate([a, b])
    both.sort(kind="stable")  # two sorted runs: merged, not sorted again
    gap = np.abs(np.searchsorted(a, both, "right") / n - np.searchsorted(b, both, "right") / m)
    d = gap.max()
    p = stats.kstwo.sf(d, np.round(n * m / (n + m)))
    distance = np.sum(gap[:-1] * np.diff(both))
    edges = np.unique(np.quantile(a, np.arange(1, 10) / 10))
    shares = []
    for sample in (a, b):
        counts = np.diff(np.concatenate([[0], np.searchsorted(sample, edges, "left"), [len(sample)]]))
        shares.append(np.where(counts == 0, 1e-4, counts / len(sample)))
    p_shares, q_shares = shares
    index = np.sum((q_shares - p_shares) * np.log(q_shares / p_shares))
    return [float(d), float(p), float(distance), float(index)]


def timed(function, reference, current):
    start = time.perf_counter()
    rows = [function(r, c) for r, c in zip(reference, current)]
    return time.perf_counter() - start, rows


def psi_counts(reference, current):
    edges = np.concatenate([[-np.inf], np.unique(np.quantile(reference, np.arange(1, 10) / 10)), [np.inf]])
    return np.array([np.histogram(sample, edges)[0] for sample in (reference, current)])


SINGLE = {
    "ks": lambda a, b: stats.ks_2samp(a, b).statistic,
    "anderson-darling": lambda a, b: stats.anderson_ksamp([a, b]).statistic,
    "cramer-von-mises": lambda a, b: stats.cramervonmises_2samp(a, b).statistic,
    "mann-whitney": lambda a, b: stats.mannwhitneyu(a, b).statistic,
    "welch": lambda a, b: stats.ttest_ind(a, b, equal_var=False).statistic,
    "wasserstein": stats.wasserstein_distance,
    "energy": stats.energy_distance,
    "g": lambda a, b: stats.chi2_contingency(psi_counts(a, b), lambda_="log-likelihood", correction=False)[0],
    "fisher": lambda a, b: stats.fisher_exact([[(a > 0).sum(), (a <= 0).sum()], [(b > 0).sum(), (b <= 0).sum()]])[0],
}


def single(path, rows):
    a, b = np.fromfile(path, dtype="<f8").reshape(2, rows)
    found = {}
    for name, test in SINGLE.items():
        best = np.inf
        for _ in range(10):
            start = time.perf_counter()
            value = float(test(a, b))
            best = min(best, time.perf_counter() - start)
        found[name] = {"seconds": best, "statistic": value}
    json.dump(found, sys.stdout)


def main():
    if sys.argv[2] == "tests":
        single(sys.argv[1], int(sys.argv[3]))
        return

    path, columns, rows = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    data = np.fromfile(path, dtype="<f8").reshape(2, columns, rows)
    stats.ks_2samp(data[0, 0, :50], data[1, 0, :50])  # imports and first calls are not what is measured
    plain_seconds, values = timed(plain, data[0], data[1])
    sorted_seconds, _ = timed(sorted_once, data[0], data[1])
    json.dump({"scipy": scipy.__version__, "plain": plain_seconds, "sortedOnce": sorted_seconds, "values": values}, sys.stdout)


main()

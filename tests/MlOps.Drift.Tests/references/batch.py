"""Writes batch.json: what SciPy says in the two-sample tests that came after the first report.

run:  /usr/bin/python3 batch.py          (Debian 12: Python 3.11, NumPy 1.24.2, SciPy 1.10.1)

Samples are those of make_references.py, which Samples.cs makes to the last bit.
"""
import json
import os
import sys
import warnings

import numpy as np
import scipy
from scipy import stats
from scipy.stats import contingency

from make_references import sample

warnings.simplefilter("ignore")

SAMPLES = [
    # kind, n, m, seed of the reference, seed of the current sample, shift of the current sample
    ("uniform", 2, 2, 1, 2, 0), ("uniform", 2, 3, 3, 4, 0), ("uniform", 1, 7, 3, 4, 0.5), ("uniform", 5, 5, 5, 6, 0.3),
    ("uniform", 7, 9, 5, 6, 0.1), ("bell", 8, 40, 1, 9, 0.2), ("bell", 9, 9, 1, 9, 0.4), ("bell", 10, 10, 1, 9, 0.4),
    ("bell", 11, 13, 1, 9, 0.4), ("bell", 12, 18, 3, 8, 0.2), ("bell", 19, 20, 3, 8, 0.1), ("bell", 21, 8, 3, 8, 0.1),
    ("ties", 6, 7, 1, 2, 0), ("ties", 15, 12, 1, 2, 1), ("ties", 40, 60, 1, 2, 0), ("ties", 1000, 900, 1, 2, 0.2), ("ties", 20001, 500, 3, 5, 0.1),
    ("bell", 97, 101, 11, 12, 0.1), ("bell", 100, 100, 11, 12, 0), ("bell", 500, 250, 13, 17, 0.05), ("bell", 999, 1000, 5, 7, 0.02),
    ("bell", 3000, 17, 21, 22, 0.3), ("heavy", 300, 400, 1, 2, 0), ("heavy", 15000, 12000, 1, 2, 0.1), ("signed", 2000, 3000, 4, 5, 0.3),
    ("far", 800, 700, 1, 2, 0.01), ("uniform", 60, 60, 7, 7, 0), ("uniform", 30, 40, 1, 2, 5), ("constant", 50, 30, 1, 1, 2),
    ("bell", 20000, 20000, 31, 32, 0.01), ("bell", 200000, 200000, 1, 2, 0), ("bell", 200000, 150000, 1, 2, 0.005), ("bell", 100000, 100000, 1, 2, 0.2),
]

TABLES = [
    (3, 7, 8, 2), (8, 2, 1, 5), (0, 5, 3, 2), (5, 0, 0, 5), (1, 1, 1, 1), (10, 10, 10, 10), (0, 0, 3, 4), (4, 6, 0, 0), (12, 5, 29, 2), (3, 1, 1, 3),
    (10, 12, 13, 11), (100, 900, 120, 880), (2, 10000, 9, 9991), (5000, 5000, 5100, 4900), (190, 800, 200, 900), (40000, 60000, 40500, 59000),
    (7, 3, 120, 400), (250, 750, 25, 75), (60, 40, 30, 70), (1000, 1, 998, 7),
]

COUNTS = [
    ([50, 50], [60, 40]), ([10, 20, 30], [30, 20, 10]), ([1, 2, 3], [1, 2, 3]), ([100, 0, 5], [90, 20, 0]), ([5, 0, 7], [6, 0, 2]), ([3], [9]),
    ([0, 4], [7, 0]), ([1, 1, 1, 1], [2, 0, 1, 0]), ([100000, 3, 20], [90000, 8, 11]), ([250000, 250000, 250000], [400000, 300000, 50000]),
    ([12, 7, 3, 3, 9, 14, 22, 1, 1, 40, 17, 8, 3, 2, 6], [10, 9, 5, 0, 8, 20, 19, 2, 0, 33, 25, 4, 4, 1, 9]),
]

# One-sided exact p-values only where SciPy's count of paths neither overflows nor loses its digits.
ONE_SIDED = [(5, 7), (30, 30), (17, 41), (60, 45), (100, 100), (40, 200), (2000, 2000)]


def statistic_and_p(result):
    return [float(result.statistic), float(result.pvalue)]


def of_samples(kind, n, m, seed, other, shift):
    a, b = sample(kind, n, seed, 0), sample(kind, m, other, shift)
    row = {"kind": kind, "n": n, "m": m, "seed": seed, "otherSeed": other, "shift": shift}
    if n + m >= 4 and min(a.min(), b.min()) < max(a.max(), b.max()):
        for name, midrank in (("midrank", True), ("right", False)):
            found = stats.anderson_ksamp([a, b], midrank=midrank)
            row[name] = [float(found.statistic), float(found.significance_level)]
        row["critical"] = [float(c) for c in found.critical_values]
    if min(n, m) >= 2:
        row["cramer"] = statistic_and_p(stats.cramervonmises_2samp(a, b))
        row["cramerAsymptotic"] = statistic_and_p(stats.cramervonmises_2samp(a, b, method="asymptotic"))
        welch = stats.ttest_ind(a, b, equal_var=False)
        if np.isfinite(welch.statistic):
            variances = [a.var(ddof=1) / n, b.var(ddof=1) / m]
            df = sum(variances) ** 2 / (variances[0] ** 2 / (n - 1) + variances[1] ** 2 / (m - 1))
            margin = [float(stats.t.ppf(0.5 + level / 2, df) * np.sqrt(sum(variances))) for level in (0.9, 0.95, 0.999)]
            row["welch"] = statistic_and_p(welch) + [float(df), float(b.mean() - a.mean())] + margin
            row["welchSided"] = [float(stats.ttest_ind(a, b, equal_var=False, alternative=side).pvalue) for side in ("less", "greater")]
    row["u"] = float(stats.mannwhitneyu(a, b).statistic)
    row["mannWhitney"] = [float(stats.mannwhitneyu(a, b, alternative=side).pvalue) for side in ("two-sided", "less", "greater")]
    row["mannWhitneyPlain"] = [float(stats.mannwhitneyu(a, b, use_continuity=False, alternative=side, method="asymptotic").pvalue)
                               for side in ("two-sided", "less", "greater")]
    if n * m <= 400:
        row["mannWhitneyExact"] = [float(stats.mannwhitneyu(a, b, alternative=side, method="exact").pvalue) for side in ("two-sided", "less", "greater")]
    row["energy"] = float(stats.energy_distance(a, b))
    row["ksAsymptotic"] = [x for side in ("two-sided", "less", "greater") for x in statistic_and_p(stats.ks_2samp(a, b, alternative=side, method="asymp"))]
    d = stats.ks_2samp(a, b, method="asymp").statistic
    row["ksLimit"] = float(stats.kstwobign.sf(d * np.sqrt(n * m / (n + m))))
    if max(n, m) <= 3000:
        row["ksExact"] = statistic_and_p(stats.ks_2samp(a, b, method="exact"))
    return row


def of_table(a, b, c, d):
    table = [[a, b], [c, d]]
    row = {"table": [a, b, c, d], "odds": float(stats.fisher_exact(table)[0]),
           "fisher": [float(stats.fisher_exact(table, side)[1]) for side in ("two-sided", "less", "greater")]}
    if min(a + b, c + d) > 0:
        row["conditional"] = float(contingency.odds_ratio(table, kind="conditional").statistic)
        n, m, share = a + b, c + d, (a + c) / (a + b + c + d)
        if 0 < share < 1:
            z = (a / n - c / m) / np.sqrt(share * (1 - share) * (1 / n + 1 / m))  # proportions_ztest of statsmodels
            row["z"] = [float(z), float(2 * stats.norm.sf(abs(z))), float(stats.norm.cdf(z)), float(stats.norm.sf(z))]
        p, q = a / n, c / m
        low, high = [stats.binomtest(x, k).proportion_ci(0.95, "wilson") for x, k in ((a, n), (c, m))]
        row["newcombe"] = [float(q - p - np.hypot(q - high.low, low.high - p)), float(q - p + np.hypot(high.high - q, p - low.low))]
    return row


def of_counts(reference, current):
    a, b = np.array(reference), np.array(current)
    keep = (a + b) > 0
    g, p, dof, _ = stats.chi2_contingency(np.array([a[keep], b[keep]]), correction=False, lambda_="log-likelihood")
    v = contingency.association(np.array([a[keep], b[keep]]), method="cramer") if keep.sum() > 1 else 0.0
    shares = a / a.sum(), b / b.sum()
    return {"reference": reference, "current": current, "g": float(g), "p": float(p), "dof": int(dof), "v": float(v),
            "totalVariation": float(np.abs(shares[0] - shares[1]).sum() / 2),
            "hellinger": float(np.linalg.norm(np.sqrt(shares[0]) - np.sqrt(shares[1])) / np.sqrt(2))}


def one_sided(n, m):
    a, b = sample("bell", n, 3, 0), sample("bell", m, 8, 0.1)
    return {"n": n, "m": m, "less": statistic_and_p(stats.ks_2samp(a, b, alternative="less", method="exact")),
            "greater": statistic_and_p(stats.ks_2samp(a, b, alternative="greater", method="exact"))}


def of_groups():
    groups = [("bell", 50, 1, 0), ("bell", 60, 4, 0.1), ("bell", 45, 7, 0.05), ("ties", 30, 2, 0)]
    rows = []
    for k in (2, 3, 4):
        samples = [sample(*group) for group in groups[:k]]
        for midrank in (True, False):
            found = stats.anderson_ksamp(samples, midrank=midrank)
            rows.append({"k": k, "midrank": midrank, "statistic": float(found.statistic), "p": float(found.significance_level),
                         "critical": [float(c) for c in found.critical_values]})
    return rows


def main():
    student = [{"t": t, "df": df, "sf": float(stats.t.sf(t, df))}
               for df in (0.6, 1, 1.5, 2.7, 10.3, 100.5, 5000.2, 2e5, 4e5) for t in (-2, 1e-3, 0.1, 1, 2, 5, 10, 20, 37)]
    quantiles = [{"p": p, "df": df, "t": float(stats.t.ppf(p, df))} for df in (1, 1.5, 2.7, 10.3, 100.5, 4e5) for p in (0.01, 0.6, 0.9, 0.975, 0.9995)]
    document = {"made": f"batch.py with SciPy {scipy.__version__}, NumPy {np.__version__}, Python {sys.version.split()[0]}",
                "samples": [of_samples(*row) for row in SAMPLES], "tables": [of_table(*row) for row in TABLES],
                "counts": [of_counts(*row) for row in COUNTS], "oneSided": [one_sided(*row) for row in ONE_SIDED],
                "groups": of_groups(), "student": student, "studentQuantiles": quantiles}
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "batch.json")
    with open(path, "w", encoding="utf-8") as file:
        text = json.dumps(document, indent=1)
        file.write(text.replace("-Infinity", "null").replace("Infinity", "null").replace("NaN", "null") + "\n")


if __name__ == "__main__":
    main()

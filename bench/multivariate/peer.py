"""MMD, energy and the domain classifier in NumPy, SciPy and scikit-learn, for bench/multivariate/MultivariateBench.cs.

usage: peer.py DATA ROWS WIDTH PERMUTATIONS        or: peer.py DATA domain ROWS WIDTH
DATA holds ROWS × WIDTH little-endian doubles of the reference, row after row, then as many of the current rows. Prints one JSON
object: for each test the best time and its statistics. The permutations are one matrix product, the fastest that NumPy offers.
With "domain": logistic regression (C = 1, lbfgs) on standardised columns and their squares, five stratified folds, the AUC
weighted by the folds' pairs; once alone, once with every column of every held-out part shuffled in turn.
"""
import json
import sys
import time

import numpy as np
import scipy
import sklearn
from scipy.spatial.distance import cdist
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import StratifiedKFold

REPEATS = 5


def best(function, repeats=REPEATS):
    seconds = np.inf
    for _ in range(repeats):
        start = time.perf_counter()
        value = function()
        seconds = min(seconds, time.perf_counter() - start)
    return seconds, value


def splits(total, n, permutations):
    """One column a split: 1 for a current row. The first column is the true split."""
    rng = np.random.default_rng(1)
    columns = np.zeros((total, permutations + 1))
    columns[n:, 0] = 1
    for p in range(1, permutations + 1):
        columns[rng.permutation(total)[n:], p] = 1
    return columns


def sums(table, side):
    """Sums within the reference, within the current rows and across, for every split at once."""
    to_current = table @ side
    within_current = np.einsum("ij,ij->j", side, to_current)
    across = to_current.sum(axis=0) - within_current
    return table.sum() - within_current - 2 * across, within_current, across


def mmd(x, y, permutations):
    n, m = len(x), len(y)
    pooled = np.vstack([x, y])
    squares = cdist(pooled, pooled, "sqeuclidean")
    sigma = np.median(np.sqrt(squares[np.triu_indices(n + m, 1)]))
    kernel = np.exp(squares / (-2 * sigma**2))
    xx, yy, xy = sums(kernel, splits(n + m, n, permutations))
    unbiased = (xx - n) / (n * (n - 1)) + (yy - m) / (m * (m - 1)) - 2 * xy / (n * m)
    biased = xx[0] / n**2 + yy[0] / m**2 - 2 * xy[0] / (n * m)
    return [float(unbiased[0]), float(biased), float(sigma)], float((1 + (unbiased[1:] >= unbiased[0]).sum()) / (1 + permutations))


def energy(x, y, permutations):
    n, m = len(x), len(y)
    pooled = np.vstack([x, y])
    xx, yy, xy = sums(cdist(pooled, pooled), splits(n + m, n, permutations))
    statistic = 2 * xy / (n * m) - xx / n**2 - yy / m**2
    return [float(statistic[0])], float((1 + (statistic[1:] >= statistic[0]).sum()) / (1 + permutations))


def expanded(rows, means, deviations):
    z = np.clip((rows - means) / deviations, -10, 10)
    return np.hstack([z, z * z])


def domain(x, y, shuffled):
    rows, side = np.vstack([x, y]), np.repeat([0, 1], [len(x), len(y)])
    rng = np.random.default_rng(1)
    wins = pairs = 0.0
    for train, test in StratifiedKFold(5, shuffle=True, random_state=1).split(rows, side):
        means, deviations = rows[train].mean(axis=0), rows[train].std(axis=0)
        model = LogisticRegression(C=1, max_iter=1000).fit(expanded(rows[train], means, deviations), side[train])
        held, truth = rows[test], side[test]
        weight = float(truth.sum()) * (len(truth) - truth.sum())
        wins += weight * roc_auc_score(truth, model.decision_function(expanded(held, means, deviations)))
        pairs += weight
        for column in range(rows.shape[1]) if shuffled else ():
            changed = held.copy()
            changed[:, column] = rng.permutation(changed[:, column])
            roc_auc_score(truth, model.decision_function(expanded(changed, means, deviations)))
    return wins / pairs


def read(path, rows, width):
    return np.fromfile(path, dtype="<f8").reshape(2, rows, width)


def main():
    if sys.argv[2] == "domain":
        x, y = read(sys.argv[1], int(sys.argv[3]), int(sys.argv[4]))
        domain(x[:200], y[:200], False)  # first calls are not what is measured
        alone, auc = best(lambda: domain(x, y, False), 3)
        whole, _ = best(lambda: domain(x, y, True), 3)
        json.dump({"sklearn": sklearn.__version__, "auc": auc, "alone": alone, "whole": whole}, sys.stdout)
        return

    rows, width, permutations = (int(argument) for argument in sys.argv[2:5])
    x, y = read(sys.argv[1], rows, width)
    found = {"numpy": np.__version__, "scipy": scipy.__version__}
    for name, test in (("mmd", mmd), ("energy", energy)):
        test(x[:50], y[:50], 10)
        seconds, (statistics, p) = best(lambda: test(x, y, permutations))
        found[name] = {"seconds": seconds, "statistics": statistics, "p": p}
    json.dump(found, sys.stdout)


main()

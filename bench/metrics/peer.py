"""The metrics of scikit-learn, for bench/metrics/MetricsBench.cs.

usage: peer.py DATA ROWS CLASSES POINTS COLUMNS
DATA holds little-endian: ROWS doubles (scores in [0, 1]), ROWS bytes (0 or 1, the truth), ROWS int32 (true classes), ROWS int32
(predicted classes), POINTS × COLUMNS doubles (rows to cluster), POINTS int32 (their clusters).
Prints one JSON object: seconds (best of five) and value of each metric.
"""
import json
import sys
import time

import numpy as np
import sklearn
from sklearn import metrics

REPEATS = 5


def timed(function):
    best, value = float("inf"), None
    for _ in range(REPEATS):
        start = time.perf_counter()
        value = function()
        best = min(best, time.perf_counter() - start)
    return best, value


def main():
    path, rows, classes, points, columns = sys.argv[1], *map(int, sys.argv[2:6])
    with open(path, "rb") as data:
        scores = np.fromfile(data, "<f8", rows)
        truth = np.fromfile(data, "u1", rows).astype(np.int64)
        actual = np.fromfile(data, "<i4", rows)
        predicted = np.fromfile(data, "<i4", rows)
        x = np.fromfile(data, "<f8", points * columns).reshape(points, columns)
        clusters = np.fromfile(data, "<i4", points)
    labels = np.arange(classes)
    measured = {
        "roc_auc_score": lambda: metrics.roc_auc_score(truth, scores),
        "average_precision_score": lambda: metrics.average_precision_score(truth, scores),
        "log_loss": lambda: metrics.log_loss(truth, scores),
        "brier_score_loss": lambda: metrics.brier_score_loss(truth, scores),
        "confusion_matrix": lambda: float((metrics.confusion_matrix(actual, predicted, labels=labels) * np.arange(1, classes + 1)).sum()),
        "silhouette_score": lambda: metrics.silhouette_score(x, clusters),
    }
    result = {"version": sklearn.__version__}
    for name, function in measured.items():
        seconds, value = timed(function)
        result[name] = [seconds, float(value)]
    json.dump(result, sys.stdout)


main()

"""Isotonic calibration, expected confusion matrix and expected ROC AUC in scikit-learn and NumPy, for bench/estimation/EstimationBench.cs.

usage: peer.py DATA ROWS
DATA holds ROWS little-endian doubles of scores, as many labels (0 or 1), and as many scores of the period that is estimated.
Prints one JSON object: seconds, best of three, and the numbers, so that both sides can be seen to have computed the same.
"""
import json
import sys
import time

import numpy as np
import sklearn
from sklearn.isotonic import IsotonicRegression
from sklearn.metrics import roc_auc_score


def best(function):
    seconds, result = [], None
    for _ in range(3):
        start = time.perf_counter()
        result = function()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


def estimate(model, scores):
    p = model.predict(scores)
    decided = scores >= 0.5
    hits, missed = p[decided].sum(), p[~decided].sum()
    confusion = [hits, decided.sum() - hits, missed, (~decided).sum() - missed]
    truth = np.concatenate([np.ones(len(p)), np.zeros(len(p))])
    area = roc_auc_score(truth, np.concatenate([scores, scores]), sample_weight=np.concatenate([p, 1 - p]))
    return [*map(float, confusion), float(area)]


def main():
    path, rows = sys.argv[1], int(sys.argv[2])
    scores, labels, later = np.fromfile(path, dtype="<f8").reshape(3, rows)
    fit_seconds, model = best(lambda: IsotonicRegression(out_of_bounds="clip").fit(scores, labels))
    seconds, values = best(lambda: estimate(model, later))
    queries = np.linspace(-0.1, 1.1, 1001)
    json.dump({"sklearn": sklearn.__version__, "fit": fit_seconds, "estimate": seconds, "values": values, "curve": model.predict(queries).tolist()}, sys.stdout)


main()

"""Reference numbers for MlOps.Drift.Estimation: scikit-learn 1.2.1 and SciPy 1.10.1.

usage: /usr/bin/python3 estimation.py    (writes estimation.json beside itself)
"""
import json
import pathlib

import numpy as np
import scipy
import sklearn
from scipy import optimize, special, stats
from sklearn import metrics
from sklearn.calibration import _SigmoidCalibration
from sklearn.isotonic import IsotonicRegression

rng = np.random.default_rng(20240521)


def isotonic(scores, targets, weights=None):
    model = IsotonicRegression(out_of_bounds="clip").fit(scores, targets, sample_weight=weights)
    queries = np.concatenate([np.linspace(scores.min() - 0.5, scores.max() + 0.5, 23), scores[:7]])
    return {
        "scores": scores.tolist(), "targets": targets.tolist(), "weights": None if weights is None else weights.tolist(),
        "queries": queries.tolist(), "values": model.predict(queries).tolist(),
    }


def isotonic_cases():
    x = rng.normal(size=60)
    y = (rng.random(60) < special.expit(1.5 * x)).astype(float)
    ties = np.round(x, 1)
    weights = np.round(rng.random(60) * 3, 2)
    weights[::9] = 0
    close = np.repeat([0.1, 0.1 + 1e-16, 0.1 + 5e-15, 0.3], 5)
    return [
        isotonic(x, y), isotonic(ties, y), isotonic(ties, y, weights), isotonic(x, rng.normal(size=60) + x, weights),
        isotonic(-x, np.sort(y)), isotonic(close, rng.random(20)), isotonic(np.array([0.4, 0.4]), np.array([0.0, 1.0])),
    ]


def platt(scores, labels):
    rough = _SigmoidCalibration().fit(scores, labels)
    positives, negatives = labels.sum(), (1 - labels).sum()
    t = np.where(labels > 0, (positives + 1) / (positives + 2), 1 / (negatives + 2))

    def gradient(ab):
        d = t - special.expit(-(ab[0] * scores + ab[1]))
        return [d @ scores, d.sum()]

    exact = optimize.root(gradient, [rough.a_, rough.b_], tol=1e-15).x
    return {"scores": scores.tolist(), "labels": (labels > 0).tolist(), "roughA": rough.a_, "roughB": rough.b_, "a": exact[0], "b": exact[1]}


def platt_cases():
    x = rng.normal(size=80)
    y = (rng.random(80) < special.expit(2 * x - 1)).astype(float)
    separated = np.linspace(-1, 1, 30)
    return [platt(x, y), platt(special.expit(x), y), platt(1000 + 50 * x, y), platt(separated, (separated > 0).astype(float))]


def binary(scores, labels, threshold):
    decided = scores >= threshold
    return {
        "scores": scores.tolist(), "labels": labels.tolist(), "threshold": threshold,
        "accuracy": metrics.accuracy_score(labels, decided), "precision": metrics.precision_score(labels, decided),
        "recall": metrics.recall_score(labels, decided), "specificity": metrics.recall_score(~labels, ~decided),
        "f1": metrics.f1_score(labels, decided), "rocAuc": metrics.roc_auc_score(labels, scores),
        "averagePrecision": metrics.average_precision_score(labels, scores), "brierScore": metrics.brier_score_loss(labels, scores),
        "logLoss": metrics.log_loss(labels, scores),
    }


def binary_cases():
    p = rng.random(90)
    y = rng.random(90) < p
    sharp = np.clip(np.round(p, 1), 0, 1)
    return [binary(p, y, 0.5), binary(np.round(p, 1), y, 0.3), binary(sharp, rng.random(90) < 0.5, 0.7)]


def delong(scores, labels):
    yes, no = scores[labels], scores[~labels]
    wins = (yes[:, None] > no[None, :]) + 0.5 * (yes[:, None] == no[None, :])
    variance = wins.mean(axis=1).var(ddof=1) / len(yes) + wins.mean(axis=0).var(ddof=1) / len(no)
    return {"scores": scores.tolist(), "labels": labels.tolist(), "area": wins.mean(), "error": float(np.sqrt(variance))}


def wilson(hits, n, other_hits, other_n):
    interval = stats.binomtest(hits, n).proportion_ci(0.95, "wilson")
    table = [[hits, n - hits], [other_hits, other_n - other_hits]]
    return {
        "hits": hits, "n": n, "otherHits": other_hits, "otherN": other_n, "lower": interval.low, "upper": interval.high,
        "p": stats.chi2_contingency(table, correction=False)[1],
    }


def multiclass():
    p = rng.dirichlet([1, 1, 2], size=70)
    labels = np.array([rng.choice(3, p=row) for row in p])
    decided = p.argmax(axis=1)
    return {
        "rows": p.ravel().tolist(), "labels": labels.tolist(), "accuracy": metrics.accuracy_score(labels, decided),
        "macroF1": metrics.f1_score(labels, decided, average="macro", labels=range(3), zero_division=0),
    }


def main():
    normal = rng.normal(size=50)
    labels = rng.random(50) < special.expit(normal)
    document = {
        "versions": {"scipy": scipy.__version__, "sklearn": sklearn.__version__},
        "isotonic": isotonic_cases(),
        "platt": platt_cases(),
        "binary": binary_cases(),
        "delong": [delong(normal, labels), delong(np.round(normal), labels)],
        "shares": [wilson(45, 50, 300, 400), wilson(0, 40, 5, 60), wilson(30, 30, 100, 150), wilson(700, 1000, 7100, 10000)],
        "multiclass": multiclass(),
    }
    path = pathlib.Path(__file__).with_suffix(".json")
    path.write_text(json.dumps(document, indent=None) + "\n")


main()

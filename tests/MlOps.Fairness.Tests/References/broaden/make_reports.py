"""Reference values for the regression and multi-class reports and for individual fairness, made with numpy, scipy, scikit-learn and
pandas; no code of the course is used. The definitions of Fairlearn (MetricFrame's difference and ratio between groups) and AIF360
(consistency) are written here from their formulas.

Run:  python3 make_reports.py > reports.json
"""
import json
import sys

import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy.stats import ks_2samp, wasserstein_distance
from sklearn.metrics import accuracy_score, balanced_accuracy_score, confusion_matrix, mean_absolute_error, mean_squared_error, r2_score
from sklearn.neighbors import NearestNeighbors

rng = np.random.default_rng(8)
n = 250
group = rng.choice(["f", "m", "x"], n, p=[0.45, 0.45, 0.1])
truth = np.round(rng.normal(50, 10, n) + np.where(group == "f", 4, 0), 2)
prediction = np.round(truth + rng.normal(np.where(group == "f", -3, 1), 5), 0)  # rounded: ties between and within groups

frame = pd.DataFrame({"g": group, "y": truth, "p": prediction})


def regression(part):
    error = part["p"] - part["y"]
    return {
        "count": len(part), "meanTruth": part["y"].mean(), "meanPrediction": part["p"].mean(), "meanError": error.mean(),
        "meanAbsoluteError": mean_absolute_error(part["y"], part["p"]), "rootMeanSquaredError": mean_squared_error(part["y"], part["p"], squared=False),
        "rSquared": r2_score(part["y"], part["p"]),
    }


by_group = {g: regression(part) for g, part in frame.groupby("g")}


def difference(name):
    values = [row[name] for row in by_group.values()]
    return max(values) - min(values)


def ratio(name):
    values = [row[name] for row in by_group.values()]
    return min(values) / max(values)


gaps = {}
for i, a in enumerate(sorted(by_group)):
    for b in sorted(by_group)[i + 1:]:
        pa, pb = frame.loc[frame.g == a, "p"], frame.loc[frame.g == b, "p"]
        gaps[a + b] = [wasserstein_distance(pa, pb), ks_2samp(pa, pb).statistic]

classes = ["full", "none", "part"]
label = rng.choice(classes, n, p=[0.4, 0.35, 0.25])
guess = np.where(rng.random(n) < np.where(group == "f", 0.55, 0.75), label, rng.choice(classes, n))
multi = {}
for g in sorted(set(group)):
    rows = group == g
    one = {
        "accuracy": accuracy_score(label[rows], guess[rows]), "macro": balanced_accuracy_score(label[rows], guess[rows]),
        "confusion": confusion_matrix(label[rows], guess[rows], labels=classes).ravel().tolist(),
    }
    for c in classes:
        one[c] = [float((guess[rows] == c).mean()), float((guess[rows & (label == c)] == c).mean()), float((guess[rows & (label != c)] == c).mean())]
    good = np.isin(guess, ["full", "part"])
    one["favourable"] = [float(good[rows].mean()), float(good[rows & np.isin(label, ["full", "part"])].mean())]
    multi[g] = one

parity = {c: max(multi[g][c][0] for g in multi) - min(multi[g][c][0] for g in multi) for c in classes}

x = np.round(rng.normal(0, [1, 50, 0.2], (n, 3)), 6)
scores = np.round(rng.random(n), 4)


def consistency(features, k, metric="euclidean", include_self=True):
    if include_self:  # AIF360: the neighbours of a training row contain the row itself
        neighbours = NearestNeighbors(n_neighbors=k, metric=metric, algorithm="brute").fit(features).kneighbors(features, return_distance=False)
    else:
        neighbours = NearestNeighbors(n_neighbors=k + 1, metric=metric, algorithm="brute").fit(features).kneighbors(features, return_distance=False)[:, 1:]
    return float(1 - np.mean(np.abs(scores - scores[neighbours].mean(axis=1))))


z = (x - x.mean(axis=0)) / x.std(axis=0)
distance = np.sqrt(((z[:, None, :] - z[None, :, :]) ** 2).sum(axis=2))
gap = np.abs(scores[:, None] - scores[None, :])
upper = np.triu_indices(n, 1)
excess = (gap - 0.8 * distance)[upper]
order = np.argsort(-excess)[:5]

json.dump({
    "made_with": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__, "pandas": pd.__version__},
    "group": group.tolist(), "truth": truth.tolist(), "prediction": prediction.tolist(),
    "regression": {
        "groups": by_group, "overall": regression(frame), "gaps": gaps,
        "metrics": {
            "meanPredictionDifference": difference("meanPrediction"), "meanPredictionRatio": ratio("meanPrediction"), "meanErrorDifference": difference("meanError"),
            "meanAbsoluteErrorDifference": difference("meanAbsoluteError"), "meanAbsoluteErrorRatio": ratio("meanAbsoluteError"),
            "rootMeanSquaredErrorDifference": difference("rootMeanSquaredError"), "rootMeanSquaredErrorRatio": ratio("rootMeanSquaredError"),
            "rSquaredDifference": difference("rSquared"),
            "wassersteinDistance": max(v[0] for v in gaps.values()), "kolmogorovSmirnovDistance": max(v[1] for v in gaps.values()),
            "largestGroupMeanAbsoluteError": max(r["meanAbsoluteError"] for r in by_group.values()),
            "largestGroupMeanSquaredError": max(r["rootMeanSquaredError"] ** 2 for r in by_group.values()),
        },
    },
    "label": label.tolist(), "guess": guess.tolist(), "multi": multi,
    "worstParity": {"class": max(parity, key=parity.get), "value": max(parity.values())},
    "macroDifference": max(m["macro"] for m in multi.values()) - min(m["macro"] for m in multi.values()),
    "x": x.ravel().tolist(), "scores": scores.tolist(),
    "consistency": {
        "aif360": consistency(x, 5), "withoutSelf": consistency(x, 5, include_self=False), "standardised": consistency(z, 7), "cosine": consistency(x, 4, "cosine", False),
    },
    "lipschitz": {
        "violations": int((excess > 0).sum()), "steepest": float((gap[upper] / distance[upper]).max()),
        "worst": [[int(upper[0][i]), int(upper[1][i]), float(excess[i])] for i in order],
    },
}, sys.stdout)

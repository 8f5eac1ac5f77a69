"""Makes trees.json: trees, forests and boosting of scikit-learn on its own data sets, for tests/MlOps.Learning.Tests/Trees.

usage: /usr/bin/python3 trees.py     (Debian 12: scikit-learn 1.2.1)

Settings of the exact trees are such that no two splits tie: 30 random orders of the features give the same tree.
"""
import json
import os

import numpy as np
import sklearn
from sklearn.datasets import load_breast_cancer, load_diabetes, load_wine
from sklearn.ensemble import (
    HistGradientBoostingClassifier, HistGradientBoostingRegressor, IsolationForest, RandomForestClassifier, RandomForestRegressor)
from sklearn.metrics import accuracy_score, log_loss, mean_squared_error, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor


def exact(make, x, y, **settings):
    """The tree, if no order of the features gives another one."""
    trees = [make(random_state=seed, **settings).fit(x, y) for seed in range(30)]
    first = trees[0].tree_
    for other in trees[1:]:
        same = np.array_equal(first.feature, other.tree_.feature) and np.array_equal(first.threshold, other.tree_.threshold)
        assert same, f"ties in {make.__name__} {settings}"
    t = first
    total = t.weighted_n_node_samples[0]
    inner = t.children_left >= 0
    gain = np.zeros(t.node_count)
    cost = t.impurity * t.weighted_n_node_samples
    gain[inner] = cost[inner] - cost[t.children_left[inner]] - cost[t.children_right[inner]]
    return {
        "features": np.where(inner, t.feature, -1).tolist(),
        "thresholds": np.where(inner, t.threshold, 0).tolist(),
        "left": t.children_left.tolist(),
        "right": t.children_right.tolist(),
        "cover": t.weighted_n_node_samples.tolist(),
        "gains": gain.tolist(),
        "values": (t.value[:, 0, :] if make is DecisionTreeRegressor else t.value[:, 0, :] / t.value[:, 0, :].sum(axis=1, keepdims=True)).tolist(),
        "importances": trees[0].feature_importances_.tolist(),
        "rootImpurity": float(cost[0] / total),
    }


def split(data, stratify):
    x, y = data.data, data.target
    train, test = train_test_split(np.arange(len(y)), test_size=0.3, random_state=0, stratify=y if stratify else None)
    return x, y, train, test


def table(data, train, test):
    return {
        "features": [str(name) for name in data.feature_names],
        "x": data.data.tolist(),
        "y": data.target.tolist(),
        "train": train.tolist(),
        "test": test.tolist(),
    }


def seeds(measure, count=6):
    """Mean and range over random states: what a forest may differ by through its seed alone."""
    values = [measure(seed) for seed in range(count)]
    return {"mean": float(np.mean(values)), "min": float(np.min(values)), "max": float(np.max(values))}


def main():
    reference = {"sklearn": sklearn.__version__}

    cancer = load_breast_cancer()
    x, y, train, test = split(cancer, True)
    reference["cancer"] = table(cancer, train, test)
    boosting = HistGradientBoostingClassifier(early_stopping=False).fit(x[train], y[train])
    holes = x.copy()
    holes[np.add.outer(np.arange(len(x)) * 7, np.arange(x.shape[1]) * 3) % 5 == 0] = np.nan  # every fifth value, as the test does
    missing = HistGradientBoostingClassifier(early_stopping=False).fit(holes[train], y[train])
    reference["cancerResults"] = {
        "pruned": exact(DecisionTreeClassifier, x, y, min_samples_leaf=20, ccp_alpha=0.004),
        "gini": exact(DecisionTreeClassifier, x, y, min_samples_leaf=20, min_impurity_decrease=0.005),
        "entropy": exact(DecisionTreeClassifier, x, y, criterion="entropy", min_samples_leaf=5, min_impurity_decrease=0.02),
        "forestAuc": seeds(lambda s: roc_auc_score(y[test], RandomForestClassifier(200, random_state=s).fit(x[train], y[train]).predict_proba(x[test])[:, 1])),
        "forestOutOfBag": seeds(lambda s: RandomForestClassifier(200, random_state=s, oob_score=True).fit(x[train], y[train]).oob_score_),
        "boostingAuc": roc_auc_score(y[test], boosting.predict_proba(x[test])[:, 1]),
        "boostingLogLoss": log_loss(y[test], boosting.predict_proba(x[test])),
        "boostingProbabilities": boosting.predict_proba(x[test])[:, 1].tolist(),
        "missingAuc": roc_auc_score(y[test], missing.predict_proba(holes[test])[:, 1]),
        "missingProbabilities": missing.predict_proba(holes[test])[:, 1].tolist(),
        "isolation": np.mean([-IsolationForest(n_estimators=500, random_state=s).fit(x).score_samples(x) for s in range(4)], axis=0).round(6).tolist(),
    }

    wine = load_wine()
    x, y, train, test = split(wine, True)
    reference["wine"] = table(wine, train, test)
    softmax = HistGradientBoostingClassifier(early_stopping=False).fit(x[train], y[train])
    reference["wineResults"] = {
        "gini": exact(DecisionTreeClassifier, x, y, min_samples_leaf=12, min_impurity_decrease=0.005),
        "forestAccuracy": seeds(lambda s: accuracy_score(y[test], RandomForestClassifier(200, random_state=s).fit(x[train], y[train]).predict(x[test]))),
        "boostingAccuracy": accuracy_score(y[test], softmax.predict(x[test])),
        "boostingProbabilities": softmax.predict_proba(x[test]).tolist(),
    }

    diabetes = load_diabetes(scaled=False)
    x, y, train, test = split(diabetes, False)
    reference["diabetes"] = table(diabetes, train, test)
    squared = HistGradientBoostingRegressor(early_stopping=False).fit(x[train], y[train])
    ridge = HistGradientBoostingRegressor(early_stopping=False, max_iter=50, max_depth=4, max_leaf_nodes=8, l2_regularization=5, learning_rate=0.2).fit(x[train], y[train])
    median = HistGradientBoostingRegressor(loss="absolute_error", early_stopping=False).fit(x[train], y[train])
    poisson = HistGradientBoostingRegressor(loss="poisson", early_stopping=False).fit(x[train], y[train])
    reference["diabetesResults"] = {
        "squared": exact(DecisionTreeRegressor, x, y, max_depth=5, min_samples_leaf=8),
        "pruned": exact(DecisionTreeRegressor, x, y, min_samples_leaf=5, ccp_alpha=50.0),
        "thirds": exact(DecisionTreeClassifier, x, np.digitize(y, [100, 180]), max_depth=3, min_samples_leaf=5),
        "thirdsEntropy": exact(DecisionTreeClassifier, x, np.digitize(y, [100, 180]), criterion="entropy", max_depth=3, min_samples_leaf=20),
        "forestRmse": seeds(lambda s: mean_squared_error(y[test], RandomForestRegressor(200, random_state=s).fit(x[train], y[train]).predict(x[test]), squared=False)),
        "boostingPredictions": squared.predict(x[test]).tolist(),
        "ridgePredictions": ridge.predict(x[test]).tolist(),
        "medianMae": float(np.mean(np.abs(median.predict(x[test]) - y[test]))),
        "poissonPredictions": poisson.predict(x[test]).tolist(),
    }

    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "trees.json")
    with open(path, "w", encoding="utf-8") as file:
        json.dump(reference, file, separators=(",", ":"))
    print(path, os.path.getsize(path))


main()

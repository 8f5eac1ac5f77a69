"""Boosting, forest and isolation forest in scikit-learn and XGBoost, for bench/trees/TreesBench.cs.

usage: peer.py DATA TRAIN TEST COLUMNS REPEATS
DATA holds TRAIN + TEST rows of COLUMNS little-endian doubles, then as many classes, 0 or 1, as doubles.
Prints one JSON object: versions, and for each peer the best seconds to fit and to predict, and the area under the ROC curve on the test rows.
"""
import json
import sys
import time

import numpy as np
import sklearn
import xgboost
from sklearn.ensemble import HistGradientBoostingClassifier, IsolationForest, RandomForestClassifier
from sklearn.metrics import roc_auc_score


def best(repeats, run):
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


def main():
    path, train, test, columns, repeats = sys.argv[1], *map(int, sys.argv[2:6])
    data = np.fromfile(path, dtype="<f8")
    x = data[: (train + test) * columns].reshape(train + test, columns)
    y = data[(train + test) * columns:].astype(int)
    x_train, x_test, y_train, y_test = x[:train], x[train:], y[:train], y[train:]
    results = {"sklearn": sklearn.__version__, "xgboost": xgboost.__version__}

    def classifier(name, make, times):
        fit, model = best(times, lambda: make().fit(x_train, y_train))
        predict, p = best(times, lambda: model.predict_proba(x_test)[:, 1])
        results[name] = {"fit": fit, "predict": predict, "auc": roc_auc_score(y_test, p)}

    HistGradientBoostingClassifier(max_iter=2).fit(x_train[:2000], y_train[:2000])  # first calls are not what is measured
    classifier("histGradientBoosting", lambda: HistGradientBoostingClassifier(max_iter=100, early_stopping=False), repeats)
    classifier("xgboostHist", lambda: xgboost.XGBClassifier(
        n_estimators=100, tree_method="hist", grow_policy="lossguide", max_leaves=31, max_depth=0, learning_rate=0.1, n_jobs=2), repeats)
    classifier("randomForest", lambda: RandomForestClassifier(n_estimators=100, n_jobs=2, random_state=0), 1)

    fit, model = best(repeats, lambda: IsolationForest(n_estimators=100, random_state=0, n_jobs=2).fit(x_train))
    predict, scores = best(1, lambda: -model.score_samples(x_test))
    results["isolationForest"] = {"fit": fit, "predict": predict, "scores": scores[:1000].tolist()}
    json.dump(results, sys.stdout)


main()

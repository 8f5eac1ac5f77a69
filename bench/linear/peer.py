"""Logistic regression, nearest neighbours and support vector machines in scikit-learn, for bench/linear/LinearBench.cs.

usage: peer.py DATA ROWS COLUMNS REPEATS
DATA holds ROWS × COLUMNS little-endian doubles, row after row, then ROWS labels, 0.0 or 1.0.
Prints one JSON object: the seconds of each task, best of REPEATS, and numbers by which both sides can be seen to agree.
"""
import json
import os
import sys
import time

import numpy as np
import sklearn
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.svm import SVC, LinearSVC


def best(function, repeats):
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        result = function()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


def blas():
    with open(f"/proc/{os.getpid()}/maps", encoding="utf-8") as maps:
        return "OpenBLAS" if "openblas" in maps.read() else "reference BLAS"


def main():
    path, rows, columns, repeats = sys.argv[1], *map(int, sys.argv[2:5])
    data = np.fromfile(path, dtype="<f8")
    x, y = data[: rows * columns].reshape(rows, columns), data[rows * columns :]
    out = {"sklearn": sklearn.__version__, "blas": blas()}

    out["ols"], model = best(lambda: LinearRegression().fit(x, y), repeats)
    out["olsCoefficients"] = model.coef_.tolist()
    out["logistic"], _ = best(lambda: LogisticRegression().fit(x, y), repeats)
    out["logisticCoefficients"] = LogisticRegression(solver="newton-cholesky", tol=1e-12).fit(x, y).coef_[0].tolist()

    learn, ask = rows // 2, rows // 20
    neighbors = KNeighborsClassifier().fit(x[:learn], y[:learn])
    out["neighbors"], probabilities = best(lambda: neighbors.predict_proba(x[learn : learn + ask]), repeats)
    out["neighborProbabilities"] = probabilities[:, 1].tolist()

    few = rows // 10
    out["rbf"], model = best(lambda: SVC().fit(x[:few], y[:few]), min(2, repeats))
    out["rbfScoring"], decision = best(lambda: model.decision_function(x[few : 2 * few]), min(2, repeats))
    out["rbfDecision"] = decision.tolist()
    out["linearSvm"], model = best(lambda: LinearSVC(C=0.01).fit(x, y), min(2, repeats))
    out["linearSvmCoefficients"] = model.coef_[0].tolist()
    json.dump(out, sys.stdout)


main()

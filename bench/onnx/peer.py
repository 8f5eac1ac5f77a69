"""Predictions of a logistic regression and a random forest in scikit-learn, for bench/onnx/OnnxBench.cs.

usage: peer.py DATA ROWS TRAIN_ROWS COLUMNS REPEATS
DATA holds (TRAIN_ROWS + ROWS) × COLUMNS little-endian doubles, row after row, then as many labels as int32. The first TRAIN_ROWS rows are for fitting.
Prints one JSON object: for each model the seconds of predict_proba, best of REPEATS, those of a single row, and the probabilities.
"""
import json
import os
import sys
import time

import numpy as np
import sklearn
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression


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


def measure(model, train, y, x, repeats):
    model.fit(train, y)
    seconds, probabilities = best(lambda: model.predict_proba(x)[:, 1], repeats)
    model.n_jobs = None  # threads only slow a single row down
    calls = 100
    one, _ = best(lambda: [model.predict_proba(x[i : i + 1]) for i in range(calls)], 3)
    return {"seconds": seconds, "one": one / calls, "probabilities": probabilities.tolist()}


def main():
    path, rows, train_rows, columns, repeats = sys.argv[1], *map(int, sys.argv[2:6])
    every = rows + train_rows
    raw = open(path, "rb").read()
    x = np.frombuffer(raw, dtype="<f8", count=every * columns).reshape(every, columns)
    y = np.frombuffer(raw, dtype="<i4", offset=every * columns * 8)
    train, test = x[:train_rows], x[train_rows:]
    out = {"sklearn": sklearn.__version__, "blas": blas()}
    out["logistic"] = measure(LogisticRegression(max_iter=1000), train, y[:train_rows], test, repeats)
    out["forest"] = measure(RandomForestClassifier(max_depth=12, n_jobs=-1, random_state=1), train, y[:train_rows], test, repeats)
    json.dump(out, sys.stdout)


main()

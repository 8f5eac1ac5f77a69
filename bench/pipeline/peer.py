"""The same preprocessing in scikit-learn, for bench/pipeline/PipelineBench.cs.

usage: peer.py DATA ROWS NUMBERS TEXTS CATEGORIES REPEATS
DATA holds NUMBERS columns of ROWS little-endian doubles (NaN: missing), then TEXTS columns of ROWS int32 codes (-1: missing), then the
features that we made, row after row. Prints one JSON object: the version, the best times of fit_transform and of transform, and the largest difference between both
sides' features. The text "missing" stands in the column from the start, so that the peer need not impute it.
"""
import json
import sys
import time

import numpy as np
import pandas as pd
import sklearn
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

path, rows, numbers, texts, categories, repeats = sys.argv[1], *map(int, sys.argv[2:7])
with open(path, "rb") as file:
    values = np.fromfile(file, dtype="<f8", count=rows * numbers).reshape(numbers, rows)
    codes = np.fromfile(file, dtype="<i4", count=rows * texts).reshape(texts, rows)
    ours = np.fromfile(file, dtype="<f8").reshape(rows, -1)

levels = np.array([f"level {i:03d}" for i in range(categories)] + ["missing"], dtype=object)
frame = pd.DataFrame({f"x{i}": values[i] for i in range(numbers)} | {f"t{i}": levels[codes[i]] for i in range(texts)})


def pipeline():
    return ColumnTransformer([
        ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), [f"x{i}" for i in range(numbers)]),
        ("texts", OneHotEncoder(handle_unknown="ignore", sparse_output=False), [f"t{i}" for i in range(texts)]),
    ])


def best(function):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        result = function()
        times.append(time.perf_counter() - start)
    return min(times), result


pipeline().fit_transform(frame[:1000])  # first calls are not what is measured
fitting, features = best(lambda: pipeline().fit_transform(frame))
fitted = pipeline().fit(frame)
transforming, _ = best(lambda: fitted.transform(frame))
json.dump({"sklearn": sklearn.__version__, "fit": fitting, "transform": transforming,
           "deviation": float(np.abs(features - ours).max())}, sys.stdout)

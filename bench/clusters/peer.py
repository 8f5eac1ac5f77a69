"""k-means in scikit-learn, for bench/clusters/ClustersBench.cs.

usage: peer.py DATA ROWS COLUMNS CLUSTERS REPEATS
DATA holds ROWS × COLUMNS little-endian doubles, row after row. Prints one JSON object: the version, the BLAS in use, the best time
of one start and its iterations, of ten starts, and the inertia of the ten.
"""
import json
import os
import sys
import time
import warnings

import numpy as np
import sklearn
from sklearn.cluster import KMeans
from threadpoolctl import threadpool_info

warnings.filterwarnings("ignore")


def best(repeats, **settings):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        model = KMeans(**settings).fit(x)
        times.append(time.perf_counter() - start)
    return min(times), model


path, rows, columns, clusters, repeats = sys.argv[1], *map(int, sys.argv[2:6])
x = np.fromfile(path, dtype="<f8").reshape(rows, columns)
KMeans(clusters, n_init=1, random_state=0).fit(x[:2000])  # first calls are not what is measured
one, single = best(repeats, n_clusters=clusters, n_init=1, random_state=0)
rounds, _ = best(repeats, n_clusters=clusters, n_init=1, random_state=0, max_iter=20, tol=0)
ten, model = best(max(1, repeats // 2), n_clusters=clusters, n_init=10, random_state=0)
blas = [os.path.basename(info["filepath"]) for info in threadpool_info() if info["user_api"] == "blas"]
json.dump({"sklearn": sklearn.__version__, "blas": ", ".join(blas), "one": one, "iterations": int(single.n_iter_), "twenty": rounds,
           "ten": ten, "inertia": float(model.inertia_)}, sys.stdout)

"""XGBoost's own tree SHAP (C++), for bench/treeshap/TreeShapBench.cs.

usage: peer.py DATA TRAIN ROWS COLUMNS TREES DEPTH REPEATS CONTRIBUTIONS INTERACTIONS_ROWS
DATA holds TRAIN + ROWS rows of COLUMNS little-endian doubles, then as many classes as doubles. Fits TREES trees of depth DEPTH on the first TRAIN rows
and explains the others; CONTRIBUTIONS is a file to write ROWS x (COLUMNS + 1) little-endian doubles to, the bias last.
Prints one JSON object: version, base, the trees as flat lists, and the best seconds on two threads and on one.
"""
import json
import sys
import time

import numpy as np
import xgboost


def best(repeats, run):
    seconds = []
    for _ in range(repeats):
        start = time.perf_counter()
        result = run()
        seconds.append(time.perf_counter() - start)
    return min(seconds), result


def flat(text):
    """feature (-1 in a leaf), threshold or value, child for 'less', child for the others, cover"""
    nodes = []

    def walk(node):
        at = len(nodes)
        nodes.append(None)
        if "leaf" in node:
            nodes[at] = [-1, node["leaf"], -1, -1, node["cover"]]
            return at
        children = {child["nodeid"]: walk(child) for child in node["children"]}
        nodes[at] = [int(node["split"][1:]), node["split_condition"], children[node["yes"]], children[node["no"]], node["cover"]]
        return at

    walk(json.loads(text))
    return nodes


def main():
    path = sys.argv[1]
    train, rows, columns, trees, depth, repeats = map(int, sys.argv[2:8])
    pairs = int(sys.argv[9])
    data = np.fromfile(path, dtype="<f8")
    x = data[: (train + rows) * columns].reshape(train + rows, columns)
    y = data[(train + rows) * columns:]
    model = xgboost.train(
        {"objective": "binary:logistic", "max_depth": depth, "eta": 0.1, "tree_method": "hist", "base_score": 0.5, "nthread": 2},
        xgboost.DMatrix(x[:train], label=y[:train]), trees)
    wanted = xgboost.DMatrix(x[train:])
    model.predict(wanted, pred_contribs=True)  # the first call is not what is measured
    two, contributions = best(repeats, lambda: model.predict(wanted, pred_contribs=True))
    few = xgboost.DMatrix(x[train: train + pairs])
    interactions, _ = best(1, lambda: model.predict(few, pred_interactions=True))
    model.set_param({"nthread": 1})
    one, _ = best(repeats, lambda: model.predict(wanted, pred_contribs=True))
    contributions.astype("<f8").tofile(sys.argv[8])
    json.dump({"xgboost": xgboost.__version__, "two": two, "one": one, "interactions": interactions, "base": 0.0,
               "trees": [flat(text) for text in model.get_dump(with_stats=True, dump_format="json")]}, sys.stdout)


main()

"""Shapley values of trees by other means, for Shapley/TreeReferenceTests.cs.

usage: /usr/bin/python3 make_tree.py > tree.json

xgboost: TreeSHAP in its own C++ (pred_contribs, pred_interactions), in single precision, on rows with missing values; the trees are its JSON dump.
sklearn: a forest's trees with weighted_n_node_samples, and the definition over all 2^d coalitions written plainly here: path-dependent
(Algorithm 1 of Lundberg et al. 2020) and interventional (mean over background rows).
"""
import itertools
import json
import math
import sys

import numpy as np
import sklearn
import xgboost
from sklearn.ensemble import RandomForestClassifier


def data(rows, columns, seed):
    rng = np.random.default_rng(seed)
    x = np.round(rng.normal(size=(rows, columns)), 3)
    x[:, 2] = rng.integers(0, 4, rows)
    y = ((x[:, 0] + x[:, 1] * x[:, 2] - np.abs(x[:, 3]) + 0.5 * rng.normal(size=rows)) > 0).astype(int)
    return x, y


def from_xgboost():
    x, y = data(600, 5, 1)
    x[np.random.default_rng(2).random(x.shape) < 0.08] = np.nan
    matrix = xgboost.DMatrix(x, label=y)
    model = xgboost.train({"objective": "binary:logistic", "max_depth": 4, "eta": 0.3, "base_score": 0.3, "nthread": 1, "seed": 0}, matrix, 6)
    rows = xgboost.DMatrix(x[:12])
    trees = []
    for text in model.get_dump(with_stats=True, dump_format="json"):
        nodes = []

        def walk(node):
            at = len(nodes)
            nodes.append(None)
            if "leaf" in node:
                nodes[at] = {"leaf": node["leaf"], "cover": node["cover"]}
                return at
            children = {child["nodeid"]: walk(child) for child in node["children"]}
            nodes[at] = {
                "feature": int(node["split"][1:]), "below": node["split_condition"], "missingIsTrue": node["missing"] == node["yes"],
                "yes": children[node["yes"]], "no": children[node["no"]], "cover": node["cover"]}
            return at

        walk(json.loads(text))
        trees.append(nodes)
    return {
        "base": math.log(0.3 / 0.7), "trees": trees, "rows": [[None if math.isnan(v) else v for v in row] for row in x[:12].tolist()],
        "contributions": model.predict(rows, pred_contribs=True).tolist(), "interactions": model.predict(rows, pred_interactions=True).tolist()}


def shapley(d, value):
    values = {s: value(set(s)) for k in range(d + 1) for s in itertools.combinations(range(d), k)}
    phi = []
    for i in range(d):
        others = [j for j in range(d) if j != i]
        phi.append(sum(
            math.factorial(len(s)) * math.factorial(d - len(s) - 1) / math.factorial(d) * (values[tuple(sorted(s + (i,)))] - values[s])
            for k in range(d) for s in itertools.combinations(others, k)))
    return values[()], phi


def from_sklearn():
    d = 5
    x, y = data(400, d, 3)
    model = RandomForestClassifier(n_estimators=4, max_depth=5, random_state=0).fit(x, y)

    def share(tree, node):
        counts = tree.value[node][0]
        return counts[1] / counts.sum()

    def expected(tree, row, known, node=0):
        if tree.children_left[node] < 0:
            return share(tree, node)
        left, right, f = tree.children_left[node], tree.children_right[node], tree.feature[node]
        if f in known:
            return expected(tree, row, known, left if np.float32(row[f]) <= tree.threshold[node] else right)
        w = tree.weighted_n_node_samples
        return (w[left] * expected(tree, row, known, left) + w[right] * expected(tree, row, known, right)) / w[node]

    trees = [e.tree_ for e in model.estimators_]
    rows, background = x[:5], x[100:107]
    path, inter = [], []
    for row in rows:
        path.append(shapley(d, lambda known: np.mean([expected(t, row, known) for t in trees])))

        def mixed(known):
            z = background.copy()
            for f in known:
                z[:, f] = row[f]
            return model.predict_proba(z)[:, 1].mean()

        inter.append(shapley(d, mixed))
    nodes = [[
        {"leaf": share(t, i), "cover": t.weighted_n_node_samples[i]} if t.children_left[i] < 0 else
        {"feature": int(t.feature[i]), "atMost": t.threshold[i], "yes": int(t.children_left[i]), "no": int(t.children_right[i]), "cover": t.weighted_n_node_samples[i]}
        for i in range(t.node_count)] for t in trees]
    return {
        "trees": nodes, "rows": rows.tolist(), "background": background.tolist(),
        "pathBase": path[0][0], "path": [p for _, p in path], "interventionalBase": inter[0][0], "interventional": [p for _, p in inter]}


json.dump({"versions": {"xgboost": xgboost.__version__, "sklearn": sklearn.__version__, "numpy": np.__version__},
           "xgboost": from_xgboost(), "sklearn": from_sklearn()}, sys.stdout)

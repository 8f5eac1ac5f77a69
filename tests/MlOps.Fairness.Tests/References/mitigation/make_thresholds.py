"""Writes thresholds.json: group thresholds by the algorithm of Fairlearn's ThresholdOptimizer, from its description.

Per group: thresholds midway between distinct scores and +-inf, prediction score > t; upper convex hull (monotone chain) of
(rate, metric), linear interpolation on 1001 points, sum over groups weighted by size, first maximum; equalised odds by the pointwise
minimum of the ROC hulls and a share of rows whose score is ignored. Fairlearn itself is not installed here.
Made with Python 3.11, numpy 1.24. Run: /usr/bin/python3 make_thresholds.py
"""
import json
import numpy as np

GRID = np.linspace(0, 1, 1001)


def counts(scores, labels):
    cuts = [np.inf]
    distinct = np.unique(scores)[::-1]
    for upper, lower in zip(distinct, np.append(distinct[1:], -np.inf)):
        cuts.append((upper + lower) / 2)
    cuts = np.array(cuts)
    chosen = scores[None, :] > cuts[:, None]
    return cuts, (chosen & labels[None, :]).sum(1), (chosen & ~labels[None, :]).sum(1)


def metric(name, tp, fp, p, n):
    return {
        "selection": lambda: (tp + fp) / (p + n),
        "tpr": lambda: tp / p,
        "fpr": lambda: fp / n,
        "accuracy": lambda: (tp + n - fp) / (p + n),
        "balanced": lambda: 0.5 * tp / p + 0.5 * (n - fp) / n,
    }[name]()


def hull(xs, ys, cuts):
    order = sorted(range(len(xs)), key=lambda i: (xs[i], ys[i]))
    kept = []
    for i in order:
        point = (xs[i], ys[i], cuts[i])
        while len(kept) >= 2:
            a, b = kept[-2], kept[-1]
            if (b[1] - a[1]) * (point[0] - a[0]) <= (point[1] - a[1]) * (b[0] - a[0]):
                kept.pop()
            else:
                break
        kept.append(point)
    return kept


def interpolate(points):
    x = np.array([p[0] for p in points])
    rows = []
    for i, g in enumerate(GRID):
        k = int(np.searchsorted(x, g, side="right")) - 1
        if i > 0 and g == x[k]:
            k -= 1
        p0 = (x[k + 1] - g) / (x[k + 1] - x[k])
        rows.append((p0 * points[k][1] + (1 - p0) * points[k + 1][1], p0, points[k][2], points[k + 1][2]))
    return rows


def solve(labels, scores, groups, constraint, objective):
    n = len(labels)
    positives, negatives = int(labels.sum()), int((~labels).sum())
    names = sorted(set(groups))
    curves = {}
    for g in names:
        rows = groups == g
        cuts, tp, fp = counts(scores[rows], labels[rows])
        p, q = int(labels[rows].sum()), int((~labels[rows]).sum())
        x, y = ("fpr", "tpr") if constraint == "odds" else (constraint, objective)
        curves[g] = interpolate(hull(metric(x, tp, fp, p, q), metric(y, tp, fp, p, q), cuts))
    heights = {g: np.array([row[0] for row in curves[g]]) for g in names}
    if constraint == "odds":
        least = np.min([heights[g] for g in names], axis=0)
        total = metric(objective, positives * least, negatives * GRID, positives, negatives)
    else:
        total = sum(((groups == g).sum() / n) * heights[g] for g in names)
    best = int(np.argmax(total))
    rules = []
    for g in names:
        y, p0, t0, t1 = curves[g][best]
        ignore = 0.0
        if constraint == "odds" and y != GRID[best]:
            ignore = (y - least[best]) / (y - GRID[best])
        rules.append({"p0": p0, "t0": float(t0), "t1": float(t1), "ignore": float(ignore)})
    text = lambda v: str(v) if np.isinf(v) else float(v)
    for rule in rules:
        rule["t0"], rule["t1"] = text(rule["t0"]), text(rule["t1"])
    return {"constraint": constraint, "objective": objective, "rate": float(GRID[best]), "value": float(total[best]), "rules": rules}


def main():
    cases = []
    for seed, (n, sizes, rounding) in enumerate([(240, [0.5, 0.5], None), (400, [0.6, 0.3, 0.1], 2), (150, [0.4, 0.4, 0.2], 1)]):
        rng = np.random.default_rng(seed)
        group = rng.choice(len(sizes), n, p=sizes)
        labels = rng.random(n) < np.array([0.6, 0.35, 0.5])[group]
        scores = 1 / (1 + np.exp(-(rng.normal(0, 1, n) + 1.3 * labels - 0.6 * group)))
        if rounding:
            scores = np.round(scores, rounding)
        names = np.array(["a", "b", "c"])[group]
        solutions = [solve(labels, scores, names, c, o) for c in ("selection", "tpr", "fpr", "odds") for o in ("accuracy", "balanced")]
        cases.append({"labels": [bool(v) for v in labels], "scores": [float(v) for v in scores], "groups": list(names), "solutions": solutions})
    with open("thresholds.json", "w") as file:
        json.dump({"numpy": np.__version__, "cases": cases}, file)


main()

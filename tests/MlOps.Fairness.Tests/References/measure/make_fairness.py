"""Reference values for FairnessReport, independent of the C# code.

Writes fairness.json beside this script. Made with Python 3.11, pandas 1.5.3, NumPy 1.24, SciPy 1.10, scikit-learn 1.2.
Group tables come from pandas. Comparisons follow the definitions of Fairlearn 0.8 (max - min, min / max, to_overall) and of AIF360 0.6
(signed differences, generalised entropy), written out here; a rate of 0 / 0 is None and left out instead of 0 or NaN. Wilson's interval is
the quadratic's roots; AUC is scikit-learn's; the two data sets are scikit-learn's copies of public ones.
"""
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
from scipy import stats
from sklearn.datasets import load_breast_cancer, load_wine
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

RATES = {
    "selectionRate": lambda y, p: (p, np.ones_like(y, bool)), "truePositiveRate": lambda y, p: (p, y), "falsePositiveRate": lambda y, p: (p, ~y),
    "positivePredictiveValue": lambda y, p: (y, p), "accuracy": lambda y, p: (y == p, np.ones_like(y, bool)), "baseRate": lambda y, p: (y, np.ones_like(y, bool)),
    "falseNegativeRate": lambda y, p: (~p, y), "trueNegativeRate": lambda y, p: (~p, ~y), "negativePredictiveValue": lambda y, p: (~y, ~p),
    "falseDiscoveryRate": lambda y, p: (~y, p), "falseOmissionRate": lambda y, p: (y, ~p), "errorRate": lambda y, p: (y != p, np.ones_like(y, bool)),
}


def rate(name, y, p):
    event, given = RATES[name](y, p)
    return None if given.sum() == 0 else float(event[given].mean())


def wilson(k, n):
    """Roots of (p - k/n)^2 = z^2 p (1 - p) / n."""
    if n == 0:
        return None
    z2 = stats.norm.ppf(0.975) ** 2
    low, high = sorted(np.roots([1 + z2 / n, -(2 * k / n + z2 / n), (k / n) ** 2]).real)
    return [float(low), float(high)]


def entropy(b, alpha):
    if len(b) == 0 or b.mean() == 0:
        return None
    r = b / b.mean()
    if alpha == 1:
        return float(np.where(r > 0, r * np.log(np.where(r > 0, r, 1)), 0).mean())
    if alpha == 0:
        return float(-np.log(r).mean()) if (r > 0).all() else None
    return float((r**alpha - 1).sum() / (len(b) * alpha * (alpha - 1)))


def scores_of(y, s):
    keep = ~np.isnan(s)
    y, s = y[keep], s[keep]
    out = {"count": int(len(s)), "meanScore": None, "auc": None, "brierScore": None, "expectedCalibrationError": None,
           "generalizedTruePositiveRate": float(s[y].mean()) if y.any() else None,
           "generalizedFalsePositiveRate": float(s[~y].mean()) if (~y).any() else None}
    if len(s):
        place = np.digitize(s, np.array([i / 10 for i in range(1, 10)]), right=True)
        out["meanScore"] = float(s.mean())
        out["brierScore"] = float(((s - y) ** 2).mean())
        out["expectedCalibrationError"] = float(sum((place == b).mean() * abs(s[place == b].mean() - y[place == b].mean()) for b in np.unique(place)))
        if y.any() and (~y).any():
            out["auc"] = float(roc_auc_score(y, s))
    return out


def spread(values, ratio):
    known = [v for v in values if v is not None]
    if len(known) < 2 or (ratio and max(known) == 0):
        return None
    return min(known) / max(known) if ratio else max(known) - min(known)


def both(a, b, how):
    return None if a is None or b is None else how(a, b)


def minus(a, b):
    return both(a, b, lambda x, z: x - z)


def signed(y, p, reference, others):
    r = {name: rate(name, y[reference], p[reference]) for name in RATES}
    u = {name: rate(name, y[others], p[others]) for name in RATES}
    tpr, fpr = minus(u["truePositiveRate"], r["truePositiveRate"]), minus(u["falsePositiveRate"], r["falsePositiveRate"])
    return {
        "statisticalParityDifference": minus(u["selectionRate"], r["selectionRate"]),
        "disparateImpact": None if r["selectionRate"] in (None, 0) or u["selectionRate"] is None else u["selectionRate"] / r["selectionRate"],
        "averageOddsDifference": both(tpr, fpr, lambda a, b: (a + b) / 2),
        "averageAbsoluteOddsDifference": both(tpr, fpr, lambda a, b: (abs(a) + abs(b)) / 2),
    }


def expected(frame, columns):
    """frame: y, p (bool or None), s, sensitive columns (None = missing)."""
    used = frame[frame["y"].notna() & frame["p"].notna()]
    y, p = used["y"].astype(bool).to_numpy(), used["p"].astype(bool).to_numpy()
    key = used[columns].astype(object).apply(lambda row: None if row.isna().any() else ",".join(row), axis=1).to_numpy()
    names = [",".join(t) for t in pd.MultiIndex.from_product([sorted(frame[c].dropna().unique()) for c in columns])] if len(columns) > 1 else sorted(frame[columns[0]].dropna().unique())
    counts = used.assign(key=key).groupby("key").size()
    groups, values = {}, {name: [] for name in RATES}
    treatment = []
    for name in names:
        member = np.array([k == name for k in key], dtype=bool)
        gy, gp = y[member], p[member]
        row = {r: rate(r, gy, gp) for r in RATES}
        fp, fn = int((gp & ~gy).sum()), int((gy & ~gp).sum())
        row["treatmentRatio"] = None if fp == 0 else fn / fp
        row["count"] = int(counts.get(name, 0))
        row["theilIndex"] = entropy(1.0 + gp - gy.astype(float), 1)
        row["selectionInterval"] = wilson(int(gp.sum()), len(gp))
        if "s" in used:
            row["scores"] = scores_of(gy, used["s"].to_numpy(float)[member])
        groups[name] = row
        treatment.append(row["treatmentRatio"])
        for r in RATES:
            values[r].append(row[r])
    tpr, fpr, sel, ppv, acc = (values[r] for r in ("truePositiveRate", "falsePositiveRate", "selectionRate", "positivePredictiveValue", "accuracy"))
    grouped = np.array([k is not None for k in key], dtype=bool)
    sizes = [groups[n]["count"] for n in names]
    reference = names[int(np.argmax(sizes))]
    is_reference = np.array([k == reference for k in key], dtype=bool)
    b = 1.0 + p - y.astype(float)
    means = pd.Series(b[grouped]).groupby(key[grouped]).transform("mean").to_numpy()
    within, between = entropy(b[grouped], 1), entropy(means, 1)
    overall = {r: rate(r, y, p) for r in RATES}
    metrics = {
        "demographicParityDifference": spread(sel, False), "demographicParityRatio": spread(sel, True),
        "equalOpportunityDifference": spread(tpr, False), "equalOpportunityRatio": spread(tpr, True),
        "falsePositiveRateDifference": spread(fpr, False), "falsePositiveRateRatio": spread(fpr, True),
        "equalizedOddsDifference": both(spread(tpr, False), spread(fpr, False), max),
        "equalizedOddsRatio": both(spread(tpr, True), spread(fpr, True), min),
        "equalizedOddsMeanDifference": both(spread(tpr, False), spread(fpr, False), lambda a, b: (a + b) / 2),
        "predictiveParityDifference": spread(ppv, False), "predictiveParityRatio": spread(ppv, True),
        "accuracyDifference": spread(acc, False), "accuracyRatio": spread(acc, True),
        "treatmentEqualityDifference": spread(treatment, False),
        "theilIndex": entropy(b, 1), "generalizedEntropyIndex": entropy(b, 2),
        "betweenGroupTheilIndex": between, "betweenGroupGeneralizedEntropyIndex": entropy(means, 2),
        "betweenGroupTheilShare": None if not within else between / within,
        **signed(y, p, is_reference, grouped & ~is_reference),
    }
    known = [v for v in tpr if v is not None]
    o = overall["truePositiveRate"]
    return {
        "groups": groups, "metrics": metrics, "overall": overall, "reference": reference,
        "leftOut": int(len(frame) - len(used)), "withoutGroup": int((~grouped).sum()),
        "toOverall": {
            "difference": None if o is None or not known else max(abs(v - o) for v in known),
            "ratio": None if not o or not known else min(min(v / o, o / v) if v > 0 else 0.0 for v in known),
        },
        "entropy": {str(a): entropy(b, a) for a in (-1, 0.5, 2, 3) if a > 0 or (b > 0).all()},
    }


def text(values):
    return "".join("?" if v is None or (isinstance(v, float) and math.isnan(v)) else "1" if v else "0" for v in values)


def case(name, frame, columns):
    return {
        "name": name, "columns": columns, "y": text(frame["y"]), "p": text(frame["p"]),
        "values": {c: [None if pd.isna(v) else v for v in frame[c]] for c in columns},
        "scores": [None if math.isnan(v) else v for v in frame["s"]] if "s" in frame else None,
        "expected": expected(frame, columns), "alone": {c: expected(frame, [c]) for c in columns} if len(columns) > 1 else {},
    }


def random_frame(rng, rows, genders, castes, missing):
    frame = pd.DataFrame({"gender": rng.choice(genders, rows), "caste": rng.choice(castes, rows)}, dtype=object)
    s = np.round(rng.beta(1.5, 2, rows), 3)
    frame["s"] = np.where(rng.random(rows) < missing, np.nan, s)
    frame["y"] = (rng.random(rows) < s).astype(object)
    frame["p"] = (s + rng.normal(0, 0.2, rows) > 0.5).astype(object)
    for column in ("gender", "caste", "y", "p"):
        frame.loc[rng.random(rows) < missing, column] = None
    return frame


def by_hand(rows, columns=("g",)):
    """(group, label, prediction, times)"""
    frame = pd.DataFrame([(g, y, p) for g, y, p, times in rows for _ in range(times)], columns=["g", "y", "p"], dtype=object)
    frame["y"], frame["p"] = frame["y"].map(bool).astype(object), frame["p"].map(bool).astype(object)
    return frame


def public(data, target, band, names):
    model = LogisticRegression(max_iter=20000).fit(data.data[:, :2], data.target == target)
    s = model.predict_proba(data.data[:, :2])[:, 1]
    return pd.DataFrame({
        "band": pd.qcut(data.data[:, band], len(names), labels=names).astype(object),
        "s": s, "y": (data.target == target).astype(object), "p": (s > 0.5).astype(object),
    })


def main():
    rng = np.random.default_rng(8)
    cases = [
        case("two columns", random_frame(rng, 400, ["f", "m"], ["General", "OBC", "SC"], 0), ["gender", "caste"]),
        case("missing everywhere", random_frame(rng, 300, ["f", "m", "x"], ["General", "SC"], 0.06), ["gender", "caste"]),
        case("one column, scores", random_frame(rng, 250, ["a", "b", "c", "d"], ["-"], 0.03), ["gender"]),
        case("a few rows of many groups", random_frame(rng, 60, list("abcdefghij"), ["p", "q"], 0.02), ["gender", "caste"]),
        case("no positives in one group", by_hand([("a", 1, 1, 5), ("a", 0, 0, 3), ("b", 1, 0, 2), ("b", 0, 1, 4), ("c", 0, 0, 6), ("c", 0, 1, 1)]), ["g"]),
        case("nobody selected", by_hand([("a", 1, 0, 5), ("a", 0, 0, 3), ("b", 1, 0, 2), ("b", 0, 0, 4)]), ["g"]),
        case("a group of one", by_hand([("a", 1, 1, 5), ("a", 0, 0, 3), ("a", 0, 1, 2), ("b", 1, 1, 1)]), ["g"]),
        case("perfect", by_hand([("a", 1, 1, 5), ("a", 0, 0, 3), ("b", 1, 1, 2), ("b", 0, 0, 4)]), ["g"]),
        case("breast cancer", public(load_breast_cancer(), 1, 3, ["small", "middle", "large"]), ["band"]),
        case("wine", public(load_wine(), 0, 9, ["pale", "dark"]), ["band"]),
    ]
    path = Path(__file__).with_name("fairness.json")
    path.write_text(json.dumps({"made with": {"pandas": pd.__version__, "numpy": np.__version__}, "cases": cases}, separators=(",", ":")) + "\n")
    print(path.stat().st_size)


main()

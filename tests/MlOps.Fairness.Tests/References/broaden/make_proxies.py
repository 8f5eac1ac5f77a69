"""Reference values for proxies, made with numpy, scipy, scikit-learn and pandas; no code of the course is used.

Run:  python3 make_proxies.py > proxies.json
"""
import json
import sys

import numpy as np
import pandas as pd
import scipy
import sklearn
from scipy.stats import chi2_contingency
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import mutual_info_score, roc_auc_score


def quantile_codes(x, bins):
    """Bins closed on the right; edges by numpy's default quantile; missing is a level of its own; empty bins do not count."""
    present = x[~np.isnan(x)]
    if len(np.unique(present)) <= 2 * bins:
        edges = np.unique(present)
    else:
        edges = np.unique(np.quantile(present, np.arange(1, bins) / bins))
    codes = np.searchsorted(edges, x, side="left")
    codes = np.where(np.isnan(x), len(edges) + 1, codes)
    return np.unique(codes, return_inverse=True)[1]


def bergsma(table):
    """Bergsma (2013), equations (2) to (4)."""
    n = table.sum()
    r, c = table.shape
    phi2 = chi2_contingency(table, correction=False)[0] / n
    phi2_tilde = max(0.0, phi2 - (r - 1) * (c - 1) / (n - 1))
    r_tilde = r - (r - 1) ** 2 / (n - 1)
    c_tilde = c - (c - 1) ** 2 / (n - 1)
    return float(np.sqrt(phi2_tilde / min(r_tilde - 1, c_tilde - 1)))


def entropy(codes):
    p = np.unique(codes, return_counts=True)[1] / len(codes)
    return float(-(p * np.log(p)).sum())


def measures(codes, a, y, numbers=None):
    table = pd.crosstab(codes, a).to_numpy()
    chi2, p, _, _ = chi2_contingency(table, correction=False)
    n = table.sum()
    r, c = table.shape
    mi = mutual_info_score(codes, a)
    # Miller-Madow corrects each of the three entropies of I = H(X) + H(A) - H(X, A) by (cells - 1) / (2n).
    cells = np.count_nonzero(table)
    corrected = mi + ((r - 1) + (c - 1) - (cells - 1)) / (2 * n)
    conditional = sum((y == s).mean() * mutual_info_score(codes[y == s], a[y == s]) for s in np.unique(y))
    out = {
        "levels": int(r), "mi": float(mi), "corrected": float(corrected), "normalised": float(mi / entropy(a)),
        "conditional": float(conditional), "v": float(np.sqrt(chi2 / (n * (min(r, c) - 1)))), "bergsma": bergsma(table), "p": float(p),
    }
    if numbers is not None:
        frame = pd.DataFrame({"x": numbers, "a": a}).dropna()
        groups = frame.groupby("a")["x"]
        between = (groups.size() * (groups.mean() - frame["x"].mean()) ** 2).sum()
        out["eta"] = float(np.sqrt(between / ((frame["x"] - frame["x"].mean()) ** 2).sum()))
    return out


rng = np.random.default_rng(13)
n = 400
group = rng.choice(["a", "b", "c"], n, p=[0.5, 0.3, 0.2])
shift = np.select([group == "a", group == "b"], [0.0, 0.8], 0.3)
city = np.where(rng.random(n) < 0.6, np.select([group == "a", group == "b"], ["Pune", "Agra"], "Surat"), rng.choice(["Pune", "Agra", "Delhi"], n))
city = np.where(rng.random(n) < 0.05, None, city)
income = np.round(rng.normal(5 + shift, 1, n), 3)
income[rng.random(n) < 0.06] = np.nan
children = rng.poisson(1 + shift).astype(float)
emi = np.where(rng.random(n) < 0.35, 0.0, np.round(rng.gamma(2, 2, n), 3))
label = rng.random(n) < 0.3 + 0.2 * shift
city_codes = pd.factorize(pd.Series(city).fillna("(missing)"))[0]

x = np.round(rng.normal(0, 1, (150, 3)), 4)
y = x[:, 0] - 0.5 * x[:, 1] + rng.normal(0, 1, 150) > 0.3
w = np.round(rng.random(150) * 2, 3)
folds = rng.permutation(np.arange(150) % 4)


def fit(rows, penalty, weights=None):
    return LogisticRegression(C=1 / penalty, tol=1e-9, max_iter=1000, solver="newton-cg").fit(x[rows], y[rows], sample_weight=weights)


everything = np.arange(150)
plain = fit(everything, 1.0)
weighted = fit(everything, 5.0, w)
aucs = []
for fold in range(4):
    model = fit(folds != fold, 1.0)
    aucs.append(roc_auc_score(y[folds == fold], model.predict_proba(x[folds == fold])[:, 1]))

ties = rng.integers(0, 6, 60).astype(float)
tied_labels = rng.random(60) < 0.2 + ties / 10

json.dump({
    "made_with": {"python": sys.version.split()[0], "numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__, "pandas": pd.__version__},
    "group": group.tolist(), "city": city.tolist(), "income": [None if np.isnan(v) else v for v in income], "children": children.tolist(),
    "emi": emi.tolist(), "label": label.tolist(),
    "expected": {
        "city": measures(city_codes, group, label),
        "income": measures(quantile_codes(income, 10), group, label, income),
        "children": measures(quantile_codes(children, 10), group, label, children),
        "emi": measures(quantile_codes(emi, 10), group, label, emi),
    },
    "logistic": {
        "x": x.ravel().tolist(), "y": y.tolist(), "w": w.tolist(), "folds": folds.tolist(),
        "intercept": float(plain.intercept_[0]), "coefficients": plain.coef_[0].tolist(),
        "weightedIntercept": float(weighted.intercept_[0]), "weightedCoefficients": weighted.coef_[0].tolist(),
        "cvAuc": float(np.mean(aucs)),
    },
    "auc": {"scores": ties.tolist(), "labels": tied_labels.tolist(), "value": float(roc_auc_score(tied_labels, ties))},
}, sys.stdout)

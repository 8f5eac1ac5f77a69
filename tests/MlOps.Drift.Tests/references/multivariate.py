"""Reference values for MultivariateTests, computed with NumPy, SciPy and scikit-learn.

usage: /usr/bin/python3 multivariate.py    (writes multivariate.json beside itself)
"""
import json
import os

import numpy as np
import scipy
import sklearn
from scipy import stats
from scipy.spatial.distance import cdist, pdist
from sklearn.datasets import load_iris, load_wine
from sklearn.decomposition import PCA
from sklearn.metrics import roc_auc_score
from sklearn.preprocessing import StandardScaler


def energy(x, y):
    return 2 * cdist(x, y).mean() - cdist(x, x).mean() - cdist(y, y).mean()


def mmd(x, y, sigma=None):
    if sigma is None:
        sigma = np.median(pdist(np.vstack([x, y])))
    k = lambda a, b: np.exp(-cdist(a, b, "sqeuclidean") / (2 * sigma * sigma))
    kxx, kyy, kxy = k(x, x), k(y, y), k(x, y)
    n, m = len(x), len(y)
    biased = kxx.mean() + kyy.mean() - 2 * kxy.mean()
    unbiased = (kxx.sum() - n) / (n * (n - 1)) + (kyy.sum() - m) / (m * (m - 1)) - 2 * kxy.mean()
    return sigma, biased, unbiased


def pca(x, y, share):
    scaler = StandardScaler().fit(x)
    model = PCA(n_components=share, svd_solver="full").fit(scaler.transform(x))
    errors = []
    for rows in (x, y):
        z = scaler.transform(rows)
        errors.append(np.linalg.norm(z - model.inverse_transform(model.transform(z)), axis=1))
    chunks = np.array([errors[0][i * len(x) // 10:(i + 1) * len(x) // 10].mean() for i in range(10)])
    return {
        "components": int(model.n_components_), "explained": float(model.explained_variance_ratio_.sum()),
        "reference": float(errors[0].mean()), "current": float(errors[1].mean()),
        "low": float(max(0, chunks.mean() - 3 * chunks.std())), "high": float(chunks.mean() + 3 * chunks.std()),
        "ks": float(stats.ks_2samp(errors[0], errors[1]).statistic),
    }


cases = []
iris, wine = load_iris().data, load_wine().data
random = np.random.default_rng(7)
order = random.permutation(len(wine))
for name, x, y, sigma, share in [
    ("iris setosa and versicolor", iris[:50], iris[50:100], None, 0.65),
    ("iris versicolor and virginica", iris[50:100], iris[100:], 0.8, 0.9),
    ("wine, two random halves", wine[order[:90]], wine[order[90:]], None, 0.65),
]:
    s, biased, unbiased = mmd(x, y, sigma)
    scores = [np.rint(10 * rows) @ np.arange(1, x.shape[1] + 1) for rows in (x, y)]  # whole numbers, so that ties are ties
    cases.append({
        "name": name, "width": x.shape[1], "reference": x.ravel().tolist(), "current": y.ravel().tolist(),
        "energy": energy(x, y), "energy1": float(stats.energy_distance(x[:, 0], y[:, 0])),
        "sigma": sigma, "sigmaUsed": float(s), "biased": float(biased), "unbiased": float(unbiased),
        "share": share, "pca": pca(x, y, share),
        "auc": float(roc_auc_score(np.r_[np.zeros(len(x)), np.ones(len(y))], np.r_[scores[0], scores[1]])),
        "u": [float(v) for v in stats.mannwhitneyu(scores[1], scores[0], alternative="greater", method="asymptotic", use_continuity=False)],
    })

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "multivariate.json")
with open(path, "w") as file:
    json.dump({"made with": f"NumPy {np.__version__}, SciPy {scipy.__version__}, scikit-learn {sklearn.__version__}", "cases": cases}, file)
print(os.path.getsize(path))

"""Reference values of the preprocessing steps, clustering and decomposition: scikit-learn 1.2.1 on Debian.

usage: /usr/bin/python3 prep.py        writes prep.json beside itself
"""
import json
import os

import numpy as np
import pandas as pd
import sklearn
from sklearn.cluster import KMeans
from sklearn.compose import ColumnTransformer
from sklearn.datasets import load_breast_cancer, load_iris, load_wine
from sklearn.decomposition import PCA
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression
from sklearn.mixture import GaussianMixture
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import (KBinsDiscretizer, MaxAbsScaler, MinMaxScaler, OneHotEncoder, OrdinalEncoder,
                                   PolynomialFeatures, RobustScaler, StandardScaler)


def rows(matrix):
    return [[None if np.isnan(v) else float(v) for v in row] for row in np.asarray(matrix, dtype=float)]


out = {"sklearn": sklearn.__version__}

# Preprocessing: mean radius, texture, area and smoothness of 120 tumours; every 7th, 11th and 13th value is taken away, and a constant column added.
x = load_breast_cancer().data[:120][:, [0, 1, 3, 4]]
x = np.hstack([x, np.full((120, 1), 0.1)])
gaps = x.copy()
gaps[::7, 0] = np.nan
gaps[3::11, 2] = np.nan
gaps[5::13, 3] = np.nan
train, test = gaps[:80], gaps[80:]
full_train, full_test = x[:80], x[80:]
prep = {"train": rows(train), "test": rows(test), "fullTrain": rows(full_train), "fullTest": rows(full_test), "steps": {}}
for name, step in {
    "standard": StandardScaler(), "minMax": MinMaxScaler((-1, 2)), "maxAbs": MaxAbsScaler(), "robust": RobustScaler(),
    "mean": SimpleImputer(strategy="mean"), "median": SimpleImputer(strategy="median", add_indicator=True),
    "mostFrequent": SimpleImputer(strategy="most_frequent"), "constant": SimpleImputer(strategy="constant", fill_value=-7.5),
}.items():
    prep["steps"][name] = rows(step.fit(train).transform(test))
for name, step in {
    "log1p": None, "polynomial": PolynomialFeatures(3, include_bias=False),
    "interactions": PolynomialFeatures(3, interaction_only=True, include_bias=False),
    "quantile": KBinsDiscretizer(5, encode="ordinal", strategy="quantile"), "uniform": KBinsDiscretizer(4, encode="ordinal", strategy="uniform"),
    "quantileOneHot": KBinsDiscretizer(5, encode="onehot-dense", strategy="quantile"),
}.items():
    prep["steps"][name] = rows(np.log1p(full_test) if step is None else step.fit(full_train).transform(full_test))
prep["polynomialNames"] = list(PolynomialFeatures(3, include_bias=False).fit(full_train).get_feature_names_out(["a", "b", "c", "d", "e"]))
out["prep"] = prep

# Text: first characters of the rounded radius as a "size", with gaps and unseen categories in the test rows.
sizes = np.array([None if i % 9 == 4 else f"size {int(v) // 3}" for i, v in enumerate(x[:, 0])], dtype=object)
kinds = np.array([f"kind {int(v) % 4}" for v in x[:, 1]], dtype=object)
kinds[100] = "kind 9"
frame = pd.DataFrame({"size": sizes, "kind": kinds})
text = {"size": list(sizes), "kind": list(kinds)}
text["oneHot"] = rows(OneHotEncoder(handle_unknown="ignore", sparse_output=False).fit(frame[:80]).transform(frame[80:]))
text["dropFirst"] = rows(OneHotEncoder(handle_unknown="ignore", drop="first", sparse_output=False).fit(frame[:80]).transform(frame[80:]))
text["ordinal"] = rows(OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1).fit(frame.fillna(np.nan)[:80]).transform(frame.fillna(np.nan)[80:]))
text["mostFrequentOneHot"] = rows(make_pipeline(SimpleImputer(strategy="most_frequent", missing_values=None), OneHotEncoder(handle_unknown="ignore", sparse_output=False)).fit(frame[:80]).transform(frame[80:]))
out["text"] = text

# A whole pipeline with least squares behind it: the target is the 20th column of the same data.
target = load_breast_cancer().data[:120, 20]
table = pd.DataFrame(gaps, columns=list("abcde"))
table["size"], table["kind"] = sizes, kinds
model = make_pipeline(ColumnTransformer([
    ("numbers", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), list("abcd")),
    ("texts", make_pipeline(SimpleImputer(strategy="constant", fill_value="missing", missing_values=None), OneHotEncoder(handle_unknown="ignore", drop="first", sparse_output=False)), ["size", "kind"]),
]), LinearRegression()).fit(table[:80], target[:80])
out["pipeline"] = {"target": [float(v) for v in target], "prediction": [float(v) for v in model.predict(table[80:])]}

# Clustering: the best of many restarts.
wine = StandardScaler().fit_transform(load_wine().data)
iris = load_iris().data
out["wine"] = rows(np.round(wine, 6))
out["iris"] = rows(iris)
wine = np.round(wine, 6)
out["kmeans"] = {"iris": {str(k): float(KMeans(k, n_init=50, random_state=0, tol=0, max_iter=1000).fit(iris).inertia_) for k in (2, 3, 5, 8)},
                 "wine": {str(k): float(KMeans(k, n_init=50, random_state=0, tol=0, max_iter=1000).fit(wine).inertia_) for k in (3, 6)}}
weights = np.where(np.arange(150) % 3 == 0, 5.0, 1.0)
out["kmeans"]["irisWeighted"] = float(KMeans(3, n_init=50, random_state=0, tol=0, max_iter=1000).fit(iris, sample_weight=weights).inertia_)

mixtures = {}
for covariance in ("full", "diag"):
    mixture = GaussianMixture(3, covariance_type=covariance, n_init=10, random_state=0, tol=1e-10, max_iter=5000, reg_covar=1e-6).fit(iris)
    order = np.argsort(mixture.means_[:, 2])
    mixtures[covariance] = {"meanLogLikelihood": float(mixture.score(iris)), "bic": float(mixture.bic(iris)), "aic": float(mixture.aic(iris)),
                            "weights": [float(v) for v in mixture.weights_[order]], "means": rows(mixture.means_[order]),
                            "probabilities": rows(mixture.predict_proba(iris)[:, order])}
out["mixture"] = mixtures

pca = PCA(5, svd_solver="full").fit(wine)
whitened = PCA(5, svd_solver="full", whiten=True).fit(wine)
out["pca"] = {"components": rows(pca.components_), "variance": [float(v) for v in pca.explained_variance_],
              "ratio": [float(v) for v in pca.explained_variance_ratio_], "scores": rows(pca.transform(wine)[:20]),
              "whitened": rows(whitened.transform(wine)[:20]), "inverse": rows(pca.inverse_transform(pca.transform(wine))[:5]),
              "for90": int(PCA(0.9, svd_solver="full").fit(wine).n_components_)}

path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "prep.json")
with open(path, "w") as file:
    json.dump(out, file, separators=(",", ":"))
print(os.path.getsize(path), "bytes")

"""Writes linear.json: rows of scikit-learn's data sets, and what scikit-learn fits on them, for the tests of the linear models,
support vector machines, naive Bayes and nearest neighbours.

usage: /usr/bin/python3 linear.py          (scikit-learn 1.2.1, NumPy 1.24, SciPy 1.10)
"""
import json
import os

import numpy as np
from sklearn import __version__
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_iris, load_wine
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.naive_bayes import GaussianNB, MultinomialNB
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVC, LinearSVC


def numbers(values, digits=12):
    array = np.asarray(values)
    if array.dtype.kind in "iub":
        return array.tolist()
    return [numbers(row, digits) for row in array] if array.ndim > 1 else [float(f"{v:.{digits}g}") for v in array]


def data(x, y):
    return {"x": numbers(x, 17), "y": numbers(y, 17)}


def fitted(model, digits=12):
    intercept = np.atleast_1d(model.intercept_)
    return {"coefficients": numbers(np.atleast_2d(model.coef_), digits), "intercepts": numbers(intercept, digits)}


def standard_errors(x, y):
    a = np.column_stack([x, np.ones(len(x))])
    scale = np.linalg.norm(a, axis=0)
    a = a / scale
    w, *_ = np.linalg.lstsq(a, y, rcond=None)
    residual = y - a @ w
    variance = residual @ residual / (len(y) - a.shape[1])
    return np.sqrt(variance * np.diag(np.linalg.inv(a.T @ a))) / scale


cancer, iris, wine = (load() for load in (load_breast_cancer, load_iris, load_wine))
diabetes, digits = load_diabetes(scaled=False), load_digits()
digit_x, digit_y = digits.data[:400].astype(int), digits.target[:400]
wide_x = np.column_stack([digit_x, digit_x**2])[:200]
weights = 1.0 + np.arange(569) % 3  # 1, 2, 3, 1, …
out = {
    "versions": {"scikit-learn": __version__, "numpy": np.__version__},
    "cancer": data(cancer.data, cancer.target),
    "iris": data(iris.data, iris.target),
    "wine": data(wine.data, wine.target),
    "diabetes": data(diabetes.data, diabetes.target),
    "digits": data(digit_x, digit_y),
}

x, y = diabetes.data, diabetes.target
out["ols"] = fitted(LinearRegression().fit(x, y)) | {"standardErrors": numbers(standard_errors(x, y))}
out["olsWeighted"] = fitted(LinearRegression().fit(x, y, weights[: len(y)]))
out["ridge"] = fitted(Ridge(alpha=100, solver="svd").fit(x, y))
out["ridgeWeighted"] = fitted(Ridge(alpha=3, solver="cholesky").fit(x, y, weights[: len(y)]))

binary = dict(solver="newton-cholesky", tol=1e-12, max_iter=10000)
many = dict(solver="newton-cg", multi_class="multinomial", tol=1e-10, max_iter=100000)
out["logisticCancer"] = fitted(LogisticRegression(**binary).fit(cancer.data, cancer.target))
out["logisticCancerWeak"] = fitted(LogisticRegression(C=100, **binary).fit(cancer.data, cancer.target))
out["logisticCancerWeighted"] = fitted(LogisticRegression(**binary).fit(cancer.data, cancer.target, weights))
model = LogisticRegression(**many).fit(wine.data, wine.target)
out["logisticWine"] = fitted(model) | {"probabilities": numbers(model.predict_proba(wine.data), 7)}
out["logisticIris"] = fitted(LogisticRegression(**many).fit(iris.data, iris.target))
digit_model = LogisticRegression(**many).fit(digit_x, digit_y)
out["logisticDigits"] = {"firstRow": numbers(digit_model.coef_[0], 9), "intercepts": numbers(digit_model.intercept_, 9)}
wide_model = LogisticRegression(C=1e-3, **many).fit(wide_x, digit_y[:200])
out["logisticWide"] = {"firstRow": numbers(wide_model.coef_[0], 9), "intercepts": numbers(wide_model.intercept_, 9)}

out["gaussianCancer"] = numbers(GaussianNB().fit(cancer.data, cancer.target).predict_proba(cancer.data)[:, 1], 9)
out["gaussianIrisWeighted"] = numbers(GaussianNB(var_smoothing=1e-3).fit(iris.data, iris.target, weights[:150]).predict_proba(iris.data), 9)
out["multinomialDigits"] = numbers(MultinomialNB().fit(digit_x, digit_y).predict_proba(digit_x[:60]), 9)
out["multinomialDigitsWeighted"] = numbers(MultinomialNB(alpha=0.3).fit(digit_x, digit_y, weights[:400]).predict_proba(digit_x[:60]), 9)

# Even rows learn, odd rows ask.
out["neighborsCancer"] = numbers(KNeighborsClassifier(5, algorithm="brute").fit(cancer.data[::2], cancer.target[::2]).predict_proba(cancer.data[1::2])[:, 1], 9)
out["neighborsDigitsDistance"] = numbers(KNeighborsClassifier(7, weights="distance", algorithm="brute").fit(digit_x[::2], digit_y[::2]).predict_proba(digit_x[1::2]), 7)
out["neighborsDiabetes"] = numbers(KNeighborsRegressor(5, weights="distance").fit(x[::2], y[::2]).predict(x[1::2]), 9)

scaled = StandardScaler().fit_transform(cancer.data)
svc = SVC(tol=1e-7).fit(cancer.data, cancer.target)
out["svcCancer"] = {"gamma": float(svc._gamma), "support": svc.support_.tolist(), "decision": numbers(svc.decision_function(cancer.data), 9)}
out["svcCancerScaledWeighted"] = numbers(SVC(C=10, gamma=0.05, tol=1e-7).fit(scaled, cancer.target, weights).decision_function(scaled), 9)
out["svcIris"] = numbers(SVC(tol=1e-7).fit(iris.data, iris.target).decision_function(iris.data), 9)
linear = dict(tol=1e-9, max_iter=5000000, dual=True)
out["linearSvcCancer"] = fitted(LinearSVC(C=0.1, **linear).fit(scaled, cancer.target))
out["linearSvcCancerHinge"] = fitted(LinearSVC(C=0.1, loss="hinge", **linear).fit(scaled, cancer.target, weights))
out["linearSvcIris"] = fitted(LinearSVC(**linear).fit(StandardScaler().fit_transform(iris.data), iris.target))

with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "linear.json"), "w", encoding="utf-8") as file:
    json.dump(out, file, separators=(",", ":"))

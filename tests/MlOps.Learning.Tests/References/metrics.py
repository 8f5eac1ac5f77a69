"""Reference values for MlOps.Learning.Metrics: scikit-learn 1.2.1 and SciPy 1.10.1, on real data sets that scikit-learn ships.

usage: metrics.py > metrics.json
Predictions come from quickly fitted models; they only need to be realistic, and are stored with the truth.
"""
import json
import sys
import warnings

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics as m
from sklearn.calibration import calibration_curve
from sklearn.cluster import KMeans
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits, load_iris
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.model_selection import cross_val_predict
from sklearn.naive_bayes import GaussianNB
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC

warnings.simplefilter("ignore")


def numbers(values):
    return [None if not np.isfinite(v) else float(v) for v in np.ravel(values)]


def binary(y, p, w, decision):
    out = {}
    for name, weight in (("plain", None), ("weighted", w)):
        s = {"sample_weight": weight}
        hard = p >= 0.5
        fpr, tpr, thresholds = m.roc_curve(y, p, drop_intermediate=False, **s)
        precision, recall, cuts = m.precision_recall_curve(y, p, **s)
        out[name] = {
            "confusion": m.confusion_matrix(y, hard, **s).ravel().tolist(),
            "accuracy": m.accuracy_score(y, hard, **s),
            "balancedAccuracy": m.balanced_accuracy_score(y, hard, **s),
            "precision": m.precision_score(y, hard, **s),
            "recall": m.recall_score(y, hard, **s),
            "specificity": m.recall_score(y, hard, pos_label=0, **s),
            "f1": m.f1_score(y, hard, **s),
            "f2": m.fbeta_score(y, hard, beta=2, **s),
            "fHalf": m.fbeta_score(y, hard, beta=0.5, **s),
            "mcc": m.matthews_corrcoef(y, hard, **s),
            "logLoss": m.log_loss(y, p, **s),
            "brier": m.brier_score_loss(y, p, **s),
            "hinge": m.hinge_loss(y, decision, **s),
            "auc": m.roc_auc_score(y, p, **s),
            "averagePrecision": m.average_precision_score(y, p, **s),
            "prArea": m.auc(recall, precision),
            "fpr": numbers(fpr), "tpr": numbers(tpr), "rocThresholds": numbers(thresholds[1:]),
            "precisions": numbers(precision), "recalls": numbers(recall), "prThresholds": numbers(cuts),
        }
    out["precisionAtRecall"] = []
    precision, recall, cuts = m.precision_recall_curve(y, p)
    for floor in (0.5, 0.9, 0.97, 1.0):
        best = max(range(len(cuts)), key=lambda i: (precision[i] if recall[i] >= floor else -1, recall[i]))
        out["precisionAtRecall"].append([floor, float(cuts[best]), float(precision[best]), float(recall[best])])
    out["calibration"] = {}
    for strategy in ("uniform", "quantile"):
        for bins in (5, 10, 7):
            came, said = calibration_curve(y, p, n_bins=bins, strategy=strategy)
            out["calibration"][f"{strategy}{bins}"] = {"came": numbers(came), "said": numbers(said)}
    return out


def multi(y, probabilities, w, decision):
    out = {}
    labels = np.arange(probabilities.shape[1])
    for name, weight in (("plain", None), ("weighted", w)):
        s = {"sample_weight": weight}
        hard = probabilities.argmax(axis=1)
        r = {
            "confusion": m.confusion_matrix(y, hard, labels=labels, **s).ravel().tolist(),
            "accuracy": m.accuracy_score(y, hard, **s),
            "balancedAccuracy": m.balanced_accuracy_score(y, hard, **s),
            "mcc": m.matthews_corrcoef(y, hard, **s),
            "logLoss": m.log_loss(y, probabilities, labels=labels, **s),
            "hinge": m.hinge_loss(y, decision, labels=labels, **s),
        }
        for average in ("macro", "weighted", "micro"):
            r[f"precision_{average}"] = m.precision_score(y, hard, average=average, **s)
            r[f"recall_{average}"] = m.recall_score(y, hard, average=average, **s)
            r[f"f1_{average}"] = m.f1_score(y, hard, average=average, **s)
            r[f"f2_{average}"] = m.fbeta_score(y, hard, beta=2, average=average, **s)
            r[f"aucOvr_{average}"] = m.roc_auc_score(y, probabilities, multi_class="ovr", average=average, **s)
            if average != "micro" and weight is None:
                r[f"aucOvo_{average}"] = m.roc_auc_score(y, probabilities, multi_class="ovo", average=average)
        out[name] = r
    return out


def never_predicted():
    """Class 2 is never predicted and class 3 never true: what averages do with undefined rates."""
    y, hard = [0, 0, 1, 1, 2, 2, 0, 1], [0, 1, 1, 1, 0, 1, 3, 1]
    out = {"truth": y, "predicted": hard, "balancedAccuracy": m.balanced_accuracy_score(y, hard), "mcc": m.matthews_corrcoef(y, hard)}
    for average in ("macro", "weighted", "micro"):
        p, r, f, _ = m.precision_recall_fscore_support(y, hard, average=average)
        out[average] = [p, r, f]
    return out


def regression(y, f, w):
    out = {}
    for name, weight in (("plain", None), ("weighted", w)):
        s = {"sample_weight": weight}
        out[name] = {
            "mae": m.mean_absolute_error(y, f, **s),
            "mse": m.mean_squared_error(y, f, **s),
            "rmse": m.mean_squared_error(y, f, squared=False, **s),
            "r2": m.r2_score(y, f, **s),
            "explainedVariance": m.explained_variance_score(y, f, **s),
            "mape": m.mean_absolute_percentage_error(y, f, **s),
            "medianAe": m.median_absolute_error(y, f, **s),
            "pinball10": m.mean_pinball_loss(y, f, alpha=0.1, **s),
            "pinball90": m.mean_pinball_loss(y, f, alpha=0.9, **s),
        }
    out["plain"]["maxError"] = m.max_error(y, f)
    return out


def bootstrap(y, p):
    out = {}
    sample = y[:60]
    for method in ("percentile", "BCa"):
        r = stats.bootstrap((sample,), np.std, n_resamples=499, confidence_level=0.9, method=method, random_state=1)
        jackknife = [float(np.std(np.delete(sample, i))) for i in range(len(sample))]
        out[method] = {
            "estimate": float(np.std(sample)), "drawn": numbers(r.bootstrap_distribution), "jackknife": [jackknife],
            "low": float(r.confidence_interval.low), "high": float(r.confidence_interval.high),
        }

    def gap(a, b, axis=-1):
        return a.var(axis=axis) - b.var(axis=axis)

    a, b = y[:40], p[40:70]
    r = stats.bootstrap((a, b), gap, n_resamples=499, confidence_level=0.95, method="BCa", random_state=2)
    out["twoStrata"] = {
        "estimate": float(gap(a, b)), "drawn": numbers(r.bootstrap_distribution),
        "jackknife": [[float(gap(np.delete(a, i), b)) for i in range(len(a))], [float(gap(a, np.delete(b, i))) for i in range(len(b))]],
        "low": float(r.confidence_interval.low), "high": float(r.confidence_interval.high),
    }
    return out


def main():
    random = np.random.default_rng(7)
    result = {"scikit-learn": sklearn.__version__, "scipy": scipy.__version__, "numpy": np.__version__}

    x, y = load_breast_cancer(return_X_y=True)
    x, y = x[:300, :4], y[:300]
    p = cross_val_predict(make_pipeline(StandardScaler(), LogisticRegression()), x, y, method="predict_proba")[:, 1]
    tied = np.round(p, 2)  # ties, and probabilities of exactly 0 and 1
    decision = np.round(cross_val_predict(LinearSVC(random_state=1), StandardScaler().fit_transform(x), y, method="decision_function"), 6)
    w = np.round(random.uniform(0, 3, len(y)), 3)
    w[::17] = 0
    result["binary"] = {"truth": y.tolist(), "weights": w.tolist(), "decision": decision.tolist(), "sets": []}
    for q in (np.round(p, 9), tied):
        result["binary"]["sets"].append({"probabilities": q.tolist(), **binary(y, q, w, decision)})

    x, y = load_digits(n_class=5, return_X_y=True)
    x, y = x[:400], y[:400]
    probabilities = cross_val_predict(make_pipeline(StandardScaler(), LogisticRegression(C=0.001)), x[:, :24], y, method="predict_proba")
    scores = np.round(cross_val_predict(LinearSVC(random_state=1), x[:, :24] / 16, y, method="decision_function"), 6)
    w = np.round(random.uniform(0.1, 3, len(y)), 3)
    result["multi"] = {
        "truth": y.tolist(), "weights": w.tolist(), "probabilities": probabilities.tolist(), "decision": scores.tolist(),
        **multi(y, probabilities, w, scores),
    }
    result["neverPredicted"] = never_predicted()

    x, y = load_diabetes(return_X_y=True)
    x, y = x[:250], y[:250]
    f = np.round(cross_val_predict(LinearRegression(), x, y), 6)
    w = np.round(random.uniform(0, 3, len(y)), 3)
    result["regression"] = {"truth": y.tolist(), "predicted": f.tolist(), "weights": w.tolist(), **regression(y, f, w)}
    result["bootstrap"] = bootstrap(y, f)

    x, y = load_iris(return_X_y=True)
    clusters = KMeans(4, n_init=3, random_state=1).fit_predict(x)
    clusters[0] = 9  # a cluster of one row
    result["clusters"] = {
        "x": x.tolist(), "truth": y.tolist(), "clusters": clusters.tolist(),
        "silhouette": numbers(m.silhouette_samples(x, clusters)), "mean": float(m.silhouette_score(x, clusters)),
        "adjustedRand": m.adjusted_rand_score(y, clusters),
        "adjustedRandBayes": m.adjusted_rand_score(y, GaussianNB().fit(x, y).predict(x)),
        "bayes": GaussianNB().fit(x, y).predict(x).tolist(),
    }
    json.dump(result, sys.stdout, separators=(",", ":"))


main()

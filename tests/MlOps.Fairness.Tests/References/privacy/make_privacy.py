"""Vectors for the privacy tests: check digits, noise scales, k-anonymity and l-diversity, federated averaging.

Run with /usr/bin/python3; made with NumPy 1.24, SciPy 1.10, pandas 1.5. Everything is written from the definitions.
"""
import json
import pathlib

import numpy as np
import pandas as pd
from scipy.optimize import brentq
from scipy.stats import norm

rng = np.random.default_rng(13)


# Verhoeff by matrices: the dihedral group as 2 x 2 integer maps x -> s*x + r on Z/5.
def element(digit):
    return (1, digit) if digit < 5 else (-1, digit - 5)


def digit(element_):
    s, r = element_
    return r % 5 if s == 1 else 5 + r % 5


def compose(a, b):
    (s1, r1), (s2, r2) = a, b
    return (s1 * s2, (r1 + s1 * r2) % 5)


def verhoeff_digit(digits):
    permutation = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]
    check = element(0)
    for place, d in enumerate(reversed(digits), start=1):
        for _ in range(place):
            d = permutation[d]
        check = compose(check, element(d))
    return next(d for d in range(10) if digit(compose(check, element(d))) == 0)


verhoeff = []
for _ in range(60):
    body = [int(d) for d in rng.integers(0, 10, 11)]
    verhoeff.append("".join(map(str, body)) + str(verhoeff_digit(body)))


# The Gaussian mechanism: Balle and Wang, theorem 8, with log-probabilities and a root finder.
def sigma(sensitivity, epsilon, delta):
    def excess(log_s):
        s = np.exp(log_s)
        a, b = sensitivity / (2 * s), epsilon * s / sensitivity
        return norm.cdf(a - b) - np.exp(epsilon + norm.logcdf(-a - b)) - delta
    return float(np.exp(brentq(excess, np.log(sensitivity * 1e-6), np.log(sensitivity * 1e7), xtol=1e-14, rtol=1e-14)))


gaussian = [{"sensitivity": d, "epsilon": e, "delta": p, "sigma": sigma(d, e, p)}
            for d in (1.0, 0.25, 40.0) for e in (0.05, 0.5, 1.0, 3.0, 12.0) for p in (1e-2, 1e-5, 1e-9)]

# k-anonymity and l-diversity by pandas.
people = pd.DataFrame({
    "age": rng.integers(2, 6, 80) * 10,
    "town": rng.choice(["Agra", "Pune", "Salem"], 80),
    "illness": rng.choice(["asthma", "diabetes", "flu", "none"], 80, p=[.1, .1, .2, .6]),
})
groups = people.groupby(["age", "town"])
entropy = groups["illness"].apply(lambda s: float(np.exp(-(s.value_counts(normalize=True) * np.log(s.value_counts(normalize=True))).sum())))
anonymity = {
    "age": people.age.tolist(), "town": people.town.tolist(), "illness": people.illness.tolist(),
    "k": int(groups.size().min()), "groups": int(groups.ngroups), "unique": int((groups.size() == 1).sum()),
    "l": int(groups["illness"].nunique().min()), "entropyL": float(entropy.min()),
    "atLeast5": int(groups["illness"].transform("size").ge(5).sum()),
}

# Federated averaging of full-batch logistic regression: three clients, four rounds, two epochs each.
clients = []
for n in (5, 9, 16):
    x = rng.normal(size=(n, 3))
    y = (x @ [1.0, -2.0, 0.5] + rng.normal(size=n) > 0)
    clients.append({"x": x.tolist(), "y": [bool(v) for v in y]})
w = np.zeros(4)
for _ in range(4):
    owned, sizes = [], []
    for client in clients:
        x, y, own = np.array(client["x"]), np.array(client["y"], float), w.copy()
        for _ in range(2):
            p = 1 / (1 + np.exp(-(x @ own[:3] + own[3])))
            own = own - 0.3 * np.append(x.T @ (p - y), (p - y).sum()) / len(y)
        owned.append(own)
        sizes.append(len(y))
    w = np.average(owned, axis=0, weights=sizes)

out = pathlib.Path(__file__).with_name("privacy.json")
out.write_text(json.dumps({"verhoeff": verhoeff, "gaussian": gaussian, "anonymity": anonymity, "federated": {"clients": clients, "parameters": w.tolist()}}))

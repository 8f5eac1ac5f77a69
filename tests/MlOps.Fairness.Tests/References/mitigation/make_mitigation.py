"""Writes mitigation.json: removers, fair and adversarial logistic regression, and the reduction, from their formulas in plain numpy.

Made with Python 3.11, numpy 1.24, scipy 1.10, scikit-learn 1.2. Fairlearn and AIF360 are not installed here; the reduction follows
Agarwal et al. 2018 with Fairlearn's constants. Run: /usr/bin/python3 make_mitigation.py
"""
import json
import numpy as np
import scipy
import sklearn
from scipy.optimize import linprog, minimize
from scipy.stats import rankdata
from sklearn.linear_model import LogisticRegression


def plain(values):
    return [float(v) for v in np.asarray(values).ravel()]


def correlation():
    rng = np.random.default_rng(1)
    s = rng.normal([0, 50, -3], [1, 5, 0.5], (60, 3))
    s[:, 1] += 3 * s[:, 0]
    x = rng.normal(0, 1, (60, 2)) + s @ np.array([[1, -2], [0.1, 0.3], [2, 0]])
    centred = s - s.mean(axis=0)
    beta, *_ = np.linalg.lstsq(centred, x, rcond=None)
    return {"s": plain(s), "x": plain(x), "beta": plain(beta), "full": plain(x - centred @ beta), "half": plain(x - 0.5 * centred @ beta)}


def repair():
    rng = np.random.default_rng(2)
    group = np.array(["a"] * 40 + ["b"] * 25 + ["c"] * 11)
    x = np.round(rng.normal(np.where(group == "a", 0, np.where(group == "b", 2, 5)), 1.5), 1)  # rounded: ties
    place = np.zeros(len(x))
    for g in "abc":
        rows = group == g
        place[rows] = (rankdata(x[rows], "average") - 1) / (rows.sum() - 1)
    target = np.median([np.quantile(x[group == g], place, method="linear") for g in "abc"], axis=0)
    two = group != "c"
    pair = np.median([np.quantile(x[group == g], place[two], method="linear") for g in "ab"], axis=0)
    return {"group": list(group), "x": plain(x), "full": plain(target), "level03": plain(0.7 * x + 0.3 * target), "pair": plain(pair)}


def data(seed, n, groups):
    rng = np.random.default_rng(seed)
    g = rng.integers(0, groups, n)
    x = rng.normal(0, 1, (n, 3))
    x[:, 0] += 0.8 * g
    y = rng.random(n) < 1 / (1 + np.exp(-(x @ [1.0, -0.7, 0.4] - 0.5)))
    return g, x, y


def fair():
    g, x, y = data(3, 200, 3)
    n, d = x.shape

    def objective(p, penalty):
        s = x @ p[:d] + p[d]
        c = np.array([np.mean(((g == k) - np.mean(g == k)) * s) for k in range(3)])
        return (np.sum(np.logaddexp(0, s) - y * s) + 0.5 * 1.7 * p[:d] @ p[:d]) / n + penalty / 2 * c @ c

    def slope(p, penalty):
        s = x @ p[:d] + p[d]
        r = 1 / (1 + np.exp(-s)) - y
        out = np.append(r @ x + 1.7 * p[:d], r.sum()) / n
        for k in range(3):
            v = ((g == k) - np.mean(g == k)) / n
            out[:d] += penalty * (v @ s) * (v @ x)
        return out

    cases = []
    for penalty in (0.0, 3.0, 500.0):
        found = minimize(objective, np.zeros(d + 1), (penalty,), jac=slope, method="BFGS", options={"gtol": 1e-13, "maxiter": 5000})
        cases.append({"penalty": penalty, "parameters": plain(found.x), "objective": float(found.fun), "slope": float(np.abs(slope(found.x, penalty)).max())})
    sk = LogisticRegression(C=1 / 1.7, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(x, y)
    return {"x": plain(x), "y": [bool(v) for v in y], "g": [f"g{k}" for k in g], "cases": cases, "sklearn": plain(np.append(sk.coef_[0], sk.intercept_))}


def adversarial():
    cases = []
    for name, groups in (("parity", 2), ("odds", 3)):
        g, x, y = data(4, 120, groups)
        n, d = x.shape
        w = np.zeros(d + 1)
        one = np.column_stack([x, np.ones(n)])
        inputs = 1 if name == "parity" else 3
        u = np.zeros((groups, inputs + 1))
        truth = np.eye(groups)[g]
        losses = []
        for step in range(60):
            s = one @ w
            z = np.column_stack([s] if inputs == 1 else [s, s * y, s * (1 - y)])
            logits = np.column_stack([z, np.ones(n)]) @ u.T
            q = np.exp(logits - logits.max(1, keepdims=True))
            q /= q.sum(1, keepdims=True)
            losses.append((np.mean(np.logaddexp(0, s) - y * s), -np.mean(np.log(q[np.arange(n), g]))))
            own = one.T @ (1 / (1 + np.exp(-s)) - y) / n
            residual = (q - truth) / n
            jacobian = np.ones((n, 1)) if inputs == 1 else np.column_stack([np.ones(n), y, 1 - y])
            adverse = one.T @ ((residual @ u[:, :inputs]) * jacobian).sum(1)
            length = adverse @ adverse
            projected = 0 if length == 0 else (own @ adverse) / length * adverse
            w = w - 0.4 * (own - projected - 0.7 * adverse)
            u = u - 0.9 * residual.T @ np.column_stack([z, np.ones(n)])
        cases.append({"constraint": name, "x": plain(x), "y": [bool(v) for v in y], "g": [f"g{k}" for k in g], "w": plain(w), "losses": [plain(l) for l in losses]})
    return cases


class Reduction:
    """Least cost over all one-feature rules 'x_j > t' and 'x_j <= t'; of equals the first."""

    def __init__(self, x, y, g, constraint, program):
        self.y, self.n, self.program = y.astype(float), len(y), program
        rules = []
        for j in range(x.shape[1]):
            for t in np.unique(x[:, j]):
                rules += [x[:, j] > t, x[:, j] <= t]
        self.rules = np.array(rules).astype(float)
        events = {"parity": [np.ones(self.n, bool)], "tpr": [y], "odds": [~y, y], "error": [np.ones(self.n, bool)]}[constraint]
        self.cells = [(e, e & (g == k)) for e in events for k in np.unique(g)]
        self.of_errors = constraint == "error"
        self.hs, self.errors, self.gammas = [], [], []

    def measure(self, h):
        u = np.abs(h - self.y) if self.of_errors else h
        half = np.array([u[c].mean() - u[e].mean() for e, c in self.cells])
        return np.abs(h - self.y).mean(), np.concatenate([half, -half])

    def best(self, lam):
        diff = lam[: len(self.cells)] - lam[len(self.cells):]
        slope = 1 - 2 * self.y if self.of_errors else np.ones(self.n)
        cost = (1 - 2 * self.y) / self.n
        for d, (e, c) in zip(diff, self.cells):
            cost = cost + d * slope * (c / c.sum() - e / e.sum())
        signed = -self.n * cost
        target, weight = signed > 0, np.abs(signed)
        weight = self.n * weight / weight.sum()
        if target.all() or not target.any():
            h = target.astype(float)
        else:
            least, h = np.inf, None
            for rule in self.rules:
                loss = weight[(rule > 0.5) != target].sum()
                if loss < least - 1e-9:
                    least, h = loss, rule
        error, gamma = self.measure(h)
        values = [a + b @ lam for a, b in zip(self.errors, self.gammas)]
        if not values or error + gamma @ lam < min(values) - 1e-8:
            self.hs.append(h), self.errors.append(error), self.gammas.append(gamma)
            return len(self.hs) - 1
        return int(np.argmin(values))

    def mixed(self, q):
        return sum(a * b for a, b in zip(q, self.errors)), sum(a * b for a, b in zip(q, self.gammas))

    def gap(self, q, lam, nu):
        half = len(self.cells)
        diff = lam[:half] - lam[half:]
        projected = np.concatenate([np.maximum(diff, 0), np.maximum(-diff, 0)])
        error, gamma = self.mixed(q)
        value = error + projected @ (gamma - EPS)
        high = error + (gamma.max() - EPS) / EPS if gamma.max() > EPS else error
        low = value
        for m in (1, 2, 5, 10):
            k = self.best(m * lam)
            low = min(low, self.errors[k] + projected @ (self.gammas[k] - EPS))
            if max(value - low, high - value) > nu + 1e-8:
                break
        return max(value - low, high - value)

    def solve(self):
        m, k = len(self.hs), 2 * len(self.cells)
        c = np.append(self.errors, 1 / EPS)
        a = np.column_stack([np.array(self.gammas).T - EPS, -np.ones(k)])
        found = linprog(c, A_ub=a, b_ub=np.zeros(k), A_eq=[[1] * m + [0]], b_eq=[1], method="highs")
        return found.x[:m], -found.ineqlin.marginals

    def run(self):
        theta, lams, counts, qs, gaps, eg = np.zeros(2 * len(self.cells)), [], {}, [], [], []
        checked, last, eta = 5, np.inf, 2.0 * EPS
        for t in range(50):
            lam = np.exp(theta) / (1 + np.exp(theta).sum()) / EPS
            lams.append(lam)
            k = self.best(lam)
            if t == 0:
                nu = 0.5 * np.abs(self.hs[k] - self.y).std(ddof=1) / np.sqrt(self.n)
            counts[k] = counts.get(k, 0) + 1
            q = np.array([counts.get(i, 0) / (t + 1) for i in range(max(counts) + 1)])
            gap = self.gap(q, np.mean(lams, axis=0), nu)
            eg.append(gap)
            if self.program and t > 0:
                lq, ll = self.solve()
                lgap = self.gap(lq, ll, nu)
                q, gap = (q, gap) if gap < lgap else (lq, lgap)
            qs.append(q), gaps.append(gap)
            if gap < nu and t >= 5:
                break
            if t >= checked * 1.6:
                eta *= 0.8 if min(eg) > last * 0.8 else 1
                checked, last = t, min(eg)
            theta = theta + eta * (self.gammas[k] - EPS)
        best = max(i for i, v in enumerate(gaps) if v <= min(gaps) + 1e-8)
        error, gamma = self.mixed(qs[best])
        return {"error": float(error), "violation": float(gamma.max()), "gap": float(gaps[best]), "target": float(nu), "iterations": len(gaps),
                "weights": [float(v) for v in qs[best] if v > 1e-12]}


EPS = 0.01


def reductions():
    g, x, y = data(5, 240, 2)
    x = np.round(x * 2) / 2  # few values: no two rules are equally good but for their rows
    cases = []
    for constraint in ("parity", "tpr", "odds", "error"):
        for program in (False, True):
            cases.append({"constraint": constraint, "program": program, **Reduction(x, y, g, constraint, program).run()})
    return {"x": plain(x), "y": [bool(v) for v in y], "g": [f"g{k}" for k in g], "cases": cases}


with open("mitigation.json", "w") as file:
    json.dump({"versions": {"numpy": np.__version__, "scipy": scipy.__version__, "sklearn": sklearn.__version__}, "correlation": correlation(), "repair": repair(), "fair": fair(), "adversarial": adversarial(), "reductions": reductions()}, file)

"""Reference vectors of LIME: the procedure of lime 0.2 written plainly with numpy and scikit-learn.

Versions: numpy 1.24, scikit-learn 1.2. The samples are part of the file, so that both sides explain from the same ones.
Run: python3 make_lime.py > lime.json
"""
import json

import numpy as np
from sklearn.linear_model import Ridge

rng = np.random.RandomState(3)


def forward(z, y, w, k):
    chosen = []
    for _ in range(min(k, z.shape[1])):
        best, best_score = None, -1e8
        for j in range(z.shape[1]):
            if j in chosen:
                continue
            columns = chosen + [j]
            model = Ridge(alpha=0, fit_intercept=True).fit(z[:, columns], y, sample_weight=w)
            score = model.score(z[:, columns], y, sample_weight=w)
            if score > best_score:
                best, best_score = j, score
        chosen.append(best)
    return chosen


def highest(z, y, w, k):
    model = Ridge(alpha=0.01, fit_intercept=True).fit(z, y, sample_weight=w)
    return list(np.argsort(-np.abs(model.coef_), kind="stable")[:k])


def fit(z, y, w, chosen):
    model = Ridge(alpha=1, fit_intercept=True).fit(z[:, chosen], y, sample_weight=w)
    return {
        "chosen": [int(j) for j in chosen],
        "coefficients": [float(c) for c in model.coef_],
        "intercept": float(model.intercept_),
        "rSquared": float(model.score(z[:, chosen], y, sample_weight=w)),
    }


def f(x):
    return 1 / (1 + np.exp(-(0.8 * x[:, 0] - 0.5 * x[:, 1] * x[:, 2] + np.sin(x[:, 3]) + 0.3 * (x[:, 4] == 2) - 0.2 * x[:, 5])))


n, d = 60, 8
training = np.round(rng.randn(n, d), 2)
training[:, 4] = rng.randint(0, 4, n)      # stands for texts: by value
row = training[7].copy()
samples = np.column_stack([training[rng.randint(0, n, 300), j] for j in range(d)])
samples[0] = row
z = np.zeros_like(samples)
for j in range(d):
    if j == 4:
        z[:, j] = samples[:, j] == row[j]
    else:
        edges = np.unique(np.percentile(training[:, j], [25, 50, 75]))
        z[:, j] = np.searchsorted(edges, samples[:, j]) == np.searchsorted(edges, row[j])
z[0] = 1
distance = np.sqrt(((z - z[0]) ** 2).sum(axis=1))
width = np.sqrt(d) * 0.75
w = np.sqrt(np.exp(-(distance ** 2) / width ** 2))
y = f(samples)

words = 9
presence = np.ones((200, words))
for i in range(1, 200):
    presence[i, rng.choice(words, rng.randint(1, words + 1), replace=False)] = 0
score = presence @ rng.randn(words) + 0.5 * presence[:, 0] * presence[:, 1]
norms = np.sqrt((presence ** 2).sum(axis=1)) * np.sqrt(words)
cosine = np.where(norms > 0, presence.sum(axis=1) / np.where(norms > 0, norms, 1), 0)
wt = np.sqrt(np.exp(-((100 * (1 - cosine)) ** 2) / 25 ** 2))

print(json.dumps({
    "training": training.tolist(),
    "samples": samples.tolist(),
    "outputs": y.tolist(),
    "forward": fit(z, y, w, forward(z, y, w, 5)),
    "highest": fit(z, y, w, highest(z, y, w, 7)),
    "text": {"presence": presence.tolist(), "outputs": score.tolist(), "forward": fit(presence, score, wt, forward(presence, score, wt, 4))},
}))

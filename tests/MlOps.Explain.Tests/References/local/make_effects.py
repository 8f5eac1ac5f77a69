"""Partial dependence and ICE by scikit-learn's brute method, on a function that both sides know.

Versions: numpy 1.24, scikit-learn 1.2. Run: python3 make_effects.py > effects.json
"""
import json

import numpy as np
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.inspection import partial_dependence


class Known(BaseEstimator, RegressorMixin):
    _estimator_type = "regressor"

    def fit(self, x, y):
        self.fitted_ = True
        return self

    def predict(self, x):
        return np.sin(x[:, 0]) * x[:, 1] + 0.5 * x[:, 0] * x[:, 2] - x[:, 2] ** 2


rng = np.random.RandomState(5)
x = np.round(rng.randn(37, 3), 3)
x[:, 2] = rng.randint(0, 4, 37)
model = Known().fit(x, x[:, 0])
out = {"x": x.tolist()}
for feature in range(3):
    both = partial_dependence(model, x, [feature], grid_resolution=20, method="brute", kind="both")
    out[f"feature{feature}"] = {
        "grid": both["values"][0].tolist(),
        "average": both["average"][0].tolist(),
        "individual": both["individual"][0].tolist(),
    }
print(json.dumps(out))

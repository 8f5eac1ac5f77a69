"""Expected values for the distillation and low-rank tests: torch (F.kl_div, F.cross_entropy, autograd, double) and numpy (linalg.svd).
Run: /usr/bin/python3 make_distil.py, which writes distil.json beside this file."""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

generator = np.random.default_rng(11)


def terms(teacher, student, label, temperature, alpha):
    t = torch.tensor(teacher, dtype=torch.float64)[None]
    s = torch.tensor(student, dtype=torch.float64, requires_grad=True)
    kl = F.kl_div(F.log_softmax(s[None] / temperature, 1), F.log_softmax(t / temperature, 1), reduction="batchmean", log_target=True)
    hard = F.cross_entropy(s[None], torch.tensor([label]))
    loss = alpha * temperature**2 * kl + (1 - alpha) * hard
    loss.backward()
    return {
        "teacher": teacher, "student": student, "label": label, "temperature": temperature, "alpha": alpha,
        "softTeacher": F.softmax(t / temperature, 1)[0].tolist(), "softStudent": F.softmax(s.detach() / temperature, 0).tolist(),
        "divergence": kl.item(), "hard": hard.item(), "loss": loss.item(), "gradient": s.grad.tolist(),
    }


def rounded(values):  # what a 32-bit network holds
    return [float(np.float32(v)) for v in values]


cases = [terms(rounded([3, 1, -1]), rounded([2.5, 0.8, -0.5]), 0, 4.0, 0.7)]  # exercise B4
for classes in (2, 3, 10):
    for temperature in (0.05, 0.5, 1.0, 2.0, 4.0, 20.0, 1000.0):
        for alpha in (0.0, 0.3, 1.0):
            cases.append(terms(rounded(generator.normal(0, 3, classes)), rounded(generator.normal(0, 3, classes)), int(generator.integers(classes)), temperature, alpha))
for alpha in (0.0, 0.5, 1.0):
    cases.append(terms([80.0, -80.0, 0.0], [-80.0, 80.0, 0.0], 0, 1.0, alpha))
    cases.append(terms([80.0, -80.0, 0.0], [-80.0, 80.0, 0.0], 1, 4.0, alpha))
    cases.append(terms([80.0, -80.0], [80.0, -80.0], 0, 4.0, alpha))


def factorised(rows, columns, decay):
    w = generator.normal(0, 1, (rows, columns)).astype(np.float32)
    if decay:
        u, s, v = np.linalg.svd(w.astype(np.float64), full_matrices=False)
        w = ((u * (s * decay ** np.arange(len(s)))) @ v).astype(np.float32)
    sigma = np.linalg.svd(w.astype(np.float64), compute_uv=False)
    share = np.cumsum(sigma**2) / np.sum(sigma**2)
    return {
        "rows": rows, "columns": columns, "w": [float(x) for x in w.ravel()], "singular": sigma.tolist(),
        "error": [float(np.sqrt(np.sum(sigma[r:] ** 2))) for r in range(len(sigma) + 1)],
        "rankForEnergy": {str(e): int(np.argmax(share >= e) + 1) for e in (0.5, 0.9, 0.99)},
    }


matrices = [factorised(6, 4, None), factorised(4, 9, None), factorised(12, 12, 0.5), factorised(30, 8, 0.7), factorised(7, 1, None)]
here = pathlib.Path(__file__).parent
(here / "distil.json").write_text(json.dumps({"versions": {"torch": torch.__version__, "numpy": np.__version__}, "terms": cases, "matrices": matrices}))
print(cases[0])

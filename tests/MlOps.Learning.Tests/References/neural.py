"""Reference values for neural networks from PyTorch 1.13, and real data sets that scikit-learn 1.2.1 ships.

usage: /usr/bin/python3 neural.py      writes neural.json and neural-data.json beside itself
Weights of dense layers are written inputs × units, as MlOps.Learning stores them; PyTorch has them the other way round.
"""
import json
import os

import numpy as np
import torch
from sklearn.datasets import load_breast_cancer, load_diabetes, load_digits
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from torch import nn
from torch.nn import functional

HERE = os.path.dirname(os.path.abspath(__file__))
torch.set_num_threads(1)


def numbers(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=np.float64).ravel()]


class GlobalAverage(nn.Module):
    def forward(self, x):
        return x.mean(dim=(2, 3))


def tensors(model, what):
    """All values layer by layer in the order of MlOps.Learning: weight, bias, running mean, running variance."""
    parts = []
    for layer in model:
        for name in ("weight", "bias"):
            parameter = getattr(layer, name, None)
            if parameter is None:
                continue
            value = parameter.grad if what == "gradient" else parameter
            value = value.detach()
            parts.append((value.T if isinstance(layer, nn.Linear) and value.dim() == 2 else value).reshape(-1))
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
            for statistic in (layer.running_mean, layer.running_var):
                parts.append(torch.zeros_like(statistic) if what == "gradient" else statistic)
    return numbers(torch.cat(parts))


def network(name, model, shape, count, classes):
    """Outputs, loss and gradient of a batch in training, and the outputs at prediction afterwards."""
    torch.manual_seed(len(name))
    model = model.double()  # nine digits of the exact result, not PyTorch's single-precision rounding
    for parameter in model.parameters():
        with torch.no_grad():
            parameter.copy_((parameter + 0.1 * torch.randn_like(parameter)).float().double())
    x = torch.randn(count, *shape).double()
    y = torch.randint(0, classes, (count,))
    weights = tensors(model, "values")
    model.train()
    outputs = model(x)
    loss = functional.cross_entropy(outputs, y)
    loss.backward()
    after = tensors(model, "values")
    model.eval()
    return {
        "name": name, "shape": list(shape), "x": numbers(x), "y": y.tolist(), "weights": weights, "loss": loss.item(),
        "gradient": tensors(model, "gradient"), "after": after, "predicted": numbers(model(x).detach()),
    }


def networks():
    torch.manual_seed(0)
    return [
        network("dense", nn.Sequential(nn.Linear(5, 4), nn.Sigmoid(), nn.Linear(4, 3, bias=False)), (5,), 7, 3),
        network("activations", nn.Sequential(nn.Linear(5, 6), nn.ReLU(), nn.Linear(6, 6), nn.LeakyReLU(0.1), nn.Linear(6, 6), nn.GELU(), nn.Linear(6, 6), nn.Tanh(), nn.Linear(6, 6), nn.Softmax(1), nn.Linear(6, 3)), (5,), 6, 3),
        network("convolution", nn.Sequential(nn.Conv2d(2, 3, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(12, 3)), (2, 6, 7), 4, 3),
        network("stride and padding", nn.Sequential(nn.Conv2d(2, 4, 3, stride=2, padding=1), nn.Tanh(), nn.Conv2d(4, 3, 4, stride=3, padding=2, bias=False), GlobalAverage(), nn.Linear(3, 2)), (2, 9, 8), 5, 2),
        network("pooling", nn.Sequential(nn.Conv2d(1, 2, 3, padding=1), nn.MaxPool2d(3, stride=2), nn.AvgPool2d(2, stride=1), nn.Flatten(), nn.Linear(12, 2)), (1, 7, 9), 3, 2),
        network("batch norm", nn.Sequential(nn.Conv2d(1, 3, 3), nn.BatchNorm2d(3), nn.ReLU(), nn.Flatten(), nn.Linear(48, 4), nn.BatchNorm1d(4, momentum=0.3, eps=1e-3), nn.Linear(4, 2)), (1, 6, 6), 8, 2),
    ]


def losses():
    torch.manual_seed(1)
    out = torch.randn(6, 4, dtype=torch.float64) * 3
    out[0, 1] = 60  # a certain and wrong answer must stay finite
    values = torch.randn(6, 4, dtype=torch.float64)
    codes = torch.tensor([0, 3, 1, 2, 2, 0])
    hot = functional.one_hot(codes, 4).double()
    share = torch.rand(6, 4, dtype=torch.float64)
    weights = torch.tensor([1.0, 0.5, 2.0, 0.0, 3.0, 1.0], dtype=torch.float64)
    teacher = torch.randn(6, 4, dtype=torch.float64) * 2

    def distillation(o, temperature, alpha):
        kl = functional.kl_div(functional.log_softmax(o / temperature, 1), functional.softmax(teacher / temperature, 1), reduction="batchmean")
        return alpha * temperature ** 2 * kl + (1 - alpha) * functional.cross_entropy(o, codes)

    def focal(o, gamma):
        log_p = functional.log_softmax(o, 1).gather(1, codes[:, None])[:, 0]
        return (-((1 - log_p.exp()) ** gamma) * log_p).mean()

    def weighted(o):
        return (functional.cross_entropy(o, codes, reduction="none") * weights).sum() / weights.sum()

    cases = [
        ("mean squared error", values, None, lambda o: functional.mse_loss(o, values)),
        ("huber", values, None, lambda o: functional.huber_loss(o, values, delta=1.5)),
        ("cross-entropy", hot, None, lambda o: functional.cross_entropy(o, codes)),
        ("cross-entropy, smoothed", hot, None, lambda o: functional.cross_entropy(o, codes, label_smoothing=0.1)),
        ("cross-entropy, weighted", hot, weights, weighted),
        ("binary cross-entropy", share, None, lambda o: functional.binary_cross_entropy_with_logits(o, share)),
        ("focal", hot, None, lambda o: focal(o, 2)),
        ("distillation", torch.cat([hot, teacher], 1), None, lambda o: distillation(o, 3, 0.7)),
    ]
    result = []
    for name, target, weight, function in cases:
        o = out.float().double().requires_grad_()
        loss = function(o)
        loss.backward()
        result.append({
            "name": name, "outputs": numbers(o.detach()), "targets": numbers(target), "targetLength": target.shape[1],
            "weights": None if weight is None else numbers(weight), "loss": loss.item(), "gradient": numbers(o.grad),
        })
    return result


def optimizers():
    torch.manual_seed(2)
    start = torch.randn(5, dtype=torch.float64)
    gradients = torch.randn(6, 5, dtype=torch.float64)
    cases = [
        ("sgd", lambda p: torch.optim.SGD(p, lr=0.1, weight_decay=0.01)),
        ("momentum", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01)),
        ("nesterov", lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True)),
        ("rmsprop", lambda p: torch.optim.RMSprop(p, lr=0.02, alpha=0.9, weight_decay=0.01)),
        ("adam", lambda p: torch.optim.Adam(p, lr=0.05, weight_decay=0.01)),
        ("adamw", lambda p: torch.optim.AdamW(p, lr=0.05, weight_decay=0.1)),
    ]
    result = []
    for name, make in cases:
        p = start.clone().requires_grad_()
        optimizer = make([p])
        path = []
        for gradient in gradients:
            p.grad = gradient.clone()
            optimizer.step()
            path.append(numbers(p.detach()))
        result.append({"name": name, "path": path})
    return {"start": numbers(start), "gradients": [numbers(g) for g in gradients], "cases": result}


def schedules():
    losses = [1.0, 0.8, 0.81, 0.79999, 0.9, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6]
    cases = [
        ("step", lambda o: torch.optim.lr_scheduler.StepLR(o, 3, 0.5)),
        ("cosine", lambda o: torch.optim.lr_scheduler.CosineAnnealingLR(o, len(losses), 0.01)),
        ("plateau", lambda o: torch.optim.lr_scheduler.ReduceLROnPlateau(o, factor=0.5, patience=2)),
    ]
    result = []
    for name, make in cases:
        optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.4)
        schedule = make(optimizer)
        rates = []
        for loss in losses:
            rates.append(optimizer.param_groups[0]["lr"])
            optimizer.step()
            schedule.step(loss) if name == "plateau" else schedule.step()
        result.append({"name": name, "rates": numbers(rates)})
    return {"losses": losses, "cases": result}


def data():
    """Rows in the order of the sets; every fifth (index % 5 == 4) is held out. Scores of scikit-learn's models on these."""
    cancer, digits, diabetes = load_breast_cancer(), load_digits(), load_diabetes(scaled=False)

    def held(n):
        return np.arange(n) % 5 == 4

    def classes(x, y, model):
        out = held(len(y))
        return make_pipeline(StandardScaler(), model).fit(x[~out], y[~out]).score(x[out], y[out])

    out = held(len(diabetes.target))
    ridge = make_pipeline(StandardScaler(), Ridge(1.0)).fit(diabetes.data[~out], diabetes.target[~out])
    return {
        "cancer": {"features": cancer.data.shape[1], "x": numbers(cancer.data), "y": cancer.target.tolist(), "score": classes(cancer.data, cancer.target, MLPClassifier(max_iter=300, random_state=0))},
        "digits": {"x": "".join(chr(ord("a") + int(v)) for v in digits.data.ravel()), "y": "".join(map(str, digits.target)), "score": classes(digits.data, digits.target, MLPClassifier(max_iter=300, random_state=0))},
        "diabetes": {"features": diabetes.data.shape[1], "x": numbers(diabetes.data), "y": numbers(diabetes.target), "score": r2_score(diabetes.target[out], ridge.predict(diabetes.data[out]))},
    }


def write(name, content):
    with open(os.path.join(HERE, name), "w", encoding="utf-8") as file:
        json.dump(content, file, separators=(",", ":"))
        file.write("\n")


write("neural.json", {"torch": torch.__version__, "networks": networks(), "losses": losses(), "optimizers": optimizers(), "schedules": schedules()})
write("neural-data.json", data())

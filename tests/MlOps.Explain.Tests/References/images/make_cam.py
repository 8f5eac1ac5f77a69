"""Writes cam.json: Grad-CAM, integrated gradients, Eigen-CAM and Score-CAM of two small networks, by PyTorch's autograd and NumPy, and the networks as PyTorch exports them to ONNX.

The formulas are written from the papers: R. Selvaraju et al. (2017), M. Sundararajan et al. (2017), M. Muhammad and M. Yeasin (2020), H. Wang et al. (2020).
Run: python3 make_cam.py
"""
import base64
import io
import json
import pathlib

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(5)
torch.set_num_threads(1)


def rounded(values):
    return [float(f"{v:.9g}") for v in np.asarray(values, dtype=np.float64).ravel()]


def parameters(model):
    found = []
    for layer in model:
        if isinstance(layer, nn.Conv2d):
            found += [rounded(layer.weight.detach()), rounded(layer.bias.detach())]
        elif isinstance(layer, nn.Linear):
            found += [rounded(layer.weight.detach().T), rounded(layer.bias.detach())]  # ours: inputs x units
        elif isinstance(layer, nn.BatchNorm2d):
            found += [rounded(layer.weight.detach()), rounded(layer.bias.detach()), rounded(layer.running_mean), rounded(layer.running_var)]
    return found


def finish(cam, size):
    cam = F.interpolate(torch.relu(cam)[None, None], size=size, mode="bilinear", align_corners=False)[0, 0]
    return (cam - cam.min()) / (1e-7 + cam.max() - cam.min())


def parts(model, image, layer):
    activation = image
    for place in range(layer + 1):
        activation = model[place](activation)
    return activation


def rest(model, activation, layer):
    for place in range(layer + 1, len(model)):
        activation = model[place](activation)
    return activation


def grad_cam(model, image, layer, target):
    activation = parts(model, image, layer).detach().requires_grad_(True)
    score = rest(model, activation, layer)[0, target]
    gradient = torch.autograd.grad(score, activation)[0][0]
    weights = gradient.mean(dim=(1, 2))
    cam = (weights[:, None, None] * activation[0]).sum(0).detach()
    return gradient, finish(cam, image.shape[2:]), score.item()


def integrated(model, image, target, steps):
    nodes, weights = np.polynomial.legendre.leggauss(steps)
    total = torch.zeros_like(image)
    for t, w in zip((nodes + 1) / 2, weights / 2):
        point = (t * image).requires_grad_(True)
        total += w * torch.autograd.grad(model(point)[0, target], point)[0]
    return (image * total)[0].sum(0).detach()


def eigen_cam(model, image, layer):
    a = parts(model, image, layer)[0].detach().double().numpy()
    flat = a.reshape(a.shape[0], -1).T
    flat = flat - flat.mean(axis=0)
    _, _, vt = np.linalg.svd(flat, full_matrices=False)
    projection = flat @ vt[0]
    if np.dot(projection, flat.sum(axis=1)) < 0:  # a singular vector has no sign: the one that goes with the activations
        projection = -projection
    return finish(torch.tensor(projection.reshape(a.shape[1:])), image.shape[2:])


def score_cam(model, image, layer, target):
    a = parts(model, image, layer)[0].detach()
    up = F.interpolate(a[None], size=image.shape[2:], mode="bilinear", align_corners=False)[0]
    low = up.amin(dim=(1, 2), keepdim=True)
    high = up.amax(dim=(1, 2), keepdim=True)
    masks = (up - low) / (1e-7 + high - low)
    scores = torch.stack([torch.softmax(model(image * m)[0], 0)[target] for m in masks])
    weights = torch.softmax(scores, 0)
    return finish((weights[:, None, None] * a).sum(0).detach(), image.shape[2:])


def case(model, layers, activation):
    model.eval()
    image = torch.rand(1, 3, 12, 12)
    scores = model(image)[0].detach()
    found = {"image": rounded(image), "parameters": parameters(model), "scores": rounded(scores), "maps": []}
    for layer in layers:
        for target in range(3):
            gradient, cam, score = grad_cam(model, image, layer, target)
            found["maps"].append({"layer": layer, "target": target, "score": score, "gradient": rounded(gradient), "gradCam": rounded(cam)})
    found["integrated"] = [rounded(integrated(model, image, target, 20)) for target in range(3)]
    found["eigenCam"] = rounded(eigen_cam(model, image, activation))
    found["scoreCam"] = [rounded(score_cam(model, image, activation, target)) for target in range(3)]
    found["activation"] = activation
    exported = io.BytesIO()
    torch.onnx.export(model, image, exported, input_names=["picture"], output_names=["scores"], opset_version=17, dynamic_axes={"picture": {0: "n"}, "scores": {0: "n"}})
    found["onnx"] = base64.b64encode(exported.getvalue()).decode()
    return found


def norm(channels):
    layer = nn.BatchNorm2d(channels)
    layer.running_mean.uniform_(-0.2, 0.2)
    layer.running_var.uniform_(0.5, 1.5)
    nn.init.uniform_(layer.weight, 0.5, 1.5)
    nn.init.uniform_(layer.bias, -0.3, 0.3)
    return layer


torch.manual_seed(0)
flat = nn.Sequential(
    nn.Conv2d(3, 4, 3), norm(4), nn.ReLU(), nn.MaxPool2d(2),
    nn.Conv2d(4, 5, 2), nn.ReLU(), nn.Flatten(), nn.Dropout(0.5), nn.Linear(80, 6), nn.ReLU(), nn.Linear(6, 3))
pooled = nn.Sequential(
    nn.Conv2d(3, 4, 3, padding=1), nn.ReLU(), nn.AvgPool2d(2), nn.Conv2d(4, 6, 3, padding=1), nn.ReLU(),
    nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 3))

with torch.no_grad():
    for p in flat[8].weight, flat[10].weight, pooled[7].weight:
        p.mul_(3)  # so that maps differ between classes

document = {
    "versions": {"torch": torch.__version__, "numpy": np.__version__},
    "flat": case(flat, [0, 2, 4, 5], 5),
    "pooled": case(pooled, [0, 3, 4], 4),
}
pathlib.Path(__file__).with_name("cam.json").write_text(json.dumps(document) + "\n")

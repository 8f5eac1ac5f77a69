"""Vectors of torch.nn.utils.prune for the tests of pruning.

Run: python3 make_prune.py  (writes prune.json beside it). Made with torch 1.13, numpy 1.24.
Weights are drawn so that no two magnitudes of a vector are equal: torch leaves the order of ties open.
"""
import json
import os

import numpy as np
import torch
from torch import nn
from torch.nn.utils import prune

HERE = os.path.dirname(os.path.abspath(__file__))
rng = np.random.default_rng(11)


def linear(inputs, units):
    layer = nn.Linear(inputs, units)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(rng.normal(size=(units, inputs)).astype(np.float32)))
    return layer


def conv(channels, filters, kernel):
    layer = nn.Conv2d(channels, filters, kernel)
    with torch.no_grad():
        layer.weight.copy_(torch.from_numpy(rng.normal(size=(filters, channels, kernel, kernel)).astype(np.float32)))
    return layer


def flat(tensor):
    return [float(value) for value in tensor.detach().numpy().ravel()]


def case(layer):
    return {"shape": list(layer.weight.shape), "weight": flat(layer.weight)}


def masked(layer):
    return [int(value) for value in layer.weight_mask.numpy().ravel()]


cases = {"versions": {"torch": torch.__version__, "numpy": np.__version__}, "layer": [], "global": [], "structured": []}
for inputs, units, amount in [(7, 5, 0.3), (7, 5, 0.5), (5, 5, 0.1), (5, 5, 0.5), (9, 3, 0.9), (4, 4, 0.0), (3, 3, 0.99)]:
    layer = linear(inputs, units)
    entry = case(layer) | {"amount": amount}
    prune.l1_unstructured(layer, "weight", amount=amount)
    cases["layer"].append(entry | {"mask": masked(layer)})
for amount in (0.25, 0.5, 0.8):
    layers = [conv(2, 3, 3), linear(6, 4), linear(4, 3)]
    with torch.no_grad():
        layers[0].weight *= 0.3  # smaller weights, so that the global choice differs from the one by layer
    entries = [case(layer) for layer in layers]
    prune.global_unstructured([(layer, "weight") for layer in layers], pruning_method=prune.L1Unstructured, amount=amount)
    cases["global"].append({"amount": amount, "layers": [entry | {"mask": masked(layer)} for entry, layer in zip(entries, layers)]})
for layer, amount, n in [(linear(6, 8), 0.5, 1), (linear(6, 9), 0.5, 2), (conv(3, 8, 3), 0.25, 1), (conv(2, 5, 3), 0.5, 2)]:
    entry = case(layer) | {"amount": amount, "n": n}
    prune.ln_structured(layer, "weight", amount=amount, n=n, dim=0)
    rows = layer.weight_mask.reshape(layer.weight.shape[0], -1)
    cases["structured"].append(entry | {"kept": [i for i, row in enumerate(rows) if bool(row.any())]})
with open(os.path.join(HERE, "prune.json"), "w") as file:
    json.dump(cases, file)

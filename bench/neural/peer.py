"""Epochs of training in PyTorch, for bench/neural/NeuralBench.cs.

usage: peer.py FOLDER KIND SAMPLES EPOCHS
FOLDER holds x.bin (SAMPLES × 784 floats), y.bin (int32) and weights.bin (first weights; dense ones are inputs × units).
KIND is mlp or cnn. Batches are slices of shuffled tensors: no DataLoader, which would cost more than the network.
Prints one JSON object: seconds of the fastest epoch, mean loss in the last.
"""
import json
import os
import sys
import time

# OpenMP threads that spin while they wait fight OpenBLAS's threads for the cores: without this PyTorch takes three times as long here.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

import numpy as np
import torch
from torch import nn


def blas():
    """Which BLAS the process has loaded: Debian's reference BLAS would be no peer."""
    with open("/proc/self/maps", encoding="ascii") as maps:
        loaded = maps.read()
    return "OpenBLAS" if "openblas" in loaded else "reference BLAS"


def main():
    folder, kind, samples, epochs = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    torch.set_num_threads(os.cpu_count())
    torch.manual_seed(1)
    x = torch.from_numpy(np.fromfile(os.path.join(folder, "x.bin"), dtype="<f4").reshape(samples, 784))
    y = torch.from_numpy(np.fromfile(os.path.join(folder, "y.bin"), dtype="<i4").astype(np.int64))
    if kind == "mlp":
        model = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))
    else:
        x = x.reshape(samples, 1, 28, 28)
        model = nn.Sequential(
            nn.Conv2d(1, 8, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(8, 16, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(400, 10))

    weights = np.fromfile(os.path.join(folder, "weights.bin"), dtype="<f4")
    at = 0
    with torch.no_grad():
        for layer in model:
            for parameter in layer.parameters():
                values = torch.from_numpy(weights[at:at + parameter.numel()].copy())
                at += parameter.numel()
                dense = isinstance(layer, nn.Linear) and parameter.dim() == 2
                parameter.copy_(values.reshape(parameter.shape[1], parameter.shape[0]).T if dense else values.reshape(parameter.shape))

    optimizer = torch.optim.SGD(model.parameters(), lr=0.01, momentum=0.9)
    loss_function = nn.CrossEntropyLoss()
    best, mean = float("inf"), 0.0
    for _ in range(epochs):
        start = time.perf_counter()
        order = torch.randperm(samples)
        total = 0.0
        for at in range(0, samples, 64):
            picked = order[at:at + 64]
            optimizer.zero_grad()
            loss = loss_function(model(x[picked]), y[picked])
            loss.backward()
            optimizer.step()
            total += loss.item() * len(picked)
        best = min(best, time.perf_counter() - start)
        mean = total / samples

    json.dump({"torch": torch.__version__, "threads": torch.get_num_threads(), "blas": blas(), "seconds": best, "loss": mean}, sys.stdout)


main()

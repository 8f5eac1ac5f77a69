"""Makes the ONNX files of these tests, and next to each a JSON file with a few input rows and what the framework itself answers.

Run: python3 make.py  (writes into the folder of this script). Made with torch 1.13, scikit-learn 1.2, onnx 1.12, numpy 1.24.
The data is made by formula, so that C# can make more of it (see Models.cs): class c of a table has its centre at 1.2 cos((c + 1)(j + 1)),
of an image at sin(2 pi ((c + 1) x + (channel + c) y) / 16), both with Gaussian noise of deviation 1; a token of a sequence belongs to the class (token modulo 3) with probability 0.6, else to any.
"""
import json
import math
import os

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from sklearn.linear_model import LogisticRegression
from sklearn.neural_network import MLPClassifier
from torch import nn
from torch.nn import functional as F

HERE = os.path.dirname(os.path.abspath(__file__))
EVAL, PRESERVE = torch.onnx.TrainingMode.EVAL, torch.onnx.TrainingMode.PRESERVE
torch.set_num_threads(1)


def table(rows, features, classes, seed):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, classes, rows)
    centre = 1.2 * np.cos(np.outer(np.arange(classes) + 1, np.arange(features) + 1))
    return (centre[y] + rng.normal(size=(rows, features))).astype(np.float32), y


def images(rows, classes, seed, size=16):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, classes, rows)
    c, ch, yy, xx = np.meshgrid(np.arange(classes), np.arange(3), np.arange(size), np.arange(size), indexing="ij")
    centre = np.sin(2 * math.pi * ((c + 1) * xx + (ch + c) * yy) / 16)
    return (centre[y] + rng.normal(size=(rows, 3, size, size))).astype(np.float32), y


def tokens(rows, length, seed):
    rng = np.random.default_rng(seed)
    y = rng.integers(0, 3, rows)
    any_token = rng.integers(0, 39, (rows, length))
    own = 3 * rng.integers(0, 13, (rows, length)) + y[:, None]
    return np.where(rng.random((rows, length)) < 0.6, own, any_token).astype(np.int64), y


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1, self.bn1 = nn.Linear(20, 64), nn.BatchNorm1d(64)
        self.fc2, self.bn2 = nn.Linear(64, 32), nn.BatchNorm1d(32)
        self.drop, self.fc3 = nn.Dropout(0.2), nn.Linear(32, 4)

    def forward(self, x):
        x = torch.relu(self.bn1(self.fc1(x)))
        return self.fc3(self.drop(torch.relu(self.bn2(self.fc2(x)))))


class Cnn(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(3, 16, 3, padding=1, bias=False), nn.BatchNorm2d(16)
        self.conv2, self.bn2 = nn.Conv2d(16, 24, 3, stride=2, padding=1), nn.BatchNorm2d(24)
        self.conv3, self.bn3 = nn.Conv2d(24, 24, 3, padding=1, bias=False), nn.BatchNorm2d(24)
        self.pool, self.average = nn.MaxPool2d(2), nn.AvgPool2d(2)
        self.head, self.fc = nn.AdaptiveAvgPool2d(1), nn.Linear(24, 5)

    def forward(self, x):
        x = self.pool(torch.relu(self.bn1(self.conv1(x))))
        x = torch.relu(self.bn2(self.conv2(x)))
        x = torch.relu(self.bn3(self.conv3(x)) + x)
        return self.fc(torch.flatten(self.head(self.average(x)), 1))


class Depthwise(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.bn0 = nn.Conv2d(3, 16, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(16)
        self.depth, self.bn1 = nn.Conv2d(16, 16, 3, padding=1, groups=16, bias=False), nn.BatchNorm2d(16)
        self.point, self.bn2 = nn.Conv2d(16, 32, 1, bias=False), nn.BatchNorm2d(32)
        self.grouped, self.gate = nn.Conv2d(32, 32, 3, padding=1, groups=4), nn.Conv2d(32, 32, 1)
        self.up, self.fc = nn.ConvTranspose2d(32, 16, 2, stride=2), nn.Linear(16, 5)
        self.bn3 = nn.BatchNorm2d(16)

    def forward(self, x):
        x = F.relu6(self.bn0(self.stem(x)))
        x = F.relu6(self.bn1(self.depth(x)))
        x = F.hardswish(self.bn2(self.point(x)))
        x = self.grouped(x)
        x = x * torch.sigmoid(self.gate(x.mean((2, 3), keepdim=True)))
        x = F.leaky_relu(self.bn3(self.up(x)), 0.1)
        return self.fc(x.mean((2, 3)))


class Layer(nn.Module):
    def __init__(self, d=32, heads=4, inner=48):
        super().__init__()
        self.heads = heads
        self.q, self.k, self.v, self.o = (nn.Linear(d, d) for _ in range(4))
        self.norm1, self.norm2 = nn.LayerNorm(d), nn.LayerNorm(d)
        self.up, self.down = nn.Linear(d, inner), nn.Linear(inner, d)

    def split(self, x):
        return x.view(x.size(0), x.size(1), self.heads, -1).transpose(1, 2)

    def forward(self, x):
        q, k, v = self.split(self.q(x)), self.split(self.k(x)), self.split(self.v(x))
        attention = torch.softmax(q @ k.transpose(-2, -1) / math.sqrt(q.size(-1)), -1)
        mixed = (attention @ v).transpose(1, 2).reshape(x.size(0), x.size(1), -1)
        x = self.norm1(x + self.o(mixed))
        return self.norm2(x + self.down(F.gelu(self.up(x))))


class Transformer(nn.Module):
    def __init__(self, layers, float_features=0):
        super().__init__()
        self.embed = nn.Linear(float_features, 32) if float_features else nn.Embedding(39, 32)
        self.position = nn.Parameter(0.1 * torch.randn(1, 16, 32))
        self.layers, self.head = nn.ModuleList(Layer() for _ in range(layers)), nn.Linear(32, 3)

    def forward(self, x):
        x = self.embed(x) + self.position[:, : x.size(1)]
        for layer in self.layers:
            x = layer(x)
        return self.head(x.mean(1))


class Branch(nn.Module):
    """An If with a layer in each branch, and a layer outside."""

    def __init__(self):
        super().__init__()
        self.fc1, self.a, self.b = nn.Linear(20, 16), nn.Linear(16, 4), nn.Linear(16, 4)

    def forward(self, x):
        h = torch.relu(self.fc1(x))
        if h.sum() > 0:
            y = self.a(h)
        else:
            y = self.b(h)
        return y


def train(net, x, y, epochs=6):
    x, y = torch.from_numpy(x), torch.from_numpy(y)
    best = torch.optim.Adam(net.parameters(), lr=3e-3)
    net.train()
    for epoch in range(epochs):
        order = torch.randperm(len(x), generator=torch.Generator().manual_seed(epoch))
        for start in range(0, len(x), 64):
            rows = order[start:start + 64]
            best.zero_grad()
            F.cross_entropy(net(x[rows]), y[rows]).backward()
            best.step()
    net.eval()
    return net


def write_rows(name, feeds, outputs, labels):
    def tensor(a):
        a = np.asarray(a)
        return {"type": str(a.dtype), "shape": list(a.shape), "values": [float(f"{v:.9g}") if a.dtype.kind == "f" else int(v) for v in a.reshape(-1)]}

    with open(os.path.join(HERE, name + ".json"), "w") as file:
        json.dump({"inputs": {k: tensor(v) for k, v in feeds.items()}, "outputs": {k: tensor(v) for k, v in outputs.items()}, "labels": [int(v) for v in labels]}, file)
        file.write("\n")


def export(name, net, x, y, opset, training=PRESERVE, fixed=False, axes=(0,), rows=4):
    sample = torch.from_numpy(x[:rows])
    dynamic = None if fixed else {"input": {a: ["batch", "length"][i] for i, a in enumerate(axes)}, "output": {0: "batch"}}
    traced = torch.jit.script(net) if isinstance(net, Branch) else net
    path = os.path.join(HERE, name + ".onnx")
    torch.onnx.export(traced, sample, path, opset_version=opset, training=training, input_names=["input"], output_names=["output"], dynamic_axes=dynamic)
    onnx.checker.check_model(path)
    with torch.no_grad():
        answers = net(torch.from_numpy(x))
        right = (answers.argmax(1).numpy() == y).mean()
        write_rows(name, {"input": x[:rows]}, {"output": net(sample).numpy()}, y[:rows])
    print(f"{name}: opset {opset}, {os.path.getsize(path)} bytes, accuracy {right:.3f}")


def save(name, graph, opsets, feeds, outputs, labels):
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid(d, v) for d, v in opsets], ir_version=8, producer_name="make.py")
    onnx.checker.check_model(model)
    onnx.save(model, os.path.join(HERE, name + ".onnx"))
    write_rows(name, feeds, outputs, labels)
    print(f"{name}: {model.ByteSize()} bytes")


def scikit():
    """The graphs that skl2onnx writes for these models."""
    x, y = table(600, 20, 4, 5)
    few = x[:4]
    mlp = MLPClassifier((24,), max_iter=60, random_state=0).fit(x, y)
    array = lambda name, values: numpy_helper.from_array(np.asarray(values, np.float32), name)
    nodes, constants, last = [], [], "cast_input"
    nodes.append(helper.make_node("Cast", ["X"], ["cast_input"], name="Cast", to=TensorProto.FLOAT))
    for i, (w, b) in enumerate(zip(mlp.coefs_, mlp.intercepts_)):
        constants += [array(f"coefficient{i or ''}", w), array(f"intercepts{i or ''}", b.reshape(1, -1))]
        nodes.append(helper.make_node("MatMul", [last, constants[-2].name], [f"mul_result{i or ''}"], name=f"MatMul{i or ''}"))
        nodes.append(helper.make_node("Add", [f"mul_result{i or ''}", constants[-1].name], [f"add_result{i or ''}"], name=f"Add{i or ''}"))
        last = f"add_result{i or ''}"
        if i == 0:
            nodes.append(helper.make_node("Relu", [last], ["next_activations"], name="Relu"))
            last = "next_activations"
    nodes.append(helper.make_node("Softmax", [last], ["probabilities"], name="Softmax", axis=1))
    nodes.append(helper.make_node("ArgMax", ["probabilities"], ["argmax_output"], name="ArgMax", axis=1))
    nodes.append(helper.make_node("ArrayFeatureExtractor", ["classes", "argmax_output"], ["array_feature"], name="ArrayFeatureExtractor", domain="ai.onnx.ml"))
    nodes.append(helper.make_node("Reshape", ["array_feature", "shape"], ["label"], name="Reshape"))
    constants += [numpy_helper.from_array(np.arange(4, dtype=np.int64), "classes"), numpy_helper.from_array(np.array([-1], np.int64), "shape")]
    value = lambda name, kind, shape: helper.make_tensor_value_info(name, kind, shape)
    results = [value("label", TensorProto.INT64, [None]), value("probabilities", TensorProto.FLOAT, [None, 4])]
    graph = helper.make_graph(nodes, "mlp", [value("X", TensorProto.FLOAT, [None, 20])], results, constants)
    save("sklearn-mlp", graph, [("", 13), ("ai.onnx.ml", 1)], {"X": few}, {"label": mlp.predict(few), "probabilities": mlp.predict_proba(few).astype(np.float32)}, y[:4])

    linear = LogisticRegression(max_iter=500).fit(x, y)
    nodes = [
        helper.make_node("LinearClassifier", ["X"], ["label", "raw"], name="LinearClassifier", domain="ai.onnx.ml", classlabels_ints=[0, 1, 2, 3],
                         coefficients=[float(v) for v in linear.coef_.reshape(-1)], intercepts=[float(v) for v in linear.intercept_], multi_class=0, post_transform="SOFTMAX"),
        helper.make_node("Normalizer", ["raw"], ["probabilities"], name="Normalizer", domain="ai.onnx.ml", norm="L1")]
    graph = helper.make_graph(nodes, "linear", [value("X", TensorProto.FLOAT, [None, 20])], results)
    save("sklearn-linear", graph, [("", 13), ("ai.onnx.ml", 1)], {"X": few}, {"label": linear.predict(few), "probabilities": linear.predict_proba(few).astype(np.float32)}, y[:4])


def external():
    model = onnx.load(os.path.join(HERE, "mlp.onnx"))
    for tensor in model.graph.initializer:
        tensor.raw_data = numpy_helper.to_array(tensor).tobytes()
        tensor.ClearField("float_data")
    data = os.path.join(HERE, "external.bin")
    if os.path.exists(data):
        os.remove(data)
    onnx.save_model(model, os.path.join(HERE, "external.onnx"), save_as_external_data=True, all_tensors_to_one_file=True, location="external.bin", size_threshold=256)
    with open(os.path.join(HERE, "mlp.json")) as source, open(os.path.join(HERE, "external.json"), "w") as target:
        target.write(source.read())


if __name__ == "__main__":
    torch.manual_seed(9)
    tx, ty = table(2000, 20, 4, 1)
    ix, iy = images(1500, 5, 2)
    sx, sy = tokens(2000, 12, 3)
    fx = np.take(np.random.default_rng(4).normal(size=(39, 8)), sx, axis=0).astype(np.float32)

    mlp = train(Mlp(), tx, ty)
    export("mlp", mlp, tx, ty, 13)
    export("mlp-fixed-batch", mlp, tx, ty, 17, training=EVAL, fixed=True, rows=8)
    cnn = train(Cnn(), ix, iy)
    export("cnn", cnn, ix, iy, 13)
    export("cnn-folded", cnn, ix, iy, 17, training=EVAL)
    export("opset9", cnn, ix, iy, 9)
    export("cnn-depthwise", train(Depthwise(), ix, iy, 10), ix, iy, 14)
    export("transformer", train(Transformer(2), sx, sy), sx, sy, 13, axes=(0, 1))
    export("transformer-17", train(Transformer(1, 8), fx, sy), fx, sy, 17, training=EVAL)
    export("control-flow", train(Branch(), tx, ty), tx, ty, 13)
    scikit()
    external()

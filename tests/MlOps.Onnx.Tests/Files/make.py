#!/usr/bin/env python3
"""Writes the ONNX files of this folder with Python's onnx 1.12 (Debian: python3-onnx): files that we did not make ourselves.

usage: make.py        (in this folder)
types.json holds the values of types.onnx as onnx.numpy_helper reads them.
"""
import json

import numpy as np
import onnx
from onnx import TensorProto as T
from onnx import helper, numpy_helper


def save(model, name):
    onnx.checker.check_model(model)
    onnx.save(model, name)


def model(nodes, inputs, outputs, initializers=(), ml=False, opset=13, **more):
    graph = helper.make_graph(nodes, "graph", inputs, outputs, list(initializers))
    sets = [helper.make_opsetid("", opset)] + ([helper.make_opsetid("ai.onnx.ml", 2)] if ml else [])
    made = helper.make_model(graph, producer_name="make.py", opset_imports=sets, **more)
    made.ir_version = 7
    return made


def value(name, kind, shape):
    return helper.make_tensor_value_info(name, kind, shape)


def types():
    """Every type of element, in raw_data and in the list of its type."""
    values = {
        "float": (T.FLOAT, np.array([1.5, -2.25, 3e38], np.float32)),
        "double": (T.DOUBLE, np.array([1.5, -2.25, 1e300])),
        "int64": (T.INT64, np.array([1, -2, 2**62])),
        "int32": (T.INT32, np.array([1, -2, 2**31 - 1], np.int32)),
        "int16": (T.INT16, np.array([1, -2, 32767], np.int16)),
        "int8": (T.INT8, np.array([1, -2, 127], np.int8)),
        "uint64": (T.UINT64, np.array([1, 2, 2**62], np.uint64)),
        "uint32": (T.UINT32, np.array([1, 2, 2**32 - 1], np.uint32)),
        "uint16": (T.UINT16, np.array([1, 2, 65535], np.uint16)),
        "uint8": (T.UINT8, np.array([1, 2, 255], np.uint8)),
        "bool": (T.BOOL, np.array([True, False, True])),
        "float16": (T.FLOAT16, np.array([1.5, -2.25, 65504], np.float16)),
    }
    tensors = []
    for name, (kind, array) in values.items():
        tensors.append(helper.make_tensor(name, kind, [3], array.view(np.uint16) if kind == T.FLOAT16 else array))
        tensors.append(helper.make_tensor(name + "_raw", kind, [3], array.tobytes(), raw=True))
    tensors.append(helper.make_tensor("bfloat16", T.BFLOAT16, [2], np.array([1.5, -2.25], np.float32)))
    nodes = [helper.make_node("Identity", [t.name], [f"out_{t.name}"]) for t in tensors]
    outputs = [value(f"out_{t.name}", t.data_type, list(t.dims)) for t in tensors]
    made = model(nodes, [], outputs, tensors)
    save(made, "types.onnx")
    expected = {t.name: [float(v) for v in numpy_helper.to_array(t)] for t in tensors if t.data_type != T.BFLOAT16}
    expected["bfloat16"] = [1.5, -2.25]
    with open("types.json", "w") as file:
        json.dump(expected, file, indent=1)


def unknown():
    """Fields that our .proto does not list: training information, an annotation of quantization, a sparse constant."""
    made = model([helper.make_node("Add", ["x", "w"], ["y"], name="add")], [value("x", T.FLOAT, ["N", 2])], [value("y", T.FLOAT, ["N", 2])],
                 [numpy_helper.from_array(np.array([1, 2], np.float32), "w")])
    graph = made.graph
    annotation = graph.quantization_annotation.add()
    annotation.tensor_name = "y"
    entry = annotation.quant_parameter_tensor_names.add()
    entry.key, entry.value = "SCALE_TENSOR", "w"
    sparse = graph.sparse_initializer.add()
    sparse.values.CopyFrom(numpy_helper.from_array(np.array([3], np.float32), "s"))
    sparse.indices.CopyFrom(numpy_helper.from_array(np.array([1]), "s_indices"))
    sparse.dims.extend([2])
    training = made.training_info.add()
    training.algorithm.CopyFrom(helper.make_graph([helper.make_node("Identity", ["w"], ["w2"])], "step", [], [value("w2", T.FLOAT, [2])]))
    helper.set_model_props(made, {"author": "somebody else", "café": "crème"})
    onnx.save(made, "unknown.onnx")


def classifier(labels, zipmap, name):
    """As scikit-learn's converter writes a logistic regression of three classes on two columns."""
    kind = T.STRING if isinstance(labels[0], str) else T.INT64
    names = {"classlabels_strings": labels} if kind == T.STRING else {"classlabels_ints": labels}
    nodes = [
        helper.make_node("LinearClassifier", ["X"], ["label", "scores_raw"], name="linear", domain="ai.onnx.ml", multi_class=1, post_transform="SOFTMAX",
                         coefficients=[1.0, 0.0, 0.0, 1.0, -1.0, -1.0], intercepts=[0.0, 0.5, 0.25], **names),
        helper.make_node("Cast", ["label"], ["output_label"], name="cast", to=kind) if kind == T.INT64 else helper.make_node("Identity", ["label"], ["output_label"], name="cast"),
        helper.make_node("Normalizer", ["scores_raw"], ["probabilities" if zipmap else "output_probability"], name="normalizer", domain="ai.onnx.ml", norm="L1"),
    ]
    output = value("output_probability", T.FLOAT, [None, 3])
    if zipmap:
        keys = {"classlabels_strings": labels} if kind == T.STRING else {"classlabels_int64s": labels}
        nodes.append(helper.make_node("ZipMap", ["probabilities"], ["output_probability"], name="zip", domain="ai.onnx.ml", **keys))
        output = onnx.ValueInfoProto(name="output_probability")
        output.type.sequence_type.elem_type.map_type.key_type = kind
        output.type.sequence_type.elem_type.map_type.value_type.tensor_type.elem_type = T.FLOAT
    made = model(nodes, [value("X", T.FLOAT, [None, 2])], [value("output_label", kind, [None]), output], ml=True)
    save(made, name)


def columns():
    """One input a column: a float, a text and a whole number; the output is named as scikit-learn's converter names a regressor's."""
    nodes = [
        helper.make_node("LabelEncoder", ["city"], ["code"], name="encode", domain="ai.onnx.ml", keys_strings=["Pune", ""], values_floats=[10.0, -5.0], default_float=0.0),
        helper.make_node("IsNaN", ["income"], ["missing"], name="isnan"),
        helper.make_node("Where", ["missing", "zero", "income"], ["filled"], name="where"),
        helper.make_node("Cast", ["rooms"], ["rooms_float"], name="rooms_float", to=T.FLOAT),
        helper.make_node("Sum", ["code", "filled", "rooms_float"], ["variable"], name="sum"),
    ]
    inputs = [value("income", T.FLOAT, [None, 1]), value("city", T.STRING, [None, 1]), value("rooms", T.INT64, [None, 1])]
    save(model(nodes, inputs, [value("variable", T.FLOAT, [None, 1])], [numpy_helper.from_array(np.array([0], np.float32), "zero")], ml=True), "columns.onnx")


def fixed_batch():
    """Takes exactly three rows at once."""
    nodes = [helper.make_node("ReduceSum", ["x", "axes"], ["y"], name="sum", keepdims=1)]
    save(model(nodes, [value("x", T.DOUBLE, [3, 2])], [value("y", T.DOUBLE, [3, 1])], [numpy_helper.from_array(np.array([1]), "axes")]), "fixed-batch.onnx")


def branch():
    """An If whose branches read a value of the graph around them."""
    then = helper.make_graph([helper.make_node("Neg", ["x2"], ["a"], name="neg")], "then", [], [value("a", T.FLOAT, None)])
    other = helper.make_graph([helper.make_node("Identity", ["x2"], ["b"], name="same")], "else", [], [value("b", T.FLOAT, None)])
    nodes = [
        helper.make_node("Add", ["x", "x"], ["x2"], name="twice"),
        helper.make_node("ReduceSum", ["x2"], ["total"], name="total", keepdims=0),
        helper.make_node("Greater", ["total", "limit"], ["large"], name="large"),
        helper.make_node("If", ["large"], ["y"], name="if", then_branch=then, else_branch=other),
    ]
    save(model(nodes, [value("x", T.FLOAT, ["N", 2])], [value("y", T.FLOAT, ["N", 2])], [numpy_helper.from_array(np.array(10, np.float32), "limit")]), "branch.onnx")


def function():
    """An operator that the file defines itself."""
    double = helper.make_function("course", "Twice", ["a"], ["b"], [helper.make_node("Add", ["a", "a"], ["b"], name="add")], [helper.make_opsetid("", 15)])
    graph = helper.make_graph([helper.make_node("Twice", ["x"], ["y"], name="call", domain="course")], "graph", [value("x", T.FLOAT, ["N", 1])], [value("y", T.FLOAT, ["N", 1])])
    made = helper.make_model(graph, functions=[double], opset_imports=[helper.make_opsetid("", 15), helper.make_opsetid("course", 1)])
    made.ir_version = 8
    save(made, "function.onnx")


def external():
    """The weights lie in external.bin, from byte 4 on."""
    made = model([helper.make_node("Mul", ["x", "w"], ["y"], name="mul")], [value("x", T.FLOAT, ["N", 2])], [value("y", T.FLOAT, ["N", 2])],
                 [numpy_helper.from_array(np.array([3, 4], np.float32), "w")])
    tensor = made.graph.initializer[0]
    with open("external.bin", "wb") as file:
        file.write(b"\0\0\0\0" + tensor.raw_data)
    tensor.ClearField("raw_data")
    tensor.data_location = T.EXTERNAL
    for key, text in ("location", "external.bin"), ("offset", "4"), ("length", "8"):
        entry = tensor.external_data.add()
        entry.key, entry.value = key, text
    onnx.save(made, "external.onnx")


types()
unknown()
classifier([0, 1, 2], True, "zipmap.onnx")
classifier(["setosa", "versicolor", "virginica"], False, "strings.onnx")
columns()
fixed_batch()
branch()
function()
external()

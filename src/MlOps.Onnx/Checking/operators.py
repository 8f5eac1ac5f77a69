#!/usr/bin/env python3
"""Writes operators.txt, the operators of the ONNX standard as OnnxChecker reads them.

usage: operators.py CHANGELOG.md CHANGELOG-ML.md > operators.txt
The two files are docs/Changelog.md and docs/Changelog-ml.md of the ONNX project (here: version 1.23).

One line a version of an operator: domain, name, first version of the operator set that has it (followed by "d" where the
operator is deprecated from there on), least and most inputs, least and most outputs ("*" is any number), attributes.
An attribute is NAME:KIND, with "!" behind it if it is required. Kinds: f float, i int, s string, t tensor, g graph, p type,
x sparse tensor; a capital letter is a list.
"""
import re
import sys

KINDS = {"float": "f", "int": "i", "string": "s", "tensor": "t", "graph": "g", "type_proto": "p", "sparse_tensor": "x",
         "list of floats": "F", "list of ints": "I", "list of strings": "S", "list of tensors": "T", "list of graphs": "G",
         "list of type_protos": "P", "list of sparse_tensors": "X"}


def count(heading, body):
    """Least and most values under "#### Inputs (1 - 3)"; without a range there are as many as are listed."""
    found = re.search(rf"^#### {heading}(?: \((\d+) - (\d+|&#8734;)\))?\n(.*?)(?=^####|\Z)", body, re.M | re.S)
    if not found:
        return "0", "0"
    if found[1]:
        return found[1], "*" if found[2].startswith("&") else found[2]
    listed = str(len(re.findall(r"^<dt>", found[3], re.M)))
    return listed, listed


def attributes(body):
    found = re.search(r"^#### Attributes\n(.*?)(?=^####|\Z)", body, re.M | re.S)
    for name, kind in re.findall(r"^<dt><tt>(.*?)</tt> : (.*?)</dt>", found[1], re.M | re.S) if found else []:
        required = kind.endswith("(required)")
        yield f"{name}:{KINDS[kind.split(' (')[0].strip()]}{'!' if required else ''}"


def operators(text):
    parts = re.split(r'^### <a name="(.*?)"></a>.*$', text, flags=re.M)
    headings = re.findall(r'^### <a name=".*?"></a>(.*)$', text, re.M)
    for name, heading, body in zip(parts[1::2], headings, parts[2::2]):
        domain, _, operator = name.rpartition(".")
        operator, _, since = operator.rpartition("-")
        if domain.startswith("ai.onnx.preview"):
            continue
        deprecated = "d" if "(deprecated)" in heading else ""
        yield (domain or "ai.onnx", operator, int(since), deprecated, *count("Inputs", body), *count("Outputs", body), " ".join(attributes(body)))


def main():
    lines = [line for path in sys.argv[1:] for line in operators(open(path, encoding="utf-8").read())]
    for domain, name, since, deprecated, *rest in sorted(lines):
        print(" ".join([domain, name, f"{since}{deprecated}", *rest]).rstrip())


main()

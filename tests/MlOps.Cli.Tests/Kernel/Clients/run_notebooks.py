"""Runs notebooks with nbclient and nbconvert and compares what they show with what is stored in them."""
import glob
import json
import os
import subprocess
import sys
import unittest

import nbformat
from kernel_case import KERNEL
from nbclient import NotebookClient

ROOT = os.environ["MLOPS_ROOT"]
FOLDER = os.environ["KERNEL_TEST_FOLDER"]
# Every notebook is run whole by the test of stored outputs; what is tested here is the client, on the three smallest.
COURSE = sorted(glob.glob(os.path.join(ROOT, "notebooks", "*.ipynb")), key=os.path.getsize)[:3]
SHORTEST = COURSE[0]  # nbconvert executes through nbclient
HERE = os.path.dirname(os.path.abspath(__file__))


def shown(cell):
    """A cell's outputs without what no reader sees: numbers of executions, how print was cut into messages."""
    outputs = []
    for output in cell.get("outputs", []):
        kind = output["output_type"]
        if kind == "stream":
            if outputs and outputs[-1][:2] == ["stream", output["name"]]:
                outputs[-1][2] += output["text"]
            else:
                outputs.append(["stream", output["name"], output["text"]])
        elif kind == "error":
            outputs.append([kind, output["ename"], output["evalue"]])
        else:
            outputs.append([kind, dict(output["data"])])
    return outputs


class Notebooks(unittest.TestCase):
    maxDiff = 4000

    def same_outputs(self, executed, stored):
        executed, stored = (nbformat.read(path, as_version=4) if isinstance(path, str) else path for path in (executed, stored))
        nbformat.validate(executed)
        self.assertEqual([cell["source"] for cell in executed.cells], [cell["source"] for cell in stored.cells])
        for number, (now, before) in enumerate(zip(executed.cells, stored.cells), 1):
            with self.subTest(cell=number, source=now["source"][:60]):
                if "measured" in now["metadata"].get("tags", []):  # times differ from run to run
                    self.assertEqual(*([output["output_type"] for output in cell["outputs"]] for cell in (now, before)))
                else:
                    self.assertEqual(shown(now), shown(before))

    def test_nbclient_shows_what_the_runner_stored(self):
        self.assertEqual(len(COURSE), 3)
        for path in COURSE:
            with self.subTest(os.path.basename(path)):
                notebook = nbformat.read(path, as_version=4)
                NotebookClient(notebook, timeout=300, kernel_name=KERNEL, resources={"metadata": {"path": os.path.dirname(path)}}).execute()
                self.same_outputs(notebook, path)

    def nbconvert(self, form, *paths):
        done = subprocess.run([sys.executable, "-m", "nbconvert", "--to", form, "--execute", "--ExecutePreprocessor.timeout=300",
                               "--output-dir", os.path.join(FOLDER, form), *paths], stderr=subprocess.PIPE, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)

    def test_nbconvert_to_notebook_shows_what_the_runner_stored(self):
        self.nbconvert("notebook", SHORTEST)
        self.same_outputs(os.path.join(FOLDER, "notebook", os.path.basename(SHORTEST)), SHORTEST)

    def test_nbconvert_to_html_has_the_outputs(self):
        self.nbconvert("html", SHORTEST)
        (page,) = glob.glob(os.path.join(FOLDER, "html", "*.html"))
        with open(page, encoding="utf-8") as file:
            html = file.read()
        stored = [cell for cell in nbformat.read(SHORTEST, as_version=4).cells if cell.get("outputs")]
        charts = sum("application/vnd.plotly.v1+json" in output.get("data", {}) for cell in stored for output in cell["outputs"])
        self.assertGreaterEqual(html.count("<svg"), charts)

    def test_sixty_cells_of_a_tutorial_run_and_say_what_they_should(self):
        notebook = nbformat.read(os.path.join(HERE, "tutorial.ipynb"), as_version=4)
        code = [cell for cell in notebook.cells if cell["cell_type"] == "code"]
        self.assertGreaterEqual(len(code), 60)
        expected = [cell["metadata"].pop("expect", None) for cell in code]
        NotebookClient(notebook, timeout=120, kernel_name=KERNEL, resources={"metadata": {"path": FOLDER}}).execute()
        nbformat.validate(notebook)
        for number, (cell, wanted) in enumerate(zip(code, expected), 1):
            with self.subTest(cell=number, source=cell["source"][:60]):
                text = json.dumps([output if output["output_type"] == "error" else output.get("data", output.get("text")) for output in cell["outputs"]], ensure_ascii=False)
                for part in [wanted] if isinstance(wanted, str) else wanted or []:
                    self.assertIn(part, text)
                if wanted is None:
                    self.assertEqual(cell["outputs"], [])

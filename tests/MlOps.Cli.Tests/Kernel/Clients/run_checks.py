"""Runs the checks of one module and prints one line of JSON for each. Usage: run_checks.py MODULE"""
import importlib
import json
import os
import sys
import time
import traceback
import unittest

os.environ["PYDEVD_DISABLE_FILE_VALIDATION"] = "1"  # else ipykernel prints a debugger notice


class Lines(unittest.TestResult):
    """A check with parts fails if one part fails, and counts as skipped if one part is."""

    def startTest(self, test):
        super().startTest(test)
        self.began, self.problems, self.skips = time.monotonic(), [], []

    def stopTest(self, test):
        super().stopTest(test)
        outcome = "failed" if self.problems else "skipped" if self.skips else "passed"
        self.say(test._testMethodName, outcome, "\n".join(self.problems + self.skips), time.monotonic() - self.began)

    def addFailure(self, test, err):
        self.note(test, err)

    def addError(self, test, err):
        self.note(test, err)

    def addSkip(self, test, reason):
        self.skips.append(reason or "skipped")

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.note(subtest, err)

    def note(self, test, err):
        text = f"{test}\n{''.join(traceback.format_exception(*err))}"
        if isinstance(test, unittest.suite._ErrorHolder):  # no kernel, no checks
            self.say("set-up", "failed", text, 0)
        else:
            self.problems.append(text)

    @staticmethod
    def say(check, outcome, detail, seconds):
        print(json.dumps({"check": check, "outcome": outcome, "detail": detail, "seconds": round(seconds, 2)}), flush=True)


unittest.defaultTestLoader.loadTestsFromModule(importlib.import_module(sys.argv[1])).run(Lines())

"""Jupyter's own suite for kernels (python3-jupyter-kernel-test), with every sample it can use."""
import jupyter_kernel_test

from kernel_case import KERNEL, run


class CSharp(jupyter_kernel_test.KernelTests):
    kernel_name = KERNEL
    language_name = "C#"
    file_extension = ".cs"
    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("mind the gap");'
    completion_samples = [
        {"text": "Console.WriteLi", "matches": {"WriteLine"}},
        {"text": "System.Text.StringBuil", "matches": {"StringBuilder"}},
        {"text": "Enumerable.Ran"},
    ]
    complete_code_samples = ["1 + 1", "var a = 1;", "int Twice(int n)\n{\n    return 2 * n;\n}", "// nothing", "record Point(int X, int Y);", ""]
    incomplete_code_samples = ["int Twice(int n)\n{", "if (true)", "var a =", "foreach (var x in", "/* not closed", 'var text = """\n  raw']
    invalid_code_samples = ["int 7up = 7;", "var a = );"]
    code_generate_error = 'throw new InvalidOperationException("on purpose");'
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "6 * 70", "result": "420"},
        {"code": "6 * 700", "result": "4200"},
        {"code": '"text"', "result": "text"},
        {"code": 'HTML("<b>bold</b>")', "mime": "text/html"},
    ]
    code_display_data = [
        {"code": 'display("plain")', "mime": "text/plain"},
        {"code": 'display(HTML("<i>slanted</i>"))', "mime": "text/html"},
        {"code": 'display("# Title", "text/markdown")', "mime": "text/markdown"},
        {"code": 'display("<svg xmlns=\\"http://www.w3.org/2000/svg\\"/>", "image/svg+xml")', "mime": "image/svg+xml"},
        {"code": 'display("{\\"a\\": 1}", "application/json")', "mime": "application/json"},
        {"code": 'display(Convert.ToBase64String(new byte[] { 137, 80, 78, 71 }), "image/png")', "mime": "image/png"},
        {"code": 'new { Name = "x", Size = 3 }.Display();', "mime": "text/html"},
    ]
    supported_history_operations = ("tail", "range", "search")
    code_history_pattern = "6 ? 70"
    code_inspect_sample = "Math.Sqrt"
    code_clear_output = "ClearOutput();"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The suite waits a tenth of a second between messages. The tests' build is not compiled ahead of time, so its first cell takes longer.
        run(cls.kc, 'display("warm"); 1 + 1')

"""The cells that the checks run, in C#."""
SET = "var kept = 41;"
GET = "kept + 1"
PRINT = 'Console.WriteLine("one"); Console.Error.WriteLine("two");'
FAIL = 'throw new InvalidOperationException("on purpose");'
FAIL_NAME = "InvalidOperationException"
NO_COMPILE = "int broken = ;"
NO_COMPILE_NAME = "CS1525"
FAIL_SLOWLY = 'Thread.Sleep(1000); throw new InvalidOperationException("on purpose");'
READ = 'var answer = Console.ReadLine(); "you said " + answer'
READ_SAID = "you said blue"
PASSWORD = 'GetPassword("secret?").GetClearTextPassword().Length'
SLEEP = "Thread.Sleep({0});"
ENDLESS = "while (true) { }"
UPDATE = 'var shown = display("before"); shown.Update("after");'
CLEAR = 'Console.Write("gone"); ClearOutput(wait: true); Console.Write("here");'
LATE = """
var go = new ManualResetEventSlim();
new Thread(() => { go.Wait(); Console.Write("late"); }).Start();
"""
LATE_GO = "go.Set();"
MANY_OUTPUTS = 'for (int i = 0; i < 10_000; i++) display("output " + i);'
LONG_PRINT = 'var line = new string(\'x\', 1023); for (int i = 0; i < 51_200; i++) Console.WriteLine(line);'
LONG_DISPLAY = 'display(new string(\'x\', 50 << 20), "text/plain");'
COUNT_UP = "hits++;"
COUNTER = "int hits = 0;"
COUNT = "hits"
PID = "Environment.ProcessId"
START_CHILD = """
var child = System.Diagnostics.Process.Start("sleep", "600");
child.Id
"""
COMPLETE = ("Console.WriteLi", "WriteLine")
COMPLETE_AFTER_EMOJI = ('"😀".Subst', "Substring")
INSPECT = "Math.Sqrt"
INSPECT_SAYS = "square root"
DEADLY = {
    "exit": "Environment.Exit(3);",
    "fail fast": 'Environment.FailFast("over and out");',
    "stack overflow": "int Down(int n) => Down(n + 1) + 1; Down(0)",
}
ENDLESS_SHAPES = {
    "loop": "while (true) { }",
    "sleep": "Thread.Sleep(-1);",
    "delay": "await Task.Delay(-1);",
    "loop that catches everything": "while (true) { try { while (true) { } } catch { } }",
    "parallel loop": "Parallel.For(0, 64, _ => { while (true) { } });",
    "pool full of sleepers": "Task.WaitAll(Enumerable.Range(0, 200).Select(_ => Task.Run(() => Thread.Sleep(600_000))).ToArray());",
}

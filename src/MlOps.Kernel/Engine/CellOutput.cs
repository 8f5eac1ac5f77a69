namespace MlOps.Kernel.Engine;

/// <summary>One thing a cell shows. Outputs arrive one at a time, in the order in which the cell made them.</summary>
public abstract record CellOutput;

/// <summary>Printed text. Neighbouring writes to one stream arrive as one output.</summary>
/// <param name="Stream">"stdout" or "stderr".</param>
/// <param name="Text">The text, lines ended by <c>\n</c>.</param>
public sealed record StreamOutput(string Stream, string Text) : CellOutput;

/// <summary>A displayed value, or a new state of one.</summary>
/// <param name="Bundle">Text by MIME type; <c>text/plain</c> is always there.</param>
/// <param name="DisplayId">Names the display for later updates; unique within the engine.</param>
/// <param name="IsUpdate">True: replaces what the same id showed before, perhaps in an earlier cell.</param>
public sealed record DisplayOutput(IReadOnlyDictionary<string, string> Bundle, string DisplayId, bool IsUpdate) : CellOutput;

/// <summary>The value of the cell's last expression.</summary>
/// <param name="Bundle">Text by MIME type; <c>text/plain</c> is always there.</param>
public sealed record ResultOutput(IReadOnlyDictionary<string, string> Bundle) : CellOutput;

/// <summary>Why a cell failed.</summary>
/// <param name="Name">Name of the exception's type, a compiler code such as CS0103, or CellInterrupted, CellTimedOut, CellUnstoppable.</param>
/// <param name="Message">One message.</param>
/// <param name="Traceback">The report to show, line by line: message, places in cells, causes.</param>
public sealed record ErrorOutput(string Name, string Message, IReadOnlyList<string> Traceback) : CellOutput;

/// <summary>Asks to remove what the cell has shown so far.</summary>
/// <param name="Wait">True: when the next output comes, which avoids flicker. False: at once.</param>
public sealed record ClearOutput(bool Wait) : CellOutput;

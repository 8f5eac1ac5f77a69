namespace MlOps.Kernel.Engine;

/// <summary>What display functions and the console know about the cell they were called from.</summary>
/// <remarks>It flows with the execution context: to tasks and threads that the cell starts, never to another engine.</remarks>
internal sealed class CellContext(string label, OutputQueue output, Func<int> nextDisplayNumber, Func<string?>? readLine, Traceback traceback)
{
    private static readonly AsyncLocal<CellContext?> Flowing = new();

    internal static CellContext? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    internal string Label => label;

    internal OutputQueue Output => output;

    internal CellEndings Endings { get; } = new();

    internal Func<string?>? ReadLine => readLine;

    internal string NextDisplayId() => FormattableString.Invariant($"display-{nextDisplayNumber()}");

    internal string Describe(Exception exception) => string.Join('\n', traceback.Describe(exception).Traceback);
}

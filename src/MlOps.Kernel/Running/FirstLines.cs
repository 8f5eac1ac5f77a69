namespace MlOps.Kernel.Running;

/// <summary>The first lines a process wrote outside the notebook's outputs: a runtime that crashes says why and then prints frames, perhaps thousands.</summary>
internal sealed class FirstLines
{
    private const int Kept = 4;
    private const int LongestLine = 400;
    private readonly List<string> _lines = [];

    internal void Add(string? line)
    {
        lock (_lines)
        {
            if (_lines.Count < Kept && !string.IsNullOrWhiteSpace(line))
            {
                _lines.Add(line.Length > LongestLine ? line[..LongestLine] : line);
            }
        }
    }

    public override string ToString()
    {
        lock (_lines)
        {
            return string.Join('\n', _lines);
        }
    }
}

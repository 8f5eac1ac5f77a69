using System.Globalization;

namespace MlOps.Cli;

/// <summary>A line on the terminal that says how far the work is; nothing where errors go to a file.</summary>
internal sealed class TerminalProgress(string work) : IProgress<double>, IDisposable
{
    private readonly Lock _lock = new();
    private int _shown = -1;

    public void Report(double value)
    {
        int percent = (int)(100 * Math.Clamp(value, 0, 1));
        lock (_lock)
        {
            if (percent > _shown && !Console.IsErrorRedirected)
            {
                _shown = percent;
                Console.Error.Write(string.Create(CultureInfo.InvariantCulture, $"\r{work} {percent} %"));
            }
        }
    }

    /// <summary>Takes the line away.</summary>
    public void Dispose()
    {
        if (_shown >= 0)
        {
            Console.Error.Write($"\r{new string(' ', work.Length + 6)}\r");
        }
    }
}

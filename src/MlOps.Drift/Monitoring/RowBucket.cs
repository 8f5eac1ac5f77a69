using System.Text;

namespace MlOps.Drift.Monitoring;

/// <summary>Rows that wait until their window is closed.</summary>
internal sealed class RowBucket
{
    private readonly StringBuilder _text = new();

    internal int Rows { get; private set; }

    internal DateTimeOffset First { get; private set; } = DateTimeOffset.MaxValue;

    internal DateTimeOffset Last { get; private set; } = DateTimeOffset.MinValue;

    internal void Add(string record, DateTimeOffset time)
    {
        _text.Append(record).Append('\n');
        Rows++;
        First = time < First ? time : First;
        Last = time > Last ? time : Last;
    }

    internal string Csv(string header) => header + "\n" + _text;
}

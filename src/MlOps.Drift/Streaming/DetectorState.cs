namespace MlOps.Drift.Streaming;

/// <summary>Goes through a detector's state part by part, either to write it or to read it: one description serves both, so they cannot differ.</summary>
internal abstract class DetectorState
{
    /// <summary>A number, infinite and NaN included.</summary>
    internal abstract void Number(string name, ref double value);

    /// <summary>A whole number from 0 to <paramref name="most"/>.</summary>
    internal abstract void Whole(string name, ref long value, long most = long.MaxValue);

    /// <summary>True or false.</summary>
    internal abstract void Flag(string name, ref bool value);

    /// <summary>As many numbers as the span is long.</summary>
    internal abstract void Numbers(string name, Span<double> values);

    /// <summary>As many bytes as the span is long.</summary>
    internal abstract void Bytes(string name, Span<byte> values);

    /// <summary>Says that the parts just gone through do not fit together; nothing can be wrong with what is being written.</summary>
    internal abstract void Demand(bool holds, string what);

    internal void Whole(string name, ref int value, int most)
    {
        long wide = value;
        Whole(name, ref wide, most);
        value = (int)wide;
    }
}

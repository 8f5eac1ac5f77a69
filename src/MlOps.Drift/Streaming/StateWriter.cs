using System.Text.Json;

namespace MlOps.Drift.Streaming;

/// <summary>Writes a detector's state as the properties of a JSON object.</summary>
internal sealed class StateWriter(Utf8JsonWriter json) : DetectorState
{
    internal override void Number(string name, ref double value)
    {
        json.WritePropertyName(name);
        WriteValue(value);
    }

    internal override void Whole(string name, ref long value, long most = long.MaxValue) => json.WriteNumber(name, value);

    internal override void Flag(string name, ref bool value) => json.WriteBoolean(name, value);

    internal override void Numbers(string name, Span<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
        {
            WriteValue(value);
        }

        json.WriteEndArray();
    }

    internal override void Bytes(string name, Span<byte> values) => json.WriteBase64String(name, values);

    internal override void Demand(bool holds, string what)
    {
    }

    /// <summary>JSON has no number for what is not finite: that is written as text.</summary>
    private void WriteValue(double value)
    {
        if (double.IsFinite(value))
        {
            json.WriteNumberValue(value); // the shortest form that reads back to the same double
        }
        else
        {
            json.WriteStringValue(double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
        }
    }
}

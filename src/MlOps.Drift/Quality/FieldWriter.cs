using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MlOps.Drift.Quality;

/// <summary>Receives the fields of a rule in the order in which files show them.</summary>
internal abstract class FieldWriter
{
    /// <summary>Null is left out.</summary>
    internal abstract void Text(string key, string? value);

    /// <summary>Null is left out.</summary>
    internal abstract void Number(string key, double? value);

    /// <summary>Left out where it is what is usual.</summary>
    internal abstract void Flag(string key, bool value, bool standard = false);

    internal abstract void Texts(string key, IReadOnlyList<string> values);

    /// <summary>Everything a file says of a rule.</summary>
    internal void Write(Expectation rule)
    {
        Text("expect", rule.Kind);
        Text("column", rule.Column);
        rule.Write(this);
        if (rule is RowExpectation { Mostly: < 1 } row)
        {
            Number("mostly", row.Mostly);
        }

        Text("severity", rule.Severity == QualitySeverity.Error ? null : "warning");
        Text("because", rule.Because);
    }
}

/// <summary>Fields as a YAML mapping.</summary>
internal sealed class YamlFieldWriter(IEmitter emitter) : FieldWriter
{
    internal override void Text(string key, string? value)
    {
        if (value is not null)
        {
            Key(key);
            emitter.Emit(Scalar(value));
        }
    }

    internal override void Number(string key, double? value)
    {
        if (value is { } number)
        {
            Key(key);
            emitter.Emit(new Scalar(YamlNumbers.Write(number)));
        }
    }

    internal override void Flag(string key, bool value, bool standard = false)
    {
        if (value != standard)
        {
            Key(key);
            emitter.Emit(new Scalar(value ? "true" : "false"));
        }
    }

    internal override void Texts(string key, IReadOnlyList<string> values)
    {
        Key(key);
        emitter.Emit(new SequenceStart(AnchorName.Empty, TagName.Empty, isImplicit: true, SequenceStyle.Flow));
        foreach (string value in values)
        {
            emitter.Emit(Scalar(value));
        }

        emitter.Emit(new SequenceEnd());
    }

    private void Key(string key) => emitter.Emit(new Scalar(key));

    /// <summary>Text that other readers would take for a number, a truth value or nothing is quoted.</summary>
    private static Scalar Scalar(string value) => new(
        AnchorName.Empty,
        TagName.Empty,
        value,
        YamlNumbers.LooksLikeOtherThanText(value) ? ScalarStyle.DoubleQuoted : ScalarStyle.Any,
        isPlainImplicit: true,
        isQuotedImplicit: true);
}

/// <summary>Fields as properties of a JSON object.</summary>
internal sealed class JsonFieldWriter(Utf8JsonWriter json) : FieldWriter
{
    internal override void Text(string key, string? value)
    {
        if (value is not null)
        {
            json.WriteString(key, value);
        }
    }

    internal override void Number(string key, double? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(key, number);
        }
    }

    internal override void Flag(string key, bool value, bool standard = false)
    {
        if (value != standard)
        {
            json.WriteBoolean(key, value);
        }
    }

    internal override void Texts(string key, IReadOnlyList<string> values)
    {
        json.WriteStartArray(key);
        foreach (string value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}

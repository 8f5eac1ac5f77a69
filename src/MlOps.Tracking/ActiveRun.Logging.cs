using System.Collections;
using System.Reflection;
using MlOps.Tracking.Stores;

namespace MlOps.Tracking;

public sealed partial class ActiveRun
{
    /// <summary>Logs parameters: what was chosen before it began.</summary>
    /// <remarks>
    /// All of them or none. Values are written in invariant culture: numbers as short as they read back, <c>true</c> and <c>false</c>, enums by name, times as ISO 8601, sequences as <c>[1, 2]</c>,
    /// dictionaries as <c>{a: 1}</c>, null as <c>null</c>. A value of over 6,000 characters is cut, as MLflow does, and kept whole as the artifact <c>params/KEY.txt</c>.
    /// </remarks>
    /// <param name="parameters">Key and value. The same again is accepted, another value is refused.</param>
    /// <exception cref="TrackingException">A key is none (see <see cref="TrackingLimits"/>) or has another value already; or the store is away.</exception>
    /// <exception cref="ObjectDisposedException">The run has ended.</exception>
    public void Log(params (string Key, object? Value)[] parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ThrowIfEnded();
        Param[] all = [.. parameters.Select(pair => new Param(pair.Key, ValueText.Of(pair.Value)))];
        _store.LogBatch(Id, [], all, []);
        foreach (Param param in all)
        {
            if (param.Value.Length > TrackingLimits.ParamValue)
            {
                Artifact($"params/{param.Key.Replace(':', '_')}.txt", param.Value); // no ':' in names on Windows
            }
        }
    }

    /// <summary>Logs the public properties of an object as parameters, such as <c>run.Log(new { lr = 0.01, depth = 3 })</c>, or the entries of a dictionary.</summary>
    /// <param name="settings">An anonymous object, a record of options, or a dictionary.</param>
    /// <exception cref="ArgumentException">It is a text, a number or a sequence: nothing that has names.</exception>
    /// <exception cref="TrackingException">As for pairs.</exception>
    public void Log(object settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        if (settings is IDictionary dictionary)
        {
            Log([.. dictionary.Keys.Cast<object>().Select(key => (ValueText.Of(key), dictionary[key]))]);
            return;
        }

        if (settings is string or IEnumerable or ValueType)
        {
            throw new ArgumentException($"A {settings.GetType().Name} has no names for parameters: give pairs such as (\"lr\", 0.01), or an object such as new {{ lr = 0.01 }}.", nameof(settings));
        }

        PropertyInfo[] properties = [.. settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanRead && p.GetIndexParameters().Length == 0)];
        Log([.. properties.Select(property => (property.Name, property.GetValue(settings)))]);
    }

    /// <summary>Logs one point of a metric.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">Any double; NaN and the infinities are kept, so a training that diverged is seen.</param>
    /// <param name="step">What the curve is drawn over, such as the epoch.</param>
    /// <exception cref="TrackingException">The key is none, or the store is away.</exception>
    /// <exception cref="ObjectDisposedException">The run has ended.</exception>
    public void Metric(string key, double value, long step = 0)
    {
        ThrowIfEnded();
        _store.LogMetric(Id, new Metric(key, value, Now(), step));
    }

    /// <summary>Logs several metrics of one step at once: all of them or none.</summary>
    /// <param name="step">The step of all.</param>
    /// <param name="values">Key and value.</param>
    public void Metrics(long step, params (string Key, double Value)[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        ThrowIfEnded();
        long now = Now();
        _store.LogBatch(Id, Array.ConvertAll(values, pair => new Metric(pair.Key, pair.Value, now, step)), [], []);
    }

    /// <summary>Logs any points at once: all of them or none. The fast way for many.</summary>
    /// <param name="points">With timestamps of their own.</param>
    public void Metrics(IReadOnlyList<Metric> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        ThrowIfEnded();
        _store.LogBatch(Id, points, [], []);
    }

    /// <summary>Sets a tag; the last value counts. <c>mlflow.note.content</c> is the run's description.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">Its text; what is over 8,000 characters is cut.</param>
    public void Tag(string key, string value)
    {
        ThrowIfEnded();
        _store.SetTag(Id, new Tag(key, value));
    }
}

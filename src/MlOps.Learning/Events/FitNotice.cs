using System.Diagnostics;
using MlOps.Learning.Metrics;

namespace MlOps.Learning;

/// <summary>Tells <see cref="LearningEvents"/> of one fit: begun when it is made, ended when it is disposed. While nobody listens, all fits share one that tells nothing.</summary>
internal sealed class FitNotice : IDisposable
{
    private static readonly DiagnosticListener s_listener = new(LearningEvents.ListenerName);
    private static readonly AsyncLocal<long> s_current = new(); // the fit that this flow of control is in
    private static readonly FitNotice s_silent = new(0, 0);
    private static long s_last;

    private readonly long _id;
    private readonly long _parent;
    private readonly long _start;
    private bool _succeeded;
    private string? _scoreName;
    private Func<double>? _score;

    private FitNotice(long id, long parent) => (_id, _parent, _start) = (id, parent, Stopwatch.GetTimestamp());

    /// <summary>Begins, if anybody listens.</summary>
    /// <param name="estimator">Whose type name is told.</param>
    /// <param name="rows">Of the training data.</param>
    /// <param name="columns">Of the training data.</param>
    /// <param name="settings">Asked for only if somebody listens.</param>
    internal static FitNotice Begin(object estimator, int rows, int columns, Func<(string Key, object? Value)[]> settings)
    {
        if (!s_listener.IsEnabled())
        {
            return s_silent;
        }

        var notice = new FitNotice(Interlocked.Increment(ref s_last), s_current.Value);
        s_listener.Write(LearningEvents.FitBegun, new Dictionary<string, object?>
        {
            ["id"] = notice._id,
            ["parent"] = notice._parent,
            ["estimator"] = estimator.GetType().Name,
            ["settings"] = settings().Select(pair => KeyValuePair.Create(pair.Key, pair.Value)).ToArray(),
            ["rows"] = rows,
            ["columns"] = columns,
        });
        s_current.Value = notice._id;
        return notice;
    }

    internal static FitNotice Begin(object estimator, Matrix x, Func<(string Key, object? Value)[]> settings) => Begin(estimator, x.RowCount, x.ColumnCount, settings);

    /// <summary>Notes that the fit gave a classifier, and returns it.</summary>
    internal T Fitted<T>(T model, Matrix x, Labels y)
        where T : IClassifier
    {
        if (_id != 0)
        {
            (_succeeded, _scoreName) = (true, "accuracy");
            _score = () => (double)model.Predict(x).Zip(y.Codes.ToArray()).Count(pair => pair.First == pair.Second) / y.Count;
        }

        return model;
    }

    /// <summary>Notes that the fit gave a regressor, and returns it.</summary>
    internal T Fitted<T>(T model, Matrix x, double[] y)
        where T : IRegressor
    {
        if (_id != 0)
        {
            (_succeeded, _scoreName, _score) = (true, "r2", () => RegressionMetrics.RSquared(y, model.Predict(x)));
        }

        return model;
    }

    /// <summary>Notes that the fit gave something that has no score of its own, and returns it.</summary>
    internal T Fitted<T>(T result)
    {
        if (_id != 0)
        {
            _succeeded = true;
        }

        return result;
    }

    /// <summary>Tells that an epoch or a round has ended.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="metrics">What is not known is null and left out.</param>
    internal void Epoch(int epoch, params ReadOnlySpan<(string Key, double? Value)> metrics)
    {
        if (_id == 0)
        {
            return;
        }

        var known = new List<KeyValuePair<string, double>>(metrics.Length);
        foreach ((string key, double? value) in metrics)
        {
            if (value is { } number)
            {
                known.Add(KeyValuePair.Create(key, number));
            }
        }

        s_listener.Write(LearningEvents.EpochEnded, new Dictionary<string, object?> { ["id"] = _id, ["epoch"] = epoch, ["metrics"] = known.ToArray() });
    }

    /// <summary>Tells boosting's rounds.</summary>
    /// <param name="training">The mean loss before the first round and after every one.</param>
    /// <param name="validation">Likewise of the cases kept aside; empty if there are none.</param>
    internal void Rounds(double[] training, double[] validation)
    {
        for (int round = 1; _id != 0 && round < training.Length; round++)
        {
            Epoch(round, ("loss", training[round]), ("val_loss", round < validation.Length ? validation[round] : null));
        }
    }

    /// <summary>Ends.</summary>
    public void Dispose()
    {
        if (_id == 0)
        {
            return;
        }

        s_current.Value = _parent;
        s_listener.Write(LearningEvents.FitEnded, new Dictionary<string, object?>
        {
            ["id"] = _id,
            ["seconds"] = Stopwatch.GetElapsedTime(_start).TotalSeconds,
            ["succeeded"] = _succeeded,
            ["scoreName"] = _scoreName,
            ["score"] = _score,
        });
    }
}

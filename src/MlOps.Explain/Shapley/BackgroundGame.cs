using System.Globalization;
using MlOps.Learning;

namespace MlOps.Explain.Shapley;

/// <summary>What the exact and the sampled way share: v(S), the mean prediction over the background with the players of S set to the row's values.</summary>
internal sealed class BackgroundGame
{
    /// <summary>Of all rows that are explained at a time together: megabytes for their predictions.</summary>
    private const long MostModelRows = 1 << 20;

    private readonly ExplainedModel _model;
    private readonly Players _players;
    private readonly BackgroundRows _background;
    private readonly OutputLink _link;

    private BackgroundGame(ExplainedModel model, Players players, BackgroundRows background, OutputLink link)
    {
        (_model, _players, _background, _link) = (model, players, background, link);
        Model = new MaskedModel(model, players, background);
        BaseValue = Linked(Model.Mean);
    }

    internal MaskedModel Model { get; }

    internal double BaseValue { get; }

    /// <summary>Gets how many different rows the background has.</summary>
    internal int Rows => _background.Count;

    internal static BackgroundGame Of(ExplainedModel model, Matrix background, IReadOnlyList<FeatureGroup> groups, OutputLink link)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(background);
        ArgumentNullException.ThrowIfNull(groups);
        if (!Enum.IsDefined(link))
        {
            throw new ArgumentOutOfRangeException(nameof(link), link, "Unknown link.");
        }

        if (background.RowCount == 0)
        {
            throw new ArgumentException("The background has no rows. It says what a feature is when it is not known: 1 row is enough to compare with, 100 are usual.", nameof(background));
        }

        if (background.ColumnCount != model.FeatureNames.Count)
        {
            throw new ArgumentException($"The model reads {model.FeatureNames.Count} features; the background has {background.ColumnCount} columns.", nameof(background));
        }

        var players = new Players(model, groups);
        return new BackgroundGame(model, players, new BackgroundRows(background, players), link);
    }

    /// <summary>Splits every row.</summary>
    /// <param name="method">The name in the explanation.</param>
    /// <param name="x">The rows.</param>
    /// <param name="refusal">Told a row and how many players it has, of all rows before any is split; says why that is too many, or null.</param>
    /// <param name="coalitions">How many coalitions so many players are asked for.</param>
    /// <param name="split">Gives one amount a player, and standard errors or null.</param>
    /// <param name="threads">How many threads share the work, at least 1; the result is the same.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    internal Explanations Explain(
        string method,
        Matrix x,
        Func<int, int, string?> refusal,
        Func<int, long> coalitions,
        Func<RowGame, (double[] Shares, double[]? Errors)> split,
        int threads,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.ColumnCount != _model.FeatureNames.Count)
        {
            throw new ArgumentException($"The model reads {_model.FeatureNames.Count} features; x has {x.ColumnCount} columns.", nameof(x));
        }

        var varying = new int[x.RowCount][];
        for (int i = 0; i < varying.Length; i++)
        {
            varying[i] = Varying(x.Row(i));
            if (refusal(i, varying[i].Length) is { } reason)
            {
                throw new ArgumentException(reason, nameof(x));
            }
        }

        double[] predictions = _model.Predict(x);
        var found = new (double[] Shares, double[]? Errors)[varying.Length];
        (int rowsAtOnce, int threadsOfRow) = Shared(_model.IsThreadSafe ? threads : Math.Min(threads, 2), varying, coalitions); // one thread asks, another builds rows
        MaskedMemory[] memories = [.. Enumerable.Range(0, rowsAtOnce).Select(_ => new MaskedMemory(threadsOfRow))];
        int done = 0;
        var gate = new Lock();
        Pieces.Run(varying.Length, rowsAtOnce, (i, worker) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            found[i] = Split(new RowGame(this, x.Row(i).ToArray(), predictions[i], varying[i], memories[worker], cancellationToken), split);
            lock (gate)
            {
                progress?.Report(++done / (double)varying.Length);
            }
        });

        var amounts = new double[x.RowCount * _players.Count];
        double[]? errors = Array.Exists(found, one => one.Errors is not null) ? new double[amounts.Length] : null;
        for (int i = 0; i < found.Length; i++)
        {
            for (int bit = 0; bit < varying[i].Length; bit++)
            {
                int place = (i * _players.Count) + varying[i][bit];
                amounts[place] = found[i].Shares[bit];
                if (found[i].Errors is { } deviations)
                {
                    errors![place] = deviations[bit];
                }
            }
        }

        (Matrix shown, Func<int, double, string> display) = _players.Show(x);
        return new Explanations(
            method, Output(), BaseValue, shown, Array.ConvertAll(predictions, Linked), new Matrix(x.RowCount, _players.Count, amounts, _players.Names), display)
        {
            StandardErrors = errors is null ? null : new Matrix(x.RowCount, _players.Count, errors, _players.Names),
        };
    }

    /// <summary>A mean prediction on the scale on which contributions add up.</summary>
    internal double Linked(double mean) => _link switch
    {
        OutputLink.Identity => mean,
        _ when mean is > 0 and < 1 => Math.Log(mean / (1 - mean)),
        _ => throw new InvalidOperationException($"The mean prediction of a coalition is {mean.ToString(CultureInfo.InvariantCulture)}; log-odds need a number between 0 and 1. Explain the model's own number instead: OutputLink.Identity."),
    };

    private static (double[] Shares, double[]? Errors) Split(RowGame game, Func<RowGame, (double[] Shares, double[]? Errors)> split) => game.Players switch
    {
        0 => ([], null),
        1 => ([game.All - game.None], null),
        _ => split(game),
    };

    /// <summary>Threads work on different rows as far as memory allows, and where there are more threads several on one row.</summary>
    private (int RowsAtOnce, int ThreadsOfRow) Shared(int threads, int[][] varying, Func<int, long> coalitions)
    {
        long most = varying.Length == 0 ? 1 : Math.Max(1, coalitions(varying.Max(players => players.Length)) * _background.Count);
        int rowsAtOnce = (int)Math.Clamp(MostModelRows / most, 1, Math.Clamp(varying.Length, 1, threads));
        return (rowsAtOnce, (threads + rowsAtOnce - 1) / rowsAtOnce);
    }

    private int[] Varying(ReadOnlySpan<double> row)
    {
        var varying = new List<int>();
        for (int p = 0; p < _players.Count; p++)
        {
            if (!_background.IsEverywhere(_players.Features[p], p, row))
            {
                varying.Add(p);
            }
        }

        return [.. varying];
    }

    private string Output()
    {
        const string Probability = "probability of ";
        return _link == OutputLink.Identity ? _model.Output
            : _model.Output.StartsWith(Probability, StringComparison.Ordinal) ? "log-odds of " + _model.Output[Probability.Length..]
            : $"log-odds of the {_model.Output}";
    }
}

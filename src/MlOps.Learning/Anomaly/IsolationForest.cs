using MlOps.Learning.Trees;

namespace MlOps.Learning.Anomaly;

/// <summary>Learns what is usual by isolating cases: trees split at random, and a case that is soon alone is strange.</summary>
/// <remarks>
/// Each tree sees ψ cases drawn without replacement and splits at a random value of a random feature that varies, until a case is alone or
/// ⌈log₂ ψ⌉ splits deep.
/// <para>Source: F. T. Liu, K. M. Ting, Z.-H. Zhou, "Isolation Forest", ICDM 2008.</para>
/// </remarks>
/// <param name="trees">≥ 1.</param>
/// <param name="sampleSize">ψ ≥ 2, or all rows where there are fewer.</param>
/// <param name="seed">Of the samples and splits.</param>
/// <exception cref="ArgumentOutOfRangeException">A parameter is outside its range.</exception>
public sealed class IsolationForest(int trees = 100, int sampleSize = 256, int seed = 0)
{
    private readonly int _trees = Guard.AtLeast(trees, 1);
    private readonly int _sampleSize = Guard.AtLeast(sampleSize, 2);

    /// <summary>Gets how many threads grow trees; the number of processors unless set. The forest does not depend on it.</summary>
    public int MaxDegreeOfParallelism { get; init => field = Guard.AtLeast(value, 1); } = Environment.ProcessorCount;

    /// <summary>Fits a model.</summary>
    /// <param name="x">n × d finite features, n ≥ 2.</param>
    /// <param name="progress">Told the share that is done, in [0, 1].</param>
    /// <param name="cancellationToken">Stops the fit.</param>
    /// <exception cref="ArgumentException">There are fewer than two rows, no column varies, or a value is not finite or beyond single precision.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IsolationForestModel Fit(Matrix x, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (x.RowCount < 2)
        {
            throw new ArgumentException($"An isolation forest needs two rows; x has {x.RowCount}.", nameof(x));
        }

        Inputs.Finite(x);
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxDegreeOfParallelism, CancellationToken = cancellationToken };
        float[][] columns = FloatColumns.Of(x, missing: false, options);
        if (Array.TrueForAll(columns, column => column.AsSpan().IndexOfAnyExcept(column[0]) < 0))
        {
            throw new ArgumentException("No column varies; all rows are alike, and none is strange.", nameof(x));
        }

        int size = Math.Min(_sampleSize, x.RowCount);
        var grown = new Tree[_trees];
        int done = 0;
        var report = new Lock();
        Parallel.For(0, grown.Length, options, t =>
        {
            grown[t] = new IsolationGrower(columns, Seeds.Generator(seed, t)).Grow(size);
            lock (report)
            {
                progress?.Report(++done / (double)grown.Length);
            }
        });
        return new IsolationForestModel(grown, size, x.ColumnNames);
    }
}

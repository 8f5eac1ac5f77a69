using System.Numerics.Tensors;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Trees;

/// <summary>The rounds of gradient boosting. The result does not depend on the number of threads.</summary>
internal sealed class BoostingRun
{
    private const int RowsAtATime = 4096;

    private readonly BoostingLoss _loss;
    private readonly BoostingSettings _settings;
    private readonly ParallelOptions _options;
    private readonly BoostedTreeGrower _grower;
    private readonly double[] _weights;
    private readonly bool _weighted;
    private readonly double _trainingWeight;
    private readonly double _validationWeight;
    private readonly int _training;
    private readonly int _count;
    private readonly int _columns;
    private readonly double[][] _raw;
    private readonly double[][] _gradients;
    private readonly double[][] _hessians;
    private readonly Vector128<long>[] _packed;
    private readonly int[] _all;
    private readonly int[] _rows;

    /// <summary>Prepares a run.</summary>
    /// <param name="columns">Features, rows to learn from first.</param>
    /// <param name="training">How many rows to learn from; the others are for early stopping.</param>
    /// <param name="weights">Of all rows.</param>
    /// <param name="loss">Knows the targets.</param>
    /// <param name="settings">Hyper-parameters.</param>
    /// <param name="options">Threads and cancellation.</param>
    internal BoostingRun(float[][] columns, int training, double[] weights, BoostingLoss loss, BoostingSettings settings, ParallelOptions options)
    {
        _loss = loss;
        _settings = settings;
        _options = options;
        _training = training;
        _count = weights.Length;
        _columns = columns.Length;
        _weights = weights;
        _weighted = weights.AsSpan().IndexOfAnyExcept(1.0) >= 0; // without, the cover is the count, which growing knows
        _trainingWeight = weights.AsSpan(0, training).ToArray().Sum();
        _validationWeight = weights.AsSpan(training).ToArray().Sum();
        _grower = new BoostedTreeGrower(BinnedMatrix.Of(columns, settings.MaxBins, training, options), settings, options);
        _raw = Arrays();
        _gradients = Arrays();
        _hessians = Arrays();
        _packed = new Vector128<long>[training];
        _all = [.. Enumerable.Range(0, training)];
        _rows = new int[training];

        double[][] Arrays() => [.. Enumerable.Range(0, loss.Outputs).Select(_ => new double[weights.Length])];
    }

    /// <summary>Boosts until the rounds are over or the cases kept aside get no better.</summary>
    /// <exception cref="DivergenceException">The loss left the finite numbers.</exception>
    internal BoostingFit Run(IProgress<double>? progress)
    {
        double[] start = _loss.Start(_training);
        for (int k = 0; k < start.Length; k++)
        {
            Array.Fill(_raw[k], start[k]);
        }

        var trees = new List<Tree>();
        var training = new List<double> { Evaluate(0, _training) / _trainingWeight };
        var validation = new List<double>();
        bool holdsOut = _count > _training;
        int best = 0;
        if (holdsOut)
        {
            validation.Add(Evaluate(_training, _count) / _validationWeight);
        }

        for (int round = 1; round <= _settings.Rounds; round++)
        {
            _options.CancellationToken.ThrowIfCancellationRequested();
            Random random = Seeds.Generator(_settings.Seed, round);
            int[] sample = Sample(random);
            for (int k = 0; k < start.Length; k++)
            {
                trees.Add(Grow(k, sample, Columns(random)));
            }

            double loss = Evaluate(0, _training) / _trainingWeight;
            training.Add(double.IsFinite(loss) ? loss : throw new DivergenceException("gradient boosting", round, loss, "Lower the learning rate, or raise l2."));
            progress?.Report(round / (double)_settings.Rounds);
            if (holdsOut)
            {
                validation.Add(Evaluate(_training, _count) / _validationWeight);
                best = validation[round] < validation[best] - _settings.EarlyStopping!.Tolerance ? round : best;
                if (round - best >= _settings.EarlyStopping.Patience)
                {
                    break;
                }
            }
        }

        int rounds = holdsOut ? Math.Max(1, best) : _settings.Rounds;
        return new BoostingFit([.. trees.Take(rounds * start.Length)], start, [.. training], [.. validation]);
    }

    /// <summary>Fills the derivatives of the rows from start to end and returns the sum of their losses.</summary>
    private double Evaluate(int start, int end)
    {
        var sums = new double[(end - start + RowsAtATime - 1) / RowsAtATime];
        Parallel.For(0, sums.Length, _options, block =>
        {
            int from = start + (block * RowsAtATime);
            sums[block] = _loss.Evaluate(from, Math.Min(end, from + RowsAtATime), _raw, _gradients, _hessians);
        });
        double sum = 0;
        foreach (double part in sums)
        {
            sum += part;
        }

        return sum;
    }

    private Tree Grow(int output, int[] sample, bool[] columns)
    {
        sample.CopyTo(_rows, 0); // growing puts them into another order
        double[] raw = _raw[output];
        GradientScale scale = Pack(_gradients[output], _hessians[output]);
        TreeBuilder builder = _grower.Grow(_rows, sample.Length, _packed, scale, columns, _loss.RefitsLeaves ? leaf => _loss.LeafValue(leaf.Span, raw) : null);
        var values = new double[builder.Count];
        foreach (BoostedTreeGrower.Leaf leaf in _grower.Leaves)
        {
            values[leaf.Node] = leaf.Value;
        }

        Parallel.For(0, _grower.Leaves.Count, _options, i =>
        {
            BoostedTreeGrower.Leaf leaf = _grower.Leaves[i];
            foreach (int row in _rows.AsSpan(leaf.Start, leaf.End - leaf.Start))
            {
                raw[row] += leaf.Value;
            }
        });

        if (_weighted)
        {
            builder.SetCovers(_grower.Leaves.Select(leaf => (leaf.Node, Weight(leaf))));
        }

        if (sample.Length < _training)
        {
            var grown = new bool[_training];
            foreach (int row in sample)
            {
                grown[row] = true;
            }

            for (int i = 0; i < _training; i++)
            {
                raw[i] += grown[i] ? 0 : values[_grower.Find(i)];
            }
        }

        for (int i = _training; i < _count; i++)
        {
            raw[i] += values[_grower.Find(i)];
        }

        return builder.Build();
    }

    private double Weight(BoostedTreeGrower.Leaf leaf)
    {
        double weight = 0;
        foreach (int row in _rows.AsSpan(leaf.Start, leaf.End - leaf.Start))
        {
            weight += _weights[row];
        }

        return weight;
    }

    private GradientScale Pack(double[] gradients, double[] hessians)
    {
        double largestGradient = Math.Abs(TensorPrimitives.MaxMagnitude<double>(gradients.AsSpan(0, _training)));
        double largestHessian = TensorPrimitives.Max<double>(hessians.AsSpan(0, _training));
        var scale = new GradientScale(_training, largestGradient, largestHessian);
        Parallel.For(0, (_training + RowsAtATime - 1) / RowsAtATime, _options, block =>
        {
            for (int i = block * RowsAtATime; i < Math.Min(_training, (block + 1) * RowsAtATime); i++)
            {
                _packed[i] = scale.Pack(gradients[i], hessians[i]);
            }
        });
        return scale;
    }

    /// <summary>The rows of a round, ascending; fewer than all with subsampling.</summary>
    private int[] Sample(Random random)
    {
        int wanted = Math.Max(1, (int)Math.Round(_settings.Subsample * _training));
        if (wanted == _training)
        {
            return _all;
        }

        var rows = new int[wanted];
        int taken = 0;
        for (int i = 0; i < _training && taken < wanted; i++)
        {
            // Each row is taken with the share of the wanted among the left: in the end exactly as many as wanted.
            if (random.Next(_training - i) < wanted - taken)
            {
                rows[taken++] = i;
            }
        }

        return rows;
    }

    private bool[] Columns(Random random)
    {
        int wanted = Math.Max(1, (int)Math.Round(_settings.ColumnSample * _columns));
        var allowed = new bool[_columns];
        int taken = 0;
        for (int f = 0; f < _columns; f++)
        {
            allowed[f] = wanted == _columns || random.Next(_columns - f) < wanted - taken;
            taken += allowed[f] ? 1 : 0;
        }

        return allowed;
    }
}

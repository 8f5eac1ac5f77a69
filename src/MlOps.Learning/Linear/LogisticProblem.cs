using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MlOps.Learning.Linear;

/// <summary>The loss of logistic regression over standardised columns, with gradient and Hessian.</summary>
/// <remarks>
/// Inside, a feature is <c>(x − mean) / deviation</c> and a column of ones stands for the intercept; the penalty of a coefficient is divided by the squared
/// deviation, so that the optimum is that of the original problem. Parameters: S rows of <see cref="Stride"/> numbers (d coefficients, the intercept, zeros up to a
/// multiple of 8); S is 1 for two classes, else one a class. Rows are read in blocks that fit the first-level cache; a fixed number of parts adds up to the same
/// bytes on any number of threads.
/// </remarks>
internal sealed partial class LogisticProblem
{
    private const int BlockRows = 64;
    private const int Parts = 16;
    private const int Width = FixedOrder.Lanes;

    private readonly Matrix _x;
    private readonly int[] _y;
    private readonly double[]? _weights;
    private readonly int _rows;
    private readonly int _d;
    private readonly int _parts;
    private readonly double[] _means;
    private readonly double[] _inverses;
    private readonly double[] _penalties;
    private readonly CancellationToken _cancellationToken;

    internal LogisticProblem(Matrix x, int[] y, int classes, double[]? weights, double l2, CancellationToken cancellationToken)
    {
        _x = x;
        _y = y;
        _weights = weights;
        _rows = x.RowCount;
        _d = x.ColumnCount;
        _cancellationToken = cancellationToken;
        Scores = classes == 2 ? 1 : classes;
        Stride = FixedOrder.Padded(_d + 1);
        _parts = Math.Clamp(_rows / (8 * BlockRows), 1, Parts);
        _means = new double[Stride];
        _inverses = new double[Stride];
        Array.Fill(_inverses, 1);
        (Constant, double[] deviations) = Moments();
        _penalties = new double[Stride];
        for (int j = 0; j < _d; j++)
        {
            _inverses[j] = 1 / deviations[j];
            _penalties[j] = l2 * _inverses[j] * _inverses[j];
        }
    }

    /// <summary>Gets S, the number of rows of parameters.</summary>
    internal int Scores { get; }

    /// <summary>Gets the numbers of a row of parameters.</summary>
    internal int Stride { get; }

    /// <summary>Gets which columns hold one value only.</summary>
    internal bool[] Constant { get; }

    /// <summary>Gets whether, at the last evaluation, every case that counts scored higher for its class than for any other.</summary>
    internal bool Separated { get; private set; }

    /// <summary>Returns Σᵢ vᵢ lossᵢ + ½ λ ‖w‖² and writes its gradient.</summary>
    internal double Evaluate(double[] parameters, double[] gradient)
    {
        int size = Scores * Stride;
        var gradients = new double[_parts][];
        var losses = new double[_parts];
        var separated = new bool[_parts];
        RowPanels? panels = Scores == 1 ? null : new RowPanels(parameters, Scores, Stride);
        EachPart(part =>
        {
            var sum = new double[panels is null ? Stride : panels.PaddedCount * Stride];
            (losses[part], separated[part]) = panels is null ? EvaluateTwo(part, parameters, sum) : EvaluateMany(part, panels, sum);
            gradients[part] = sum;
        });

        double loss = 0;
        Separated = true;
        Array.Clear(gradient);
        for (int part = 0; part < _parts; part++)
        {
            loss += losses[part];
            Separated &= separated[part];
            FixedOrder.AddScaled(1, gradients[part].AsSpan(0, size), gradient);
        }

        for (int i = 0; i < size; i++)
        {
            double pull = _penalties[i % Stride] * parameters[i];
            loss += 0.5 * pull * parameters[i];
            gradient[i] += pull;
        }

        return loss;
    }

    /// <summary>Coefficients and intercepts in the units of the columns.</summary>
    internal (double[] Coefficients, double[] Intercepts) InOriginalUnits(double[] parameters)
    {
        var coefficients = new double[Scores * _d];
        var intercepts = new double[Scores];
        for (int k = 0; k < Scores; k++)
        {
            intercepts[k] = parameters[(k * Stride) + _d];
            for (int j = 0; j < _d; j++)
            {
                double w = Constant[j] ? 0 : parameters[(k * Stride) + j] * _inverses[j];
                coefficients[(k * _d) + j] = w;
                intercepts[k] -= w * _means[j];
            }
        }

        if (Scores > 1)
        {
            double mean = intercepts.Average();
            intercepts = Array.ConvertAll(intercepts, intercept => intercept - mean); // only differences count
        }

        return (coefficients, intercepts);
    }

    private (double Loss, bool Separated) EvaluateTwo(int part, double[] w, double[] gradient)
    {
        double[] block = NewBlock();
        Span<double> z = stackalloc double[BlockRows];
        Span<double> target = stackalloc double[BlockRows];
        Span<double> weight = stackalloc double[BlockRows];
        var losses = Vector512<double>.Zero;
        bool separated = true;
        foreach ((int start, int count) in Blocks(part))
        {
            Standardise(start, count, block);
            z.Clear();
            weight.Clear();
            for (int i = 0; i < count; i++)
            {
                z[i] = FixedOrder.Dot(block.AsSpan(i * Stride, Stride), w);
                target[i] = _y[start + i];
                weight[i] = Weight(start + i);
                separated &= weight[i] == 0 || (z[i] > 0) == (target[i] > 0) && z[i] != 0;
            }

            for (int i = 0; i < count; i += Width)
            {
                ref double score = ref z[i];
                Vector512<double> s = Vector512.LoadUnsafe(ref score);
                Vector512<double> t = Vector512.LoadUnsafe(ref target[i]);
                Vector512<double> v = Vector512.LoadUnsafe(ref weight[i]);
                Vector512<double> small = Vector512.Exp(-Vector512.Abs(s)); // never overflows
                Vector512<double> one = Vector512<double>.One;
                Vector512<double> loss = Vector512.Max(s, Vector512<double>.Zero) + Vector512.Log(one + small) - (t * s);
                Vector512<double> p = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(s, Vector512<double>.Zero), one, small) / (one + small);
                losses += v * loss;
                (v * (p - t)).StoreUnsafe(ref score);
            }

            BlockSums.AddRows(block, Stride, z, count, gradient);
        }

        return (FixedOrder.Sum(losses), separated);
    }

    private (double Loss, bool Separated) EvaluateMany(int part, RowPanels panels, double[] gradient)
    {
        double[] block = NewBlock();
        int padded = panels.PaddedCount;
        var scores = new double[BlockRows * padded];
        double loss = 0;
        bool separated = true;
        foreach ((int start, int count) in Blocks(part))
        {
            Standardise(start, count, block);
            panels.Products(block.AsSpan(0, count * Stride), 0, padded, scores);
            for (int i = 0; i < count; i++)
            {
                Span<double> row = scores.AsSpan(i * padded, Scores);
                int y = _y[start + i];
                double v = Weight(start + i);
                double own = row[y];
                double other = double.NegativeInfinity;
                for (int k = 0; k < row.Length; k++)
                {
                    other = k == y ? other : Math.Max(other, row[k]);
                }

                separated &= v == 0 || own > other;
                loss += v * (SoftMax.Of(row, row) - own);
                row[y] -= 1;
                for (int k = 0; k < row.Length; k++)
                {
                    row[k] *= v;
                }
            }

            BlockSums.AddOuter(scores, padded, block, Stride, count, gradient);
        }

        return (loss, separated);
    }

    private double[] NewBlock()
    {
        var block = new double[BlockRows * Stride];
        for (int i = 0; i < BlockRows; i++)
        {
            block[(i * Stride) + _d] = 1; // mean 0 and deviation 1 leave it as it is
        }

        return block;
    }

    private void Standardise(int start, int count, double[] block)
    {
        ref double means = ref MemoryMarshal.GetArrayDataReference(_means);
        ref double inverses = ref MemoryMarshal.GetArrayDataReference(_inverses);
        for (int i = 0; i < count; i++)
        {
            Span<double> row = block.AsSpan(i * Stride, Stride);
            _x.Row(start + i).CopyTo(row);
            ref double values = ref MemoryMarshal.GetReference(row);
            for (nuint j = 0; j < (nuint)Stride; j += Width)
            {
                ((Vector512.LoadUnsafe(ref values, j) - Vector512.LoadUnsafe(ref means, j)) * Vector512.LoadUnsafe(ref inverses, j)).StoreUnsafe(ref values, j);
            }
        }
    }

    /// <summary>Sets the means; returns the standard deviations, 1 for a constant column.</summary>
    private (bool[] Constant, double[] Deviations) Moments()
    {
        double total = _weights?.Sum() ?? _rows;
        double[] means = Sum((row, sums, v) => FixedOrder.AddScaled(v / total, row, sums));
        means.CopyTo(_means, 0);
        double[] variances = Sum((row, sums, v) => FixedOrder.AddScaledSquares(v / total, row, means, sums));
        var constant = new bool[_d];
        for (int j = 0; j < _d; j++)
        {
            double deviation = Math.Sqrt(variances[j]);
            if (!double.IsFinite(deviation))
            {
                throw new DivergenceException("logistic regression", 1, deviation, $"The values of column '{_x.ColumnNames[j]}' are too large to be squared: scale it first.");
            }

            constant[j] = deviation <= 1e-13 * Math.Abs(means[j]); // what rounding leaves of a column with one value
            variances[j] = constant[j] ? 1 : deviation;
        }

        return (constant, variances);
    }

    private delegate void AddRow(ReadOnlySpan<double> row, Span<double> sums, double weight);

    private double[] Sum(AddRow add)
    {
        var sums = new double[_parts][];
        EachPart(part =>
        {
            var sum = new double[_d];
            foreach ((int start, int count) in Blocks(part))
            {
                for (int i = start; i < start + count; i++)
                {
                    add(_x.Row(i), sum, Weight(i));
                }
            }

            sums[part] = sum;
        });
        for (int part = 1; part < _parts; part++)
        {
            FixedOrder.AddScaled(1, sums[part], sums[0]);
        }

        return sums[0];
    }

    private double Weight(int row) => _weights is null ? 1 : _weights[row];

    private IEnumerable<(int Start, int Count)> Blocks(int part)
    {
        int blocks = (_rows + BlockRows - 1) / BlockRows;
        int end = (int)((long)blocks * (part + 1) / _parts);
        for (int block = (int)((long)blocks * part / _parts); block < end; block++)
        {
            yield return (block * BlockRows, Math.Min(BlockRows, _rows - (block * BlockRows)));
        }
    }

    private void EachPart(Action<int> body)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_parts == 1)
        {
            body(0);
            return;
        }

        Parallel.For(0, _parts, body);
    }
}

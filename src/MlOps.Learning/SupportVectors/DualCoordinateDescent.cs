namespace MlOps.Learning.SupportVectors;

/// <summary>Solves the dual of the linear support vector machine for two classes, one case at a time: algorithm 3 of Hsieh et al. 2008.</summary>
/// <remarks><c>minimise over 0 ≤ α ≤ U: ½ αᵀ Q̄ α − Σ α</c>, Q̄ᵢⱼ = tᵢ tⱼ x̄ᵢ·x̄ⱼ + δᵢⱼ Dᵢ with x̄ = (x, 1). Hinge: U = C, D = 0; squared hinge: U = ∞, D = 1/(2C).</remarks>
internal sealed class DualCoordinateDescent
{
    private readonly Matrix _x;
    private readonly int[] _cases;
    private readonly double[] _sign;
    private readonly double[] _upper;
    private readonly double[] _ridge;
    private readonly double[] _curvature;

    internal DualCoordinateDescent(Matrix x, Func<int, bool> positive, double[]? weights, double c, SvmLoss loss)
    {
        int n = x.RowCount;
        _x = x;
        _cases = [.. Enumerable.Range(0, n).Where(i => weights is null || weights[i] > 0)];
        _sign = new double[n];
        _upper = new double[n];
        _ridge = new double[n];
        _curvature = new double[n];
        foreach (int i in _cases)
        {
            double charge = c * (weights?[i] ?? 1);
            _sign[i] = positive(i) ? 1 : -1;
            (_upper[i], _ridge[i]) = loss == SvmLoss.Hinge ? (charge, 0) : (double.PositiveInfinity, 0.5 / charge);
            _curvature[i] = FixedOrder.Dot(x.Row(i), x.Row(i)) + 1 + _ridge[i];
        }

        Coefficients = new double[x.ColumnCount];
    }

    internal double[] Coefficients { get; }

    internal double Intercept { get; private set; }

    internal (int Epochs, bool Converged) Solve(int maxEpochs, double tolerance, int seed, CancellationToken cancellationToken)
    {
        var alpha = new double[_x.RowCount];
        int active = _cases.Length;
        double highest = double.PositiveInfinity; // projected gradients of the last epoch: what lies beyond them at a bound is set aside
        double lowest = double.NegativeInfinity;
        for (int epoch = 1; epoch <= maxEpochs; epoch++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double newHighest = double.NegativeInfinity;
            double newLowest = double.PositiveInfinity;
            Seeds.Generator(seed, epoch).Shuffle(_cases.AsSpan(0, active));
            for (int s = 0; s < active; s++)
            {
                int i = _cases[s];
                ReadOnlySpan<double> row = _x.Row(i);
                double gradient = (_sign[i] * (FixedOrder.Dot(Coefficients, row) + Intercept)) - 1 + (alpha[i] * _ridge[i]);
                double projected = gradient;
                if (alpha[i] == 0 && gradient >= 0)
                {
                    projected = 0;
                }
                else if (alpha[i] == _upper[i] && gradient <= 0)
                {
                    projected = 0;
                }

                if ((alpha[i] == 0 && gradient > highest) || (alpha[i] == _upper[i] && gradient < lowest))
                {
                    active--;
                    (_cases[s], _cases[active]) = (_cases[active], i);
                    s--;
                    continue;
                }

                newHighest = Math.Max(newHighest, projected);
                newLowest = Math.Min(newLowest, projected);
                if (projected != 0)
                {
                    double before = alpha[i];
                    alpha[i] = Math.Clamp(before - (gradient / _curvature[i]), 0, _upper[i]);
                    double step = (alpha[i] - before) * _sign[i];
                    FixedOrder.AddScaled(step, row, Coefficients);
                    Intercept += step;
                }
            }

            if (newHighest - newLowest <= tolerance || active == 0)
            {
                if (active == _cases.Length)
                {
                    return (epoch, true);
                }

                active = _cases.Length; // all again, to see whether those set aside agree
                (highest, lowest) = (double.PositiveInfinity, double.NegativeInfinity);
                continue;
            }

            highest = newHighest <= 0 ? double.PositiveInfinity : newHighest;
            lowest = newLowest >= 0 ? double.NegativeInfinity : newLowest;
        }

        return (maxEpochs, false);
    }
}

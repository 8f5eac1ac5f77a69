namespace MlOps.Learning.SupportVectors;

/// <summary>Solves the dual of a two-class support vector machine with a Gaussian kernel by moving two multipliers at a time.</summary>
/// <remarks>
/// <c>minimise over 0 ≤ α ≤ U, Σ αᵢ tᵢ = 0: ½ Σᵢⱼ αᵢ αⱼ tᵢ tⱼ Kᵢⱼ − Σ αᵢ</c>. The pair is that of Fan, Chen and Lin 2005, WSS 2: the first violates optimality most, the second
/// promises the largest fall of the objective with it. <c>Eᵢ = tᵢ · (gradient)ᵢ = Σⱼ αⱼ tⱼ Kᵢⱼ − tᵢ</c>.
/// </remarks>
internal sealed class SequentialMinimalOptimization
{
    /// <summary>Curvature of a pair of equal cases, where the true one is 0.</summary>
    private const double SmallestCurvature = 1e-12;

    private const int IterationsPerCheck = 1024;

    private readonly KernelRows _kernel;
    private readonly double[] _upper;
    private readonly double[] _errors;

    internal SequentialMinimalOptimization(Matrix x, double[] signs, double[] upper, double gamma, long cacheBytes)
    {
        Signs = signs;
        _upper = upper;
        _kernel = new KernelRows(x, gamma, cacheBytes);
        Alpha = new double[signs.Length];
        _errors = Array.ConvertAll(signs, sign => -sign);
    }

    internal double[] Signs { get; }

    internal double[] Alpha { get; }

    /// <summary>Gets b of <c>f(x) = Σ αᵢ tᵢ K(xᵢ, x) + b</c>.</summary>
    internal double Offset { get; private set; }

    internal int Iterations { get; private set; }

    internal bool Converged { get; private set; }

    internal void Solve(double tolerance, int maxIterations, CancellationToken cancellationToken)
    {
        for (Iterations = 0; Iterations < maxIterations; Iterations++)
        {
            if (Iterations % IterationsPerCheck == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            int i = MostViolating();
            if (i < 0)
            {
                Converged = true;
                break;
            }

            double[] row = _kernel[i];
            int j = Partner(i, row, tolerance);
            if (j < 0)
            {
                Converged = true;
                break;
            }

            Move(i, j, row);
        }

        Offset = -Threshold();
    }

    /// <summary>α may move so that t·α rises.</summary>
    private bool CanRise(int i) => Signs[i] > 0 ? Alpha[i] < _upper[i] : Alpha[i] > 0;

    /// <summary>α may move so that t·α falls.</summary>
    private bool CanFall(int i) => Signs[i] > 0 ? Alpha[i] > 0 : Alpha[i] < _upper[i];

    private int MostViolating()
    {
        int best = -1;
        double lowest = double.PositiveInfinity;
        for (int t = 0; t < _errors.Length; t++)
        {
            if (_errors[t] < lowest && CanRise(t))
            {
                (best, lowest) = (t, _errors[t]);
            }
        }

        return best;
    }

    /// <summary>The case with which i lowers the objective most; −1 if no case violates optimality with i by the tolerance.</summary>
    private int Partner(int i, double[] row, double tolerance)
    {
        double lowest = _errors[i];
        double highest = double.NegativeInfinity;
        double bestFall = 0;
        int best = -1;
        for (int t = 0; t < _errors.Length; t++)
        {
            if (!(_errors[t] > lowest) || !CanFall(t))
            {
                continue;
            }

            double violation = _errors[t] - lowest;
            highest = Math.Max(highest, _errors[t]);
            double curvature = Math.Max(SmallestCurvature, 2 - (2 * row[t])); // Kᵢᵢ + Kₜₜ − 2 Kᵢₜ
            double fall = violation * violation / curvature;
            if (fall > bestFall)
            {
                (best, bestFall) = (t, fall);
            }
        }

        return highest - lowest < tolerance ? -1 : best;
    }

    /// <summary>Moves tᵢ αᵢ up and tⱼ αⱼ down by the same amount, as far as the objective falls and the bounds allow.</summary>
    private void Move(int i, int j, double[] row)
    {
        double curvature = Math.Max(SmallestCurvature, 2 - (2 * row[j]));
        double step = (_errors[j] - _errors[i]) / curvature;
        double roomI = Signs[i] > 0 ? _upper[i] - Alpha[i] : Alpha[i];
        double roomJ = Signs[j] > 0 ? Alpha[j] : _upper[j] - Alpha[j];
        step = Math.Min(step, Math.Min(roomI, roomJ));
        Set(i, step == roomI, Signs[i] > 0, step);
        Set(j, step == roomJ, Signs[j] < 0, step);
        double[] other = _kernel[j];
        int n = _errors.Length;
        FixedOrder.AddScaled(step, row.AsSpan(0, n), _errors);
        FixedOrder.AddScaled(-step, other.AsSpan(0, n), _errors);
    }

    private void Set(int i, bool toBound, bool up, double step)
    {
        double value = up ? Alpha[i] + step : Alpha[i] - step;
        Alpha[i] = toBound ? (up ? _upper[i] : 0) : Math.Clamp(value, 0, _upper[i]); // at a bound exactly, or it would seem free
    }

    /// <summary>The mean of E over the free cases; without any, the middle of what the bounds allow.</summary>
    private double Threshold()
    {
        double sum = 0;
        int free = 0;
        double above = double.PositiveInfinity;
        double below = double.NegativeInfinity;
        for (int i = 0; i < _errors.Length; i++)
        {
            bool rises = CanRise(i);
            bool falls = CanFall(i);
            if (rises && falls)
            {
                sum += _errors[i];
                free++;
            }
            else if (rises)
            {
                above = Math.Min(above, _errors[i]);
            }
            else
            {
                below = Math.Max(below, _errors[i]);
            }
        }

        return free > 0 ? sum / free : (above + below) / 2;
    }
}

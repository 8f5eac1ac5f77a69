namespace MlOps.Learning.Linear;

/// <summary>L-BFGS: a quasi-Newton direction from the last few steps and changes of the gradient, on top of a first guess of the inverse Hessian.</summary>
/// <remarks>Source: J. Nocedal, S. J. Wright, Numerical Optimization (2006), algorithm 7.4.</remarks>
internal sealed class LimitedMemory
{
    private const int Pairs = 10;

    private readonly List<(double[] Step, double[] Change, double Curvature)> _pairs = [];

    /// <summary>Forgets all steps, as when the guess has changed.</summary>
    internal void Clear() => _pairs.Clear();

    /// <summary>Remembers a step and the change of the gradient along it; one without curvature above rounding is left out.</summary>
    internal void Add(double[] step, double[] change)
    {
        double curvature = FixedOrder.Dot(step, change);
        if (!(curvature > 1e-14 * Math.Sqrt(FixedOrder.Dot(step, step) * FixedOrder.Dot(change, change))))
        {
            return;
        }

        if (_pairs.Count == Pairs)
        {
            _pairs.RemoveAt(0);
        }

        _pairs.Add((step, change, curvature));
    }

    /// <summary>The direction −H⁻¹ g.</summary>
    /// <param name="gradient">g.</param>
    /// <param name="guess">Replaces a vector by its product with the first guess of H⁻¹.</param>
    internal double[] Direction(ReadOnlySpan<double> gradient, Action<double[]> guess)
    {
        double[] q = gradient.ToArray();
        Span<double> alpha = stackalloc double[Pairs];
        for (int i = _pairs.Count - 1; i >= 0; i--)
        {
            alpha[i] = FixedOrder.Dot(_pairs[i].Step, q) / _pairs[i].Curvature;
            FixedOrder.AddScaled(-alpha[i], _pairs[i].Change, q);
        }

        guess(q);
        for (int i = 0; i < _pairs.Count; i++)
        {
            double beta = FixedOrder.Dot(_pairs[i].Change, q) / _pairs[i].Curvature;
            FixedOrder.AddScaled(alpha[i] - beta, _pairs[i].Step, q);
        }

        for (int i = 0; i < q.Length; i++)
        {
            q[i] = -q[i];
        }

        return q;
    }
}

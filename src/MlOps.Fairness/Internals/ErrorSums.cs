namespace MlOps.Fairness.Internals;

/// <summary>Running moments of truth and prediction in one group. Not thread-safe.</summary>
internal struct ErrorSums
{
    private long _count;
    private double _meanTruth;
    private double _meanError;
    private double _truthSquares; // Σ (y − ȳ)²
    private double _absoluteErrors;
    private double _squaredErrors;
    private double _first;
    private bool _varies;

    internal void Add(double truth, double prediction)
    {
        _varies |= _count > 0 && truth != _first;
        _first = _count == 0 ? truth : _first;
        _count++;
        double error = prediction - truth;
        double before = truth - _meanTruth;
        _meanTruth += before / _count; // Welford: no growing sum that loses digits
        _truthSquares += before * (truth - _meanTruth);
        _meanError += (error - _meanError) / _count;
        _absoluteErrors += Math.Abs(error);
        _squaredErrors += error * error;
    }

    /// <summary>Adds another group's rows: the formulas of Chan, Golub and LeVeque.</summary>
    internal void Add(ErrorSums other)
    {
        if (other._count == 0)
        {
            return;
        }

        if (_count == 0)
        {
            this = other;
            return;
        }

        long total = _count + other._count;
        double share = (double)other._count / total;
        double apart = other._meanTruth - _meanTruth;
        _truthSquares += other._truthSquares + (apart * apart * _count * share);
        _meanTruth += apart * share;
        _meanError += (other._meanError - _meanError) * share;
        _absoluteErrors += other._absoluteErrors;
        _squaredErrors += other._squaredErrors;
        _varies |= other._varies || other._first != _first;
        _count = total;
    }

    internal readonly RegressionOutcome ToOutcome(string group, IReadOnlyList<string> values) => _count == 0
        ? new RegressionOutcome(group, values, 0, null, null, null, null, null, null)
        : new RegressionOutcome(
            group,
            values,
            _count,
            _meanTruth,
            _meanTruth + _meanError,
            _meanError,
            _absoluteErrors / _count,
            _squaredErrors / _count,
            _varies ? 1 - (_squaredErrors / _truthSquares) : null);
}

using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MlOps.Fairness.Mitigation;

/// <summary>J of <see cref="FairLogistic"/> with its derivatives; the intercept is the last parameter.</summary>
internal sealed class FairObjective
{
    private readonly double[] _features;
    private readonly int _columns;
    private readonly bool[] _labels;
    private readonly double[][] _means; // of the features, by group
    private readonly double[][] _directions; // c_g = direction · w
    private readonly double _penalty;
    private readonly double _l2;

    internal FairObjective(double[] features, int columns, bool[] labels, Groups groups, double penalty, double l2)
    {
        (_features, _columns, _labels, _penalty, _l2) = (features, columns, labels, penalty, l2);
        ReadOnlySpan<int> codes = groups.Codes;
        var counts = new double[groups.Count];
        var sums = new double[groups.Count][];
        var all = new double[columns];
        for (int i = 0; i < codes.Length; i++)
        {
            if (codes[i] < 0)
            {
                continue;
            }

            counts[codes[i]]++;
            double[] sum = sums[codes[i]] ??= new double[columns];
            for (int j = 0; j < columns; j++)
            {
                sum[j] += features[(i * columns) + j];
                all[j] += features[(i * columns) + j];
            }
        }

        double rows = counts.Sum();
        if (rows == 0)
        {
            throw new ArgumentException("No row has a group; there is nothing to make equal.", nameof(groups));
        }

        int[] present = [.. Enumerable.Range(0, counts.Length).Where(g => counts[g] > 0)];
        Groups = [.. present.Select(g => groups.Names[g])];
        _means = [.. present.Select(g => Array.ConvertAll(sums[g], sum => sum / counts[g]))];
        _directions = [.. present.Select((g, k) => all.Select((sum, j) => counts[g] / rows * (_means[k][j] - (sum / rows))).ToArray())];
    }

    internal IReadOnlyList<string> Groups { get; }

    internal int Width => _columns + 1;

    internal double Covariance(int group, ReadOnlySpan<double> parameters) => LinearScore.Dot(_directions[group], parameters[.._columns]);

    /// <summary>The group's mean score, without the intercept.</summary>
    internal double MeanScore(int group, ReadOnlySpan<double> parameters) => LinearScore.Dot(_means[group], parameters[.._columns]);

    internal double LogLoss(ReadOnlySpan<double> parameters)
    {
        double loss = 0;
        for (int i = 0; i < _labels.Length; i++)
        {
            loss += LinearScore.LogLoss(Score(i, parameters), _labels[i]);
        }

        return loss / _labels.Length;
    }

    internal double Value(ReadOnlySpan<double> parameters)
    {
        double squares = LinearScore.Dot(parameters[.._columns], parameters[.._columns]);
        double value = LogLoss(parameters) + (_l2 / 2 * squares / _labels.Length);
        for (int g = 0; g < _directions.Length; g++)
        {
            double covariance = Covariance(g, parameters);
            value += _penalty / 2 * covariance * covariance;
        }

        return value;
    }

    internal double[] Gradient(ReadOnlySpan<double> parameters)
    {
        var gradient = new double[Width];
        for (int i = 0; i < _labels.Length; i++)
        {
            double residual = (LinearScore.Sigmoid(Score(i, parameters)) - (_labels[i] ? 1 : 0)) / _labels.Length;
            for (int j = 0; j < _columns; j++)
            {
                gradient[j] += residual * _features[(i * _columns) + j];
            }

            gradient[_columns] += residual;
        }

        for (int j = 0; j < _columns; j++)
        {
            gradient[j] += _l2 * parameters[j] / _labels.Length;
        }

        for (int g = 0; g < _directions.Length; g++)
        {
            double slope = _penalty * Covariance(g, parameters);
            for (int j = 0; j < _columns; j++)
            {
                gradient[j] += slope * _directions[g][j];
            }
        }

        return gradient;
    }

    internal Matrix<double> Hessian(ReadOnlySpan<double> parameters)
    {
        var hessian = new double[Width, Width];
        Span<double> row = new double[Width];
        row[_columns] = 1;
        for (int i = 0; i < _labels.Length; i++)
        {
            double p = LinearScore.Sigmoid(Score(i, parameters));
            _features.AsSpan(i * _columns, _columns).CopyTo(row);
            AddSquare(hessian, row, p * (1 - p) / _labels.Length);
        }

        for (int j = 0; j < _columns; j++)
        {
            hessian[j, j] += _l2 / _labels.Length;
        }

        foreach (double[] direction in _directions)
        {
            AddSquare(hessian, direction, _penalty);
        }

        for (int j = 0; j < Width; j++)
        {
            for (int k = 0; k < j; k++)
            {
                hessian[j, k] = hessian[k, j];
            }
        }

        return DenseMatrix.OfArray(hessian);
    }

    /// <summary>Adds times · v·vᵀ to the upper triangle.</summary>
    private static void AddSquare(double[,] to, ReadOnlySpan<double> v, double times)
    {
        for (int j = 0; j < v.Length; j++)
        {
            double scaled = times * v[j];
            for (int k = j; k < v.Length; k++)
            {
                to[j, k] += scaled * v[k];
            }
        }
    }

    private double Score(int row, ReadOnlySpan<double> parameters) =>
        parameters[_columns] + LinearScore.Dot(_features.AsSpan(row * _columns, _columns), parameters[.._columns]);
}

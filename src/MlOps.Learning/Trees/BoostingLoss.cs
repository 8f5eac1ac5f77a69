using System.Numerics.Tensors;

namespace MlOps.Learning.Trees;

/// <summary>What boosting minimises: a sum over cases of w · loss(y, f), f the sum of the trees so far.</summary>
internal abstract class BoostingLoss(double[] targets, double[] weights)
{
    /// <summary>How many sums of trees a case has.</summary>
    internal virtual int Outputs => 1;

    /// <summary>Whether leaves are set by <see cref="LeafValue"/> rather than by a Newton step.</summary>
    internal virtual bool RefitsLeaves => false;

    protected ReadOnlySpan<double> Targets => targets;

    protected ReadOnlySpan<double> Weights => weights;

    /// <summary>The best constants for the first so many cases.</summary>
    internal abstract double[] Start(int count);

    /// <summary>Writes first and second derivatives by f of the cases from start to end, and returns the sum of w · loss.</summary>
    /// <param name="start">First case.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="raw">f, an array an output.</param>
    /// <param name="gradients">Likewise.</param>
    /// <param name="hessians">Likewise.</param>
    internal abstract double Evaluate(int start, int end, double[][] raw, double[][] gradients, double[][] hessians);

    /// <summary>The best value for the cases of a leaf.</summary>
    internal virtual double LeafValue(ReadOnlySpan<int> rows, double[] raw) => throw new NotSupportedException();

    protected double WeightedMean(int count)
    {
        double sum = 0;
        double weight = 0;
        for (int i = 0; i < count; i++)
        {
            sum += weights[i] * targets[i];
            weight += weights[i];
        }

        return sum / weight;
    }
}

/// <summary>Log loss of two classes; f is the log-odds of class 1.</summary>
internal sealed class LogisticLoss(double[] targets, double[] weights) : BoostingLoss(targets, weights)
{
    internal override double[] Start(int count)
    {
        double p = WeightedMean(count);
        return [Math.Log(p / (1 - p))];
    }

    internal override double Evaluate(int start, int end, double[][] raw, double[][] gradients, double[][] hessians)
    {
        int count = end - start;
        ReadOnlySpan<double> f = raw[0].AsSpan(start, count);
        Span<double> g = gradients[0].AsSpan(start, count);
        Span<double> h = hessians[0].AsSpan(start, count);
        ReadOnlySpan<double> y = Targets.Slice(start, count);
        ReadOnlySpan<double> w = Weights.Slice(start, count);

        // e = exp(−|f|) never overflows; p = σ(f) is 1/(1+e) or e/(1+e), and the loss max(f, 0) − y·f + ln(1+e).
        Span<double> e = h;
        TensorPrimitives.Abs(f, e);
        TensorPrimitives.Negate(e, e);
        TensorPrimitives.Exp(e, e);
        Span<double> log = g;
        TensorPrimitives.LogP1(e, log);
        double loss = 0;
        for (int i = 0; i < f.Length; i++)
        {
            double inverse = 1 / (1 + e[i]);
            double p = f[i] >= 0 ? inverse : e[i] * inverse;
            loss += w[i] * (Math.Max(f[i], 0) - (y[i] * f[i]) + log[i]);
            g[i] = w[i] * (p - y[i]);
            h[i] = w[i] * e[i] * inverse * inverse;
        }

        return loss;
    }
}

/// <summary>Log loss of K classes; p = softmax(f).</summary>
internal sealed class SoftmaxLoss(double[] codes, double[] weights, int classes) : BoostingLoss(codes, weights)
{
    // The share that a class without cases starts from, for its logarithm must be finite.
    private const double SmallestShare = 1e-8;

    internal override int Outputs => classes;

    internal override double[] Start(int count)
    {
        var logs = new double[classes];
        for (int i = 0; i < count; i++)
        {
            logs[(int)Targets[i]] += Weights[i];
        }

        double total = 0;
        for (int k = 0; k < classes; k++)
        {
            total += logs[k];
        }

        double mean = 0;
        for (int k = 0; k < classes; k++)
        {
            logs[k] = Math.Log(Math.Max(logs[k] / total, SmallestShare));
            mean += logs[k] / classes;
        }

        return Array.ConvertAll(logs, log => log - mean);
    }

    internal override double Evaluate(int start, int end, double[][] raw, double[][] gradients, double[][] hessians)
    {
        double loss = 0;
        var p = new double[classes];
        for (int i = start; i < end; i++)
        {
            double largest = double.NegativeInfinity;
            for (int k = 0; k < classes; k++)
            {
                p[k] = raw[k][i];
                largest = Math.Max(largest, p[k]);
            }

            double sum = 0;
            for (int k = 0; k < classes; k++)
            {
                p[k] = Math.Exp(p[k] - largest);
                sum += p[k];
            }

            int code = (int)Targets[i];
            double w = Weights[i];
            loss += w * (Math.Log(sum) + largest - raw[code][i]);
            for (int k = 0; k < classes; k++)
            {
                double share = p[k] / sum;
                gradients[k][i] = w * (share - (k == code ? 1 : 0));
                hessians[k][i] = w * share * (1 - share);
            }
        }

        return loss;
    }
}

/// <summary>Half the squared error.</summary>
internal sealed class SquaredLoss(double[] targets, double[] weights) : BoostingLoss(targets, weights)
{
    internal override double[] Start(int count) => [WeightedMean(count)];

    internal override double Evaluate(int start, int end, double[][] raw, double[][] gradients, double[][] hessians)
    {
        double loss = 0;
        for (int i = start; i < end; i++)
        {
            double error = raw[0][i] - Targets[i];
            loss += Weights[i] * error * error / 2;
            gradients[0][i] = Weights[i] * error;
            hessians[0][i] = Weights[i];
        }

        return loss;
    }
}

/// <summary>Poisson deviance up to what does not depend on f; the mean is exp(f).</summary>
internal sealed class PoissonLoss(double[] targets, double[] weights) : BoostingLoss(targets, weights)
{
    internal override double[] Start(int count) => [Math.Log(WeightedMean(count))];

    internal override double Evaluate(int start, int end, double[][] raw, double[][] gradients, double[][] hessians)
    {
        double loss = 0;
        for (int i = start; i < end; i++)
        {
            double mean = Math.Exp(raw[0][i]);
            loss += Weights[i] * (mean - (Targets[i] * raw[0][i]));
            gradients[0][i] = Weights[i] * (mean - Targets[i]);
            hessians[0][i] = Weights[i] * mean;
        }

        return loss;
    }
}

/// <summary>Pinball loss, times a factor: 2 makes the loss of the median the absolute error.</summary>
internal sealed class QuantileLoss(double[] targets, double[] weights, double quantile, double factor) : BoostingLoss(targets, weights)
{
    internal override bool RefitsLeaves => true;

    internal override double[] Start(int count) => [Quantile([.. Enumerable.Range(0, count)], null)];

    internal override double Evaluate(int start, int end, double[][] raw, double[][] gradients, double[][] hessians)
    {
        double loss = 0;
        for (int i = start; i < end; i++)
        {
            double residual = Targets[i] - raw[0][i];
            double slope = residual >= 0 ? quantile : quantile - 1;
            loss += factor * Weights[i] * slope * residual;
            gradients[0][i] = -factor * Weights[i] * slope;
            hessians[0][i] = Weights[i]; // the true one is 0; a constant makes the gain that of the gradients' squares
        }

        return loss;
    }

    internal override double LeafValue(ReadOnlySpan<int> rows, double[] raw) => Quantile(rows, raw);

    /// <summary>The smallest residual at which the weights reach q of their sum; halfway to the next where they reach it exactly.</summary>
    private double Quantile(ReadOnlySpan<int> rows, double[]? raw)
    {
        var residuals = new double[rows.Length];
        var ordered = new double[rows.Length];
        double total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            residuals[i] = Targets[rows[i]] - (raw?[rows[i]] ?? 0);
            ordered[i] = Weights[rows[i]];
            total += ordered[i];
        }

        Array.Sort(residuals, ordered);
        double reached = 0;
        for (int i = 0; i < residuals.Length; i++)
        {
            reached += ordered[i];
            if (reached >= quantile * total)
            {
                bool exactly = reached == quantile * total && i + 1 < residuals.Length;
                return exactly ? (residuals[i] + residuals[i + 1]) / 2 : residuals[i];
            }
        }

        return residuals[^1];
    }
}

namespace MlOps.Fairness.Mitigation;

/// <summary>The game between the learner and the multipliers.</summary>
internal sealed class ReductionSearch<TModel>(ParityMoments moments, Func<double[], bool[], TModel> learn, Func<TModel, bool[]> decide, ReductionOptions options, CancellationToken cancellationToken)
{
    private const double Precision = 1e-8;
    private const int FewestIterations = 5;
    private const double FirstRegretCheck = 5;
    private const double RegretCheckGrowth = 1.6;
    private const double WorthwhileShrink = 0.8;
    private const double LearningRateShrink = 0.8;
    private const double TargetInStandardErrors = 0.5;
    private static readonly double[] s_multiples = [1, 2, 5, 10];

    private readonly double _bound = 1 / options.Epsilon;
    private readonly List<(TModel? Model, bool? Constant)> _classifiers = [];
    private readonly List<double> _errors = [];
    private readonly List<double[]> _gammas = [];
    private int _trained;
    private (int Classifiers, double[] Mix, double Gap) _program;

    internal RandomisedClassifier<TModel> Run(ParityConstraint constraint, IProgress<double>? progress)
    {
        var theta = new double[moments.Count];
        var lambdaSum = new double[moments.Count];
        var counts = new List<double>();
        var mixes = new List<double[]>();
        var gaps = new List<double>();
        double bestGradientGap = double.PositiveInfinity;
        double lastChecked = FirstRegretCheck;
        double lastGap = double.PositiveInfinity;
        double eta = options.LearningRate / _bound;
        double target = 0;
        for (int t = 0; t < options.MaxIterations; t++)
        {
            double[] lambda = Multipliers(theta);
            Add(lambdaSum, lambda, 1);
            int answer = BestAnswer(lambda);
            if (t == 0)
            {
                target = options.TargetGap ?? TargetInStandardErrors * moments.ErrorDeviation(_errors[answer]) / Math.Sqrt(moments.Rows);
            }

            while (counts.Count <= answer)
            {
                counts.Add(0);
            }

            counts[answer]++;
            double[] mix = [.. counts.Select(count => count / (t + 1))];
            double gap = Gap(mix, Array.ConvertAll(lambdaSum, sum => sum / (t + 1)), target);
            bestGradientGap = Math.Min(bestGradientGap, gap);
            if (t > 0 && options.LinearProgram)
            {
                (double[] programMix, double programGap) = SolveProgram(target);
                (mix, gap) = gap < programGap ? (mix, gap) : (programMix, programGap);
            }

            mixes.Add(mix);
            gaps.Add(gap);
            progress?.Report((t + 1.0) / options.MaxIterations);
            if (gap < target && t >= FewestIterations)
            {
                break;
            }

            if (t >= lastChecked * RegretCheckGrowth)
            {
                eta *= bestGradientGap > lastGap * WorthwhileShrink ? LearningRateShrink : 1;
                (lastChecked, lastGap) = (t, bestGradientGap);
            }

            for (int k = 0; k < theta.Length; k++)
            {
                theta[k] += eta * (_gammas[answer][k] - options.Epsilon);
            }
        }

        progress?.Report(1);
        int best = gaps.FindLastIndex(gap => gap <= gaps.Min() + Precision);
        return Result(constraint, mixes[best], gaps[best], target, gaps.Count);
    }

    private RandomisedClassifier<TModel> Result(ParityConstraint constraint, double[] mix, double gap, double target, int iterations)
    {
        ReductionMember<TModel>[] members = [.. Enumerable.Range(0, mix.Length).Where(k => mix[k] > 0)
            .Select(k => new ReductionMember<TModel>(_classifiers[k].Model, _classifiers[k].Constant, mix[k], _errors[k], _gammas[k].Max()))];
        (double error, double[] gamma) = Mixed(mix);
        return new RandomisedClassifier<TModel>(constraint, members, error, gamma.Max(), _errors[0], _gammas[0].Max(), gap, target, iterations, _trained);
    }

    private double[] Multipliers(double[] theta)
    {
        double top = Math.Max(0, theta.Max()); // exp(θ − top) cannot overflow; the 1 is the multiplier that goes unused
        double sum = Math.Exp(-top) + theta.Sum(value => Math.Exp(value - top));
        return [.. theta.Select(value => _bound * Math.Exp(value - top) / sum)];
    }

    /// <summary>The classifier that makes L least: a new one if it is better than all that are there.</summary>
    private int BestAnswer(double[] lambda)
    {
        (TModel? Model, bool? Constant) classifier = Train(lambda, out bool[] decisions);
        double error = moments.Error(decisions);
        double[] gamma = moments.Gamma(decisions);
        int best = -1;
        double least = double.PositiveInfinity;
        for (int k = 0; k < _errors.Count; k++)
        {
            double value = _errors[k] + Dot(_gammas[k], lambda);
            (best, least) = value < least ? (k, value) : (best, least);
        }

        if (error + Dot(gamma, lambda) < least - Precision)
        {
            best = _errors.Count;
            _classifiers.Add(classifier);
            _errors.Add(error);
            _gammas.Add(gamma);
        }

        return best;
    }

    private (TModel? Model, bool? Constant) Train(double[] lambda, out bool[] decisions)
    {
        cancellationToken.ThrowIfCancellationRequested();
        double[] weights = moments.SignedWeights(lambda);
        bool[] targets = Array.ConvertAll(weights, weight => weight > 0);
        double total = weights.Sum(Math.Abs);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = weights.Length * Math.Abs(weights[i]) / total;
        }

        if (!targets.Contains(!targets[0]))
        {
            decisions = targets;
            return (default, targets[0]);
        }

        _trained++;
        TModel model = learn(weights, targets);
        decisions = decide(model);
        return decisions.Length == moments.Rows
            ? (model, null)
            : throw new InvalidOperationException($"{moments.Rows} training rows need as many decisions; the model gave {decisions.Length}.");
    }

    /// <summary>How far a mix and multipliers are from the saddle point.</summary>
    private double Gap(double[] mix, double[] lambda, double target)
    {
        double[] projected = Projected(lambda);
        double slack = options.Epsilon * projected.Sum();
        (double error, double[] gamma) = Mixed(mix);
        double value = error + Dot(gamma, projected) - slack;
        double high = error + (_bound * Math.Max(0, gamma.Max() - options.Epsilon));
        double low = value;
        foreach (double multiple in s_multiples)
        {
            int answer = BestAnswer(Array.ConvertAll(lambda, l => multiple * l));
            low = Math.Min(low, _errors[answer] + Dot(_gammas[answer], projected) - slack);
            if (Math.Max(value - low, high - value) > target + Precision)
            {
                break; // a wide gap need not be known better
            }
        }

        return Math.Max(value - low, high - value);
    }

    private (double[] Mix, double Gap) SolveProgram(double target)
    {
        if (_program.Classifiers != _errors.Count)
        {
            int classifiers = _errors.Count;
            (double[] mix, double[] lambda) = MixProgram.Solve(_errors, _gammas, options.Epsilon);
            _program = (classifiers, mix, Gap(mix, lambda, target));
        }

        return (_program.Mix, _program.Gap);
    }

    /// <summary>Multipliers of opposite constraints, less what they have in common: that only costs.</summary>
    private static double[] Projected(double[] lambda)
    {
        int half = lambda.Length / 2;
        return [.. lambda.Select((value, k) => Math.Max(0, value - lambda[k < half ? k + half : k - half]))];
    }

    private (double Error, double[] Gamma) Mixed(double[] mix)
    {
        double error = 0;
        var gamma = new double[moments.Count];
        for (int k = 0; k < mix.Length; k++)
        {
            error += mix[k] * _errors[k];
            Add(gamma, _gammas[k], mix[k]);
        }

        return (error, gamma);
    }

    private static void Add(double[] to, double[] what, double times)
    {
        for (int k = 0; k < to.Length; k++)
        {
            to[k] += times * what[k];
        }
    }

    private static double Dot(double[] a, double[] b)
    {
        double sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }
}

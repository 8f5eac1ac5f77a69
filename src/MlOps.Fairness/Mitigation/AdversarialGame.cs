namespace MlOps.Fairness.Mitigation;

/// <summary>The steps of predictor and adversary.</summary>
internal sealed class AdversarialGame
{
    private readonly double[] _features;
    private readonly int _columns;
    private readonly bool[] _labels;
    private readonly int[] _groups;
    private readonly bool _seesLabels;
    private readonly AdversarialOptions _options;
    private readonly double[][] _adversary; // one row a group: its weights, the bias last

    internal AdversarialGame(double[] features, int columns, bool[] labels, Groups groups, bool seesLabels, AdversarialOptions options)
    {
        (_features, _columns, _labels, _seesLabels, _options) = (features, columns, labels, seesLabels, options);
        int[] present = [.. groups.Codes.ToArray().Where(code => code >= 0).Distinct().Order()];
        if (present.Length < 2)
        {
            throw new ArgumentException($"An adversary tells groups apart; {present.Length} has rows, and 2 are needed.", nameof(groups));
        }

        _groups = Array.ConvertAll(groups.Codes.ToArray(), code => code < 0 ? -1 : Array.BinarySearch(present, code));
        _adversary = [.. present.Select(_ => new double[Inputs + 1])];
        Predictor = new double[columns + 1];
        double known = _groups.Count(group => group >= 0);
        double[] shares = [.. present.Select((_, g) => _groups.Count(group => group == g) / known)];
        GroupEntropy = -shares.Sum(share => share * Math.Log(share));
    }

    /// <summary>Gets w, then b.</summary>
    internal double[] Predictor { get; }

    internal double GroupEntropy { get; }

    private int Inputs => _seesLabels ? 3 : 1;

    internal AdversarialLoss[] Play(IProgress<double>? progress, CancellationToken cancellationToken)
    {
        var losses = new AdversarialLoss[_options.Steps];
        int[] order = [.. Enumerable.Range(0, _labels.Length)];
        int size = Math.Min(_options.BatchSize ?? order.Length, order.Length);
        var random = new Random(_options.Seed);
        int next = order.Length;
        for (int step = 0; step < losses.Length; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (size < order.Length && next + size > order.Length)
            {
                random.Shuffle(order);
                next = 0;
            }

            ReadOnlySpan<int> batch = size < order.Length ? order.AsSpan(next, size) : order;
            next += size;
            (double predictor, double adversary) = Step(batch);
            losses[step] = double.IsFinite(predictor) && double.IsFinite(adversary)
                ? new AdversarialLoss(step, predictor, adversary)
                : throw new InvalidOperationException($"The losses grew beyond all numbers in step {step}. Standardise the features, or lower the learning rates or the adversary's weight.");
            progress?.Report((step + 1.0) / losses.Length);
        }

        return losses;
    }

    private (double Predictor, double Adversary) Step(ReadOnlySpan<int> batch)
    {
        var own = new double[Predictor.Length];
        var adverse = new double[Predictor.Length];
        double[][] adversarySlopes = [.. _adversary.Select(row => new double[row.Length])];
        double predictorLoss = 0;
        double adversaryLoss = 0;
        int known = 0;
        foreach (int i in batch)
        {
            known += _groups[i] >= 0 ? 1 : 0;
        }

        Span<double> input = stackalloc double[Inputs + 1];
        Span<double> chances = new double[_adversary.Length];
        foreach (int i in batch)
        {
            ReadOnlySpan<double> row = _features.AsSpan(i * _columns, _columns);
            double score = Predictor[_columns] + LinearScore.Dot(row, Predictor.AsSpan(0, _columns));
            predictorLoss += LinearScore.LogLoss(score, _labels[i]);
            AddTo(own, row, (LinearScore.Sigmoid(score) - (_labels[i] ? 1 : 0)) / batch.Length);
            if (_groups[i] >= 0)
            {
                Inform(input, score, _labels[i]);
                adversaryLoss += Guess(input, _groups[i], chances);
                AddTo(adverse, row, Slope(input, chances, _groups[i], _labels[i], known, adversarySlopes));
            }
        }

        Move(own, adverse, adversarySlopes);
        return (predictorLoss / batch.Length, known == 0 ? 0 : adversaryLoss / known);
    }

    private void Inform(Span<double> input, double score, bool label)
    {
        input[0] = score;
        if (_seesLabels)
        {
            input[1] = label ? score : 0;
            input[2] = label ? 0 : score;
        }

        input[^1] = 1;
    }

    /// <summary>Fills the adversary's chances for each group and returns its loss for the true one.</summary>
    private double Guess(ReadOnlySpan<double> input, int truth, Span<double> chances)
    {
        double top = double.NegativeInfinity;
        for (int g = 0; g < chances.Length; g++)
        {
            chances[g] = LinearScore.Dot(input, _adversary[g]);
            top = Math.Max(top, chances[g]);
        }

        double atTruth = chances[truth];
        double sum = 0;
        for (int g = 0; g < chances.Length; g++)
        {
            chances[g] = Math.Exp(chances[g] - top); // the largest exponent is 0: none overflows
            sum += chances[g];
        }

        for (int g = 0; g < chances.Length; g++)
        {
            chances[g] /= sum;
        }

        return top + Math.Log(sum) - atTruth;
    }

    /// <summary>The slope of the adversary's mean loss by this row's score; adds to the slopes by its own weights.</summary>
    private double Slope(ReadOnlySpan<double> input, ReadOnlySpan<double> chances, int truth, bool label, int known, double[][] slopes)
    {
        double byScore = 0;
        for (int g = 0; g < chances.Length; g++)
        {
            double residual = (chances[g] - (g == truth ? 1 : 0)) / known;
            for (int k = 0; k < input.Length; k++)
            {
                slopes[g][k] += residual * input[k];
            }

            byScore += residual * (_adversary[g][0] + (_seesLabels ? _adversary[g][label ? 1 : 2] : 0));
        }

        return byScore;
    }

    private void Move(double[] own, double[] adverse, double[][] adversarySlopes)
    {
        double length = LinearScore.Dot(adverse, adverse);
        double along = length == 0 ? 0 : LinearScore.Dot(own, adverse) / length;
        for (int j = 0; j < Predictor.Length; j++)
        {
            Predictor[j] -= _options.LearningRate * (own[j] - (along * adverse[j]) - (_options.AdversaryWeight * adverse[j]));
        }

        for (int g = 0; g < _adversary.Length; g++)
        {
            for (int k = 0; k < _adversary[g].Length; k++)
            {
                _adversary[g][k] -= _options.AdversaryLearningRate * adversarySlopes[g][k];
            }
        }
    }

    /// <summary>Adds times · (row, 1).</summary>
    private static void AddTo(double[] gradient, ReadOnlySpan<double> row, double times)
    {
        for (int j = 0; j < row.Length; j++)
        {
            gradient[j] += times * row[j];
        }

        gradient[^1] += times;
    }
}

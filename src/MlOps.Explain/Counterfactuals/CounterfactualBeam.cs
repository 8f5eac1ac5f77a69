using MlOps.Learning;

namespace MlOps.Explain.Counterfactuals;

/// <summary>One search for counterfactuals of one row.</summary>
internal sealed class CounterfactualBeam
{
    /// <summary>Rows the model is asked about at a time.</summary>
    private const int BatchRows = 4096;

    /// <summary>Values between the row's and the found one that a step of the refinement tries.</summary>
    private const int RefinedValues = 64;

    /// <summary>The share of the budget kept for the refinement.</summary>
    private const double RefinementShare = 0.2;

    /// <summary>Candidates refined for each one that is returned.</summary>
    private const int RefinedPerAnswer = 4;

    /// <summary>Rounds of refinement; each one lowers the cost.</summary>
    private const int MostRounds = 10;

    private readonly ExplainedModel _model;
    private readonly double[] _from;
    private readonly AllowedValues[] _values;
    private readonly CounterfactualTarget _target;
    private readonly CounterfactualOptions _options;
    private readonly IProgress<double>? _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly CounterfactualState _start;

    internal CounterfactualBeam(
        ExplainedModel model, double[] from, double prediction, AllowedValues[] values, CounterfactualTarget target, CounterfactualOptions options, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        (_model, _from, _values, _target, _options, _progress, _cancellationToken) = (model, from, values, target, options, progress, cancellationToken);
        _start = new CounterfactualState(from, 0, 0, prediction);
        IsExhaustive = values.All(value => value.Tried.Length == value.All.Length);
    }

    internal int Evaluations { get; private set; } = 1; // the row itself

    internal bool IsExhaustive { get; private set; }

    /// <summary>Gets the change nearest to the target; null if none is nearer than the row.</summary>
    internal CounterfactualState? Closest { get; private set; }

    internal CounterfactualState[] Run()
    {
        var valid = new List<CounterfactualState>();
        List<CounterfactualState> beam = [_start];
        var seen = new HashSet<string>();
        int budget = _options.MaxEvaluations - (int)(RefinementShare * _options.MaxEvaluations);
        int levels = Math.Min(_options.MaxChanges, _values.Count(value => value.Tried.Length > 0));
        for (int level = 0; level < levels && beam.Count > 0; level++)
        {
            int allowance = Math.Max(0, budget - Evaluations) / (levels - level);
            List<CounterfactualState> next = Asked(Expanded(beam, allowance, seen));
            valid.AddRange(next.Where(state => _target.Contains(state.Prediction)));
            beam = Ranked(next);
        }

        return Diverse(Refined(valid));
    }

    private double Cost(CounterfactualState state) => state.Distance + (_options.ChangeCost * state.Count);

    /// <summary>All states with one more change, from the first states of the beam on, as many as the allowance has.</summary>
    private List<CounterfactualState> Expanded(List<CounterfactualState> beam, int allowance, HashSet<string> seen)
    {
        var next = new List<CounterfactualState>();
        foreach (CounterfactualState state in beam)
        {
            for (int j = 0; j < _from.Length; j++)
            {
                foreach (double value in state.Changes(_from, j) ? [] : _values[j].Tried)
                {
                    if (next.Count >= allowance)
                    {
                        IsExhaustive = false;
                        return next;
                    }

                    CounterfactualState changed = With(state, j, value);
                    if (seen.Add(changed.Key()))
                    {
                        next.Add(changed);
                    }
                }
            }
        }

        return next;
    }

    private CounterfactualState With(CounterfactualState state, int feature, double value)
    {
        double[] row = [.. state.Row];
        row[feature] = value;
        return Measured(row);
    }

    private CounterfactualState Measured(double[] row)
    {
        double distance = 0;
        int count = 0;
        for (int j = 0; j < row.Length; j++)
        {
            if (!row[j].Equals(_from[j]))
            {
                distance += _values[j].Cost(row[j]);
                count++;
            }
        }

        return new CounterfactualState(row, distance, count, double.NaN);
    }

    private List<CounterfactualState> Asked(List<CounterfactualState> states)
    {
        var asked = new List<CounterfactualState>(states.Count);
        for (int start = 0; start < states.Count; start += BatchRows)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(BatchRows, states.Count - start);
            var values = new double[count * _from.Length];
            for (int i = 0; i < count; i++)
            {
                states[start + i].Row.CopyTo(values, i * _from.Length);
            }

            double[] predictions = _model.Predict(new Matrix(count, _from.Length, values, _model.FeatureNames));
            for (int i = 0; i < count; i++)
            {
                asked.Add(states[start + i] with { Prediction = predictions[i] });
            }

            Evaluations += count;
            _progress?.Report(Math.Min(1, (double)Evaluations / _options.MaxEvaluations));
        }

        return asked;
    }

    /// <summary>The states that do not reach the target, in turn the nearest to it and the one that gained most for its cost.</summary>
    private List<CounterfactualState> Ranked(List<CounterfactualState> states)
    {
        CounterfactualState[] open = [.. states.Where(state => !_target.Contains(state.Prediction))];
        double before = _target.Gap(_start.Prediction);
        CounterfactualState[] nearest = [.. open.OrderBy(state => _target.Gap(state.Prediction)).ThenBy(Cost)];
        CounterfactualState[] best = [.. open.OrderByDescending(state => (before - _target.Gap(state.Prediction)) / Math.Max(Cost(state), double.Epsilon))];
        Note(nearest);
        return [.. nearest.Zip(best, (a, b) => new[] { a, b }).SelectMany(pair => pair).Distinct()];
    }

    private void Note(IReadOnlyList<CounterfactualState> nearestFirst)
    {
        if (nearestFirst.Count > 0 && _target.Gap(nearestFirst[0].Prediction) < _target.Gap((Closest ?? _start).Prediction))
        {
            Closest = nearestFirst[0];
        }
    }

    /// <summary>The cheapest of each set of features, made cheaper.</summary>
    private List<CounterfactualState> Refined(List<CounterfactualState> valid)
    {
        CounterfactualState[] chosen = [.. valid.OrderBy(Cost).GroupBy(SetAndTexts).Select(group => group.First()).Take(RefinedPerAnswer * _options.Count)];
        return [.. chosen.Select(Refined).OrderBy(Cost)];
    }

    private CounterfactualState Refined(CounterfactualState state)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            var cheaper = new List<CounterfactualState>();
            for (int j = 0; j < _from.Length; j++)
            {
                if (state.Changes(_from, j))
                {
                    cheaper.Add(With(state, j, _from[j]));
                    cheaper.AddRange(_values[j].Cheaper(state.Row[j], RefinedValues).Select(value => With(state, j, value)));
                }
            }

            cheaper.RemoveAll(next => next.Count == 0);
            if (cheaper.Count > _options.MaxEvaluations - Evaluations)
            {
                break;
            }

            CounterfactualState? best = Asked(cheaper).Where(next => _target.Contains(next.Prediction)).OrderBy(Cost).FirstOrDefault();
            if (best is null || Cost(best) >= Cost(state))
            {
                break;
            }

            state = best;
        }

        return state;
    }

    /// <summary>The cheapest first, then those that change other features or to another text.</summary>
    private CounterfactualState[] Diverse(List<CounterfactualState> refined)
    {
        var chosen = new List<CounterfactualState>();
        foreach (CounterfactualState state in refined)
        {
            if (chosen.Count < _options.Count && !chosen.Exists(other => SetAndTexts(other) == SetAndTexts(state)))
            {
                chosen.Add(state);
            }
        }

        return [.. chosen];
    }

    /// <summary>Which features change, and for texts to which.</summary>
    private string SetAndTexts(CounterfactualState state) => string.Join(
        ',', Enumerable.Range(0, _from.Length).Where(j => state.Changes(_from, j)).Select(j => _model.IsText(j) ? $"{j}={state.Row[j]}" : $"{j}"));
}

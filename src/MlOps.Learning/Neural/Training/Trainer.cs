using System.Diagnostics;
using System.Numerics.Tensors;

namespace MlOps.Learning.Neural;

/// <summary>Trains networks: batches in random order, gradients backwards through the layers, steps of an optimiser.</summary>
/// <param name="loss">What is to be made small.</param>
/// <param name="optimizer">How gradients become steps; Adam when null.</param>
/// <param name="options">How often and in which portions; <see cref="TrainingOptions"/> as they are when null.</param>
/// <remarks>
/// Deterministic: equal seeds give equal weights for every number of threads, and for vectors of 128, 256 and 512 bits.
/// <example><code>
/// TrainingResult result = new Trainer(new CrossEntropy(), new Adam(0.001), new TrainingOptions { Epochs = 5 }).Fit(network, new TrainingData(images, labels));
/// </code></example>
/// </remarks>
public sealed class Trainer(Loss loss, Optimizer? optimizer = null, TrainingOptions? options = null)
{
    private const string Advice = "Lower the learning rate, clip the gradient (ClipNorm) or bring the inputs to a similar scale.";

    private readonly Loss _loss = loss ?? throw new ArgumentNullException(nameof(loss));
    private readonly Optimizer _optimizer = optimizer ?? new Adam();
    private readonly TrainingOptions _options = options ?? new TrainingOptions();

    /// <summary>Trains a network. The one that is given stays as it is; frozen layers keep their values.</summary>
    /// <param name="network">Where to begin.</param>
    /// <param name="training">The samples.</param>
    /// <param name="validation">Samples that are judged after every epoch and never learned from.</param>
    /// <param name="progress">Told about each epoch when it is finished.</param>
    /// <param name="cancellationToken">Stops between two steps.</param>
    /// <exception cref="ArgumentException">Shapes or lengths do not fit, a value is not finite, all layers are frozen, early stopping has no validation data, or a mask has no parameter of its name and length.</exception>
    /// <exception cref="DivergenceException">The loss or the weights left the finite numbers.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public TrainingResult Fit(Network network, TrainingData training, TrainingData? validation = null, IProgress<EpochRecord>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(training);
        training.Check(network, _loss);
        validation?.Check(network, _loss);
        if (_options.EarlyStopping is not null && validation is null)
        {
            throw new ArgumentException("To stop early, validation data are needed.", nameof(validation));
        }

        if (network.TrainableParameterCount == 0)
        {
            throw new ArgumentException("No layer has parameters that training may change: there are none, or all are frozen.", nameof(network));
        }

        using FitNotice notice = FitNotice.Begin(this, training.X.Count, network.InputShape.Size, () =>
        [
            ("loss", _loss.GetType().Name), ("optimizer", _optimizer.GetType().Name), ("learningRate", _optimizer.LearningRate), ("weightDecay", _optimizer.WeightDecay),
            ("schedule", _options.Schedule.GetType().Name), ("epochs", _options.Epochs), ("batchSize", _options.BatchSize), ("clipNorm", _options.ClipNorm),
            ("patience", _options.EarlyStopping?.Patience), ("seed", _options.Seed), ("parameters", network.TrainableParameterCount),
        ]);
        return notice.Fitted(new Session(this, network, training, validation).Run(notice, progress, cancellationToken));
    }

    /// <summary>One training: the weights as they change, and all that is kept from step to step.</summary>
    private sealed class Session
    {
        private readonly Loss _loss;
        private readonly Optimizer _optimizer;
        private readonly TrainingOptions _options;
        private readonly Network _network;
        private readonly TrainingData _training;
        private readonly TrainingData? _validation;
        private readonly Threads _threads;
        private readonly GradientComputation _computation;
        private readonly float[] _values;
        private readonly float[] _gradient;
        private readonly float[]? _mask; // 1 learns, 0 stays 0; null where all learn
        private readonly (int Offset, int Length, OptimizerState State)[] _trainable;
        private readonly int[] _order;
        private readonly List<EpochRecord> _epochs = [];
        private readonly List<double> _judged = [];
        private int _step;
        private double _rate;

        internal Session(Trainer trainer, Network network, TrainingData training, TrainingData? validation)
        {
            (_loss, _optimizer, _options) = (trainer._loss, trainer._optimizer, trainer._options);
            (_network, _training, _validation) = (network, training, validation);
            _threads = new Threads(_options.MaxDegreeOfParallelism);
            _computation = new GradientComputation(network, _loss, _options.Workers, Math.Min(_options.BatchSize, training.X.Count), _threads);
            _values = network.Values.ToArray();
            _gradient = new float[_values.Length];
            _mask = _options.Masks is { Count: > 0 } masks ? MaskOf(network, masks) : null;
            if (_mask is not null)
            {
                TensorPrimitives.Multiply(_values, _mask, _values);
            }

            _order = [.. Enumerable.Range(0, training.X.Count)];
            _trainable = [.. Ranges(network).Select(range => (range.Offset, range.Length, _optimizer.Begin(range.Length)))];
        }

        internal TrainingResult Run(FitNotice notice, IProgress<EpochRecord>? progress, CancellationToken cancellationToken)
        {
            float[] best = _values;
            double bestLoss = double.PositiveInfinity;
            int since = 0;
            bool stopped = false;
            for (int epoch = 0; epoch < _options.Epochs && !stopped; epoch++)
            {
                EpochRecord record = Epoch(epoch, cancellationToken);
                _epochs.Add(record);
                _judged.Add(record.Judged);
                progress?.Report(record);
                notice.Epoch(record.Epoch, ("loss", record.Loss), ("accuracy", record.Accuracy), ("val_loss", record.ValidationLoss), ("val_accuracy", record.ValidationAccuracy), ("learning_rate", record.LearningRate));
                if (_options.EarlyStopping is { } stopping)
                {
                    if (record.Judged < bestLoss - stopping.MinimumGain)
                    {
                        (best, bestLoss, since) = ((float[])_values.Clone(), record.Judged, 0);
                    }
                    else
                    {
                        since++;
                        stopped = since >= stopping.Patience && epoch + 1 < _options.Epochs;
                    }
                }
            }

            return new TrainingResult(_network.With(best, _loss.Activation), new TrainingHistory(_epochs, stopped));
        }

        private EpochRecord Epoch(int epoch, CancellationToken cancellationToken)
        {
            long start = Stopwatch.GetTimestamp();
            Seeds.Generator(_options.Seed, epoch).Shuffle(_order);
            var sum = new BatchLoss(0, 0, 0);
            int stepsPerEpoch = (_order.Length + _options.BatchSize - 1) / _options.BatchSize;
            for (int from = 0; from < _order.Length; from += _options.BatchSize)
            {
                cancellationToken.ThrowIfCancellationRequested();
                sum = sum.Plus(Step(_order.AsSpan(from, Math.Min(_options.BatchSize, _order.Length - from)), new SchedulePosition(epoch, _step, _options.Epochs, stepsPerEpoch, _judged)));
            }

            if (!TensorPrimitives.IsFiniteAll<float>(_values))
            {
                throw new DivergenceException("network", _step, double.NaN, Advice);
            }

            BatchLoss? validation = _validation is null ? null : Judge(_validation, cancellationToken);
            return new EpochRecord(
                epoch + 1,
                _options.Epochs,
                _rate,
                sum.Mean,
                Share(sum, _training),
                validation?.Mean,
                validation is { } judged ? Share(judged, _validation!) : null,
                Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        private BatchLoss Step(ReadOnlySpan<int> samples, SchedulePosition position)
        {
            BatchLoss loss = _computation.Compute(_training, samples, _values, _gradient, RandomBits.At((uint)_options.Seed, (ulong)_step));
            _step++;
            if (!double.IsFinite(loss.Mean))
            {
                throw new DivergenceException("network", _step, loss.Mean, Advice);
            }

            if (_mask is not null)
            {
                TensorPrimitives.Multiply(_gradient, _mask, _gradient);
            }

            if (_options.ClipNorm is { } limit)
            {
                Clip(limit);
            }

            _rate = _options.Schedule.Rate(_optimizer.LearningRate, position);
            foreach ((int offset, int length, OptimizerState state) in _trainable)
            {
                state.Step(_values.AsMemory(offset, length), _gradient.AsMemory(offset, length), _rate, _threads);
            }

            return loss;
        }

        private void Clip(double limit)
        {
            double norm = Math.Sqrt(Sums.OfSquares(_gradient));
            double factor = limit / (norm + 1e-6); // as PyTorch's clip_grad_norm_
            if (factor < 1)
            {
                TensorPrimitives.Multiply(_gradient, (float)factor, _gradient);
            }
        }

        private BatchLoss Judge(TrainingData data, CancellationToken cancellationToken)
        {
            const int Portion = 256;
            int capacity = Math.Min(Portion, data.X.Count);
            var run = new NetworkRun(_network.Layers, capacity, _threads, wayBack: false);
            var batch = new Batch(capacity, data.X.Shape.Size, data.Targets.Shape.Size);
            var sum = new BatchLoss(0, 0, 0);
            for (int from = 0; from < data.X.Count; from += Portion)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(Portion, data.X.Count - from);
                batch.Fill(data, [.. Enumerable.Range(from, count)]);
                ReadOnlyMemory<float> outputs = run.Forward(batch.X(0, count), count, _values, LayerPass.Prediction);
                sum = sum.Plus(BatchLoss.Of(_loss, outputs.Span, batch, 0, count, default));
            }

            return sum;
        }

        private static float[] MaskOf(Network network, IReadOnlyDictionary<string, bool[]> masks)
        {
            var all = new float[network.Values.Length];
            all.AsSpan().Fill(1);
            foreach ((string name, bool[] own) in masks)
            {
                Parameter parameter = network.Parameters.FirstOrDefault(one => one.Name == name)
                    ?? throw new ArgumentException($"There is no parameter '{name}' to mask. There are: {string.Join(", ", network.Parameters.Select(one => one.Name))}.", nameof(network));
                if (own.Length != parameter.Values.Length)
                {
                    throw new ArgumentException($"The mask of '{name}' needs {parameter.Values.Length} values; got {own.Length}.", nameof(network));
                }

                for (int i = 0; i < own.Length; i++)
                {
                    all[parameter.Offset + i] = own[i] ? 1 : 0;
                }
            }

            return all;
        }

        private static double? Share(BatchLoss loss, TrainingData data) => loss.Correct < 0 ? null : (double)loss.Correct / data.X.Count;

        /// <summary>The stretches of values that training changes; neighbours are joined.</summary>
        private static List<(int Offset, int Length)> Ranges(Network network)
        {
            var ranges = new List<(int Offset, int Length)>();
            foreach (Parameter parameter in network.Layers.Where(layer => !layer.IsFrozen).SelectMany(layer => layer.Parameters).Where(parameter => !parameter.IsStatistic))
            {
                if (ranges.Count > 0 && ranges[^1].Offset + ranges[^1].Length == parameter.Offset)
                {
                    ranges[^1] = (ranges[^1].Offset, ranges[^1].Length + parameter.Values.Length);
                }
                else
                {
                    ranges.Add((parameter.Offset, parameter.Values.Length));
                }
            }

            return ranges;
        }
    }
}

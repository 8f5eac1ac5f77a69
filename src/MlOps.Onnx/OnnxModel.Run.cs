using Microsoft.ML.OnnxRuntime;
using MlOps.Data;
using MlOps.Learning;
using MlOps.Onnx.Running;

namespace MlOps.Onnx;

public sealed partial class OnnxModel
{
    /// <summary>Predicts every row of a table.</summary>
    /// <param name="table">
    /// A model with one matrix as its input takes the columns that its metadata (or <see cref="OnnxModelOptions.Features"/>) name; if nobody names them, all columns in
    /// order, as many as it asks for. A model with one input a column takes columns by the names of its inputs. Other columns are ignored. A missing number is fed
    /// as NaN, a missing text as the empty one.
    /// </param>
    /// <exception cref="ArgumentException">A column is missing or holds another type, or a value does not fit into the input; the message names it.</exception>
    /// <exception cref="OnnxException">The model gives neither classes nor one number a row, or fails on the rows.</exception>
    public Predictions Predict(Table table) => Predict(table, null);

    /// <inheritdoc cref="Predict(Table)"/>
    /// <param name="table">See there.</param>
    /// <param name="progress">Told the share that is done, in [0, 1], after each block of <see cref="OnnxModelOptions.RowsPerBlock"/> rows.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    public Predictions Predict(Table table, IProgress<double>? progress, CancellationToken cancellationToken = default) => Predict(_inputs.Of(table), progress, cancellationToken);

    /// <summary>Predicts every row of a matrix, whose columns go in as they are.</summary>
    /// <exception cref="ArgumentException">The model takes another number of columns, or has more than one input.</exception>
    /// <exception cref="OnnxException">The model gives neither classes nor one number a row, or fails on the rows.</exception>
    public Predictions Predict(Matrix x) => Predict(_inputs.Of(x), null, default);

    /// <summary>Feeds the rows to the model's only input and returns one of its outputs, n rows × k columns of numbers.</summary>
    /// <param name="x">n rows, each laid out as the input asks: an image of 28 × 28 points is a row of 784 columns.</param>
    /// <param name="output">Name of an output.</param>
    /// <exception cref="ArgumentException">There is no such output, or the model takes another number of columns.</exception>
    /// <exception cref="OnnxException">The output is not made of numbers, or the model fails on the rows.</exception>
    public Matrix Run(Matrix x, string output) => Run(_inputs.Of(x), output);

    /// <summary>Feeds columns of a table, as <see cref="Predict(Table)"/> does, and returns one of the model's outputs, n rows × k columns of numbers.</summary>
    /// <param name="table">As for <see cref="Predict(Table)"/>.</param>
    /// <param name="output">Name of an output.</param>
    /// <exception cref="ArgumentException">There is no such output; a column is missing or holds another type, or a value does not fit into the input.</exception>
    /// <exception cref="OnnxException">The output is not made of numbers, or the model fails on the rows.</exception>
    public Matrix Run(Table table, string output) => Run(_inputs.Of(table), output);

    /// <summary>Feeds the rows to the model's only input and returns its output <c>label</c>.</summary>
    /// <exception cref="ArgumentException">The model has no such output, or takes another number of columns.</exception>
    public string[] Labels(Matrix x)
    {
        Feed feed = _inputs.Of(x);
        string label = Known("label").Name;
        var labels = new string[feed.RowCount];
        Run(feed, [label], (block, values) => OutputValues.Names(values[0], label).AsSpan(0, block.Count).CopyTo(labels.AsSpan(block.Start)));
        return labels;
    }

    /// <summary>Runs the model once on tensors of any type.</summary>
    /// <param name="inputs">A tensor for every input, by name.</param>
    /// <param name="outputs">Names of the outputs wanted; all without a name.</param>
    /// <returns>The outputs by name.</returns>
    /// <exception cref="ArgumentException">An input is missing or unknown, or there is no such output.</exception>
    /// <exception cref="OnnxException">A tensor has another type or shape than the model takes, or the model fails on it.</exception>
    public IReadOnlyDictionary<string, OnnxTensor> Run(IReadOnlyDictionary<string, OnnxTensor> inputs, params IEnumerable<string> outputs) => RunOnce(inputs, outputs, OutputValues.ToTensor);

    /// <summary>Runs the model once and says which types and dimensions the outputs have; their values are not copied, so that large ones cost nothing.</summary>
    /// <param name="inputs">A tensor for every input, by name.</param>
    /// <param name="outputs">Names of the outputs wanted; all without a name.</param>
    /// <returns>The outputs by name; one that is no tensor has an unknown type.</returns>
    /// <exception cref="ArgumentException">An input is missing or unknown, or there is no such output.</exception>
    /// <exception cref="OnnxException">A tensor has another type or shape than the model takes, or the model fails on it.</exception>
    public IReadOnlyDictionary<string, OnnxValue> RunForShapes(IReadOnlyDictionary<string, OnnxTensor> inputs, params IEnumerable<string> outputs) => RunOnce(inputs, outputs, OutputValues.ToPort);

    private Dictionary<string, T> RunOnce<T>(IReadOnlyDictionary<string, OnnxTensor> inputs, IEnumerable<string> outputs, Func<OrtValue, string, T> read)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        string[] wanted = [.. outputs.Select(name => Known(name).Name)];
        wanted = wanted.Length > 0 ? wanted : [.. _session.OutputNames];
        CheckNames(inputs);
        return Native.Call(_subject, () =>
        {
            OrtValue[] values = [.. _session.InputNames.Select(name => OutputValues.FromTensor(inputs[name]))];
            try
            {
                using var options = new RunOptions();
                using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, _session.InputNames, values, wanted);
                return wanted.Zip(results).ToDictionary(pair => pair.First, pair => read(pair.Second, pair.First));
            }
            finally
            {
                Array.ForEach(values, value => value.Dispose());
            }
        });
    }

    /// <summary>Puts inputs into ONNX Runtime's memory, to run the model on them many times without copying. Runs it once.</summary>
    /// <param name="inputs">A tensor for every input, by name.</param>
    /// <returns>The run; dispose of it before the model.</returns>
    /// <exception cref="ArgumentException">An input is missing or unknown.</exception>
    /// <exception cref="OnnxException">A tensor has another type or shape than the model takes, or the model fails on it.</exception>
    public BoundRun Bind(IReadOnlyDictionary<string, OnnxTensor> inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        CheckNames(inputs);
        return Native.Call(_subject, () => new BoundRun(_subject, _session, inputs));
    }

    /// <summary>The tensors that <see cref="Run(Matrix, string)"/> would feed, block by block.</summary>
    /// <param name="x">n rows, each laid out as the only input asks.</param>
    /// <param name="rowsPerBlock">Rows of a block, ≥ 1; a model of a fixed batch has its own number, and the last row fills up its last block.</param>
    /// <exception cref="ArgumentException">The model takes another number of columns, or has more than one input.</exception>
    public IReadOnlyList<IReadOnlyDictionary<string, OnnxTensor>> Feeds(Matrix x, int rowsPerBlock) => Feeds(_inputs.Of(x), rowsPerBlock);

    /// <summary>The tensors that <see cref="Predict(Table)"/> would feed, block by block.</summary>
    /// <param name="table">As for <see cref="Predict(Table)"/>.</param>
    /// <param name="rowsPerBlock">Rows of a block, ≥ 1; a model of a fixed batch has its own number, and the last row fills up its last block.</param>
    /// <exception cref="ArgumentException">A column is missing or holds another type, or a value does not fit into the input; the message names it.</exception>
    public IReadOnlyList<IReadOnlyDictionary<string, OnnxTensor>> Feeds(Table table, int rowsPerBlock) => Feeds(_inputs.Of(table), rowsPerBlock);

    private List<IReadOnlyDictionary<string, OnnxTensor>> Feeds(Feed feed, int rowsPerBlock)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowsPerBlock, 1);
        int size = _inputs.FixedBatch > 0 ? _inputs.FixedBatch : rowsPerBlock;
        var feeds = new List<IReadOnlyDictionary<string, OnnxTensor>>();
        for (int start = 0; start < feed.RowCount; start += size)
        {
            int count = Math.Min(size, feed.RowCount - start);
            OrtValue[] values = feed.Tensors(new RowBlock(start, count, _inputs.FixedBatch > 0 ? size : count));
            try
            {
                feeds.Add(feed.Names.Zip(values).ToDictionary(pair => pair.First, pair => OutputValues.ToTensor(pair.Second, pair.First)));
            }
            finally
            {
                Array.ForEach(values, value => value.Dispose());
            }
        }

        return feeds;
    }

    private Matrix Run(Feed feed, string output)
    {
        OnnxValue asked = Known(output);
        double[]? all = null;
        int width = asked.Dims is { Count: > 1 } dims && dims.Skip(1).All(dim => dim > 0) ? (int)dims.Skip(1).Aggregate(1L, (product, dim) => product * dim) : 1;
        Run(feed, [output], (block, values) =>
        {
            double[] numbers = OutputValues.Numbers(values[0], output);
            width = numbers.Length / block.Size;
            all ??= new double[checked(feed.RowCount * width)];
            numbers.AsSpan(0, block.Count * width).CopyTo(all.AsSpan(block.Start * width));
        });
        return new Matrix(feed.RowCount, width, all ?? []);
    }

    private Predictions Predict(Feed feed, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (!_roles.Classify && _roles.Number is null)
        {
            throw new OnnxException($"{_subject} gives {string.Join(", ", Outputs.Select(output => $"{output.Name}: {output.Describe()}"))}: neither classes nor one number a row. Run gives its outputs as they are.");
        }

        var reader = new PredictionReader(_roles, _classes, feed.RowCount);
        Run(feed, reader.Outputs, reader.Read, progress, cancellationToken);
        return reader.Result();
    }

    private void Run(Feed feed, string[] outputs, Action<RowBlock, IReadOnlyList<OrtValue>> read, IProgress<double>? progress = null, CancellationToken cancellationToken = default)
    {
        int size = _inputs.FixedBatch > 0 ? _inputs.FixedBatch : _options.RowsPerBlock;
        using var options = new RunOptions();
        for (int start = 0; start < feed.RowCount; start += size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(size, feed.RowCount - start);
            var block = new RowBlock(start, count, _inputs.FixedBatch > 0 ? size : count);
            Native.Call(_subject, () =>
            {
                OrtValue[] tensors = feed.Tensors(block);
                try
                {
                    using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, feed.Names, tensors, outputs);
                    read(block, results);
                }
                finally
                {
                    Array.ForEach(tensors, tensor => tensor.Dispose());
                }

                return true;
            });
            progress?.Report((double)(start + count) / feed.RowCount);
        }
    }

    private void CheckNames(IReadOnlyDictionary<string, OnnxTensor> inputs)
    {
        if (!inputs.Keys.Order(StringComparer.Ordinal).SequenceEqual(_session.InputNames.Order(StringComparer.Ordinal)))
        {
            throw new ArgumentException($"The model takes {string.Join(", ", Inputs.Select(input => $"{input.Name}: {input.Describe()}"))}; given are {string.Join(", ", inputs.Keys)}.", nameof(inputs));
        }
    }

    private OnnxValue Known(string output) =>
        Outputs.FirstOrDefault(value => value.Name == output)
        ?? throw new ArgumentException($"The model has no output '{output}'. There are: {string.Join(", ", Outputs.Select(value => value.Name))}.", nameof(output));
}

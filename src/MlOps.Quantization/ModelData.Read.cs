using System.Globalization;
using MlOps.Data;
using MlOps.Data.Images;
using MlOps.Onnx;
using MlOps.Quantization.Reading;

namespace MlOps.Quantization;

public sealed partial record ModelData
{
    /// <summary>Reads rows from a file or folder.</summary>
    /// <remarks>
    /// <list type="table">
    /// <item><term><c>.csv</c></term><description>A table: columns go where <see cref="OnnxModel.Predict(Table)"/> puts them; <see cref="ModelDataOptions.Label"/> is kept out, and rows without a label are left out.</description></item>
    /// <item><term>folder of <c>.png</c></term><description>Pictures of the size that the model's only input, N × channels × height × width, takes, in ordinal order; names of sub-folders are labels. Grey and colour become each other, opacity is dropped.</description></item>
    /// <item><term><c>.npy</c></term><description>One array, n × …, for the only input. <c>.npz</c>: an array named after each input; one that is called otherwise does for an only input.</description></item>
    /// <item><term><c>.idx</c></term><description>Bytes, n × height × width or n × channels × height × width, for the only input.</description></item>
    /// <item><term>folder with <c>input_0.pb</c></term><description>ONNX test data, here or in sub-folders: a tensor for each input; each folder is a batch.</description></item>
    /// <item><term><c>.pb</c></term><description>One ONNX tensor for the only input.</description></item>
    /// </list>
    /// </remarks>
    /// <param name="model">The model that will read them.</param>
    /// <param name="path">File or folder.</param>
    /// <param name="options">Labels, scale, batch; the defaults when null.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="FileNotFoundException">There is no such file or folder.</exception>
    /// <exception cref="CsvException">The CSV file is damaged.</exception>
    /// <exception cref="InvalidDataException">Another file is damaged, cut off or of a kind that is not read, there is no row in it, or no such label; the message names it.</exception>
    /// <exception cref="ArgumentException">What was read does not fit into the model's inputs.</exception>
    /// <exception cref="OnnxException">ONNX Runtime does not load the model.</exception>
    public static ModelData Read(OnnxFile model, string path, ModelDataOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        options ??= new ModelDataOptions();
        options.Check();
        ModelData data = Directory.Exists(path) ? ReadFolder(model, path, options, cancellationToken)
            : File.Exists(path) ? ReadFile(model, path, options, cancellationToken)
            : throw new FileNotFoundException($"There is no file or folder {path}.", path);
        return data.RowCount > 0 ? data : throw new InvalidDataException($"{path} holds no rows.");
    }

    private static ModelData ReadFolder(OnnxFile model, string path, ModelDataOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<OnnxValue> inputs = model.Graph.FedInputs();
        if (TestDataFolder.Is(path))
        {
            (List<IReadOnlyDictionary<string, OnnxTensor>> batches, int rows) = TestDataFolder.Read(path, inputs, cancellationToken);
            return new ModelData(batches, rows);
        }

        (NumberArray pictures, string[]? labels) = ImageFolder.Read(path, inputs, cancellationToken);
        return OfArrays(inputs, [pictures], labels, options, ImageFolder.ByteToShare, cancellationToken);
    }

    private static ModelData ReadFile(OnnxFile model, string path, ModelDataOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<OnnxValue> inputs = model.Graph.FedInputs();
        switch (Path.GetExtension(path).ToLowerInvariant())
        {
            case ".csv":
                return ReadTable(model, path, options, cancellationToken);
            case ".npy":
                return OfArrays(Only(inputs, path), [NumpyFile.Read(path)], LabelFile(options), options, 1, cancellationToken);
            case ".npz":
                IReadOnlyDictionary<string, NumberArray> arrays = NumpyFile.ReadAll(path);
                string[]? labels = options.Label is { } label ? Texts(Named(arrays, label, path)) : null;
                return OfArrays(inputs, [.. inputs.Select(input => inputs.Count == 1 && arrays.Count(array => array.Key != options.Label) == 1 ? arrays.First(array => array.Key != options.Label).Value : Named(arrays, input.Name, path))], labels, options, 1, cancellationToken);
            case ".idx" or ".gz":
                return OfArrays(Only(inputs, path), [Bytes(path)], LabelFile(options), options, ImageFolder.ByteToShare, cancellationToken);
            case ".pb":
                OnnxTensor tensor = TestDataFolder.ReadTensor(path, Only(inputs, path)[0].Name);
                return new ModelData([new Dictionary<string, OnnxTensor> { [tensor.Name] = tensor }], tensor.Dims.Count == 0 ? 1 : (int)tensor.Dims[0]);
            case var other:
                throw new InvalidDataException($"{path}: files of the kind '{other}' are not read. Rows come as .csv, .npy, .npz, .idx or .pb, or as a folder of PNG pictures or ONNX test data.");
        }
    }

    private static ModelData ReadTable(OnnxFile model, string path, ModelDataOptions options, CancellationToken cancellationToken)
    {
        using var session = OnnxModel.Open(model, new OnnxModelOptions { Features = options.Columns });
        Table table = session.ReadCsv(path, options.Label, cancellationToken);
        if (options.Label is not { } label)
        {
            return Fed(session, table, null, options);
        }

        if (!table.HasColumn(label))
        {
            throw new InvalidDataException($"{path} has no column '{label}'; it has {string.Join(", ", table.Columns.Select(column => column.Name).Take(20))}.");
        }

        Table rows = table.DropMissing(label);
        return Fed(session, session.Columns.Count > 0 ? rows : rows.Drop(label), Texts(rows, label), options);
    }

    private static ModelData Fed(OnnxModel session, Table table, string[]? labels, ModelDataOptions options) =>
        new(session.Feeds(table, options.RowsPerBatch), table.RowCount, labels) { BatchIsFixed = FixedBatch.Of(session.Inputs) > 0 };

    private static ModelData OfArrays(IReadOnlyList<OnnxValue> inputs, IReadOnlyList<NumberArray> arrays, string[]? labels, ModelDataOptions options, double scale, CancellationToken cancellationToken)
    {
        (List<IReadOnlyDictionary<string, OnnxTensor>> batches, int rows) = ArrayData.Of(inputs, arrays, options, scale, cancellationToken);
        return labels is null || labels.Length == rows
            ? new ModelData(batches, rows, labels) { BatchIsFixed = FixedBatch.Of(inputs) > 0 }
            : throw new InvalidDataException($"{arrays[0].Name} has {rows} rows; there are {labels.Length} labels.");
    }

    private static IReadOnlyList<OnnxValue> Only(IReadOnlyList<OnnxValue> inputs, string path) =>
        inputs.Count == 1 ? inputs : throw new ArgumentException($"{path} holds one array; the model has {inputs.Count} inputs ({string.Join(", ", inputs.Select(input => input.Name))}). Give an .npz file with an array for each.");

    private static NumberArray Named(IReadOnlyDictionary<string, NumberArray> arrays, string name, string path) =>
        arrays.TryGetValue(name, out NumberArray? array) ? array : throw new InvalidDataException($"{path} has no array '{name}'; it has {(arrays.Count == 0 ? "none" : string.Join(", ", arrays.Keys.Order(StringComparer.Ordinal)))}.");

    private static NumberArray Bytes(string path)
    {
        IdxArray array = IdxFile.Read(path);
        long[] dims = [.. array.Dimensions.Select(size => (long)size)];
        return new NumberArray(path, "u1", dims.Length == 3 ? [dims[0], 1, dims[1], dims[2]] : dims, array.Values);
    }

    private static string[]? LabelFile(ModelDataOptions options) =>
        options.Label is not { } path ? null : Texts(Path.GetExtension(path).Equals(".npy", StringComparison.OrdinalIgnoreCase) ? NumpyFile.Read(path) : Bytes(path));

    private static string[] Texts(Table rows, string label)
    {
        if (rows[label] is Column<double> numbers)
        {
            return [.. numbers.Values.ToArray().Select(number => number.ToString("R", CultureInfo.InvariantCulture))]; // 1.0 is the class 1
        }

        var truth = MlOps.Learning.Labels.Of(rows[label]);
        return [.. Enumerable.Range(0, truth.Count).Select(row => truth[row])];
    }

    private static string[] Texts(NumberArray array)
    {
        var labels = new string[array.Width == 1 ? array.RowCount : throw new InvalidDataException($"{array.Name} has rows of {array.Width} numbers; a label is one.")];
        double[] number = new double[1];
        for (int i = 0; i < labels.Length; i++)
        {
            array.Row(i, number);
            labels[i] = number[0].ToString("R", CultureInfo.InvariantCulture);
        }

        return labels;
    }
}

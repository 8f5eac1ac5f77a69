using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using MlOps.Learning;
using MlOps.Onnx.Checking;
using MlOps.Onnx.Running;

namespace MlOps.Onnx;

/// <summary>A model that ONNX Runtime runs. Threads may share it.</summary>
/// <remarks>
/// <see cref="Predict(Data.Table, IProgress{double}?, CancellationToken)"/> takes a table as it was read; <see cref="Run(Matrix, string)"/> a matrix and one of the outputs;
/// <see cref="Run(IReadOnlyDictionary{string, OnnxTensor}, IEnumerable{string})"/> tensors of any type and shape.
/// </remarks>
public sealed partial class OnnxModel : ITableModel, IDisposable
{
    private readonly string _subject;
    private readonly OnnxModelOptions _options;
    private readonly InferenceSession _session;
    private readonly TableInputs _inputs;
    private readonly OutputRoles _roles;
    private readonly IReadOnlyList<string> _classes;

    private OnnxModel(string subject, SessionStart start, OnnxModelOptions options, Func<OnnxFile> file)
    {
        (_subject, _options, _session) = (subject, options, start.Session);
        (Provider, Notice) = (start.Provider, start.Notice);
        Inputs = Ports.Of(_session.InputNames, _session.InputMetadata);
        Outputs = Ports.Of(_session.OutputNames, _session.OutputMetadata);
        Metadata = new SortedDictionary<string, string>(_session.ModelMetadata.CustomMetadataMap, StringComparer.Ordinal);
        Facts = ModelFacts.Of(Metadata);
        _inputs = new TableInputs(Inputs, options.Features ?? (Facts.Columns.Count > 0 ? [] : Facts.Features));
        IReadOnlyList<string> named = options.Classes ?? Facts.Classes;
        _roles = OutputRoles.Of(Outputs, named.Count > 0, Facts.Outputs);
        _classes = named.Count > 0 || !_roles.Classify ? named : ForeignModel.Classes(file().Graph);
    }

    /// <summary>Gets what computes: the name of a provider as in <see cref="OnnxModelOptions.Providers"/>.</summary>
    public string Provider { get; }

    /// <summary>Gets a sentence that says why a provider that was wanted is not used; null if all is as wanted.</summary>
    public string? Notice { get; }

    /// <summary>Gets the inputs: names, types, shapes.</summary>
    public IReadOnlyList<OnnxValue> Inputs { get; }

    /// <summary>Gets the outputs: names, types, shapes.</summary>
    public IReadOnlyList<OnnxValue> Outputs { get; }

    /// <summary>Gets what the file says about itself, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Gets what the file says about itself as far as the course's tools know it.</summary>
    public ModelFacts Facts { get; }

    /// <summary>Gets the classes in the order of the columns of the scores; empty if the model does not classify or nobody names them.</summary>
    public IReadOnlyList<string> Classes => _classes;

    /// <summary>Gets the columns that <see cref="Predict(Data.Table)"/> needs and whether it takes them as text; empty if any table of the right width will do.</summary>
    public IReadOnlyList<(string Name, bool IsText)> Columns => _inputs.Columns;

    /// <summary>Loads a model's file.</summary>
    /// <param name="path">The file. Values in other files beside it are read too.</param>
    /// <param name="options">How to run it; the defaults when null.</param>
    /// <exception cref="FileNotFoundException">No such file.</exception>
    /// <exception cref="OnnxException">It is no ONNX file, is damaged, or asks for something that ONNX Runtime does not have; or there is no native library.</exception>
    public static OnnxModel Load(string path, OnnxModelOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (Directory.Exists(path))
        {
            throw new OnnxException($"{path} is a folder, not an ONNX file. Name the file in it.");
        }

        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"There is no file {path}.", path);
        }

        options ??= new OnnxModelOptions();
        OnnxFile? read = null;
        OnnxFile Read() => read ??= OnnxFile.Load(path);
        SessionStart start;
        try
        {
            start = SessionStart.Of(path, settings => new InferenceSession(path, settings), options);
        }
        catch (OnnxException e) when (e.InnerException is OnnxRuntimeException)
        {
            throw Explained(e, Read());
        }

        if (!Ports.Of(start.Session.OutputNames, start.Session.OutputMetadata).Any(ForeignModel.IsZipMap))
        {
            return new OnnxModel(path, start, options, Read);
        }

        start.Session.Dispose();
        Read().EmbedExternalData(Path.GetDirectoryName(Path.GetFullPath(path))!);
        return Open(path, Read(), options);
    }

    /// <summary>Loads a model that is in memory.</summary>
    /// <param name="file">The model; it is not changed and may be changed afterwards.</param>
    /// <param name="options">How to run it; the defaults when null.</param>
    /// <exception cref="OnnxException">The model breaks the standard, or asks for something that ONNX Runtime does not have; or there is no native library.</exception>
    public static OnnxModel Open(OnnxFile file, OnnxModelOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Open($"model '{file.Graph?.Name}'", file, options ?? new OnnxModelOptions());
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static OnnxModel Open(string subject, OnnxFile file, OnnxModelOptions options)
    {
        OnnxFile runnable = file;
        if (file.Graph?.Output.Any(ForeignModel.IsZipMap) == true)
        {
            runnable = file.Clone();
            ForeignModel.TakeZipMapsOff(runnable.Graph);
        }

        byte[] bytes = runnable.ToByteArray();
        try
        {
            return new OnnxModel(subject, SessionStart.Of(subject, settings => new InferenceSession(bytes, settings), options), options, () => file);
        }
        catch (OnnxException e) when (e.InnerException is OnnxRuntimeException)
        {
            throw Explained(e, file);
        }
    }

    /// <summary>Adds what the checker finds, which names nodes where ONNX Runtime names its own source code.</summary>
    private static OnnxException Explained(OnnxException e, OnnxFile file)
    {
        OnnxFinding? error = OnnxChecker.Check(file).FirstOrDefault(finding => finding.Severity == OnnxSeverity.Error);
        return error is null ? e : new OnnxException($"{e.Message.TrimEnd('.', '\n')}. The checker says: {error.Place}: {error.Reason} {error.Advice}", e);
    }
}

using MlOps.Onnx;

namespace MlOps.Quantization.Graphs;

/// <summary>A model that was checked, raised to a new enough operator set and tidied: ready to be quantized or pruned.</summary>
/// <param name="File">The new model. The old one was not changed.</param>
/// <param name="Notices">What will stay as it is, and why.</param>
/// <param name="Changes">What was rewritten, a sentence each, in the order it was done.</param>
public sealed record PreparedModel(OnnxFile File, IReadOnlyList<ModelNotice> Notices, IReadOnlyList<string> Changes)
{
    /// <summary>The version of the operator set that has a scale for each channel.</summary>
    public const long DefaultVersion = 13;

    /// <summary>Checks a model, raises its operator set if it is too old, and tidies its graph.</summary>
    /// <param name="file">The model, with all its values in it (<see cref="ModelFile.Load"/>); it is not changed.</param>
    /// <param name="version">The oldest version of the operator set that will do, <see cref="OpsetRaise.Oldest"/> to <see cref="OpsetRaise.Newest"/>.</param>
    /// <param name="inputs">A batch of real inputs, if there is one: the numbers of dimensions are then sure.</param>
    /// <exception cref="OnnxException">The model cannot be compressed (<see cref="CompressionCheck.Check"/>), or its operator set cannot be raised (<see cref="OpsetRaise.To"/>); the message says which step would help.</exception>
    public static PreparedModel Of(OnnxFile file, long version = DefaultVersion, IReadOnlyDictionary<string, OnnxTensor>? inputs = null)
    {
        IReadOnlyList<ModelNotice> notices = CompressionCheck.Check(file);
        OnnxFile raised = OpsetRaise.To(file, version);
        CleanedModel clean = GraphCleanUp.Run(raised, inputs);
        (long from, long to) = (OpsetRaise.VersionOf(file), OpsetRaise.VersionOf(raised));
        return new PreparedModel(clean.File, notices, from == to ? clean.Changes : [FormattableString.Invariant($"The operator set was raised from version {from} to {to}."), .. clean.Changes]);
    }

    /// <summary>Returns the changes and then the notices, one a line.</summary>
    public override string ToString() => string.Join('\n', Changes.Concat(Notices.Select(notice => notice.Text)).DefaultIfEmpty("Nothing to prepare."));
}

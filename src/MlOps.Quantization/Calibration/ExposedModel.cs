using MlOps.Onnx;

namespace MlOps.Quantization.Calibration;

/// <summary>A copy of a model that also gives out values in between.</summary>
internal sealed class ExposedModel : IDisposable
{
    private readonly IReadOnlyList<string> _values;
    private readonly OnnxModel? _model;
    private readonly string[] _computed;
    private readonly Dictionary<string, OnnxTensor> _constants;

    internal ExposedModel(OnnxFile file, IReadOnlyList<string> values)
    {
        _values = values;
        HashSet<string> fed = [.. file.Graph.FedInputs().Select(input => input.Name)];
        _constants = values.Where(value => !fed.Contains(value) && file.Graph.Constant(value) is not null).ToDictionary(value => value, value => file.Graph.Constant(value)!);
        _computed = [.. values.Where(value => !fed.Contains(value) && !_constants.ContainsKey(value))];
        if (_computed.Length == 0)
        {
            return;
        }

        OnnxFile shown = file.Clone();
        foreach (string value in _computed)
        {
            shown.Graph.Expose(value);
        }

        _model = OnnxModel.Open(shown);
    }

    public void Dispose() => _model?.Dispose();

    /// <summary>The values on one batch, in the order asked for.</summary>
    /// <exception cref="OnnxException">A value holds no 32-bit floats.</exception>
    internal OnnxTensor[] Values(IReadOnlyDictionary<string, OnnxTensor> batch)
    {
        IReadOnlyDictionary<string, OnnxTensor> computed = _model?.Run(batch, _computed) ?? batch;
        OnnxTensor[] all = [.. _values.Select(value => _constants.GetValueOrDefault(value) ?? (computed.TryGetValue(value, out OnnxTensor? tensor) ? tensor : batch[value]))];
        int other = Array.FindIndex(all, tensor => tensor.DataType != OnnxElementType.Float);
        return other < 0 ? all : throw new OnnxException($"Value '{_values[other]}' holds {all[other].DataType}; only 32-bit floats have a range to calibrate.");
    }
}

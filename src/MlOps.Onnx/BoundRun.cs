using Microsoft.ML.OnnxRuntime;
using MlOps.Onnx.Running;

namespace MlOps.Onnx;

/// <summary>A run whose inputs lie in ONNX Runtime's memory already and whose outputs have their place: for measuring, and for the same rows again and again.</summary>
/// <remarks><see cref="OnnxModel.Bind"/> makes it. <see cref="Run"/> neither copies nor converts. Not thread-safe; the model must outlive it.</remarks>
public sealed class BoundRun : IDisposable
{
    private readonly string _subject;
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding _binding;
    private readonly OrtValue[] _inputs;
    private readonly Dictionary<string, OrtValue> _outputs = [];
    private readonly string[] _names;

    internal BoundRun(string subject, InferenceSession session, IReadOnlyDictionary<string, OnnxTensor> inputs)
    {
        (_subject, _session) = (subject, session);
        _names = [.. session.OutputNames];
        _binding = session.CreateIoBinding();
        string[] fed = [.. session.InputNames];
        _inputs = Array.ConvertAll(fed, name => OutputValues.FromTensor(inputs[name]));
        try
        {
            for (int i = 0; i < fed.Length; i++)
            {
                _binding.BindInput(fed[i], _inputs[i]);
            }

            Place();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Runs the model once.</summary>
    /// <exception cref="OnnxException">The model fails on the inputs.</exception>
    public void Run() => Native.Call(_subject, () =>
    {
        _session.RunWithBinding(_options, _binding);
        return true;
    });

    /// <summary>Copies the outputs of the last run, by name; of the run that found their shapes before the first.</summary>
    /// <exception cref="OnnxException">An output is no tensor.</exception>
    public IReadOnlyDictionary<string, OnnxTensor> Outputs() => Native.Call(_subject, () =>
    {
        using IDisposableReadOnlyCollection<OrtValue> values = _binding.GetOutputValues();
        return _binding.GetOutputNames().Zip(values).ToDictionary(pair => pair.First, pair => OutputValues.ToTensor(pair.Second, pair.First));
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _binding.Dispose();
        _options.Dispose();
        foreach (OrtValue value in _inputs.Concat(_outputs.Values))
        {
            value.Dispose();
        }
    }

    /// <summary>Runs once to learn the shapes of the outputs, which the same inputs give again, and gives each its memory.</summary>
    private void Place()
    {
        Array.ForEach(_names, name => _binding.BindOutputToDevice(name, OrtMemoryInfo.DefaultInstance));
        _session.RunWithBinding(_options, _binding);
        using IDisposableReadOnlyCollection<OrtValue> values = _binding.GetOutputValues();
        foreach ((string name, OrtValue value) in _names.Zip(values))
        {
            OnnxElementType type = OutputValues.Type(value);
            if (type is OnnxElementType.Undefined or OnnxElementType.String)
            {
                continue; // ONNX Runtime makes these anew each time
            }

            OrtTensorTypeAndShapeInfo shape = value.GetTensorTypeAndShape();
            OrtValue place = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, shape.ElementDataType, shape.Shape);
            _outputs.Add(name, place);
            value.GetTensorMutableRawData().CopyTo(place.GetTensorMutableRawData());
        }

        foreach ((string name, OrtValue place) in _outputs)
        {
            _binding.BindOutput(name, place);
        }
    }
}

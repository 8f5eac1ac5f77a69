using Google.Protobuf;
using MlOps.Onnx;

namespace MlOps.Quantization.Reading;

/// <summary>Test data as ONNX model collections have it: folders with input_0.pb, input_1.pb, … in the order of the model's inputs; each folder is a batch.</summary>
internal static class TestDataFolder
{
    internal static bool Is(string folder) => Folders(folder).Length > 0;

    internal static (List<IReadOnlyDictionary<string, OnnxTensor>> Batches, int Rows) Read(string folder, IReadOnlyList<OnnxValue> inputs, CancellationToken cancellationToken)
    {
        var batches = new List<IReadOnlyDictionary<string, OnnxTensor>>();
        int rows = 0;
        foreach (string part in Folders(folder))
        {
            cancellationToken.ThrowIfCancellationRequested();
            OnnxTensor[] tensors = [.. Enumerable.Range(0, inputs.Count).Select(i => ReadTensor(Path.Combine(part, FormattableString.Invariant($"input_{i}.pb")), inputs[i].Name))];
            batches.Add(tensors.ToDictionary(tensor => tensor.Name));
            rows = checked(rows + (tensors[0].Dims.Count == 0 ? 1 : (int)tensors[0].Dims[0]));
        }

        return (batches, rows);
    }

    internal static OnnxTensor ReadTensor(string path, string name)
    {
        try
        {
            OnnxTensor tensor = OnnxTensor.Parser.ParseFrom(File.ReadAllBytes(path));
            if (tensor.DataType == OnnxElementType.Undefined)
            {
                throw new InvalidDataException($"{path} is no ONNX tensor: it has no type.");
            }

            tensor.Name = name;
            if (tensor.DataType != OnnxElementType.String)
            {
                tensor.ToDoubles(); // counts the values
            }

            return tensor;
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or OnnxException)
        {
            throw new InvalidDataException($"{path} is no ONNX tensor, or was cut off: {e.Message}", e);
        }
    }

    private static string[] Folders(string folder)
    {
        string[] all = [.. Directory.EnumerateDirectories(folder).Append(folder).Where(part => File.Exists(Path.Combine(part, "input_0.pb")))];
        Array.Sort(all, StringComparer.Ordinal);
        return all;
    }
}

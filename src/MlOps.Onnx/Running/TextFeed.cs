using System.Text;
using Microsoft.ML.OnnxRuntime;
using MlOps.Data;

namespace MlOps.Onnx.Running;

/// <summary>Tensors of text from a column; a missing text is fed as the empty one.</summary>
internal static class TextFeed
{
    internal static Func<RowBlock, OrtValue> Of(long[] rowShape, StringColumn column)
    {
        // Texts are stored once per distinct value, so they are encoded once too.
        byte[][] levels = [.. column.Levels.ToArray().Select(Encoding.UTF8.GetBytes)];
        return block =>
        {
            var tensor = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [block.Size, .. rowShape]);
            for (int i = 0; i < block.Size; i++)
            {
                int code = column.Codes[block.Row(i)];
                if (code >= 0)
                {
                    tensor.StringTensorSetElementAt(levels[code].AsSpan(), i);
                }
            }

            return tensor;
        };
    }

    /// <summary>A column in which nothing is there, whatever type it was read as.</summary>
    internal static Func<RowBlock, OrtValue> OfMissing(long[] rowShape) => block => OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, [block.Size, .. rowShape]);
}

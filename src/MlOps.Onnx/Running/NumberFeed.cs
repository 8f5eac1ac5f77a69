using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using MlOps.Learning;

namespace MlOps.Onnx.Running;

/// <summary>Tensors of numbers from the rows of a matrix or of columns.</summary>
internal static class NumberFeed
{
    private const double WholeLimit = 1L << 53; // beyond it a double does not hold every whole number

    /// <summary>An input that takes the d columns of a matrix, each row in the shape <paramref name="rowShape"/>.</summary>
    internal static Func<RowBlock, OrtValue> Of(OnnxValue input, long[] rowShape, Matrix x) => block =>
    {
        int d = x.ColumnCount;
        double[] values = new double[checked(block.Size * d)];
        x.Values.Slice(block.Start * d, block.Count * d).CopyTo(values);
        Fill(values, block, d);
        return Tensor(input, [block.Size, .. rowShape], values, place => Place(values, place, block, x.ColumnNames));
    };

    /// <summary>An input that takes d columns, each row in the shape <paramref name="rowShape"/>.</summary>
    internal static Func<RowBlock, OrtValue> Of(OnnxValue input, long[] rowShape, double[][] columns, IReadOnlyList<string> names) => block =>
    {
        int d = columns.Length;
        double[] values = new double[checked(block.Size * d)];
        for (int j = 0; j < d; j++)
        {
            ReadOnlySpan<double> column = columns[j].AsSpan(block.Start, block.Count);
            for (int i = 0; i < column.Length; i++)
            {
                values[(i * d) + j] = column[i];
            }
        }

        Fill(values, block, d);
        return Tensor(input, [block.Size, .. rowShape], values, place => Place(values, place, block, names));
    };

    /// <summary>Whether an input of this type takes numbers.</summary>
    internal static bool Takes(OnnxElementType type) =>
        type is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.Int64 or OnnxElementType.Int32 or OnnxElementType.Bool;

    /// <summary>Repeats the last row where a fixed batch is larger than the rows that are left.</summary>
    private static void Fill(double[] values, RowBlock block, int d)
    {
        for (int row = block.Count; row < block.Size; row++)
        {
            Array.Copy(values, (block.Count - 1) * d, values, row * d, d);
        }
    }

    private static OrtValue Tensor(OnnxValue input, long[] shape, double[] values, Func<int, string> place) => input.ElementType switch
    {
        OnnxElementType.Float => OrtValue.CreateTensorValueFromMemory(Floats(input, values, place), shape),
        OnnxElementType.Double => OrtValue.CreateTensorValueFromMemory(values, shape),
        OnnxElementType.Float16 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(Floats(input, values, place), number => (Float16)number), shape),
        OnnxElementType.Int64 => OrtValue.CreateTensorValueFromMemory(Whole(input, values, WholeLimit, place), shape),
        OnnxElementType.Int32 => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(Whole(input, values, int.MaxValue, place), number => (int)number), shape),
        OnnxElementType.Bool => OrtValue.CreateTensorValueFromMemory(Array.ConvertAll(Whole(input, values, 1, place), number => number != 0), shape),
        _ => throw new OnnxException($"Input '{input.Name}' takes {input.Describe()}, which is not made of numbers."),
    };

    private static float[] Floats(OnnxValue input, double[] values, Func<int, string> place)
    {
        var floats = new float[values.Length];
        TensorPrimitives.ConvertTruncating<double, float>(values, floats);
        for (int i = 0; i < floats.Length; i++)
        {
            if (float.IsInfinity(floats[i]) && double.IsFinite(values[i]))
            {
                throw Unfit(input, place(i));
            }
        }

        return floats;
    }

    private static long[] Whole(OnnxValue input, double[] values, double limit, Func<int, string> place)
    {
        var whole = new long[values.Length];
        for (int i = 0; i < whole.Length; i++)
        {
            whole[i] = values[i] == Math.Floor(values[i]) && Math.Abs(values[i]) <= limit ? (long)values[i] : throw Unfit(input, place(i)); // NaN is not equal to itself
        }

        return whole;
    }

    private static string Place(double[] values, int place, RowBlock block, IReadOnlyList<string> names) =>
        FormattableString.Invariant($"Row {block.Start + (place / names.Count)} has {values[place]} in column '{names[place % names.Count]}'");

    private static ArgumentException Unfit(OnnxValue input, string place) => new($"{place}; input '{input.Name}' takes {input.ElementType} and cannot hold that.");
}

namespace MlOps.Learning.Neural;

/// <summary>n samples of one shape in single precision, one behind the other: n × d for vectors, n × C × H × W for images. Immutable.</summary>
public sealed class Tensor
{
    private readonly float[] _values;

    /// <summary>Wraps values. The array is not copied; leave it alone afterwards.</summary>
    /// <param name="count">n ≥ 0 samples.</param>
    /// <param name="shape">Of one sample.</param>
    /// <param name="values">n · size values, sample 0 first.</param>
    /// <exception cref="ArgumentException">There are not n · size values.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public Tensor(int count, TensorShape shape, float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Count = Guard.AtLeast(count, 0);
        if (shape.Size == 0 || values.LongLength != (long)count * shape.Size)
        {
            throw new ArgumentException($"{count} samples of shape {shape} need {(long)count * shape.Size} values; got {values.LongLength}.", nameof(values));
        }

        Shape = shape;
        _values = values;
    }

    /// <summary>Gets n.</summary>
    public int Count { get; }

    /// <summary>Gets the shape of one sample.</summary>
    public TensorShape Shape { get; }

    /// <summary>Gets all values.</summary>
    public ReadOnlySpan<float> Values => _values;

    /// <summary>Gets the values of a sample.</summary>
    public ReadOnlySpan<float> this[int sample] => _values.AsSpan(checked(sample * Shape.Size), Shape.Size);

    /// <summary>Gets the array behind the tensor; nobody may write to it.</summary>
    internal ReadOnlyMemory<float> Memory => _values;

    /// <summary>Vectors from the rows of a matrix, rounded to single precision.</summary>
    public static Tensor Of(Matrix matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        return new Tensor(matrix.RowCount, TensorShape.Vector(matrix.ColumnCount), Rounded(matrix.Values));
    }

    /// <summary>One number a sample, rounded to single precision: targets of a regression.</summary>
    public static Tensor Of(ReadOnlySpan<double> numbers) => new(numbers.Length, TensorShape.Vector(1), Rounded(numbers));

    /// <summary>The class of each sample as a vector with a 1 at its code and 0 elsewhere.</summary>
    public static Tensor OneHot(Labels labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        int classes = labels.Classes.Count;
        var values = new float[checked(labels.Count * classes)];
        for (int i = 0; i < labels.Count; i++)
        {
            values[(i * classes) + labels.Codes[i]] = 1;
        }

        return new Tensor(labels.Count, TensorShape.Vector(classes), values);
    }

    /// <summary>Images from bytes: 0 becomes 0 and 255 becomes 1.</summary>
    /// <param name="shape">Of one image.</param>
    /// <param name="bytes">n · size bytes, image 0 first, channel by channel.</param>
    /// <exception cref="ArgumentException">The bytes are no whole number of images.</exception>
    public static Tensor FromBytes(TensorShape shape, ReadOnlySpan<byte> bytes)
    {
        if (shape.Size == 0 || bytes.Length % shape.Size != 0)
        {
            throw new ArgumentException($"{bytes.Length} bytes are no whole number of images of {shape}.", nameof(bytes));
        }

        var values = new float[bytes.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = bytes[i] / 255f;
        }

        return new Tensor(bytes.Length / shape.Size, shape, values);
    }

    /// <summary>Copies the given samples, in the given order; a sample may be named more than once.</summary>
    public Tensor Take(ReadOnlySpan<int> samples)
    {
        var values = new float[checked(samples.Length * Shape.Size)];
        for (int i = 0; i < samples.Length; i++)
        {
            this[samples[i]].CopyTo(values.AsSpan(i * Shape.Size));
        }

        return new Tensor(samples.Length, Shape, values);
    }

    /// <summary>The same values as samples of another shape of the same size. Nothing is copied.</summary>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public Tensor Reshape(TensorShape shape) =>
        shape.Size == Shape.Size ? new Tensor(Count, shape, _values) : throw new ArgumentException($"A sample of {Shape} does not fit {shape}: {Shape.Size} values, {shape.Size} needed.", nameof(shape));

    /// <summary>The samples as rows of a matrix.</summary>
    public Matrix ToMatrix(IReadOnlyList<string>? columnNames = null) => new(Count, Shape.Size, Array.ConvertAll(_values, value => (double)value), columnNames);

    private static float[] Rounded(ReadOnlySpan<double> numbers)
    {
        var values = new float[numbers.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)numbers[i];
        }

        return values;
    }
}

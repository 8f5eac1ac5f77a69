namespace MlOps.Learning.Neural;

/// <summary>Room for the samples of one step, copied together from wherever they lie. Used again for every step.</summary>
internal sealed class Batch(int capacity, int sampleSize, int targetSize)
{
    private readonly float[] _x = new float[checked(capacity * sampleSize)];
    private readonly float[] _targets = new float[checked(capacity * targetSize)];
    private readonly double[] _weights = new double[capacity];

    internal int Count { get; private set; }

    internal ReadOnlySpan<double> Weights => _weights.AsSpan(0, Count);

    internal void Fill(TrainingData data, ReadOnlySpan<int> samples)
    {
        Count = samples.Length;
        for (int i = 0; i < samples.Length; i++)
        {
            data.X[samples[i]].CopyTo(_x.AsSpan(i * sampleSize));
            data.Targets[samples[i]].CopyTo(_targets.AsSpan(i * targetSize));
            _weights[i] = data.Weights?[samples[i]] ?? 1;
        }
    }

    internal ReadOnlyMemory<float> X(int first, int count) => _x.AsMemory(first * sampleSize, count * sampleSize);

    internal ReadOnlySpan<float> Target(int sample) => _targets.AsSpan(sample * targetSize, targetSize);
}

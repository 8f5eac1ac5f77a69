namespace MlOps.Quantization;

/// <summary>A part of a longer piece of work: its progress from 0 to 1 is told as a part of the whole.</summary>
internal sealed class ProgressPart(IProgress<double> whole, double start, double end) : IProgress<double>
{
    internal static IProgress<double>? Of(IProgress<double>? whole, double start, double end) => whole is null ? null : new ProgressPart(whole, start, end);

    public void Report(double value) => whole.Report(start + ((end - start) * value));
}

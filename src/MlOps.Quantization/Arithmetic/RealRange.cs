namespace MlOps.Quantization.Arithmetic;

/// <summary>The smallest and the largest value that a tensor took, or shall be able to take.</summary>
/// <param name="Min">Finite, at most <paramref name="Max"/>.</param>
/// <param name="Max">Finite.</param>
public readonly record struct RealRange(double Min, double Max)
{
    /// <summary>Gets the smaller end.</summary>
    public double Min { get; } = double.IsFinite(Min) && Min <= Max ? Min : throw new ArgumentOutOfRangeException(nameof(Min), FormattableString.Invariant($"A range goes from a finite number to one that is not smaller; got {Min} to {Max}."));

    /// <summary>Gets the larger end.</summary>
    public double Max { get; } = Guard.Finite(Max);
}

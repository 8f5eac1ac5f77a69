namespace MlOps.Data.Images;

/// <summary>What an IDX file of bytes holds: an array of one or more dimensions.</summary>
/// <param name="Dimensions">The sizes, slowest first: count × height × width for MNIST's pictures, count for its labels.</param>
/// <param name="Values">As many bytes as the product of the dimensions; the last dimension runs fastest.</param>
public sealed record IdxArray(IReadOnlyList<int> Dimensions, byte[] Values);

namespace MlOps.Data.Images;

/// <summary>Pictures in two parts that share none.</summary>
/// <param name="Train">The pictures to learn from.</param>
/// <param name="Test">All others.</param>
public sealed record ImageSplit(ImageSet Train, ImageSet Test);

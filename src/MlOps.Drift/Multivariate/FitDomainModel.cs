namespace MlOps.Drift.Multivariate;

/// <summary>Fits a model that tells current rows from reference rows; anybody's classifier fits here.</summary>
/// <param name="rows">n rows × <paramref name="width"/> numbers, row after row.</param>
/// <param name="width">Numbers a row.</param>
/// <param name="isCurrent">Which side each row comes from.</param>
/// <returns>A function that gives each row of a block of the same width a score, larger for rows that look current. It must not change its input.</returns>
public delegate Func<double[], double[]> FitDomainModel(double[] rows, int width, bool[] isCurrent);

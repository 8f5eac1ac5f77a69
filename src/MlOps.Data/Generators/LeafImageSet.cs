using MlOps.Data.Images;

namespace MlOps.Data.Generators;

/// <summary>Leaf pictures together with what their painter knows of them.</summary>
/// <param name="Images">The pictures, 3 × size × size, with their conditions as classes.</param>
/// <param name="Facts">One row a picture: image_id, condition, region (delta, hills), severity in [0, 1] (0 for healthy), affected_share (of the leaf's pixels, in [0, 1]).</param>
/// <param name="Masks">count × size × size bytes: 0 ground, 1 leaf, 2 lesion. Where an explanation of a picture ought to point.</param>
public sealed record LeafImageSet(ImageSet Images, Table Facts, byte[] Masks)
{
    /// <summary>Returns the mask of one picture: size × size bytes.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    public ReadOnlySpan<byte> Mask(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Images.Count, nameof(index));
        int area = Images.Height * Images.Width;
        return Masks.AsSpan(index * area, area);
    }

    /// <summary>Copies the given pictures with their facts and masks, in the given order; one may be named more than once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such picture.</exception>
    public LeafImageSet Take(ReadOnlySpan<int> rows)
    {
        int area = Images.Height * Images.Width;
        byte[] masks = new byte[checked(rows.Length * area)];
        for (int i = 0; i < rows.Length; i++)
        {
            Mask(rows[i]).CopyTo(masks.AsSpan(i * area));
        }

        return new LeafImageSet(Images.Take(rows), Facts.Take(rows), masks);
    }

    /// <summary>Splits at random into a part to train on and a part to test with, each with the same mix of conditions.</summary>
    /// <param name="trainShare">The share to train on, above 0 and below 1.</param>
    /// <param name="seed">Equal seeds give equal parts on every machine, those of <see cref="ImageSet.Split"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public (LeafImageSet Train, LeafImageSet Test) Split(double trainShare, int seed)
    {
        (int[] train, int[] test) = Images.SplitRows(trainShare, seed, stratified: true);
        return (Take(train), Take(test));
    }
}

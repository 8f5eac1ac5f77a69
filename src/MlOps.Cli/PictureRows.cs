using MlOps.Data;
using MlOps.Data.Images;
using MlOps.Learning;
using MlOps.Learning.Neural;
using MlOps.Learning.Recipes;

namespace MlOps.Cli;

/// <summary>Pictures to learn from and others to measure on.</summary>
/// <param name="Train">Pictures.</param>
/// <param name="TrainLabels">Their classes.</param>
/// <param name="Test">Others.</param>
/// <param name="TestLabels">Their classes, in the same order of names.</param>
/// <param name="Columns">The columns that the pixels come from; empty if from no table.</param>
/// <param name="Label">The column that the classes come from, or null.</param>
internal sealed record PictureRows(Tensor Train, Labels TrainLabels, Tensor Test, Labels TestLabels, IReadOnlyList<string> Columns, string? Label)
{
    /// <summary>Pixels from 0 to 1 out of an image set.</summary>
    internal static PictureRows OfImages(ImageSet images, TensorShape shape, double testShare, int seed)
    {
        if ((images.Channels, images.Height, images.Width) != (shape.Channels, shape.Height, shape.Width))
        {
            throw new ArgumentException($"The teacher reads pictures of {shape}; these have {images.Channels}×{images.Height}×{images.Width}.");
        }

        ImageSplit split = images.Split(1 - testShare, seed);
        Tensor Pixels(ImageSet set) => Tensor.FromBytes(shape, set.Pixels);
        Labels Classes(ImageSet set) => new(set.Labels.ToArray(), set.ClassNames);
        return new PictureRows(Pixels(split.Train), Classes(split.Train), Pixels(split.Test), Classes(split.Test), [], null);
    }

    /// <summary>Pixels as the columns of a table hold them.</summary>
    internal static PictureRows OfTable(Table table, string label, IReadOnlyList<string> columns, TensorShape shape, double testShare, int seed)
    {
        TableSplit split = new TableTraining(label) { Task = LearningTask.Classification, Seed = seed }.Split(table, testShare);
        IReadOnlyList<string> pixels = columns.Count > 0 ? columns : [.. table.Columns.Select(column => column.Name).Where(name => name != label)];
        if (pixels.Count != shape.Size)
        {
            throw new ArgumentException($"A picture of {shape} has {shape.Size} pixels; the table has {pixels.Count} columns besides '{label}'.");
        }

        var all = Labels.Of(split.Train[label]);
        var others = Labels.Of(split.Test[label]);
        var tested = new Labels([.. others.Codes.ToArray().Select(code => all.CodeOf(others.Classes[code]))], all.Classes);
        Tensor Pixels(Table rows) => Tensor.Of(Matrix.FromTable(rows, pixels)).Reshape(shape);
        return new PictureRows(Pixels(split.Train), all, Pixels(split.Test), tested, pixels, label);
    }
}
